"""What owners read about a series that missed its time."""

from datetime import date, datetime

from handlers.kit.blocks import Block, actions, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.schedules import ids
from storage.calendar import local_date, local_time
from storage.schedules.values import Outage, Series


def missed(
    series: Series, first: date, last: date, outage: Outage | None, zone: str
) -> tuple[str, list[Block]]:
    """One telling for all dates missed together."""
    dates = f"on {say_day(first)}" if first == last else f"from {say_day(first)} to {say_day(last)}"
    summary = f"I could not ask for “{series.title}” {dates}"
    down = "I was not running then" if outage is None else f"I was not running from {_span(outage, zone)}"
    words = f"{down}, and it was too late afterwards. Nobody is held to it, and it goes on as planned."
    again = button("Ask now instead", ids.RUN_NOW, series.key)
    return summary, [section(escape(words)), actions(again)]


def _span(outage: Outage, zone: str) -> str:
    began, ended = _at(outage.began, zone), _at(outage.ended, zone)
    if local_date(outage.began, zone) == local_date(outage.ended, zone):
        return f"{began} to {ended}"
    return f"{say_day(local_date(outage.began, zone))} {began} to {say_day(local_date(outage.ended, zone))} {ended}"


def _at(moment: datetime, zone: str) -> str:
    return say_time(local_time(moment, zone))
