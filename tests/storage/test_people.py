"""People, channels and memberships: what Slack told us last, in whatever order it told us."""

from dataclasses import replace
from functools import partial

import pytest

from storage.database import Database, Tx
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import AtFirst, ChannelId, PersonId, PersonKind, WorkspaceId
from tests.storage.works import A, B

MAYA = Person(PersonId("U0MAYA"), "Maya", PersonKind.MEMBER, admin=True, zone="Europe/Stockholm")
SAM = Person(PersonId("U0SAM"), "Sam", PersonKind.GUEST)
SALES = Channel(ChannelId("C0SALES"), "sales", ChannelKind.PRIVATE, ours=True)
NEW = ChannelId("C0NEW")


async def test_somebody_never_seen_is_nobody(database: Database) -> None:
    """Not known, not learned, in no channel."""

    def look(tx: Tx) -> tuple[object, ...]:
        return (
            people.person(tx, MAYA.id), people.learned(tx, MAYA.id), people.people(tx, [MAYA.id]), people.people(tx, []),
            people.channel(tx, SALES.id), people.is_member(tx, SALES.id, MAYA.id),
        )  # fmt: skip

    assert await database.read(A, look) == (None, False, {}, {}, None, False)


async def test_meeting_is_not_learning(database: Database) -> None:
    """An id exists before Slack says who it is; meeting somebody known changes nothing."""
    assert await database.transact(A, lambda tx: people.meet(tx, MAYA.id, PersonKind.MEMBER))
    assert not await database.transact(A, lambda tx: people.meet(tx, MAYA.id, PersonKind.OUTSIDER))
    met = await database.read(A, lambda tx: people.person(tx, MAYA.id))
    assert met == Person(MAYA.id, "", PersonKind.MEMBER)
    assert not await database.read(A, lambda tx: people.learned(tx, MAYA.id))

    await database.transact(A, lambda tx: people.learn(tx, [MAYA, SAM]))
    assert not await database.transact(A, lambda tx: people.meet(tx, MAYA.id, PersonKind.OUTSIDER))
    assert await database.read(A, lambda tx: people.people(tx, [MAYA.id, SAM.id, PersonId("U0")])) == {
        MAYA.id: MAYA,
        SAM.id: SAM,
    }
    assert await database.read(A, lambda tx: people.learned(tx, MAYA.id))


async def test_learning_again_keeps_the_conversation(database: Database) -> None:
    """Name, kind and zone are Slack's to change; our conversation with them is ours to keep."""
    dm = ChannelId("D0MAYA")
    await database.transact(A, lambda tx: people.learn(tx, [MAYA]))
    await database.transact(A, lambda tx: people.set_dm(tx, MAYA.id, dm))
    left = replace(MAYA, kind=PersonKind.GONE, name="Maya L.", admin=False)
    await database.transact(A, lambda tx: people.learn(tx, [left]))
    assert await database.read(A, lambda tx: people.person(tx, MAYA.id)) == replace(left, dm=dm)
    assert await database.read(B, lambda tx: people.person(tx, MAYA.id)) is None


async def test_a_function_is_what_somebody_chose_else_what_their_title_says(database: Database) -> None:
    """A new title does not undo a choice; taking the choice back goes by the title again; guests lead nothing."""
    designer = replace(MAYA, function=AtFirst.DESIGN)
    await database.transact(A, lambda tx: people.learn(tx, [designer, replace(SAM, function=AtFirst.DESIGN)]))
    assert await database.read(A, lambda tx: people.of_function(tx, [AtFirst.DESIGN])) == [designer]

    await database.transact(A, lambda tx: people.set_function(tx, MAYA.id, AtFirst.PRODUCT))
    await database.transact(A, lambda tx: people.learn(tx, [replace(MAYA, function=AtFirst.SALES)]))
    assert await database.read(A, lambda tx: people.of_function(tx, [AtFirst.SALES])) == []
    chosen = await database.read(A, lambda tx: people.of_function(tx, [AtFirst.PRODUCT]))
    assert chosen == [replace(MAYA, function=AtFirst.PRODUCT)]
    assert await database.read(B, lambda tx: people.of_function(tx, [AtFirst.PRODUCT])) == []

    await database.transact(A, lambda tx: people.set_function(tx, MAYA.id, None))
    found = await database.read(A, lambda tx: people.person(tx, MAYA.id))
    assert found is not None
    assert found.function == AtFirst.SALES


async def test_who_is_in_a_channel_is_listed_by_name(database: Database) -> None:
    """Everybody known to be there, nobody else."""
    await database.transact(A, lambda tx: people.learn(tx, [SAM, MAYA]))
    await database.transact(A, lambda tx: people.join(tx, SALES.id, [SAM.id, MAYA.id]))
    assert await database.read(A, lambda tx: people.members(tx, SALES.id)) == [MAYA, SAM]
    assert await database.read(A, lambda tx: people.members(tx, NEW)) == []
    assert await database.read(B, lambda tx: people.members(tx, SALES.id)) == []


async def test_a_channel_is_what_slack_said_last(database: Database) -> None:
    """Kept whole, then changed in its parts; news of a channel never heard of makes none."""

    def news(tx: Tx) -> None:
        people.set_archived(tx, SALES.id, archived=True)
        people.set_shared(tx, SALES.id, shared=True)
        people.set_ours(tx, SALES.id, ours=False)

    await database.transact(A, news)
    assert await database.read(A, lambda tx: people.channel(tx, SALES.id)) is None
    await database.transact(A, lambda tx: people.keep_channels(tx, [SALES]))
    assert await database.read(A, lambda tx: people.channel(tx, SALES.id)) == SALES
    await database.transact(A, news)
    assert await database.read(A, lambda tx: people.channel(tx, SALES.id)) == replace(
        SALES, archived=True, shared=True, ours=False
    )
    renamed = replace(SALES, name="sales-emea")
    await database.transact(A, lambda tx: people.keep_channels(tx, [renamed, replace(SALES, id=NEW)]))
    assert await database.read(A, lambda tx: people.channel(tx, SALES.id)) == renamed


async def test_who_is_in_a_channel(database: Database) -> None:
    """Joining twice is being in it; leaving and emptying are of one channel, one workspace."""
    for workspace in (A, B):
        for channel in (SALES.id, NEW, SALES.id, NEW):
            joining = partial(people.join, channel=channel, people=[MAYA.id, SAM.id])
            await database.transact(workspace, joining)
    await database.transact(A, lambda tx: people.leave(tx, SALES.id, MAYA.id))
    assert await members(database) == {(SALES.id, SAM.id), (NEW, MAYA.id), (NEW, SAM.id)}
    await database.transact(A, lambda tx: people.empty(tx, NEW))
    await database.transact(A, lambda tx: people.leave(tx, NEW, SAM.id))
    assert await members(database) == {(SALES.id, SAM.id)}
    assert len(await members(database, B)) == 4


async def members(database: Database, workspace: WorkspaceId = A) -> set[tuple[ChannelId, PersonId]]:
    at = [(channel, person) for channel in (SALES.id, NEW) for person in (MAYA.id, SAM.id)]
    return await database.read(workspace, lambda tx: {one for one in at if people.is_member(tx, *one)})


@pytest.mark.parametrize("first", [False, True])
async def test_a_channel_gets_another_id(database: Database, *, first: bool) -> None:
    """Its members come along; what was heard under the new id before, stays."""
    newer = replace(SALES, id=NEW, name="newer")
    await database.transact(A, lambda tx: people.keep_channels(tx, [SALES]))
    await database.transact(A, lambda tx: people.join(tx, SALES.id, [MAYA.id, SAM.id]))
    if first:
        await database.transact(A, lambda tx: people.keep_channels(tx, [newer]))
        await database.transact(A, lambda tx: people.join(tx, NEW, [SAM.id]))

    for _ in range(2):
        await database.transact(A, lambda tx: people.renumber(tx, SALES.id, NEW))

    assert await members(database) == {(NEW, MAYA.id), (NEW, SAM.id)}
    found = await database.read(A, lambda tx: (people.channel(tx, SALES.id), people.channel(tx, NEW)))
    assert found == (None, newer if first else replace(SALES, id=NEW))
