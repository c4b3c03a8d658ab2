"""The calendar of the month: four weeks with an Easter in them, and where the clock stops on its way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TOKYO, STOCKHOLM, LONDON, NEW_YORK = "Asia/Tokyo", "Europe/Stockholm", "Europe/London", "America/New_York"
LIVES_IN = {
    **dict.fromkeys(("kenji", "aiko"), TOKYO),
    **dict.fromkeys(("maya", "tomas", "lena", "gil"), STOCKHOLM),
    **dict.fromkeys(("omar", "ines", "priya", "ben"), LONDON),
    **dict.fromkeys(("sam", "dana", "ruth"), NEW_YORK),
}
"""Everybody of the company, and the event agency's guest."""

FIRST = date(2026, 3, 23)
"""A Monday. The clocks of Europe change on the Sunday after it."""
WEEKS = 4
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
HOLIDAYS = {
    STOCKHOLM: frozenset({GOOD_FRIDAY, EASTER_MONDAY}),
    LONDON: frozenset({GOOD_FRIDAY}),
}
"""Public holidays of whole countries within the month; Japan and the United States have none."""
AWAY = {
    "lena": (date(2026, 3, 30), date(2026, 4, 3)),
    "sam": (date(2026, 4, 7), date(2026, 4, 8)),
    "kenji": (date(2026, 4, 9), date(2026, 4, 10)),
    "ben": (date(2026, 4, 13), date(2026, 4, 13)),
}
"""Who is away, from when to when, both days included."""
COVERS = {"lena": "aiko", "sam": "dana"}

_STOPS = (time(0, 1), time(9), time(12), time(13), time(16), time(17, 1))
"""When something falls due for people who work from nine to five."""


def moment(week: int, day: str, clock: str, zone: str) -> datetime:
    """An instant of the month, as somebody in this zone would say it: week 2, Tue, 14:30."""
    return instant(day_of(week, day), clock, zone)


def day_of(week: int, day: str) -> date:
    """A day of the month, or of the weeks after it."""
    return FIRST + timedelta(weeks=week - 1, days=DAYS.index(day))


def instant(day: date, clock: str, zone: str) -> datetime:
    """When the clocks of a zone show this on a day."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def days(weeks: int = WEEKS) -> list[date]:
    """Every day of so many weeks."""
    return [FIRST + timedelta(days=ahead) for ahead in range(7 * weeks)]


def stops(after: datetime, until: datetime) -> Iterator[datetime]:
    """Where the clock stops between two moments: on every day, in each zone; weekends and holidays, too."""
    found = {
        at
        for zone in sorted({*LIVES_IN.values()})
        for day in _between(after, until, zone)
        for clock in _STOPS
        if after < (at := datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)) < until
    }
    yield from sorted(found)


def local_day(at: datetime, who: str) -> date:
    """Which day it is where somebody lives."""
    return at.astimezone(ZoneInfo(LIVES_IN[who])).date()


def works_on(who: str, day: date) -> bool:
    """Whether that is a working day of theirs: no weekend, no holiday, not away."""
    first, last = AWAY.get(who, (date.max, date.max))
    holiday = day in HOLIDAYS.get(LIVES_IN[who], frozenset())
    return day.weekday() < 5 and not holiday and not first <= day <= last


def _between(after: datetime, until: datetime, zone: str) -> Iterator[date]:
    day, last = (one.astimezone(ZoneInfo(zone)).date() for one in (after, until))
    while day <= last:
        yield day
        day += timedelta(days=1)
