"""The queue of asks: each is put once, comes when it is due, goes out once, and is settled once."""

import asyncio
import threading
from datetime import timedelta
from functools import partial

from storage.asks import queries as asks
from storage.asks.values import Ask, AskKind, AskState, Held, NewAsk
from storage.database import Tx
from storage.values import PersonId
from tests.storage.works import A, B, on_postgresql
from tests.storage.world import MORNING, World

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
HOUR = timedelta(hours=1)


def put(tx: Tx, key: str, person: PersonId = MAYA, *, hours: float = 0, kind: AskKind = AskKind.ASK) -> bool:
    due_at = tx.now + hours * HOUR
    return asks.add(tx, NewAsk(key, person, kind, f"about {key}", [{"type": "divider"}], due_at, person))


async def due(world: World, person: PersonId = MAYA) -> list[str]:
    return [one.key for one in (await world.do(lambda tx: asks.due_of(tx, [person]))).get(person, [])]


async def first_due(world: World) -> PersonId | None:
    return next(iter(await world.do(lambda tx: asks.due_here(tx, 10))), None)


async def test_the_same_is_asked_once_ever(world: World) -> None:
    """Whatever became of the first; in another workspace it is another ask."""
    assert await world.do(partial(put, key="a"))
    found = await world.do(lambda tx: asks.find(tx, "a"))
    blocks = [{"type": "divider"}]
    waiting = AskState.WAITING
    assert found == Ask(A, "a", MAYA, AskKind.ASK, "about a", blocks, MORNING, waiting, MAYA, MORNING)
    for state in (AskState.ANSWERED, AskState.WITHDRAWN):
        assert not await world.do(partial(put, key="a", person=SAM))
        await world.do(partial(asks.settle, key="a", state=state))
    assert await world.do(lambda tx: asks.find(tx, "b")) is None
    assert await world.do(partial(put, key="a"), B)


async def test_what_is_due_comes_in_its_time(world: World) -> None:
    """The longest due first; a person's own in the order they were caused; nothing early, nothing of others."""
    await world.do(partial(put, key="late", hours=2))
    await world.do(partial(put, key="s", person=SAM, hours=1))
    world.later(1)
    await world.do(partial(put, key="soon", hours=0.5))
    await world.do(partial(put, key="b", hours=0), B)

    assert await first_due(world) is None
    world.clock.moved += 0.5 * HOUR
    assert (await first_due(world), await due(world)) == (MAYA, ["soon"])
    await world.do(lambda tx: asks.sent(tx, {"soon": "letter:1"}))
    world.clock.moved += 2 * HOUR
    assert (await first_due(world), await due(world), await due(world, SAM)) == (SAM, ["late"], ["s"])
    await world.do(lambda tx: asks.hold(tx, "s", tx.now + HOUR, Held.BUDGET))
    assert (await first_due(world), await due(world, SAM)) == (MAYA, [])


async def test_what_was_sent_waits_for_its_answer(world: World) -> None:
    """Open are asks that went out and have no answer; tellings need none."""
    for key, kind in (("a", AskKind.ASK), ("t", AskKind.TELL), ("b", AskKind.ASK), ("c", AskKind.ASK)):
        await world.do(partial(put, key=key, kind=kind))
    assert await world.do(lambda tx: asks.open_of(tx, MAYA)) == []
    await world.do(lambda tx: asks.sent(tx, {"a": "letter:1", "t": "letter:1", "b": "letter:1"}))

    assert [one.key for one in await world.do(lambda tx: asks.open_of(tx, MAYA))] == ["a", "b"]
    assert [one.key for one in await world.do(lambda tx: asks.open_of(tx, MAYA, 1))] == ["a"]
    assert await world.do(lambda tx: asks.open_of(tx, SAM)) == []
    assert await due(world) == ["c"]
    await world.do(partial(asks.settle, key="a", state=AskState.ANSWERED))
    assert [one.key for one in await world.do(lambda tx: asks.open_of(tx, MAYA))] == ["b"]


async def test_an_answer_counts_once(world: World) -> None:
    """Before or after it went out; the second is told that it was settled, and so is one nobody asked."""
    await world.do(partial(put, key="a"))
    assert await world.do(partial(asks.settle, key="a", state=AskState.WITHDRAWN))
    assert not await world.do(partial(asks.settle, key="a", state=AskState.ANSWERED))
    assert not await world.do(partial(asks.settle, key="never", state=AskState.ANSWERED))
    assert await due(world) == []
    found = await world.do(lambda tx: asks.find(tx, "a"))
    assert found is not None
    assert found.state is AskState.WITHDRAWN


async def test_what_is_out_is_not_reworded_or_put_off(world: World) -> None:
    """A letter says what it said; only what never arrived is asked again."""
    for key in ("a", "b"):
        await world.do(partial(put, key=key))
    await world.do(lambda tx: asks.sent(tx, {"a": "letter:1"}))
    for key in ("a", "b"):
        await world.do(partial(asks.reword, key=key, summary="better", blocks=[]))
        await world.do(partial(asks.hold, key=key, until=MORNING + HOUR, why=Held.QUIET))
    told = [await world.do(partial(asks.find, key=key)) for key in ("a", "b")]
    assert [(one.summary, one.blocks, one.due_at) for one in told if one is not None] == [
        ("about a", [{"type": "divider"}], MORNING),
        ("better", [], MORNING + HOUR),
    ]

    for key in ("a", "b"):
        await world.do(partial(asks.again, key=key, until=MORNING + 2 * HOUR))
    world.clock.moved += HOUR
    assert await due(world) == ["b"]
    world.clock.moved += HOUR
    assert await due(world) == ["a", "b"]


@on_postgresql
async def test_two_clocks_send_it_once(world: World) -> None:
    """The second waits for the first's transaction, and finds nothing left to send."""
    await world.do(partial(put, key="a"))
    found, go_on = threading.Event(), threading.Event()

    def slowly(tx: Tx) -> list[str]:
        keys = [one.key for one in asks.due_of(tx, [MAYA])[MAYA]]
        found.set()
        go_on.wait(10)
        asks.sent(tx, dict.fromkeys(keys, "letter:1"))
        return keys

    first = asyncio.ensure_future(world.do(slowly))
    await asyncio.to_thread(found.wait, 10)
    second = asyncio.ensure_future(due(world))
    await asyncio.sleep(0.1)
    go_on.set()
    assert (await first, await second) == (["a"], [])
