"""The one place where people's words, names and links become Slack's mrkdwn.

Every view that puts words into mrkdwn text calls `escape`, once: after it no word of theirs can ping
anybody, link anywhere, hide where a link leads, or be taken for bold, code or a quotation of ours. Where only words
are shown, prefer `blocks.plain` and `blocks.quote`, which show them exactly as they were typed.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit

_AN_ID = re.compile(r"[A-Z][A-Z0-9]+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE_FORMS = re.compile(
    r"\{(?:date_num|date|date_short|date_long|date_pretty|date_short_pretty|date_long_pretty"
    r"|time|time_secs|ago)\}"
)


HAIR = "\u200a"
"""The thinnest space. Slack takes a star, a low line or a tilde for a mark only where it touches a word."""
_TICK = "\u02cb"
"""Looks like a backtick and marks nothing."""
_MARK = re.compile(r"(?<![^\W_])[*_~]|[*_~](?![^\W_])")
_COMMAND = re.compile(r"(`(?:/|throughline )[a-z][^`\n]*`)")
_QUOTING = re.compile(r"^(?=&gt;)", re.MULTILINE)


def escape(text: str) -> str:
    """People's words, safe within mrkdwn; never call it twice. A command in backticks stays one."""
    return _QUOTING.sub(HAIR, sentence(text))


def sentence(text: str) -> str:
    """The same for a whole message of ours that holds people's words: what it quotes stays a quotation."""
    parts = _COMMAND.split(_entities(text))
    parts[::2] = map(_unmarked, parts[::2])
    return "".join(parts)


def typed(escaped: str) -> str:
    """The words behind those that `escape` or `sentence` made."""
    return unescape(escaped).replace(HAIR, "").replace(_TICK, "`")


def unescape(text: str) -> str:
    """The words behind those that Slack sent."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def one_line(text: str) -> str:
    """All words on one line, without what is invisible or turns the direction of our own words around."""
    return " ".join(_INVISIBLE.sub("", text).split())


def mention(person_id: str) -> str:
    """Ping a person; only for a message that asks them something."""
    return f"<@{_checked(person_id, 'a person')}>"


def channel_link(channel_id: str) -> str:
    """A channel by its present name, as those who may see it know it."""
    return f"<#{_checked(channel_id, 'a channel')}>"


def link(url: str, label: str) -> str:
    """A link to a page; the label is escaped here."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s\x00-\x1f]", url):
        raise ValueError("A link needs an http or https address.")
    words = escape(one_line(label))
    if not words:
        raise ValueError("A link needs a label.")
    return f"<{_address(url)}|{words}>"


def date_token(instant: datetime, form: str, fallback: str) -> str:
    """A moment that everybody reads in their own time zone; `form` such as "{date_short_pretty} {time}"."""
    if instant.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    if not _DATE_FORMS.search(form) or re.search(r"[{}<>|^]", _DATE_FORMS.sub("", form)):
        raise ValueError(f"Slack has no such date format: {form}")
    return f"<!date^{int(instant.timestamp())}^{form}|{escape(one_line(fallback))}>"


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unmarked(text: str) -> str:
    return _MARK.sub(_apart, text).replace("`", _TICK)


def _apart(mark: re.Match[str]) -> str:
    """A mark kept from what it touches; between letters, as in a file's name, it marks nothing."""
    text, start, end = mark.string, mark.start(), mark.end()
    before = HAIR if start and not text[start - 1].isspace() else ""
    behind = HAIR if end < len(text) and not text[end].isspace() else ""
    return f"{before}{mark.group()}{behind}"


def _checked(slack_id: str, what: str) -> str:
    if not _AN_ID.fullmatch(slack_id):
        raise ValueError(f"{slack_id!r} is not the id of {what}.")
    return slack_id


def _address(url: str) -> str:
    for sign, code in (("&", "&amp;"), ("<", "%3C"), (">", "%3E"), ("|", "%7C")):
        url = url.replace(sign, code)
    return url
