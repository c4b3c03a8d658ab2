"""The one place where people's words, names and links become Slack's mrkdwn.

Every view that puts words into mrkdwn text calls `escape`, once: after it no word of theirs can ping
anybody, link anywhere or hide where a link leads. Bold and italics are left alone, they do no harm; where
only words are shown, prefer `blocks.plain` and `blocks.quote`, which show them exactly as they were typed.
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


def escape(text: str) -> str:
    """People's words, safe within mrkdwn; never call it twice."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The words behind escaped ones."""
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


def _checked(slack_id: str, what: str) -> str:
    if not _AN_ID.fullmatch(slack_id):
        raise ValueError(f"{slack_id!r} is not the id of {what}.")
    return slack_id


def _address(url: str) -> str:
    for sign, code in (("&", "&amp;"), ("<", "%3C"), (">", "%3E"), ("|", "%7C")):
        url = url.replace(sign, code)
    return url
