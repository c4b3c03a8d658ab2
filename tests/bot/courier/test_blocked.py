"""What Slack does not let us do now goes on once it does, by itself, and is said once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import Application, Roles
from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.sandbox.driver import Slack
from handlers.registry import registry
from tests.front import (
    HERE,
    QUICK,
    SECRET,
    TOKEN,
    FrontDoor,
    serving,
    settings_for,
    switch_everything_on,
    until_known,
)
from tests.handlers.feedback.acts import all_sent, ours_to

OFFER = "Shall I keep this as feedback?"
ADMINS_DOING = ["restricted_action", "messages_tab_disabled", "access_denied", "two_factor_setup_required"]


@pytest.mark.parametrize("code", ADMINS_DOING)
async def test_what_an_admin_allowed_is_said_the_day_after(door: FrontDoor, code: str) -> None:
    """Nothing tells us that a restriction is lifted, so what it held back is tried once a day."""
    await blocked(door, code)
    await door.slack.faults()
    assert await ours_to(door.slack, "ruth") == []

    await door.app.hands.resume()
    await all_sent(door)

    assert await ours_to(door.slack, "ruth") == [OFFER]
    await door.app.hands.resume()
    await all_sent(door)
    assert await ours_to(door.slack, "ruth") == [OFFER]


async def test_what_is_still_not_allowed_waits_another_day(door: FrontDoor) -> None:
    """A try that is refused again costs one call and leaves the row where it was."""
    await blocked(door, "restricted_action")

    await door.app.hands.resume()
    await all_sent(door)

    assert (await door.app.health.counts())["blocked"] == 1


async def test_what_waited_too_long_is_not_said(door: FrontDoor) -> None:
    """An answer to something typed the day before would only puzzle: its last moment has passed."""
    await blocked(door, "restricted_action")
    await door.slack.faults()
    await door.slack.advance("26 hours")

    await door.app.hands.resume()
    await all_sent(door)

    counts = await door.app.health.counts()
    assert (counts["blocked"], counts["late"]) == (0, 1)
    assert await ours_to(door.slack, "ruth") == []


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope", "restricted_action"])
async def test_a_new_start_sends_what_waited_once(database_url: str, code: str) -> None:
    """A token Slack no longer took is put right and the bot started: what waited is said, each once."""
    config = SandboxConfig(manifest(registry(), "http://127.0.0.1"), SECRET, TOKEN)
    async with running(config) as place, Slack(place.url) as slack:
        async with started(database_url, place) as app:
            await app.database.transact(HERE, switch_everything_on)
            await slack.faults([{"method": "chat.postMessage", "fault": code}])
            await slack.dm("ruth", "Please add dark mode")
            await slack.dm("ruth", "The CSV export crashes")
            await app.settled()
            counts = await app.health.counts()
            waiting = counts["blocked"] + counts["pending"]
            assert waiting >= 2, "in the owner's working hours a word to the owner waits with them"
            assert await ours_to(slack, "ruth") == []
        await slack.faults()
        for _ in range(2):
            async with started(database_url, place) as app:
                await app.settled()
                assert (await app.health.counts())["blocked"] == 0
                assert await ours_to(slack, "ruth") == [OFFER, OFFER]


@asynccontextmanager
async def started(database_url: str, place: RunningSandbox) -> AsyncIterator[Application]:
    """Throughline, from its start to its stop."""
    app = Application(settings_for(database_url, place.api_url), registry(), roles=Roles(), timing=QUICK)
    async with serving(app) as url:
        place.sandbox.bot_url = f"{url}/slack/events"
        await until_known(app)
        yield app


async def blocked(door: FrontDoor, code: str) -> None:
    """Ruth types to us, and Slack does not let us answer."""
    await door.slack.faults([{"method": "chat.postMessage", "fault": code}])
    await door.slack.dm("ruth", "Please add dark mode")
    await door.app.settled()
    assert (await door.app.health.counts())["blocked"] == 1
