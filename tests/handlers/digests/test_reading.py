"""The one read finds launches, their items and blockers as they stand, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.digests import reading, rules, views
from handlers.digests.examples import MONDAYS
from handlers.digests.lines import Edition
from storage.checkins import blockers
from storage.checkins.blockers import NewBlocker
from storage.checkins.values import BlockerState, Party, Waits
from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.digests.values import Need, Turn
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, NewFeedback, Source
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Asked, ItemState, LaunchState, NewItem, NewLaunch, Tier
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.things import links
from storage.things.values import Letter, Reference
from storage.values import AtFirst, Audience, ChannelId, PersonId, PersonKind, WorkspaceId
from tests.front import switch_everything_on

HERE, CHANNEL = WorkspaceId("T0HERE"), ChannelId("C0OPEN")
BEN, INES = PersonId("U0BEN"), PersonId("U0INES")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVERYBODY = Audience.workspace()


class Company:
    """A database in which time can pass, a channel in it, and what its digest would say."""

    def __init__(self, database: Database, clock: VirtualClock) -> None:
        self.database, self.clock = database, clock

    async def days(self, count: int) -> None:
        self.clock.pass_time(timedelta(days=count))

    async def edition(self, since: datetime = MONDAY) -> Edition:
        return await self.database.read(HERE, lambda tx: reading.edition(tx, CHANNEL, MONDAYS, since))


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    """Ben and Inês in a channel we are in."""
    clock = VirtualClock(MONDAY)
    database = Database(database_url, clock)
    await database.transact(HERE, settle_in)
    yield Company(database, clock)
    await database.close()


def settle_in(tx: Tx) -> None:
    people.learn(tx, [Person(BEN, "Ben", PersonKind.MEMBER), Person(INES, "Inês", PersonKind.MEMBER)])
    people.keep_channels(tx, [Channel(CHANNEL, "open", ChannelKind.PUBLIC, ours=True)])
    people.join(tx, CHANNEL, [BEN, INES])
    switch_everything_on(tx)


def plan(tx: Tx, on: date, *due: date) -> None:
    new = [NewItem(f"Item {at}", AtFirst.MARKETING, INES, 3, day, day) for at, day in enumerate(due, 1)]
    launches.add(tx, NewLaunch("Exports", on, Tier.NORMAL, BEN, None, (), tuple(new), on), EVERYBODY)


def block(tx: Tx) -> None:
    waits = Party(Waits.FUNCTION, AtFirst.ENGINEERING)
    blockers.add(tx, NewBlocker(1, MONDAY.date(), CHANNEL, BEN, "No accounts", waits, INES), "No accounts")


async def test_a_launch_on_its_way(company: Company) -> None:
    """Coming within two weeks with what is ready; told from a week before on; late items need their owner."""
    await company.database.transact(
        HERE, lambda tx: plan(tx, date(2026, 3, 16), date(2026, 3, 4), date(2026, 3, 14))
    )

    far = await company.edition()
    [coming] = far.news.launches
    assert (coming.turn, coming.on, coming.ready, coming.items) == (Turn.COMING, date(2026, 3, 16), 0, 2)
    assert far.quiet

    await company.days(10)
    near = await company.edition()
    assert rules.headline(near.news, near.waiting, near.period).endswith(
        "1 thing needs attention, Exports ships Monday"
    )
    [late] = near.waiting
    assert (late.what.need, late.what.about.name, late.days) == (Need.ITEM_LATE, "L-1/1", 8)
    assert "Item 1 · 8 days late · Inês" in str(views.digest(near).blocks)


async def test_a_launch_that_moves_and_ships(company: Company) -> None:
    """A move is told once from where it was at first; moved back is no move; shipped is shipped."""
    await company.database.transact(HERE, lambda tx: plan(tx, date(2026, 3, 20)))

    def move(tx: Tx, day: date) -> None:
        assert changes.move(tx, launches.must(tx, 1), day, "a week", BEN, day, None)

    await company.database.transact(HERE, lambda tx: move(tx, date(2026, 3, 25)))
    await company.database.transact(HERE, lambda tx: move(tx, date(2026, 3, 27)))
    [moved] = (await company.edition(MONDAY - timedelta(days=1))).news.launches
    assert (moved.turn, moved.before, moved.on) == (Turn.MOVED, date(2026, 3, 20), date(2026, 3, 27))

    await company.database.transact(HERE, lambda tx: move(tx, date(2026, 3, 20)))
    back = await company.edition(MONDAY - timedelta(days=1))
    assert back.news.launches == ()

    await company.days(1)
    await company.database.transact(
        HERE, lambda tx: changes.end(tx, launches.must(tx, 1), LaunchState.SHIPPED, BEN)
    )
    shipped = await company.edition()
    assert rules.headline(shipped.news, shipped.waiting, shipped.period).endswith("Exports shipped")
    await company.days(7)
    assert (await company.edition(company.clock.now() - timedelta(days=1))).quiet


async def test_a_launch_nobody_ships_and_items_that_are_blocked(company: Company) -> None:
    """Its day has passed: its owner is named; a blocked item is counted from the day it was."""
    await company.database.transact(HERE, lambda tx: plan(tx, date(2026, 3, 5), date(2026, 3, 9)))

    def stop(tx: Tx) -> None:
        item = items.find(tx, 1, 1)
        assert item is not None
        items.set_state(tx, item, ItemState.BLOCKED, "no texts", INES, None, Asked.SOON)

    await company.database.transact(HERE, stop)
    await company.days(6)
    found = await company.edition()
    assert [(one.what.need, one.days, one.what.owner) for one in found.waiting] == [
        (Need.LAUNCH, 3, BEN),
        (Need.ITEM_BLOCKED, 6, INES),
    ]


async def test_who_waits_on_which_function(company: Company) -> None:
    """A blocker is new, then it needs attention, then it was cleared."""
    await company.database.transact(HERE, block)
    new = await company.edition(MONDAY - timedelta(days=1))
    assert rules.headline(new.news, new.waiting, new.period) == "Since yesterday: 1 new blocker"
    assert "on Engineering waits Ben (B-1, new)" in views.digest(new).text

    await company.days(4)
    old = await company.edition()
    assert "B-1 No accounts, blocked for 4 days, Inês" in views.digest(old).text

    def clear(tx: Tx) -> None:
        found = blockers.must(tx, 1)
        now = replace(found, state=BlockerState.CLEARED, settled_at=tx.now)
        assert blockers.change(tx, found, now, INES, "No accounts")

    await company.database.transact(HERE, clear)
    cleared = await company.edition()
    assert rules.headline(cleared.news, cleared.waiting, cleared.period).endswith(": 1 blocker cleared")
    assert "1 blocker was cleared" in views.digest(cleared).text


async def test_what_is_linked_is_not_untouched(company: Company) -> None:
    """Somebody linked it to a launch: it has its next step."""

    def capture(tx: Tx) -> None:
        plan(tx, date(2026, 6, 1))
        feedbacks.add(tx, NewFeedback(Kind.IDEA, Source.COMMAND, BEN, "Euro"), "Euro", EVERYBODY)

    await company.database.transact(HERE, capture)
    await company.days(20)
    assert [one.what.need for one in (await company.edition()).waiting] == [Need.UNTOUCHED]

    await company.database.transact(
        HERE, lambda tx: links.choose(tx, Reference(Letter.FEEDBACK, 1), Reference(Letter.LAUNCH, 1), BEN)
    )
    assert (await company.edition()).waiting == []
