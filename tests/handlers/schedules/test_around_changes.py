"""The clock itself, in sixty zones, while they change: one occurrence per person and local date, on the minute."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from storage.database import Tx
from storage.people import queries as people
from storage.recurrence import weekly
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import Late, OccurrenceState, Series
from storage.values import PersonId
from storage.worktime import queries as worktimes
from storage.worktime.values import WorkTime
from tests.handlers.schedules.standup import MAYA, Standup, person, standup
from tests.storage.oracle import changes, days_around, expected

AT = time(2, 30)
"""Skipped by most zones in spring and shown twice in autumn."""
DAY = timedelta(days=1)
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg", "Africa/Lagos",
    "America/Adak", "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion",
    "America/Bogota", "America/Caracas", "America/Chicago", "America/Denver", "America/Halifax",
    "America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/Miquelon", "America/New_York",
    "America/Noronha", "America/Nuuk", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
    "America/Scoresbysund", "America/St_Johns", "America/Tijuana", "America/Vancouver",
    "Antarctica/Troll", "Antarctica/Vostok", "Asia/Almaty", "Asia/Amman", "Asia/Beirut", "Asia/Dubai",
    "Asia/Gaza", "Asia/Jerusalem", "Asia/Kabul", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Nicosia",
    "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Asia/Yangon", "Atlantic/Azores", "Atlantic/Bermuda",
    "Australia/Adelaide", "Australia/Brisbane", "Australia/Eucla", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Chisinau", "Europe/Dublin", "Europe/Lisbon", "Europe/London",
    "Europe/Stockholm", "Pacific/Apia", "Pacific/Chatham", "Pacific/Easter", "Pacific/Kiritimati",
)  # fmt: skip
EVERY_DAY = WorkTime(workdays=frozenset(range(1, 8)))
THERE = {PersonId(f"U{number:02}"): zone for number, zone in enumerate(ZONES)}
SPANS = {
    "spring": (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 12, tzinfo=UTC)),
    "American autumn": (datetime(2027, 11, 5, 12, tzinfo=UTC), datetime(2027, 11, 8, 12, tzinfo=UTC)),
}


@pytest.mark.parametrize("span", SPANS)
async def test_the_clock_asks_each_once_a_date(database_url: str, span: str) -> None:
    """Everybody has exactly the dates a wall clock shows, each at the first minute it shows the time."""
    begins, ends = SPANS[span]
    assert sum(begins < change < ends for zone in ZONES for change in changes(zone)) > 10
    async with standup(database_url, begins, Late.DEADLINE) as s:
        await s.do(lambda tx: settle_in(tx, begins.date()))
        await s.until(ends, timedelta(hours=3))

        found = await s.do(everything)
        for who, zone in THERE.items():
            due = expected(zone, days_around(begins + DAY), AT, begins, ends)
            assert found[who] == due, zone
        assert await ran(s, begins) == sum(len(dates) for dates in found.values())


def settle_in(tx: Tx, start: date) -> None:
    """Somebody in each zone, at work every day."""
    people.learn(tx, [person(MAYA, "UTC"), *(person(who, zone) for who, zone in THERE.items())])
    for who in THERE:
        worktimes.put(tx, who, EVERY_DAY)
    daily = weekly(range(1, 8), start - DAY, AT)
    schedules.put(tx, Series("s", "standup", "Standup", daily, {}, MAYA, per_person=True))
    schedules.set_people(tx, "s", sorted(THERE))


def everything(tx: Tx) -> dict[PersonId, list[tuple[date, datetime]]]:
    """The dates that ran for each, and when they were due."""
    found: dict[PersonId, list[tuple[date, datetime]]] = {}
    for who in THERE:
        all_of_them = sorted(log.of(tx, who, 20), key=lambda one: one.on)
        assert {one.state for one in all_of_them} == {OccurrenceState.DONE}
        found[who] = [(one.on, one.due_at) for one in all_of_them]
    return found


async def ran(s: Standup, begins: datetime) -> int:
    """How often something really happened."""
    return sum([await s.ran(begins.date() + ahead * DAY) for ahead in range(-1, 6)])
