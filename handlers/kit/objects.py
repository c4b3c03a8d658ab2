"""The small parts of Block Kit that blocks and elements are made of: texts, options, confirmations.

What people wrote is shortened where it does not fit; what only a programmer can get wrong is a ValueError.
"""

from collections.abc import Sequence

from handlers.kit import limits
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import length, shorten, shorten_mrkdwn

Json = dict[str, object]


def plain_text(text: str, limit: int = limits.TEXT) -> Json:
    """Words exactly as they are, emoji aside."""
    return {"type": "plain_text", "text": shorten(not_blank(text), limit), "emoji": True}


def label(text: str, limit: int) -> Json:
    """A plain text on one line."""
    return plain_text(one_line(text), limit)


def mrkdwn_text(mrkdwn: str, limit: int = limits.TEXT) -> Json:
    """Our own sentence, people's words in it escaped; Slack may not find names or channels in them."""
    return {"type": "mrkdwn", "text": shorten_mrkdwn(not_blank(mrkdwn), limit), "verbatim": True}


def option(text: str, value: str, description: str | None = None) -> Json:
    """One choice of a select or an overflow menu."""
    made: Json = {"text": label(text, limits.OPTION), "value": bounded("value", value, limits.OPTION_VALUE)}
    if description:
        made["description"] = label(description, limits.OPTION_DESCRIPTION)
    return made


def options(*choices: tuple[str, str]) -> list[Json]:
    """Several choices, each as what people read and what the code gets."""
    return [option(text, value) for text, value in choices]


def confirm(title: str, text: str, yes: str, no: str = "Cancel", *, danger: bool = False) -> Json:
    """The question before something that is hard to undo."""
    made: Json = {
        "title": label(title, limits.CONFIRM_TITLE),
        "text": plain_text(text, limits.CONFIRM_TEXT),
        "confirm": label(yes, limits.CONFIRM_BUTTON),
        "deny": label(no, limits.CONFIRM_BUTTON),
    }
    return made | ({"style": "danger"} if danger else {})


def not_blank(text: str) -> str:
    """The text, if there is one to show."""
    if not text.strip():
        raise ValueError("Slack takes no empty text here.")
    return text


def bounded(name: str, value: str, limit: int) -> str:
    """An id or value of ours, which must not be cut."""
    if not value or length(value) > limit:
        raise ValueError(f"{name} needs 1 to {limit} characters: {value!r}")
    return value


def counted(name: str, parts: Sequence[Json], most: int) -> list[Json]:
    """Parts of which there must be some, but not too many."""
    if not 1 <= len(parts) <= most:
        raise ValueError(f"{name} needs 1 to {most} parts, not {len(parts)}.")
    return list(parts)


def distinct(name: str, parts: Sequence[Json]) -> None:
    """Refuse an id that is given twice."""
    ids = [part[name] for part in parts if name in part]
    if len(set(ids)) < len(ids):
        raise ValueError(f"Each {name} may be given once: {ids}")
