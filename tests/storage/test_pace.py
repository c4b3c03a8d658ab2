"""Lanes: what a courier may take at once, and what has to wait."""

from collections import Counter
from datetime import timedelta
from functools import partial

from storage.database import Database, Tx
from storage.outbox import claims
from storage.outbox.calls import enqueue
from storage.outbox.values import Call, Claimed, Pace
from storage.values import WorkspaceId
from tests.storage.works import A, B
from tests.storage.world import World, keys, post

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


# -- what a whole workspace may send ------------------------------------------------------------------------

BUDGET = Pace(timedelta(seconds=1), 3)
"""Of a method; a channel's own lane is free in these tests."""


def per_method(lane: str) -> Pace:
    """A budget for each method, and none for a channel."""
    return BUDGET if "." in lane else Pace(timedelta(0))


async def fill_channels(database: Database, workspace: WorkspaceId, count: int) -> None:
    """That many messages, each in a channel of its own."""

    def work(tx: Tx, first: int) -> None:
        for number in range(first, min(first + 500, count)):
            enqueue(tx, Call(f"m{number}", "chat.postMessage", {}, lane=f"post:C{number}"))

    for first in range(0, count, 500):
        await database.transact(workspace, partial(work, first=first))


def one_more(tx: Tx, after: Claimed | None) -> list[Claimed]:
    """Claim the next one, where nothing has a pace."""
    return claims.claim(tx, 1, HOUR, lambda _: Pace(timedelta(0)), after)


async def claimed_of(database: Database, limit: int = 20) -> list[WorkspaceId]:
    """Whose calls a courier gets."""
    found = await database.transact_everywhere(lambda tx: claims.claim(tx, limit, HOUR, per_method))
    return [one.workspace for one in found]


async def test_a_workspace_has_a_budget_beside_its_channels(world: World) -> None:
    """Messages to many channels are held to what the workspace may post, and go on at that pace."""
    await fill_channels(world.database, A, 9)

    assert await claimed_of(world.database) == [A] * 3
    assert await claimed_of(world.database) == []
    assert await world.next_wake() == world.clock.steady() + timedelta(seconds=1)
    world.later(1)
    assert await claimed_of(world.database) == [A]
    world.later(60)
    assert await claimed_of(world.database) == [A] * 3


async def test_a_channel_that_waits_spends_no_budget(world: World) -> None:
    """Three for one channel and one for another: the busy channel's other two leave their share to the rest."""
    await world.enqueue(*(post(f"x{n}", "x") for n in range(3)), post("y", "y"))

    found = await world.across(lambda tx: claims.claim(tx, 20, HOUR, lambda _: Pace(timedelta(seconds=1), 2)))
    assert keys(found) == ["x0", "y"]
    await world.enqueue(post("z", "z"))
    one_a_second = Pace(timedelta(seconds=1))
    world.later(60)
    found = await world.across(
        lambda tx: claims.claim(tx, 20, HOUR, lambda lane: BUDGET if "." in lane else one_a_second)
    )
    assert keys(found) == ["x1", "z"]


async def test_each_workspace_s_budget_is_its_own(world: World) -> None:
    """What one has spent the other still has."""
    await fill_channels(world.database, A, 5)
    await claimed_of(world.database)
    await fill_channels(world.database, B, 5)
    assert await claimed_of(world.database) == [B] * 3


async def test_five_thousand_of_one_workspace_do_not_delay_the_one_of_another(world: World) -> None:
    """However much one workspace has to say, and even without any budget, the other's single row goes first thing."""
    await fill_channels(world.database, A, 5_000)
    await world.enqueue(post("single", "post:C1"), workspace=B)

    found = await world.across(lambda tx: claims.claim(tx, 20, HOUR, lambda _: Pace(timedelta(0))))

    assert Counter(one.workspace for one in found) == {A: 10, B: 1}


async def test_workspaces_take_turns(world: World) -> None:
    """A batch is shared evenly, and who had to wait comes first in the next."""
    for workspace in (A, B, WorkspaceId("T3")):
        await fill_channels(world.database, workspace, 20)

    found = await world.across(lambda tx: claims.claim(tx, 9, HOUR, lambda _: Pace(timedelta(0))))
    assert Counter(one.workspace for one in found) == {A: 3, B: 3, WorkspaceId("T3"): 3}

    last: Claimed | None = None
    order = []
    for _ in range(4):
        (last,) = await world.across(partial(one_more, after=last))
        order.append(last.workspace)
    assert order == [WorkspaceId("T3"), A, B, WorkspaceId("T3")]


async def test_lanes_take_turns(world: World) -> None:
    """Where more is to be said than can be, no channel waits for another one to finish, whatever it is called."""
    await world.enqueue(*(post(f"{lane}{n}", lane) for lane in "xyz" for n in range(3)))

    last: Claimed | None = None
    order: list[object] = []
    for _ in range(9):
        (last,) = await world.across(partial(one_more, after=last))
        order += keys([last])
    assert order == [f"{lane}{n}" for n in range(3) for lane in "xyz"]
