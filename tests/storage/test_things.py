"""Things: a number of their own for ever, and changes that reach only the one that is meant."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from storage.database import OURS, Clock, Database, Tx
from storage.people import queries as people
from storage.things import queries as things
from storage.things.tables import FollowerRow, ThingRow
from storage.things.values import Letter, Reference, Thing, Viewer
from storage.values import Audience, ChannelId, PersonId, PersonKind, WorkspaceId
from tests.storage.works import A, B
from tests.storage.world import World

MAYA, SAM, DANA = PersonId("U0MAYA"), PersonId("U0SAM"), PersonId("U0DANA")
MEMBER = Viewer(SAM, PersonKind.MEMBER)
WORKSPACE = Audience.workspace()
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


async def test_what_is_known_of_a_thing_is_what_was_said_last(world: World) -> None:
    """Title, state, owner, link and when it was made; nobody's when nobody's it is; taken back it is gone."""
    made = await world.do(lambda tx: things.create(tx, Letter.DECISION, "Blue", "open", None, WORKSPACE))
    assert await world.do(lambda tx: things.find(tx, made, MEMBER)) == Thing(
        made, "Blue", "open", None, None, world.clock.now()
    )

    def change(tx: Tx) -> None:
        things.change(tx, made, "Red", "decided")
        things.link(tx, made, "https://example.com")
        things.hand_over(tx, made, SAM)

    created = world.clock.now()
    world.clock.moved += timedelta(hours=1)
    await world.do(change)
    found = Thing(made, "Red", "decided", SAM, "https://example.com", created)
    assert await world.do(lambda tx: things.find(tx, made, MEMBER)) == found
    assert await world.do(lambda tx: things.find(tx, Reference(Letter.DECISION, 2), MEMBER)) is None
    assert await world.do(lambda tx: things.find(tx, Reference(Letter.FEEDBACK, 1), MEMBER)) is None

    await world.do(lambda tx: things.change(tx, made, "Red", "withdrawn"))
    assert await world.do(lambda tx: things.find(tx, made, MEMBER)) is None


async def test_what_one_may_not_see_is_not_found(world: World) -> None:
    """Neither by its name nor by its words; its owner finds it by both, and who is let in from then on."""
    closed = Audience.of_people(MAYA)
    made = await world.do(lambda tx: things.create(tx, Letter.DECISION, "Blue", "open", DANA, closed))
    for viewer, sees in (
        (MEMBER, False),
        (Viewer(DANA, PersonKind.GUEST), True),
        (Viewer(MAYA, PersonKind.OUTSIDER), True),
    ):
        assert (await found(world, made, viewer)) == (sees, sees, sees)
    await world.do(lambda tx: things.admit(tx, made, [SAM, MAYA]))
    assert await found(world, made, MEMBER) == (True, True, True)
    assert await world.do(lambda tx: things.audience(tx, made)) == Audience.of_people(MAYA, SAM)
    assert not (await found(world, made, Viewer(MAYA, PersonKind.MEMBER), B))[0]


async def found(
    world: World, which: Reference, viewer: Viewer, workspace: WorkspaceId = A
) -> tuple[bool, bool, bool]:
    def look(tx: Tx) -> tuple[bool, bool, bool]:
        searched = [one.reference for one in things.search(tx, viewer, which.letter, "blue", 5)]
        return (
            things.visible(tx, which, viewer),
            things.find(tx, which, viewer) is not None,
            searched == [which],
        )

    return await world.do(look, workspace)


async def test_who_a_thing_is_for(world: World) -> None:
    """As it was made: everybody, one channel, or these people; each thing's own."""
    channel = Audience.of_channel(ChannelId("C0SALES"))
    for number, audience in enumerate(
        (WORKSPACE, channel, Audience.of_people(SAM, DANA), Audience.of_people(MAYA)), 1
    ):
        await world.do(lambda tx, audience=audience: make(tx, audience=audience))  # type: ignore[misc]
        read = await world.do(lambda tx, n=number: things.audience(tx, Reference(Letter.FEEDBACK, n)))  # type: ignore[misc]
        assert (read.kind, read.channel, set(read.people)) == (
            audience.kind,
            audience.channel,
            set(audience.people),
        )


@pytest.mark.parametrize("full", [False, True])
async def test_what_may_be_said_aloud_in_a_channel(world: World, *, full: bool) -> None:
    """What is for its members; what is for the workspace only where all of them are of it; nobody's own things."""
    here, there = ChannelId("C0HERE"), ChannelId("C0THERE")
    for audience in (
        WORKSPACE,
        Audience.of_channel(here),
        Audience.of_channel(there),
        Audience.of_people(SAM),
    ):
        await world.do(lambda tx, audience=audience: make(tx, audience=audience))  # type: ignore[misc]
    query = (
        select(ThingRow.number).where(ThingRow.workspace == OURS, things.VISIBLE).order_by(ThingRow.number)
    )
    said = await world.do(lambda tx: [n for (n,) in tx.all(query, **things.viewing_in(here, full=full))])
    assert said == ([1, 2] if full else [2])


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("blue", [3, 2, 1]),
        ("BLUE  straße", [2]),
        ("STRASSE blue", [2]),
        ("lu", [3, 2, 1]),
        ("blue red", []),
        ("100%", [3]),
        ("%", [3]),
        ("_", [2]),
        ("\\", [1]),
        ("", [4, 3, 2, 1]),
        ("a b c d e f nowhere", [4]),
        ("a b c d e nowhere", []),
    ],
)
async def test_a_search_finds_what_has_all_its_words(world: World, words: str, numbers: list[int]) -> None:
    """In any order and letters, the newest first; signs stand for themselves, and after six words nobody looks on."""
    for title in ("Blue \\ slash", "blue_Straße", "Blue 100%", "a b c d e f"):
        await world.do(lambda tx, title=title: make(tx, title))  # type: ignore[misc]
        world.clock.moved += timedelta(seconds=1)
    await world.do(lambda tx: things.change(tx, make(tx, "blue, taken back"), "blue, taken back", "undone"))
    searched = await world.do(lambda tx: things.search(tx, MEMBER, Letter.FEEDBACK, words, 5))
    assert [one.reference.number for one in searched] == numbers


async def test_a_search_is_among_things_of_one_letter(world: World) -> None:
    """The higher number first, and no more than are wanted."""
    for letter in (Letter.LAUNCH, *[Letter.FEEDBACK] * 3):
        await world.do(lambda tx, letter=letter: things.create(tx, letter, "blue", "new", MAYA, WORKSPACE))  # type: ignore[misc]
    searched = await world.do(lambda tx: things.search(tx, MEMBER, Letter.FEEDBACK, "blue", 2))
    assert [str(one.reference) for one in searched] == ["F-3", "F-2"]


async def test_a_changed_title_is_found_by_its_new_words(world: World) -> None:
    """And by its old ones no more."""
    made = await world.do(lambda tx: make(tx, "Blue"))
    await world.do(lambda tx: things.change(tx, made, "Red STRASSE", "new"))
    assert await world.do(lambda tx: things.search(tx, MEMBER, made.letter, "blue", 5)) == []
    assert len(await world.do(lambda tx: things.search(tx, MEMBER, made.letter, "straße", 5))) == 1


async def test_who_follows_is_told_until_they_stop(world: World) -> None:
    """Each thing has its own followers; one who stops changes nobody else."""
    one, two = await world.do(make), await world.do(make)
    decision = await world.do(lambda tx: things.create(tx, Letter.DECISION, "t", "open", MAYA, WORKSPACE))
    for which in (one, two, decision):
        for person in (SAM, DANA):
            await world.do(lambda tx, which=which, person=person: things.follow(tx, which, person))  # type: ignore[misc]
    await world.do(lambda tx: things.unfollow(tx, one, SAM))
    followed = await world.do(lambda tx: [things.followers(tx, which) for which in (one, two, decision)])
    assert followed == [[DANA], [DANA, SAM], [DANA, SAM]]
