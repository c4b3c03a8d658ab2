"""When something recurs: a rule of local dates (RFC 5545), a wall time, and whose clock shows it.

Schedules, commands and modals call this with dates; nothing here reads a clock. Dates recur, not instants:
09:00 stays 09:00 over every change of the clocks, and a date has one occurrence however often a wall clock
shows its time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

from storage.calendar import known_zone, local_date, local_instant

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST = -1
_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY"})


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The dates of `rule` from `start` on, at a wall time; `zone` None is each recipient's own clock."""

    rule: str
    start: date
    at: time
    zone: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise ValueError("A wall time has no zone of its own.")
        if self.zone is not None and not known_zone(self.zone):
            raise ValueError(f"There is no time zone {self.zone!r}.")
        if not parts(self.rule).keys() <= _PARTS:
            raise ValueError(f"{self.rule!r} says more than which dates.")
        _dates(self.rule, self.start)


def weekdays(start: date, at: time, zone: str | None = None) -> Recurrence:
    """Monday to Friday."""
    return weekly(range(1, 6), start, at, zone)


def weekly(
    days: Collection[int], start: date, at: time, zone: str | None = None, *, every: int = 1
) -> Recurrence:
    """On these ISO weekdays of every week, or of every nth from the first such day on or after `start`."""
    if not days or not set(days) <= set(range(1, 8)) or not 1 <= every <= 52:
        raise ValueError("A weekly recurrence has days from 1 (Monday) to 7 (Sunday) and 1 to 52 weeks.")
    interval = f"INTERVAL={every};" if every > 1 else ""
    rule = f"FREQ=WEEKLY;{interval}BYDAY={','.join(DAYS[day - 1] for day in sorted(set(days)))}"
    first = next(
        day for ahead in range(7) if (day := start + timedelta(days=ahead)).isoweekday() in set(days)
    )
    return Recurrence(rule, first, at, zone)


def monthly(nth: int, day: int, start: date, at: time, zone: str | None = None) -> Recurrence:
    """On the nth (1 to 4, or LAST) of an ISO weekday in every month."""
    if nth not in (1, 2, 3, 4, LAST) or not 1 <= day <= 7:
        raise ValueError("A month has a first to fourth and a last of each day from 1 (Monday) to 7.")
    return Recurrence(f"FREQ=MONTHLY;BYDAY={nth}{DAYS[day - 1]}", start, at, zone)


def next_dates(recurrence: Recurrence, after: date, count: int = 1) -> list[date]:
    """The next dates, the day `after` itself not among them."""
    found: list[date] = []
    moment = datetime.combine(after, time())
    for _ in range(count):
        following = _dates(recurrence.rule, recurrence.start).after(moment)
        if following is None:
            break
        moment = following
        found.append(following.date())
    return found


def due_on(recurrence: Recurrence, day: date) -> bool:
    """Whether the day is one of its dates."""
    return next_dates(recurrence, day - timedelta(days=1)) == [day]


def instant_on(recurrence: Recurrence, day: date, zone: str) -> datetime:
    """When that date's occurrence is due, `zone` being the recipient's."""
    return local_instant(day, recurrence.at, recurrence.zone or zone)


def next_slot(recurrence: Recurrence, now: datetime, zone: str) -> tuple[date, datetime]:
    """The first date whose occurrence is still to come, and when."""
    clock = recurrence.zone or zone
    day = local_date(now, clock) - timedelta(days=2)
    while True:
        day = next_dates(recurrence, day)[0]
        moment = local_instant(day, recurrence.at, clock)
        if moment > now:
            return day, moment


def at_time(recurrence: Recurrence, at: time) -> Recurrence:
    """The same dates at another time of day: a summary of what was asked in the morning."""
    return replace(recurrence, at=at)


def parts(rule: str) -> dict[str, str]:
    """What an RRULE says, by name."""
    return dict(part.split("=", 1) for part in rule.split(";"))


@lru_cache(maxsize=1024)
def _dates(rule: str, start: date) -> rrule:
    made = rrulestr(rule, dtstart=datetime.combine(start, time()), cache=True)
    assert isinstance(made, rrule)
    return made
