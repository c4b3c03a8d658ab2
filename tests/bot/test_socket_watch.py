"""A socket that goes silent is noticed, told of, and replaced."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

import migrations
from bot.app import Application, Roles
from bot.manifest import manifest
from bot.sandbox import SandboxConfig, running
from bot.sandbox.connection import listener
from bot.sandbox.driver import Slack
from bot.sandbox.driver.wire import Impossible
from bot.settings import Settings
from bot.socket import Socket, Watch
from handlers.registry import registry
from tests.answering import api
from tests.front import QUICK, SECRET, TOKEN, serving
from tests.wire import wire_to

QUICKLY = Watch(ping=0.3, silence=2.0, look=0.05, goodbye=1.0)
PATIENCE = 60.0
CONFIG = SandboxConfig(manifest(registry(), None, socket=True), SECRET, TOKEN, ack_seconds=1.0)


@dataclass(frozen=True, slots=True)
class Connected:
    """A bot on a socket, its watch, and where its pages are."""

    app: Application
    socket: Socket
    url: str

    async def ready(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz") as answer:
            return answer.status, json.loads(await answer.text())

    async def becomes(self, *, ready: bool) -> dict[str, Any]:
        """Wait until the page says so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                status, state = await self.ready()
                if (status == 200) is ready:
                    return state
                await asyncio.sleep(0.05)


@asynccontextmanager
async def connected(
    folder: Path, api_url: str, app_token: str, watch: Watch = QUICKLY
) -> AsyncIterator[Connected]:
    """The bot as `run --socket` makes it, only watched more closely."""
    database = f"sqlite:///{folder}/throughline.db"
    await asyncio.to_thread(migrations.upgrade, database)
    settings = Settings.model_validate(
        {
            "THROUGHLINE_DATABASE_URL": database,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": app_token,
            "SLACK_API_URL": api_url,
        }
    )
    app = Application(settings, registry(), roles=Roles(http=False), timing=QUICK)
    socket = Socket(app.bolt, app_token, app.slack.client_without_token(), app.database.clock, watch)
    app.health.line, app.before_stop = socket, socket.close
    async with serving(app) as url:
        watching = asyncio.create_task(socket.run())
        yield Connected(app, socket, url)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def heard(slack: Slack) -> None:
    """Somebody types a command until it is answered: what a dead connection swallowed, they see fail."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                said = await slack.command("/throughline", "help", as_="ben")
            except Impossible:
                said = None
            if said is not None and "/capture" in (said.text or ""):
                return
            await asyncio.sleep(0.1)


async def test_a_wire_that_goes_dead(tmp_path: Path) -> None:
    """Nobody hangs up, nothing comes: the page says since when; once the wire carries again, so does a new socket."""
    async with running(CONFIG) as sandbox, wire_to(sandbox.url) as (wire, url), Slack(sandbox.url) as slack:
        sandbox.sandbox.base_url = url
        async with connected(tmp_path, f"{url}/api/", CONFIG.app_token) as bot:
            assert (await bot.becomes(ready=True))["socket"] == "ok"
            await heard(slack)

            wire.dead = True
            state = await bot.becomes(ready=False)
            assert state["problems"][0].startswith("socket: silent since 20")
            assert bot.socket.silent > QUICKLY.silence
            async with asyncio.timeout(PATIENCE):
                while bot.socket.opened < 2:  # noqa: ASYNC110 - it goes on trying, also on a wire that is dead
                    await asyncio.sleep(0.05)

            wire.mend()
            assert (await bot.becomes(ready=True))["socket"] == "ok"
            await heard(slack)


async def test_a_slack_that_vanishes_and_returns(tmp_path: Path) -> None:
    """Its server dies and another one comes at the same address: we are there again by ourselves."""
    with listener() as ear:
        port = ear.getsockname()[1]
    async with AsyncExitStack() as bot_s:
        async with running(CONFIG, port) as sandbox, Slack(sandbox.url) as slack:
            bot = await bot_s.enter_async_context(connected(tmp_path, sandbox.api_url, CONFIG.app_token))
            await bot.becomes(ready=True)
            await heard(slack)
        assert (await bot.becomes(ready=False))["problems"][0].startswith("socket: silent since")
        async with running(CONFIG, port) as sandbox, Slack(sandbox.url) as slack:
            await bot.becomes(ready=True)
            await heard(slack)


async def test_a_connection_without_a_hello(tmp_path: Path) -> None:
    """Pings that are answered do not make a Slack: where it never says hello, another connection is tried."""
    greeted: list[bool] = []

    async def open_(request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "url": f"ws://{request.host}/link", "team_id": "T1", "user_id": "U1"}
        )

    async def link(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        greeted.append(len(greeted) > 1)
        if greeted[-1]:
            await line.send_json({"type": "hello"})
        async for _ in line:
            continue
        return line

    async with api(open_, link) as api_url, connected(tmp_path, api_url, "xapp-1") as bot:
        assert "not said hello yet" in (await bot.becomes(ready=False))["socket"]
        assert (await bot.becomes(ready=True))["socket"] == "ok"
        assert greeted == [False, False, True]
        await asyncio.sleep(2 * QUICKLY.silence)
        assert (await bot.ready())[0] == 200
        assert greeted == [False, False, True]


async def test_a_quiet_company_is_no_dead_wire(tmp_path: Path) -> None:
    """Where nobody writes for long, answered pings are enough: nothing is torn down."""
    async with running(CONFIG) as sandbox, connected(tmp_path, sandbox.api_url, CONFIG.app_token) as bot:
        await bot.becomes(ready=True)
        await asyncio.sleep(2 * QUICKLY.silence)
        assert bot.socket.opened == 0
        assert (await bot.ready())[0] == 200


async def test_how_long_it_was_silent_is_a_figure(tmp_path: Path) -> None:
    """So that an alarm can be set on it; a bot without a socket has no such figure."""
    async with running(CONFIG) as sandbox, connected(tmp_path, sandbox.api_url, CONFIG.app_token) as bot:
        await bot.becomes(ready=True)
        async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/metrics") as answer:
            text = await answer.text()
    (line,) = [one for one in text.splitlines() if one.startswith("throughline_socket_silent_seconds ")]
    assert 0 <= float(line.split()[1]) <= QUICKLY.silence
