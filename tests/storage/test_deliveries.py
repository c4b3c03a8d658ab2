"""Deliveries: one effect and one answer for each, however often and however simultaneously it comes."""

import asyncio
from datetime import timedelta

import pytest

from storage.database import Clock, Database, Tx
from storage.deliveries import queries as deliveries
from storage.values import Json
from tests.storage.works import A, B, kept, put
from tests.storage.world import World


async def test_the_second_delivery_gets_the_first_one_s_answer(database: Database) -> None:
    """Claimed once; its answer is kept as it was, an empty one too; elsewhere the key is another delivery."""
    answer: dict[str, Json] = {"response_action": "update", "view": {"title": "Gespeichert ✓"}}
    assert await database.transact(A, lambda tx: deliveries.claim(tx, "Ev1")())
    assert await database.read(A, lambda tx: deliveries.reply(tx, "Ev1")) is None
    await database.transact(A, lambda tx: deliveries.answer(tx, "Ev1", answer))

    assert not await database.transact(A, lambda tx: deliveries.claim(tx, "Ev1")())
    assert await database.read(A, lambda tx: deliveries.reply(tx, "Ev1")) == answer
    assert await database.transact(B, lambda tx: deliveries.claim(tx, "Ev1")())
    assert await database.read(B, lambda tx: deliveries.reply(tx, "Ev1")) is None


async def test_an_undone_effect_can_be_delivered_again(database: Database) -> None:
    """The key goes with the work: an error leaves no trace, and the corrected form is new."""

    def refused(tx: Tx) -> None:
        assert deliveries.claim(tx, "V1")()
        put(tx, "effect")
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            await database.transact(A, refused)
    assert await kept(database, ["effect"]) == []
    assert await database.transact(A, lambda tx: deliveries.claim(tx, "V1")())


async def test_simultaneous_deliveries_have_one_effect(database_url: str) -> None:
    """Eight at once, on several processes where there can be several: one acts, and each gets its answer."""
    several = 1 if database_url.startswith("sqlite") else 3
    databases = [Database(database_url, Clock()) for _ in range(several)]
    acted: list[int] = []

    def effect(tx: Tx, number: int) -> dict[str, Json] | None:
        if deliveries.claim(tx, "Ev1")():
            acted.append(number)
            deliveries.answer(tx, "Ev1", {"by": number})
        return deliveries.reply(tx, "Ev1")

    answers = await asyncio.gather(
        *(databases[n % several].transact(A, lambda tx, n=n: effect(tx, n)) for n in range(8))  # type: ignore[misc]
    )

    assert len(acted) == 1
    assert answers == [{"by": acted[0]}] * 8
    for database in databases:
        await database.close()


async def test_what_cannot_be_delivered_any_more_is_forgotten(world: World) -> None:
    """After eight days of civil time, in every workspace; not a day before."""
    for workspace in (A, B):
        await world.do(lambda tx: deliveries.claim(tx, "old")(), workspace)
    world.clock.moved += timedelta(days=8)
    assert await world.across(deliveries.forget) == 0
    await world.do(lambda tx: deliveries.claim(tx, "new")())
    world.clock.moved += timedelta(seconds=1)

    assert await world.across(deliveries.forget) == 2
    assert await world.do(lambda tx: deliveries.claim(tx, "old")())
    assert not await world.do(lambda tx: deliveries.claim(tx, "new")())


async def test_an_answer_nobody_waits_for_is_forgotten(world: World) -> None:
    """After an hour the words are gone, in every workspace; that it was delivered is not, and younger words stay."""
    said: dict[str, Json] = {"text": "Kept as F-1"}
    for workspace in (A, B):
        await world.do(lambda tx: claimed_and_answered(tx, "old", said), workspace)
    world.clock.moved += timedelta(seconds=1)
    await world.do(lambda tx: claimed_and_answered(tx, "young", said))
    world.clock.moved += timedelta(minutes=60, seconds=-1)
    await world.across(deliveries.forget)

    for workspace in (A, B):
        assert await world.do(lambda tx: deliveries.reply(tx, "old"), workspace) is None
        assert not await world.do(lambda tx: deliveries.claim(tx, "old")(), workspace)
    assert await world.do(lambda tx: deliveries.reply(tx, "young")) == said


async def test_words_that_may_not_be_kept_leave_every_answer_of_a_workspace(world: World) -> None:
    """Whatever was answered, however lately; the deliveries stay known, and another workspace keeps its own."""
    said: dict[str, Json] = {"text": "They want it blue"}
    for workspace in (A, B):
        await world.do(lambda tx: claimed_and_answered(tx, "one", said), workspace)
    await world.do(deliveries.forget_replies)

    assert await world.do(lambda tx: deliveries.reply(tx, "one")) is None
    assert await world.do(lambda tx: deliveries.known(tx, "one"))
    assert await world.do(lambda tx: deliveries.reply(tx, "one"), B) == said


def claimed_and_answered(tx: Tx, key: str, said: dict[str, Json]) -> None:
    assert deliveries.claim(tx, key)()
    deliveries.answer(tx, key, said)
