"""The calendar of the history: four working weeks that end on the last Friday evening."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = "Europe/Stockholm"
ZONES = ("Asia/Tokyo", HOME, "Europe/London", "America/New_York")
WEEKS = 4
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
ENDS = time(17, 30)
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
