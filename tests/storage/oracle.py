"""When a wall clock shows a time, found without anything of ours: only zoneinfo asked how far a zone is from UTC.

What the clocks skip or show twice is worked out here, from the spans between two changes; the product leaves that
to `whenever`, which reads the zone data itself. Which dates recur is counted here; the product leaves it to dateutil.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

YEARS = range(2015, 2038)
BEGINS, ENDS = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
MARGIN = timedelta(days=40)
"""What is asked around a change at the edge of these years needs the clocks a little beyond them."""
STEP, SECOND, A_DAY = timedelta(hours=6), timedelta(seconds=1), timedelta(days=1)
"""No zone changes its offset and changes it back within six hours, nor twice within two days."""


@dataclass(frozen=True, slots=True)
class Span:
    """While a zone keeps one distance from UTC."""

    begins: datetime
    ends: datetime
    ahead: timedelta

    def shows(self, wall: datetime) -> datetime | None:
        """When within it the wall clock shows this, if it does."""
        moment = (wall - self.ahead).replace(tzinfo=UTC)
        return moment if self.begins <= moment < self.ends else None

    @property
    def last_shown(self) -> datetime:
        """What the wall clock would show at its end."""
        return self.ends.replace(tzinfo=None) + self.ahead


def every_zone() -> list[str]:
    """All zones there are, by name."""
    return sorted(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=64)
def spans(zone: str) -> tuple[Span, ...]:
    """The zone's whole history in these years, cut where its offset changes."""
    clock, found = pinned(zone), list[Span]()
    begins = moment = BEGINS - MARGIN
    while moment < ENDS + MARGIN:
        following = moment + STEP
        if offset(clock, following) != offset(clock, moment):
            low, high = moment, following
            while high - low > SECOND:
                middle = low + (high - low) // 2 // SECOND * SECOND
                low, high = (middle, high) if offset(clock, middle) == offset(clock, low) else (low, middle)
            found.append(Span(begins, high, offset(clock, moment)))
            begins = high
        moment = following
    return (*found, Span(begins, moment, offset(clock, begins)))


def changes(zone: str) -> list[datetime]:
    """Every change of the zone's offset in these years; one moment like another where there is none."""
    found = [one.begins for one in spans(zone)[1:] if BEGINS <= one.begins < ENDS]
    return found or [datetime(2026, 3, 29, 1, tzinfo=UTC)]


def pinned(zone: str) -> ZoneInfo:
    """The zone as the pinned package has it; the machine's own data may be older or newer."""
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, zone)


def offset(clock: ZoneInfo, moment: datetime) -> timedelta:
    """How far the zone is from UTC then."""
    ahead = moment.astimezone(clock).utcoffset()
    assert ahead is not None
    return ahead


def shown(zone: str, moment: datetime) -> datetime:
    """What the wall clock shows then."""
    return moment.replace(tzinfo=None) + _span_at(zone, moment).ahead


def instant(zone: str, wall: datetime) -> datetime:
    """The first moment the wall clock shows this; skipped, as long after the jump as it stood beyond it."""
    near = [_span_at(zone, wall.replace(tzinfo=UTC) + ahead) for ahead in (-A_DAY, A_DAY)]
    for one in near:
        if (moment := one.shows(wall)) is not None:
            return moment
    before, after = near
    assert before.last_shown <= wall < after.begins.replace(tzinfo=None) + after.ahead, (zone, wall)
    return (wall - before.ahead).replace(tzinfo=UTC)


def expected(
    zone: str, days: Sequence[date], at: time, begins: datetime, ends: datetime
) -> list[tuple[date, datetime]]:
    """Which of the days have their moment between the two, and when."""
    moments = [(day, instant(zone, datetime.combine(day, at))) for day in days]
    return [(day, moment) for day, moment in moments if begins < moment < ends]


def days_around(moment: datetime) -> list[date]:
    """Three days on either side of it."""
    return [moment.date() + timedelta(days=ahead) for ahead in range(-3, 4)]


def _span_at(zone: str, moment: datetime) -> Span:
    history = spans(zone)
    return history[bisect_right(history, moment, key=lambda one: one.begins) - 1]
