"""Things: a number of their own for ever, and changes that reach only the one that is meant."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import select

from storage.database import OURS, Clock, Database, Tx
from storage.people import queries as people
from storage.things import queries as things
from storage.things.tables import FollowerRow, ThingRow
from storage.things.values import Letter, Reference, Viewer
from storage.values import Audience, ChannelId, PersonId, PersonKind
from tests.storage.works import A, B

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
_ALL = select(ThingRow.number, ThingRow.title, ThingRow.state, ThingRow.permalink, ThingRow.version).where(
    ThingRow.workspace == OURS
)
_FOLLOWERS = select(FollowerRow.number, FollowerRow.person).where(FollowerRow.workspace == OURS)


def make(tx: Tx, title: str = "t", audience: Audience | None = None) -> Reference:
    return things.create(tx, Letter.FEEDBACK, title, "new", MAYA, audience or Audience.workspace())


async def test_numbers_count_from_one_in_each_workspace(database: Database) -> None:
    """F-1, F-2 … in the order of making, whatever is made elsewhere."""
    first = [str(await database.transact(A, make)) for _ in range(3)]
    other = str(await database.transact(B, make))
    assert (first, other, str(await database.transact(A, make))) == (["F-1", "F-2", "F-3"], "F-1", "F-4")


async def test_numbers_under_a_crowd(database_url: str) -> None:
    """However many make things at once, from however many processes on PostgreSQL: no number twice, none left out."""
    several = 1 if database_url.startswith("sqlite") else 3
    databases = [Database(database_url, Clock()) for _ in range(several)]

    made = await asyncio.gather(
        *(databases[n % several].transact(workspace, make) for n in range(60) for workspace in (A, B))
    )

    assert sorted(one.number for one in made) == sorted([*range(1, 61), *range(1, 61)])
    for database in databases:
        await database.close()


async def test_a_number_that_was_seen_is_never_used_again(database: Database) -> None:
    """A work that is undone leaves no gap that somebody saw; what is committed keeps its number."""

    def failing(tx: Tx) -> None:
        make(tx)
        raise LookupError

    await database.transact(A, make)
    with pytest.raises(LookupError):
        await database.transact(A, failing)
    assert (await database.transact(A, make)).number == 2


async def test_a_change_is_of_one_thing(database: Database) -> None:
    """Title, state and link of F-2 here; F-1 and the other workspace's F-2 stay as they are."""
    for workspace in (A, B):
        for title in ("one", "two"):
            await database.transact(workspace, partial(make, title=title))

    def change(tx: Tx) -> None:
        things.change(tx, Reference(Letter.FEEDBACK, 2), "three", "undone")
        things.link(tx, Reference(Letter.FEEDBACK, 2), "https://example.com")

    await database.transact(A, change)

    here = await database.read(A, lambda tx: [tuple(row) for row in tx.all(_ALL.order_by(ThingRow.number))])
    there = await database.read(B, lambda tx: [tuple(row) for row in tx.all(_ALL.order_by(ThingRow.number))])
    assert here == [(1, "one", "new", None, 1), (2, "three", "undone", "https://example.com", 2)]
    assert there == [(1, "one", "new", None, 1), (2, "two", "new", None, 1)]


async def test_following_twice_is_following(database: Database) -> None:
    """Who asks again is still told once."""
    reference = await database.transact(A, make)
    for _ in range(2):
        await database.transact(A, lambda tx: things.follow(tx, reference, SAM))
    assert await database.read(A, lambda tx: [tuple(row) for row in tx.all(_FOLLOWERS)]) == [(1, SAM)]


async def test_a_thing_that_is_not_there_is_not_visible(database: Database) -> None:
    """Nor is the same number elsewhere, to its own owner."""
    reference = await database.transact(A, make)
    owner = Viewer(MAYA, PersonKind.MEMBER)
    assert await database.read(A, lambda tx: things.visible(tx, reference, owner))
    assert not await database.read(B, lambda tx: things.visible(tx, reference, owner))
    assert not await database.read(A, lambda tx: things.visible(tx, Reference(Letter.FEEDBACK, 9), owner))


async def test_a_channel_s_things_move_with_its_id(database: Database) -> None:
    """Its members see them under the new id; another workspace's channel of that id has nothing to do with it."""
    old, new = ChannelId("C0OLD"), ChannelId("C0NEW")
    for workspace in (A, B):
        await database.transact(workspace, partial(make, audience=Audience.of_channel(old)))
        await database.transact(workspace, lambda tx: people.join(tx, old, [SAM]))

    def renumber(tx: Tx) -> None:
        people.renumber(tx, old, new)
        things.renumber(tx, old, new)

    await database.transact(A, renumber)

    viewer = Viewer(SAM, PersonKind.GUEST)
    for workspace in (A, B):
        assert await database.read(
            workspace, lambda tx: things.visible(tx, Reference(Letter.FEEDBACK, 1), viewer)
        )
    assert await database.read(A, lambda tx: people.is_member(tx, new, SAM))
    assert await database.read(B, lambda tx: people.is_member(tx, old, SAM))
