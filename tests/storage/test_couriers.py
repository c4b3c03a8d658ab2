"""Several couriers on one PostgreSQL database: each row and each lane is one courier's, and nobody deadlocks."""

import asyncio
import json
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from storage.database import Clock, Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox import calls, claims
from storage.outbox.tables import OutboxRow
from storage.outbox.values import Claimed
from storage.values import WorkspaceId
from tests.storage.works import A, B
from tests.storage.world import LEASE, MORNING, World, pace, post

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
async def couriers(database_url: str) -> AsyncIterator[list[World]]:
    """Three processes' worth of database, on one clock."""
    clock = VirtualClock(MORNING)
    found = [World(Database(database_url, clock), clock) for _ in range(3)]
    yield found
    for world in found:
        await world.database.close()


async def claim_at_once(couriers: list[World], limit: int) -> list[Claimed]:
    """Every courier claims twice at the same moment."""
    found = await asyncio.gather(*(world.claim(limit) for world in couriers for _ in range(2)))
    return [row for claimed in found for row in claimed]


async def test_no_row_and_no_lane_is_claimed_twice(couriers: list[World], database_url: str) -> None:
    """Six claims at a time until all is sent: every call once, one a second in a lane, in order within a thread."""
    dice = random.Random(7)
    marks = [f"m{number:03}" for number in range(240)]
    for workspace in (A, B):
        batch = [post(m, f"lane{dice.randrange(12)}", dice.choice([None, "t1", "t2", "t3"])) for m in marks]
        await couriers[0].enqueue(*batch, workspace=workspace)
    sent: list[tuple[WorkspaceId, str, str | None, int]] = []

    for second in range(200):
        claimed = await claim_at_once(couriers, 7)
        assert len({row.id for row in claimed}) == len(claimed)
        found = await couriers[0].across(partial(where, claimed))
        lanes = Counter((workspace, lane) for workspace, _, lane, _ in found)
        assert max(lanes.values(), default=1) == 1
        sent += [(workspace, mark, thread, second) for workspace, mark, _, thread in found]
        await asyncio.gather(*(dice.choice(couriers).finish(row) for row in claimed))
        if len(sent) == 2 * len(marks):
            break
        couriers[0].later(1)

    assert Counter((workspace, mark) for workspace, mark, _, _ in sent) == Counter(
        (workspace, mark) for workspace in (A, B) for mark in marks
    )
    for workspace in (A, B):
        for thread in ("t1", "t2", "t3"):
            said = [mark for of, mark, in_thread, _ in sent if (of, in_thread) == (workspace, thread)]
            assert said == sorted(said)
    assert deadlocks(database_url) == 0


def deadlocks(url: str) -> int:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_stat_force_next_flush()")
        found = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    return int(found[0])


def where(claimed: list[Claimed], tx: Tx) -> list[tuple[WorkspaceId, str, str, str | None]]:
    """Of each claimed row: workspace, mark, lane and thread."""
    rows = tx.all(select(OutboxRow.id, OutboxRow.lane, OutboxRow.thread))
    at = {row.id: (row.lane or "", row.thread) for row in rows}
    return [(row.workspace, str(row.arguments["mark"]), *at[row.id]) for row in claimed]


async def test_a_claim_that_is_not_committed_yet_is_passed_by(couriers: list[World]) -> None:
    """Another courier's claim, still open, holds neither its rows nor its lanes out to us, nor do we wait for it."""
    await couriers[0].enqueue(post("a", "x"), post("b", "x"), post("c", "y"), post("d", "z"))
    claimed, go_on = threading.Event(), threading.Event()

    def slowly(tx: Tx) -> list[Claimed]:
        found = claims.claim(tx, 2, LEASE, pace)
        claimed.set()
        go_on.wait(10)
        return found

    first = asyncio.ensure_future(couriers[0].across(slowly))
    await asyncio.to_thread(claimed.wait, 10)
    second = asyncio.ensure_future(couriers[1].claim())
    await asyncio.sleep(0.1)
    go_on.set()

    marks = [[str(row.arguments["mark"]) for row in found] for found in await asyncio.gather(first, second)]
    assert marks[0] == ["a", "c"]
    assert set(marks[1]) <= {"d"}
    assert {"d"} == set(marks[1]) | {str(row.arguments["mark"]) for row in await couriers[2].claim()}


async def test_an_outcome_that_meets_another_s_claim_is_not_recorded(couriers: list[World]) -> None:
    """The lease ran out just as we came back: the other courier has the row, and our `then` does not run."""
    await couriers[0].enqueue(post("a"))
    (stale,) = await couriers[0].claim()
    couriers[0].later(61)
    claimed, go_on = threading.Event(), threading.Event()

    def slowly(tx: Tx) -> list[Claimed]:
        found = claims.claim(tx, 2, LEASE, pace)
        claimed.set()
        go_on.wait(10)
        return found

    taking = asyncio.ensure_future(couriers[1].across(slowly))
    await asyncio.to_thread(claimed.wait, 10)
    recording = asyncio.ensure_future(couriers[0].finish(stale))
    await asyncio.sleep(0.1)
    go_on.set()

    (fresh,) = await taking
    assert not await recording
    assert await couriers[1].finish(fresh)


CLAIMING = """
import asyncio, json, sys
from datetime import timedelta
from storage.database import Clock, Database
from storage.outbox import calls, claims
from storage.outbox.values import Ended, Pace, State

async def main(url):
    database, found = Database(url, Clock()), []
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(4_000):
        rows = await database.transact_everywhere(
            lambda tx: claims.claim(tx, 5, timedelta(seconds=60), lambda lane: Pace(timedelta(microseconds=1))))
        for row in rows:
            await database.transact(row.workspace, lambda tx: claims.finish(tx, [Ended(row, State.SENT)]))
        found += [row.arguments["mark"] for row in rows]
        if not rows and not await database.read_everywhere(claims.busy):
            break
    print(json.dumps(found))
    await database.close()

asyncio.run(main(sys.argv[1]))
"""


def test_processes_share_the_work(database_url: str) -> None:
    """Real processes on the server's clock: together they send everything, each call once."""
    marks = [f"m{number:03}" for number in range(200)]
    asyncio.run(fill(database_url, marks))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMING, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = [json.loads(process.communicate(timeout=60)[0]) for process in processes]

    assert sorted(mark for marks_ in found for mark in marks_) == marks


async def fill(url: str, marks: list[str]) -> None:
    database = Database(url, Clock())
    await database.transact(
        A,
        lambda tx: [calls.enqueue_new(tx, post(mark, f"lane{number}")) for number, mark in enumerate(marks)],
    )
    await database.close()
