"""When somebody may be asked or told, and what a merged message says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.calendar import Hours, next_working_moment, next_working_morning

WORTH_SENDING = timedelta(hours=8)
"""An ask that could not be delivered on its day waits for the next one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What goes out as one message."""

    headline: str
    summary: str


def ask_at(now: datetime, zone: str) -> datetime:
    """An ask waits for the person's next working morning: it costs them nothing today."""
    return next_working_morning(now, Hours(zone=zone))


def tell_at(now: datetime, zone: str) -> datetime:
    """A telling goes at once in working hours, else when they next begin."""
    return next_working_moment(now, Hours(zone=zone))


def merged(summaries: Sequence[str]) -> Merged:
    """One headline over everything that is due together."""
    if len(summaries) == 1:
        return Merged(summaries[0], "")
    return Merged(f"{len(summaries)} things for you", " · ".join(summaries))
