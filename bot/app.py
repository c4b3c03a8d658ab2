"""The composition root: everything is made here, once, and handed what it needs.

`run` is one process with all roles; `web` answers Slack, `worker` sends and keeps time. Bolt sees only what
passed the guard; the guard sees only `/slack/events`.
"""

import asyncio
import gc
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot import clock, health
from bot.bolt import bolt_app, door
from bot.clock import Hands
from bot.courier.codes import MENDED_BY_INSTALLING, NOBODY_TELLS
from bot.courier.courier import Courier, Timing
from bot.guard import Guard
from bot.heartbeats import Heartbeats
from bot.installations import Installations
from bot.intake import Intake
from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack import SlackLine
from handlers.kit.features import Registry
from handlers.kit.listening import Listening, where
from handlers.people import service as people
from storage.database import Busy, Clock, Database, NotCommitted, Tx
from storage.database.sqlite import wal_bug_present
from storage.outbox import claims
from storage.people import queries as people_kept
from storage.values import PersonId, WorkspaceId
from storage.workspaces import queries as workspaces
from storage.worktime import public_holidays

SELDOM = (5_000, 20, 20)
"""How often Python looks for garbage in circles: a request makes hundreds of short-lived objects and hardly a circle."""

PATIENCE = 8.0
"""Seconds a stop waits for what is under way; what is not finished then is resumed by the next start."""

BETWEEN_BEATS = 2.0
"""Seconds between two looks at the database's writer."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Roles:
    """What this process does; with `http` off Slack's requests come over a socket."""

    web: bool = True
    worker: bool = True
    http: bool = True


EVERYTHING = Roles()
PATIENT = Timing()


class Application:
    """One running Throughline. Make it inside the event loop; `start`, then `stop`."""

    def __init__(
        self,
        settings: Settings,
        registry: Registry,
        *,
        roles: Roles = EVERYTHING,
        timing: Timing = PATIENT,
        civil: Clock | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`civil` is the clock; by `seconds`, which nothing moves, it is told whether a loop is stuck."""
        self.settings = settings
        self.roles = roles
        self.metrics = Metrics()
        self.database = Database(settings.database, civil or Clock())
        self.slack = SlackLine(settings.api_url, settings.bot_token.get_secret_value(), timing.timeout)
        self.installations = Installations(self.database)
        self.listening = Listening(registry, self.database, self.installations.admit)
        self.heartbeats = Heartbeats(seconds)
        beats = self.heartbeats.expect if roles.worker else (lambda _: lambda: None)
        self.courier = Courier(
            self.database,
            self.slack,
            registry,
            timing,
            lambda: self.listening.heard,
            beats("courier"),
            self.metrics,
        )
        self.hands = Hands(
            self.database,
            registry,
            self.installations,
            NOBODY_TELLS,
            beats("clock"),
            lambda: self.listening.heard,
        )
        self.bolt = bolt_app(self.slack, self.listening, self.metrics)
        token = settings.metrics_token.get_secret_value()
        self.health = health.Health(self.database, self.heartbeats, self.metrics, token)
        self.intake = Intake(self.database, seconds, self.metrics.refused)
        self.before_stop: Callable[[], Coroutine[Any, Any, None]] | None = None
        """What has to end before we do: a socket that would bring more work."""
        self._loops: list[asyncio.Task[None]] = []

    def asgi(self) -> ASGIApp:
        """The HTTP app: Slack's requests behind the guard, other programs' feedback, and what a supervisor asks.

        A worker only answers the supervisor; a bot on a socket takes feedback, too.
        """
        api = self.intake.routes() if self.roles.web else []
        pages = Starlette(routes=[*self.health.routes(), *api], lifespan=self._lifespan)
        if not self.roles.web or not self.roles.http:
            return pages
        return Guard(
            door(self.bolt, pages),
            self.settings.signing_secrets,
            time.time,
            on_skew=self.health.note_skew,
            on_refused=self.metrics.refused,
        )

    async def start(self) -> None:
        """Begin to work; answers Slack even while Slack's API cannot be reached."""
        if self.roles.worker:
            await self.courier.start()
            self.database.listen("courier", "clock")
            self._loop("courier", self.courier.run)
            self._loop("clock", self.hands.run)
        self._loop("writer", self._write)
        self._loop("hello", self._hello)
        self._loop("holidays", self._load_holidays)
        if self.settings.clock_url:
            hands = self.hands if self.roles.worker else None
            url, time_ = self.settings.clock_url, self.database.clock
            self._loop("time", lambda: clock.follow(url, time_, hands))
        self._look_at_sqlite()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*SELDOM)
        log.info("started", action="app.start", web=self.roles.web, worker=self.roles.worker)

    async def _write(self) -> None:
        """Commit nothing, again and again: whoever writes waits for the same writer."""
        beat = self.heartbeats.expect("writer")
        while True:
            with suppress(
                Busy, NotCommitted
            ):  # it answers, and readiness says what is wrong with the database
                await self.database.transact_everywhere(lambda _: None)
            beat()
            await asyncio.sleep(BETWEEN_BEATS)

    async def _load_holidays(self) -> None:
        """Whoever is here has holidays: read them in before the database's thread needs them."""
        if await self.database.read_everywhere(people_kept.anybody):
            await asyncio.to_thread(public_holidays.load)

    def _look_at_sqlite(self) -> None:
        """One writer thread is why SQLite's WAL-reset bug cannot bite (docs/adr/0002); say that it is there."""
        if self.database.dialect == "sqlite" and wal_bug_present(sqlite3.sqlite_version_info[:3]):
            log.info("SQLite has the WAL-reset bug", action="app.start", version=sqlite3.sqlite_version)

    async def stop(self) -> None:
        """Finish what is under way, at most PATIENCE seconds each way, and let go of everything."""
        if self.before_stop is not None:
            await self.before_stop()
        await self.listening.drain(PATIENCE)
        try:
            await self.courier.stop(PATIENCE)
        except (Busy, NotCommitted) as error:
            log.warning("leases stay until they end", action="app.stop", error=type(error).__name__)
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self.database.close()
        await self.slack.close()
        log.info("stopped", action="app.stop")

    async def settled(self, patience: float = 60.0) -> None:
        """Wait until nothing is due, under way or waiting to be drawn: for tests, seeding and demos."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            await self.listening.drain(PATIENCE)
            await self.hands.everything()
            rested = self.hands.at_rest
            if rested is not None and await self.courier.idle() and self.hands.at_rest == rested:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError(f"still busy after {patience:.0f} s: {await self.health.counts()}")

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        await self.start()
        try:
            yield
        finally:
            await self.stop()

    def _loop(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._loops.append(asyncio.create_task(_supervised(name, work), name=name))

    async def _hello(self) -> None:
        """Ask Slack who we are, until it says; then ask for everybody who is here."""
        wait = 0.5
        while True:
            try:
                answer = await self.slack.call("auth.test", {})
                if answer.ok:
                    await self._welcome(answer.data)
                    return
                self.health.auth = answer.code
                log.warning("Slack does not know us", action="app.hello", code=answer.code)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack is not reachable", action="app.hello", error=type(error).__name__)
            except (Busy, NotCommitted) as error:
                log.warning("no database", action="app.hello", error=type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60.0)

    async def _welcome(self, data: Any) -> None:
        def work(tx: Tx) -> None:
            workspaces.remember(tx, PersonId(str(data["user_id"])), str(data.get("bot_id") or ""))
            claims.resume_after(tx, MENDED_BY_INSTALLING | NOBODY_TELLS)
            if self.roles.worker:
                people.sync_at_start(tx)

        workspace = WorkspaceId(str(data["team_id"]))
        await self.database.transact(workspace, work)
        self.slack.workspace = workspace
        self.installations.forget()
        self.health.auth = "ok"
        log.info("Slack knows us", action="app.hello", workspace=workspace)


async def _supervised(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """A loop that fails says so and begins again; one that returns has done its work."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - a dead loop would look like a healthy, silent bot
            log.error("a loop failed and begins again", action=f"app.{name}", **where(error))
            await asyncio.sleep(1)
        else:
            return
