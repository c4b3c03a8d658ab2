"""Two workers on one PostgreSQL: 2,000 people are due, one worker is killed half-way, each is asked once."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from datetime import time, timedelta

import pytest

from storage.asks import queries as asks
from storage.audit import queries as audit
from storage.calendar import local_date
from storage.database import Clock, Database, Tx
from storage.people import queries as people
from storage.recurrence import weekly
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import OccurrenceState, Series
from storage.values import PersonId
from storage.worktime import queries as worktimes
from storage.worktime.values import WorkTime
from tests.handlers.schedules.standup import HERE, MAYA, person
from tests.processes import ROOT, environment

PEOPLE = [PersonId(f"U{number:05}") for number in range(2_000)]
EVERY_DAY = WorkTime(workdays=frozenset(range(1, 8)))
HALF_WAY = 40
"""Works of some twenty occurrences each."""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_thousand_due_with_a_worker_killed_half_way(database_url: str) -> None:
    """0 double, 0 missing: whoever is killed takes nothing along, and whoever is left does it all."""
    clock = Clock()
    database = Database(database_url, clock)
    today = local_date(clock.now(), "UTC")
    clock.moved = -timedelta(days=1)
    await prepare(database)
    clock.moved = timedelta()

    unlucky, other = await worker(database_url), await worker(database_url)
    assert unlucky.stdout is not None
    for _ in range(HALF_WAY):
        await asyncio.wait_for(unlucky.stdout.readline(), 60)
    unlucky.kill()
    await asyncio.wait_for(asyncio.gather(unlucky.wait(), other.communicate()), 120)
    third = await worker(database_url)  # what the killed one had locked may have outlived the other one
    await asyncio.wait_for(third.communicate(), 120)

    assert other.returncode == third.returncode == 0
    ran = Counter(one.actor for one in await database.read(HERE, lambda tx: audit.of(tx, str(today))))
    became = await database.read(HERE, lambda tx: log.on(tx, "s", today))
    asked = await database.read(HERE, lambda tx: asks.beginning(tx, f"s:{today}:"))
    assert ran == dict.fromkeys(PEOPLE, 1)
    assert Counter(one.state for one in became) == {OccurrenceState.DONE: len(PEOPLE)}
    assert {one.person for one in asked} == set(PEOPLE)
    await database.close()


async def prepare(database: Database) -> None:
    """Two thousand people who work every day, and a series that asks them all."""

    def begin(tx: Tx) -> None:
        at = weekly(range(1, 8), local_date(tx.now, "UTC"), time(0), "UTC")
        people.learn(tx, [person(MAYA, "UTC")])
        schedules.put(tx, Series("s", "standup", "Standup", at, {}, MAYA, per_person=True))

    def join(tx: Tx, some: list[PersonId]) -> None:
        people.learn(tx, [person(one, "UTC") for one in some])
        for one in some:
            worktimes.put(tx, one, EVERY_DAY)
        schedules.add_people(tx, "s", some)

    await database.transact(HERE, begin)
    for start in range(0, len(PEOPLE), 200):
        some = PEOPLE[start : start + 200]
        await database.transact(HERE, lambda tx, some=some: join(tx, some))  # type: ignore[misc]  # bound now


async def worker(url: str) -> Process:
    command = (sys.executable, "-m", "tests.handlers.schedules.worker", url)
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment({}), stdout=PIPE)
