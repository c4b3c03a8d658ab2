"""Reactions: what stands on a message does not depend on the order in which Slack tells us."""

import asyncio
from functools import partial
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from storage.database import Clock, Database, Tx
from storage.feedback import reactions
from storage.feedback.tables import ReactionRow
from storage.feedback.values import MessageRef
from storage.values import ChannelId, PersonId
from tests.storage.works import A, B

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
MESSAGE = MessageRef(ChannelId("C0SALES"), "1700000000.000100")
News = tuple[PersonId, str, bool]
NEWS = st.lists(
    st.tuples(st.sampled_from([MAYA, SAM]), st.sampled_from(["bulb", "ladybug"]), st.booleans()), max_size=6
)


def standing(tx: Tx, message: MessageRef) -> list[tuple[PersonId, str]]:
    """Who has which emoji on the message now."""
    return [(one.person, one.emoji) for one in reactions.on(tx, message)() if one.standing]


async def hear(database: Database, order: list[tuple[int, News]]) -> list[tuple[PersonId, str]]:
    """What stands on the message after these events came in this order; each comes twice."""
    await database.transact_everywhere(lambda tx: tx.run(delete(ReactionRow)))

    def work(tx: Tx) -> list[tuple[PersonId, str]]:
        for at, (person, emoji, active) in order:
            for _ in range(2):
                reactions.hear(tx, MESSAGE, person, emoji, f"1700000000.{at:06}", active=active)()
        return standing(tx, MESSAGE)

    return await database.transact(A, work)


def test_the_order_of_events_does_not_matter(database_url: str) -> None:
    """Set and removed, by several people, in every order Slack may tell it: what stands is what happened last."""
    database = Database(database_url, Clock())
    with asyncio.Runner() as runner:

        @settings(max_examples=30, deadline=None)
        @given(NEWS.flatmap(lambda news: st.tuples(st.just(news), st.permutations(list(enumerate(news, 1))))))
        def check(told: tuple[list[News], list[tuple[int, News]]]) -> None:
            news, order = told
            last = {(person, emoji): (at, active) for at, (person, emoji, active) in enumerate(news, 1)}
            stand = sorted((at, *who) for who, (at, active) in last.items() if active)
            assert runner.run(hear(database, order)) == [(person, emoji) for _, person, emoji in stand]

        check()
        runner.run(database.close())


async def test_every_order_of_six_events(database: Database) -> None:
    """Set, removed, set, removed, set, removed: all 720 orders, and those of fewer events, leave what came last."""
    orders = [(size, order) for size in range(1, 7) for order in permutations(range(1, size + 1))]

    def work(tx: Tx, first: int) -> list[bool]:
        stand = []
        for number, (size, order) in enumerate(orders[first : first + 50], first):
            message = MessageRef(MESSAGE.channel, f"18.{number:06}")
            for at in order:
                reactions.hear(tx, message, MAYA, "bulb", f"17.{at:06}", active=at % 2 == 1)()
            stand.append(bool(standing(tx, message)) is (size % 2 == 1))
        return stand

    for first in range(0, len(orders), 50):
        assert all(await database.transact(A, partial(work, first=first)))


async def test_old_news_is_known_to_be_old(database: Database) -> None:
    """Whoever tells of it hears that something newer was heard; the same event again is old too."""

    def tell(tx: Tx, at: int, *, active: bool) -> bool:
        return reactions.hear(tx, MESSAGE, MAYA, "bulb", f"17.{at:06}", active=active)()

    order = [(2, False), (1, True), (2, False), (3, True)]
    heard = [await database.transact(A, partial(tell, at=at, active=active)) for at, active in order]
    assert heard == [True, False, False, True]
    assert await database.read(A, lambda tx: standing(tx, MESSAGE)) == [(MAYA, "bulb")]
    assert await database.read(B, lambda tx: standing(tx, MESSAGE)) == []


async def test_taking_back_is_heard_only_of_what_was_set(database: Database) -> None:
    """Where capturing is off, an emoji removed is news if it was set while capturing was on; nothing else is kept."""

    def lift(tx: Tx, event_ts: str) -> bool:
        return reactions.lift(tx, MESSAGE, MAYA, "bulb", event_ts)()

    assert not await database.transact(A, partial(lift, event_ts="17.000003"))
    assert await database.read(A, lambda tx: reactions.on(tx, MESSAGE)()) == []
    await database.transact(
        A, lambda tx: reactions.hear(tx, MESSAGE, MAYA, "bulb", "17.000002", active=True)()
    )
    assert [await database.transact(A, partial(lift, event_ts=f"17.00000{at}")) for at in (1, 3, 3)] == [
        False,
        True,
        False,
    ]
    assert await database.read(A, lambda tx: standing(tx, MESSAGE)) == []
