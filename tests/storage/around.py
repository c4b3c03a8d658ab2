"""Everything the calendar says around one change of one zone's clocks, compared with the oracle."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from storage.calendar import local_date, local_instant, local_time
from storage.recurrence import LAST, Recurrence, due_on, instant_on, monthly, next_slot, weekdays, weekly
from tests.storage import oracle

DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
SLOTS = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 15)]
"""Every quarter of an hour."""

AROUND = range(-96, 97)
"""Quarters of an hour before and after a change."""

Made = Callable[[date, time, str], Recurrence]


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence as people choose one, and which days it means, counted without it."""

    made: Made
    means: Callable[[date, date], bool]
    """Whether a day is one of its dates; the second is the day of the change."""


def nth_of(day: date) -> int:
    """The how manyeth such weekday of its month it is; the fifth is the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else LAST


def is_last(day: date) -> bool:
    """Whether the month has no later such weekday."""
    return (day + 7 * DAY).month != day.month


def _is_nth(day: date, change: date) -> bool:
    nth = nth_of(change)
    return day.weekday() == change.weekday() and (is_last(day) if nth == LAST else nth_of(day) == nth)


RULES = {
    "every day": Rule(
        lambda on, at, zone: weekly(range(1, 8), on - 4 * DAY, at, zone), lambda _day, _change: True
    ),
    "weekdays": Rule(
        lambda on, at, zone: weekdays(on - 9 * DAY, at, zone), lambda day, _change: day.weekday() < 5
    ),
    "every other week": Rule(
        lambda on, at, zone: weekly([on.isoweekday()], on - 14 * DAY, at, zone, every=2),
        lambda day, change: day == change,
    ),
    "a weekday of the month": Rule(
        lambda on, at, zone: monthly(nth_of(on), on.isoweekday(), on - 40 * DAY, at, zone), _is_nth
    ),
    "the last weekday of the month": Rule(
        lambda on, at, zone: monthly(LAST, on.isoweekday(), on - 40 * DAY, at, zone),
        lambda day, change: day.weekday() == change.weekday() and is_last(day),
    ),
}


NEAREST = slice(2, 5)
"""Of the days around a change those whose every slot is asked for."""
ANSWERS = len(SLOTS) * (3 + len(RULES)) + len(AROUND)
"""What is compared around one change: each slot of three days and of each rule, and each quarter of an hour."""


def wrong(zone: str, change: datetime) -> Iterator[str]:
    """Every answer about two days around the change that is not the oracle's."""
    yield from _wrong_clocks(zone, change)
    for name, rule in RULES.items():
        for at in SLOTS:
            found = occurrences(rule.made(change.date(), at, zone), zone, change - DAY, change + DAY)
            days = [day for day in oracle.days_around(change) if rule.means(day, change.date())]
            due = oracle.expected(zone, days, at, change - DAY, change + DAY)
            if found != due:
                yield f"{zone}, {name} at {at} around {change}: {found} instead of {due}"


def _wrong_clocks(zone: str, change: datetime) -> Iterator[str]:
    for day in oracle.days_around(change)[NEAREST]:
        for at in SLOTS:
            moment, due = local_instant(day, at, zone), oracle.instant(zone, datetime.combine(day, at))
            if moment != due:
                yield f"{zone} shows {day} {at} at {moment} instead of {due}"
    for quarters in AROUND:
        now = change + quarters * QUARTER
        said, due = datetime.combine(local_date(now, zone), local_time(now, zone)), oracle.shown(zone, now)
        if said != due:
            yield f"{zone} shows {said} instead of {due} at {now}"


def occurrences(
    recurrence: Recurrence, zone: str, begins: datetime, ends: datetime
) -> list[tuple[date, datetime]]:
    """Those after `begins` and before `ends`, one after the other, as a schedule asks for them."""
    found: list[tuple[date, datetime]] = []
    now = begins
    while (slot := next_slot(recurrence, now, zone))[1] < ends:
        on, moment = slot
        assert due_on(recurrence, on), (zone, recurrence, on)
        assert instant_on(recurrence, on, zone) == moment, (zone, recurrence, on)
        found.append(slot)
        now = moment
    return found
