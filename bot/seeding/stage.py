"""Where the history is made: the local Slack, the bot and people who act, in one process on virtual steady time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import Application
from bot.courier.courier import Timing
from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.sandbox.connection import listener, quiet_server
from bot.sandbox.driver import Slack
from bot.settings import Settings
from handlers.registry import registry
from storage.database.clock import LeapingClock

TOKEN = "xoxb-demo-throughline"  # noqa: S105 - opens nothing but the local Slack
SECRET = "demo-signing-secret-of-the-local-slack"  # noqa: S105 - likewise
HURRIED = Timing(breath=0, tick=0.05)
"""As Slack wants it and no slower: all waiting is on virtual time."""
UNHURRIED = 60.0
"""Seconds Slack waits for the bot here: a machine that is busy with something else is no reason to fail."""
SLACK = "slack.json"
"""The file that holds the local Slack; a folder without it is no company."""
A_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """A company with Throughline in it, and somebody to talk."""

    slack: Slack
    app: Application
    sandbox: RunningSandbox


@asynccontextmanager
async def stage(folder: Path, offset: timedelta = timedelta()) -> AsyncIterator[Stage]:
    """The company kept in `folder`, whose database is migrated; a new one's clock stands `offset` from now."""
    clock = LeapingClock()
    config = SandboxConfig(
        manifest(registry(), "http://127.0.0.1"),
        SECRET,
        TOKEN,
        state_file=folder / SLACK,
        offset=offset,
        ack_seconds=UNHURRIED,
        trigger_seconds=UNHURRIED,
        steady=lambda: clock.steady().timestamp(),
    )
    async with running(config) as sandbox:
        clock.moved = sandbox.sandbox.clock.offset
        settings = settings_for(database_in(folder), sandbox)
        app = Application(settings, registry(), timing=HURRIED, civil=clock)
        async with _serving(app) as url:
            sandbox.sandbox.bot_url = f"{url}/slack/events"
            async with Slack(sandbox.url, lambda: _settled(app, sandbox)) as slack:
                await _known(app)
                yield Stage(slack, app, sandbox)


def database_in(folder: Path) -> str:
    """Where the bot keeps what it knows."""
    return f"sqlite:///{folder / 'throughline.db'}"


def settings_for(database: str, sandbox: RunningSandbox) -> Settings:
    """How the bot finds its database and the local Slack."""
    return Settings.model_validate(
        {
            "THROUGHLINE_DATABASE_URL": database,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": sandbox.api_url,
            "THROUGHLINE_CLOCK_URL": f"{sandbox.url}/sandbox/clock",
        }
    )


@asynccontextmanager
async def _serving(app: Application) -> AsyncIterator[str]:
    """The bot on any free port."""
    with listener() as ear:
        http = quiet_server(app.asgi(), lambda: None)
        await app.start()
        task = asyncio.create_task(http.serve(sockets=[ear]))
        try:
            await http.listening.wait()
            yield f"http://127.0.0.1:{ear.getsockname()[1]}"
        finally:
            await app.stop()
            http.stop()
            await task


async def _settled(app: Application, sandbox: RunningSandbox) -> None:
    """Until the bot follows Slack's clock and everything that is due has happened."""
    moved = sandbox.sandbox.clock.offset
    while abs(app.database.clock.moved - moved) > A_MOMENT:  # noqa: ASYNC110 - the bot follows by itself
        await asyncio.sleep(0.002)
    await app.settled()


async def _known(app: Application) -> None:
    while app.health.auth != "ok":  # noqa: ASYNC110 - the first hello has no event to wait for
        await asyncio.sleep(0.01)
    await app.settled()
