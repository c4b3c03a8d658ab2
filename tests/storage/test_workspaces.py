"""Installations, settings and the audit: a row each, of one workspace."""

import asyncio
from datetime import timedelta

from storage.audit import queries as audit
from storage.audit.queries import Entry
from storage.database import Database, Tx
from storage.settings import queries as settings
from storage.values import Json, PersonId
from storage.workspaces import queries as workspaces
from storage.workspaces.values import Installation, InstallationState
from tests.storage.works import A, B
from tests.storage.world import MORNING, World

BOT = PersonId("U0BOT")


async def test_a_first_request_names_the_workspace(database: Database) -> None:
    """Once; who we are there is not known until Slack says so."""
    assert await database.read(A, workspaces.find) is None
    assert await database.transact(A, workspaces.name)
    assert not await database.transact(A, workspaces.name)
    assert await database.read(A, workspaces.find) == Installation(A, None, None, InstallationState.ACTIVE)


async def test_many_first_requests_name_it_once(database: Database) -> None:
    """Simultaneous requests to a new installation do not meet with an error."""
    news = await asyncio.gather(*(database.transact(A, workspaces.name) for _ in range(12)))
    assert sorted(news) == [False] * 11 + [True]


async def test_slack_says_who_we_are(database: Database) -> None:
    """What it says last counts; naming never forgets it, and a new token ends a revocation."""
    await database.transact(A, lambda tx: workspaces.remember(tx, BOT, "B1"))
    await database.transact(A, workspaces.name)
    assert await database.read(A, workspaces.find) == Installation(A, BOT, "B1", InstallationState.ACTIVE)
    await database.transact(A, workspaces.revoke)
    await database.transact(A, workspaces.name)
    assert await database.read(A, workspaces.find) == Installation(A, BOT, "B1", InstallationState.REVOKED)
    await database.transact(A, lambda tx: workspaces.remember(tx, BOT, "B2"))
    assert await database.read(A, workspaces.find) == Installation(A, BOT, "B2", InstallationState.ACTIVE)


async def test_every_workspace_is_seen_only_across(database: Database) -> None:
    """Each finds itself; the courier and the clock find all, in order."""
    for workspace in (B, A):
        await database.transact(workspace, workspaces.name)
    await database.transact(B, workspaces.revoke)
    found = await database.read_everywhere(workspaces.every)
    assert [(one.workspace, one.state) for one in found] == [
        (A, InstallationState.ACTIVE),
        (B, InstallationState.REVOKED),
    ]


async def test_a_setting_is_what_was_set_last(database: Database) -> None:
    """Whatever JSON it is; nobody set it, nothing is found."""
    value: dict[str, Json] = {"list": [1, 2.5, None, {"ä": "☃"}], "on": True}
    assert await database.read(A, lambda tx: settings.find(tx, "digest")) is None
    await database.transact(A, lambda tx: settings.put(tx, "digest", {}, None))
    await database.transact(A, lambda tx: settings.put(tx, "digest", value, BOT))
    assert await database.read(A, lambda tx: settings.find(tx, "digest")) == value
    assert await database.read(B, lambda tx: settings.find(tx, "digest")) is None


async def test_the_history_of_a_thing(world: World) -> None:
    """Line by line in the order it happened, by civil time, of that thing and that workspace."""
    await world.do(lambda tx: audit.note(tx, BOT, "made", "F-1", kind="idea"))
    await world.do(lambda tx: audit.note(tx, None, "made", "F-2"))
    await world.do(lambda tx: audit.note(tx, None, "made", "F-1"), B)
    world.clock.moved += timedelta(days=1)

    def change(tx: Tx) -> None:
        for step in range(3):
            audit.note(tx, BOT, "changed", "F-1", step=step)

    await world.do(change)

    day = MORNING + timedelta(days=1)
    assert await world.do(lambda tx: audit.of(tx, "F-1")) == [
        Entry(MORNING, BOT, "made", {"kind": "idea"}),
        *(Entry(day, BOT, "changed", {"step": step}) for step in range(3)),
    ]
    assert await world.do(lambda tx: audit.of(tx, "F-9")) == []
