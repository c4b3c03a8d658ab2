"""The front door: the real app on a real database, talked to through the local Slack, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import uvicorn

from bot.app import Application, Roles
from bot.courier.courier import Timing
from bot.manifest import manifest
from bot.sandbox import Modes, RunningSandbox, SandboxConfig, running
from bot.sandbox.connection import listener
from bot.sandbox.driver import Slack
from bot.settings import Settings
from handlers.kit import switches
from handlers.registry import registry
from storage.database import Clock, Tx
from storage.values import WorkspaceId

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-sandbox-throughline"
HERE = WorkspaceId("T0NORTHWIND")
A_MOMENT = timedelta(milliseconds=1)
QUICK = Timing(settle=timedelta(seconds=0.3), lease=timedelta(seconds=20), pace=0.01, tick=0.2, breath=0)


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """A workspace with Throughline in it."""

    slack: Slack
    app: Application
    sandbox: RunningSandbox
    url: str


def settings_for(database_url: str, api_url: str, clock_url: str = "", secret: str = SECRET) -> Settings:
    """Settings as the environment would give them."""
    return Settings.model_validate(
        {
            "THROUGHLINE_DATABASE_URL": database_url,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": secret,
            "SLACK_API_URL": api_url,
            "THROUGHLINE_CLOCK_URL": clock_url,
        }
    )


@asynccontextmanager
async def serving(app: Application) -> AsyncIterator[str]:
    """The app on a free port of this machine."""
    with listener() as socket:
        config = uvicorn.Config(app.asgi(), log_config=None, access_log=False, lifespan="on")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[socket]))
        while not server.started:
            if task.done():
                await task
            await asyncio.sleep(0.005)
        try:
            yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def front_door(
    database_url: str,
    timing: Timing = QUICK,
    clock: Clock | None = None,
    *,
    rate_limits: bool = False,
    everything_on: bool = True,
    begins: datetime | None = None,
) -> AsyncIterator[FrontDoor]:
    """The local Slack, the app, and somebody to talk; every job is on unless it is about the switches.

    It begins now, or at an hour of the calendar that the test says.
    """
    clock = clock or Clock()
    clock.moved = timedelta() if begins is None else begins - clock.now()
    config = SandboxConfig(
        manifest(registry(), "http://127.0.0.1"),
        SECRET,
        TOKEN,
        modes=Modes(rate_limits=rate_limits),
        offset=clock.moved,
        steady=lambda: clock.steady().timestamp(),
    )
    async with running(config) as sandbox:
        settings = settings_for(database_url, sandbox.api_url, f"{sandbox.url}/sandbox/clock")
        app = Application(settings, registry(), roles=Roles(), timing=timing, civil=clock)
        async with serving(app) as url:
            sandbox.sandbox.bot_url = f"{url}/slack/events"

            async def settle() -> None:
                moved = sandbox.sandbox.clock.offset
                while abs(app.database.clock.moved - moved) > A_MOMENT:  # noqa: ASYNC110 - the app follows by itself
                    await asyncio.sleep(0.005)
                await app.settled()

            async with Slack(sandbox.url, settle) as slack:
                await until_known(app)
                if everything_on:
                    await app.database.transact(HERE, switch_everything_on)
                yield FrontDoor(slack, app, sandbox, url)


def switch_everything_on(tx: Tx) -> None:
    """As if an admin had switched on one job after the other."""
    for switch in registry().switches:
        switches.put(tx, switch, on=True, by=None)


async def until_known(app: Application) -> None:
    """Until Slack has told the app who it is and who is here."""
    for _ in range(500):
        if app.health.auth == "ok":
            await app.settled()
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the app never learned who it is")
