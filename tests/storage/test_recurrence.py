"""Exactly one occurrence per local date, whatever the clocks do: against an oracle that walks by the minute."""

from datetime import date, datetime, time, timedelta

import pytest

from storage.recurrence import Recurrence, due_on, instant_on, next_slot, weekly
from tests.storage.oracle import ZONES, changes, expected, walk

AROUND = timedelta(days=1)
TIMES = (time(0), time(0, 30), time(1, 15), time(2), time(2, 30), time(3, 45), time(9), time(23, 30))


def test_there_are_sixty_zones() -> None:
    """The promise names a number."""
    assert len(set(ZONES)) == 60


@pytest.mark.parametrize("zone", ZONES)
def test_one_occurrence_per_local_date_around_every_change(zone: str) -> None:
    """Each date has one occurrence at every time of day, at the minute the oracle finds."""
    for change in changes(zone):
        since = (change - 4 * AROUND).date()
        every_day = {at: weekly(range(1, 8), since, at, zone) for at in TIMES}
        shown = walk(zone, change - AROUND, change + AROUND)
        for at, recurrence in every_day.items():
            slots = slots_between(recurrence, zone, change - AROUND, change + AROUND)
            dates = [day for day, _ in slots]
            assert dates == sorted(set(dates)), (zone, change, at)
            assert slots == expected(shown, at, change - AROUND, change + AROUND), (zone, change, at)
            assert all(instant_on(recurrence, day, zone) == moment for day, moment in slots)
            assert all(due_on(recurrence, day) for day in dates)


def slots_between(
    recurrence: Recurrence, zone: str, begins: datetime, ends: datetime
) -> list[tuple[date, datetime]]:
    """The occurrences after `begins` and before `ends`, one after the other."""
    found: list[tuple[date, datetime]] = []
    now = begins
    while (slot := next_slot(recurrence, now, zone))[1] < ends:
        found.append(slot)
        now = slot[1]
    return found
