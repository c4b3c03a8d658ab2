"""What owners read about series that missed their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.kit.blocks import Block, actions, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import Element
from handlers.kit.mrkdwn import escape
from handlers.kit.shortening import shorten
from storage.calendar import local_date, local_time
from storage.schedules.values import Outage

SHOWN, TITLE = 20, 80
"""Series with their buttons in one message, and how much of their titles."""


@dataclass(frozen=True, slots=True)
class Late:
    """The dates a series missed, first and last, what did not happen, and the button that makes up for it."""

    title: str
    first: date
    last: date
    did_not: str
    again: Element


def missed(late: Sequence[Late], outage: Outage | None, zone: str) -> tuple[str, list[Block]]:
    """One telling for all that was missed together, however many series it was, by the reader's clocks."""
    down = "I was not running then" if outage is None else f"I was not running from {_span(outage, zone)}"
    words = f"{down}, and it was too late afterwards. Nobody is held to it, and it goes on as planned."
    if len(late) == 1:
        return f"I could not {_what(late[0])}", [section(escape(words)), actions(late[0].again)]
    summary = f"I could not do {len(late)} things of yours {_dates(late)}"
    each = [section(escape(f"I could not {_what(one, TITLE)}."), one.again) for one in late[:SHOWN]]
    more = len(late) - SHOWN
    rest = [section(f"and {more} more, which go on as planned, too")] if more > 0 else []
    return summary, [section(escape(words)), *each, *rest]


def _what(one: Late, most: int | None = None) -> str:
    title = one.title if most is None else shorten(one.title, most)
    return f"{one.did_not} “{title}” {_dates([one])}"


def _dates(late: Sequence[Late]) -> str:
    first, last = min(one.first for one in late), max(one.last for one in late)
    return f"on {say_day(first)}" if first == last else f"from {say_day(first)} to {say_day(last)}"


def _span(outage: Outage, zone: str) -> str:
    began, ended = _at(outage.began, zone), _at(outage.ended, zone)
    if local_date(outage.began, zone) == local_date(outage.ended, zone):
        return f"{began} to {ended}"
    return f"{say_day(local_date(outage.began, zone))} {began} to {say_day(local_date(outage.ended, zone))} {ended}"


def _at(moment: datetime, zone: str) -> str:
    return say_time(local_time(moment, zone))
