"""What owners read about a series that missed its time."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.kit.blocks import Block, actions, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import Element
from handlers.kit.mrkdwn import escape
from storage.calendar import local_date, local_time
from storage.schedules.values import Outage, Series


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that were missed, first and last, and the zone of who reads it."""

    first: date
    last: date
    zone: str


def missed(
    series: Series, span: Span, outage: Outage | None, did_not: str, again: Element
) -> tuple[str, list[Block]]:
    """One telling for all dates missed together; `again` makes up for them."""
    first, last, zone = span.first, span.last, span.zone
    dates = f"on {say_day(first)}" if first == last else f"from {say_day(first)} to {say_day(last)}"
    summary = f"I could not {did_not} “{series.title}” {dates}"
    down = "I was not running then" if outage is None else f"I was not running from {_span(outage, zone)}"
    words = f"{down}, and it was too late afterwards. Nobody is held to it, and it goes on as planned."
    return summary, [section(escape(words)), actions(again)]


def _span(outage: Outage, zone: str) -> str:
    began, ended = _at(outage.began, zone), _at(outage.ended, zone)
    if local_date(outage.began, zone) == local_date(outage.ended, zone):
        return f"{began} to {ended}"
    return f"{say_day(local_date(outage.began, zone))} {began} to {say_day(local_date(outage.ended, zone))} {ended}"


def _at(moment: datetime, zone: str) -> str:
    return say_time(local_time(moment, zone))
