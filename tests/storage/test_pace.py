"""Lanes: what a courier may take at once, and what has to wait."""

from datetime import timedelta

from storage.database import Database, Tx
from storage.outbox import claims
from storage.outbox.calls import enqueue
from storage.outbox.values import Call, Pace
from storage.values import WorkspaceId

A = WorkspaceId("TA")
HOUR = timedelta(hours=1)


async def fill(database: Database, method: str, count: int, lane: str | None = None) -> None:
    """That many calls, due now."""

    def work(tx: Tx) -> None:
        for number in range(count):
            enqueue(tx, Call(f"{method}{number}", method, {}, lane=lane))

    await database.transact(A, work)


async def claimed(database: Database, pace: Pace) -> int:
    """How many a courier gets."""
    return len(await database.transact_everywhere(lambda tx: claims.claim(tx, 50, HOUR, lambda _: pace)))


async def test_after_a_rest_a_burst_then_nothing(database: Database) -> None:
    """The burst goes at once; what is over it waits for its turn."""
    await fill(database, "reactions.add", 9)

    assert await claimed(database, Pace(HOUR, 4)) == 4
    assert await claimed(database, Pace(HOUR, 4)) == 0


async def test_a_channel_takes_one_and_others_do_not_wait_for_it(database: Database) -> None:
    """A full lane holds back nobody else."""
    await fill(database, "chat.postMessage", 3, "post:C1")
    await fill(database, "chat.update", 3)

    assert await claimed(database, Pace(HOUR)) == 2


async def test_the_lane_is_free_again_when_its_time_has_come(database: Database) -> None:
    """No longer than the pace says."""
    await fill(database, "reactions.add", 2)
    assert await claimed(database, Pace(timedelta(microseconds=1))) == 1

    assert await claimed(database, Pace(timedelta(microseconds=1))) == 1
