"""The calendar of the history: four working weeks that end on the last Friday evening, and where the clock stops."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = "Europe/Stockholm"
ZONES = ("Asia/Tokyo", HOME, "Europe/London", "America/New_York")
WEEKS = 4
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
ENDS = time(17, 30)
PAUSES = (time(9, 1), time(13, 1), time(16, 31))
"""When something may fall due for whoever works from nine to five, in each zone."""
FRIDAY = 4


def first_day(now: datetime) -> date:
    """The Monday the history begins, so that it ends on the last Friday evening before `now`."""
    local = now.astimezone(ZoneInfo(HOME))
    back = (local.weekday() - FRIDAY) % 7
    friday = local.date() - timedelta(days=back)
    if datetime.combine(friday, ENDS, ZoneInfo(HOME)) > local:
        friday -= timedelta(weeks=1)
    return friday - timedelta(weeks=WEEKS - 1, days=FRIDAY)


def evening_before(first: date) -> datetime:
    """The Friday evening before the history begins: until then people talked without us."""
    return datetime.combine(first - timedelta(days=3), ENDS, ZoneInfo(HOME)).astimezone(UTC)


def moment(first: date, week: int, day: str, clock: str, zone: str = HOME) -> datetime:
    """An instant of the history, as somebody in this zone would say it: week 2, Tue, 14:30."""
    local = day_of(first, week, day)
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(local, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def day_of(first: date, week: int, day: str) -> date:
    """A day of the history, or of the weeks after it."""
    return first + timedelta(weeks=week - 1, days=DAYS.index(day))


def pauses(after: datetime, until: datetime) -> Iterator[datetime]:
    """Where a clock that is moved has to stop on the way: what is due happens on time, not in one heap."""
    found = {
        at
        for zone in ZONES
        for day in _days(after, until, zone)
        for pause in PAUSES
        if after < (at := datetime.combine(day, pause, ZoneInfo(zone)).astimezone(UTC)) < until
    }
    yield from sorted(found)


def _days(after: datetime, until: datetime, zone: str) -> Iterator[date]:
    day, last = (one.astimezone(ZoneInfo(zone)).date() for one in (after, until))
    while day <= last:
        if day.weekday() <= FRIDAY:
            yield day
        day += timedelta(days=1)
