"""A person's days and working hours: what is morning, what is a working day, when a wall clock shows a time.

Rules and schedules call this with `now` and the person's hours; nothing here reads a clock. Moments go in
and out as aware datetimes, out always in UTC. What the clocks of a zone show is remembered for a while, for thousands
are asked at one moment by the same clocks. Time zones are those of the pinned `tzdata` package, never the
machine's, so that every worker agrees on when morning is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import count

import whenever

whenever.reset_tzpath(())  # with nowhere to look on the machine, it reads the package
_ZONES = frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())

NO_HOLIDAYS: frozenset[date] = frozenset()
WEEKDAYS = frozenset(range(1, 6))


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person works: ISO weekdays (Monday is 1), from start to end by the clocks of their zone."""

    zone: str
    workdays: frozenset[int] = WEEKDAYS
    start: time = time(9)
    end: time = time(17)

    def __post_init__(self) -> None:
        _check_zone(self.zone)
        if not self.workdays or not self.workdays <= frozenset(range(1, 8)):
            raise ValueError("Working days are one or more of 1 (Monday) to 7 (Sunday).")
        if self.start >= self.end:
            raise ValueError("Working hours must end later than they start.")


def known_zone(name: str) -> bool:
    """Whether the zone data has a zone of exactly this name."""
    return name in _ZONES


def zones() -> list[str]:
    """Every zone of the zone data, by name."""
    return sorted(_ZONES)


@lru_cache(maxsize=1024)
def local_instant(day: date, at: time, zone: str) -> datetime:
    """When the clocks of a zone show a time on a day.

    As RFC 5545 has it: a time the clocks skip is later by what they skip (02:30 becomes 03:30), of a time
    they show twice it is the first.
    """
    if at.tzinfo is not None:
        raise ValueError("A wall time has no zone of its own.")
    wall = whenever.PlainDateTime(datetime.combine(day, at))
    return wall.assume_tz(_check_zone(zone), disambiguation="compatible").to_instant().to_stdlib()


def local_date(now: datetime, zone: str) -> date:
    """Which day it is in a zone."""
    return _date_of(_aware(now).astimezone(UTC), zone)


def local_time(now: datetime, zone: str) -> time:
    """What the clocks show in a zone."""
    return whenever.Instant(_aware(now)).to_tz(_check_zone(zone)).time().to_stdlib()


def is_working(now: datetime, hours: Hours, holidays: frozenset[date] = NO_HOLIDAYS) -> bool:
    """Whether a person is at work."""
    today = local_date(now, hours.zone)
    if not _is_workday(today, hours.workdays, holidays):
        return False
    return _start(today, hours) <= now < local_instant(today, hours.end, hours.zone)


def next_working_morning(now: datetime, hours: Hours, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """The next time a person starts to work: today if they have not started yet, else on a later day."""
    today = local_date(now, hours.zone)
    soonest = 0 if now < _start(today, hours) else 1
    days = (today + timedelta(days=ahead) for ahead in count(soonest))
    return _start(_first_workday(days, hours.workdays, holidays), hours)


def next_working_moment(now: datetime, hours: Hours, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """Now, if a person is at work, else when they next start."""
    if is_working(now, hours, holidays):
        return now.astimezone(UTC)
    return next_working_morning(now, hours, holidays)


def workdays_before(day: date, number: int, workdays: frozenset[int], holidays: frozenset[date]) -> date:
    """The day so many working days earlier; none earlier is the day itself."""
    if number < 0 or not workdays:
        raise ValueError("Working days are counted back from a day, in a week that has some.")
    for _ in range(number):
        earlier = (day - timedelta(days=back) for back in count(1))
        day = _first_workday(earlier, workdays, holidays)
    return day


def workdays_after(day: date, number: int, workdays: frozenset[int], holidays: frozenset[date]) -> date:
    """The day so many working days later; none later is the day itself."""
    if number < 0 or not workdays:
        raise ValueError("Working days are counted on from a day, in a week that has some.")
    for _ in range(number):
        later = (day + timedelta(days=ahead) for ahead in count(1))
        day = _first_workday(later, workdays, holidays)
    return day


def workdays_until(today: date, day: date, workdays: frozenset[int], holidays: frozenset[date]) -> int:
    """How many working days are left before the day, today counted; none on the day itself and after it."""
    weeks, rest = divmod(
        max(0, (day - today).days), 7
    )  # counted, not walked: somebody may choose the year 9999
    begun = ((today.isoweekday() - 1 + one) % 7 + 1 for one in range(rest))
    off = sum(one.isoweekday() in workdays for one in holidays if today <= one < day)
    return weeks * len(workdays) + sum(one in workdays for one in begun) - off


@lru_cache(maxsize=1024)
def _date_of(moment: datetime, zone: str) -> date:
    return whenever.Instant(moment).to_tz(_check_zone(zone)).date().to_stdlib()


def _start(day: date, hours: Hours) -> datetime:
    return local_instant(day, hours.start, hours.zone)


def _first_workday(days: Iterator[date], workdays: frozenset[int], holidays: frozenset[date]) -> date:
    return next(day for day in days if _is_workday(day, workdays, holidays))


def _is_workday(day: date, workdays: frozenset[int], holidays: frozenset[date]) -> bool:
    return day.isoweekday() in workdays and day not in holidays


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("A moment needs its time zone; this one has none.")
    return moment


def _check_zone(name: str) -> str:
    if not known_zone(name):
        raise ValueError(f"There is no time zone {name!r}.")
    return name
