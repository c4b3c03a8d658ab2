"""What we answer when somebody types to us: an offer with their words in it, one button saves.

The words stand in the offer's own quotation, so nothing is kept before the button is pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.feedback import ids
from handlers.feedback.rules import LIKE, MARKS, NAMES
from handlers.kit import limits
from handlers.kit.blocks import actions, context, quote, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.shortening import ELLIPSIS, length
from handlers.kit.surfaces import MessageContent, message
from handlers.links import views as links
from storage.feedback.values import Kind, MessageRef
from storage.things.values import Thing
from storage.values import ChannelId, PersonId

TOO_OLD = "This offer is older than I am. Please type it again."
WORTH_ANSWERING = timedelta(hours=12)
"""An answer to something typed longer ago would only puzzle."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an offer's button stands for."""

    kind: Kind
    message: MessageRef
    by: PersonId | None = None
    """Who typed it; offers made before we kept that do not say."""


def wants_help(words: str) -> bool:
    """Whether there is nothing to keep: no words, a greeting, or the word help."""
    return words.casefold().strip(" !.?") in ("", "help", "hi", "hello", "hey", "thanks", "thank you", "ok")


def offer(words: str, choice: Choice) -> MessageContent:
    """Their words, what it most likely is, and the button that keeps it."""
    kind, source = choice.kind, choice.message
    value = f"{kind.value}|{source.channel}|{source.ts}|{choice.by or ''}"
    title = "Shall I keep this as feedback?"
    deeds = actions(
        button(f"Save as {NAMES[kind].lower()}", ids.SAVE_TYPED, value, style="primary"),
        button("Something else…", ids.CHANGE_TYPED, value),
    )
    rest = context(f"{MARKS[kind]} It reads like {LIKE[kind]}. Nothing is kept until you press.")
    return message(title, words, [quote(words), deeds, rest])


def named(thing: Thing) -> MessageContent:
    """They wrote a thing's name and nothing else: what it is, and the way to it."""
    words = [section(escape(thing.title)), actions(links.open_button(thing.reference))]
    return message(str(thing.reference), thing.title, words)


def read(value: str) -> Choice | None:
    """A button's value, or None for one we do not understand."""
    parts = value.split("|")
    if len(parts) not in (3, 4) or parts[0] not in set(Kind):
        return None
    by = PersonId(parts[3]) if len(parts) == 4 and parts[3] else None
    return Choice(Kind(parts[0]), MessageRef(ChannelId(parts[1]), parts[2]), by)


def is_cut(words: str) -> bool:
    """Whether an offer's quotation may have had no room for all of what was typed."""
    return words.endswith(ELLIPSIS) and length(words) > limits.QUOTE_WORDS // 2


def words_in(offered: Mapping[str, Any]) -> str | None:
    """The words quoted in an offer."""
    for block in _mappings(offered.get("blocks")):
        for element in _mappings(block.get("elements")) if block.get("type") == "rich_text" else []:
            if element.get("type") == "rich_text_quote":
                return (
                    "".join(str(part.get("text", "")) for part in _mappings(element.get("elements"))) or None
                )
    return None


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
