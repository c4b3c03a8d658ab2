"""The clock's hands: runs every feature's jobs as time goes by, and follows a sandbox's movable clock.

APScheduler only ticks, in memory: what is due is a query in the database, claimed in one transaction, so a
second tick or a second worker is harmless. The only module that imports APScheduler.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta

import aiohttp
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.installations import Installations
from handlers.kit.features import Job, Registry
from handlers.kit.listening import where
from storage.database import Busy, Clock, Database, NotCommitted
from storage.deliveries import queries as deliveries
from storage.outbox import claims
from storage.values import WorkspaceId

PATIENCE = 2.0
"""Seconds a sandbox is kept waiting for what is due."""

MOST_WORKS = 1_000
"""Works of one job in one workspace before the others have their turn."""

BREATH = 0.02
"""Seconds between two looks at whether somebody waits for an ack."""

DEFERENCE = timedelta(seconds=0.5)
"""How long they are let go first; Slack takes a morning's messages more slowly than we come to say them."""

log = structlog.get_logger()


class Hands:
    """Runs the jobs. One per worker; `run` until cancelled.

    What is blocked for one of the codes `worth_another_try` gets one every day. It beats each time a job was run
    because its time had come. `heard` counts what this process was asked to answer so far.
    """

    def __init__(
        self,
        database: Database,
        registry: Registry,
        installations: Installations,
        worth_another_try: Collection[str],
        beat: Callable[[], None] = lambda: None,
        heard: Callable[[], int] = lambda: 0,
    ) -> None:
        self._database = database
        self._jobs = registry.jobs
        self._installations = installations
        self._worth_another_try = worth_another_try
        self._beat = beat
        self._heard = heard
        self._heard_before = 0
        self._wake = asyncio.Event()
        self._busy = asyncio.Lock()
        self._begun = self._running = 0
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        database.on_wake("clock", self._wake.set)

    async def run(self) -> None:
        """Tick until cancelled; at once when something asks for it or the clock was moved."""
        for job in self._jobs:
            self._tick(job.name, job.every, self._due, job)
        self._tick("sweep", timedelta(hours=1), self._sweep)
        self._tick("resume", timedelta(days=1), self.resume)
        self._scheduler.start()
        try:
            while True:
                await self.everything()
                await self._wake.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    async def everything(self) -> None:
        """Run every job now."""
        self._wake.clear()
        self._begun, self._running = self._begun + 1, self._running + 1
        try:
            for job in self._jobs:
                await self._one(job)
        finally:
            self._running -= 1

    async def resume(self) -> None:
        """Try again what an admin may have allowed meanwhile; what waited too long for it ends as too late."""
        try:
            for workspace in await self._installations.active():
                await self._database.transact(
                    workspace, lambda tx: claims.resume_after(tx, self._worth_another_try)
                )
        except (Busy, NotCommitted) as error:
            log.error("no database", action="clock.resume", error=type(error).__name__)

    @property
    def at_rest(self) -> int | None:
        """How often the jobs have been run; None while they are, or are asked for again."""
        return None if self._running or self._wake.is_set() else self._begun

    def moved(self) -> None:
        """Civil time was moved: look what is due."""
        self._wake.set()

    async def rest(self, patience: float) -> None:
        """Until all that is due has been looked at, or so many seconds are over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self.at_rest is None:  # noqa: ASYNC110 - it rests between two wakes, for which there is no event
                    await asyncio.sleep(0.01)

    def _tick(self, name: str, every: timedelta, call: object, *args: object) -> None:
        trigger = IntervalTrigger(seconds=every.total_seconds(), timezone="UTC")
        self._scheduler.add_job(
            call, trigger, args=args, id=name, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    async def _due(self, job: Job) -> None:
        await self._one(job)
        self._beat()

    async def _one(self, job: Job) -> None:
        async with self._busy:
            for workspace in await self._installations.active():
                with structlog.contextvars.bound_contextvars(workspace=workspace, request=f"job:{job.name}"):
                    await self._one_in(workspace, job)

    async def _one_in(self, workspace: WorkspaceId, job: Job) -> None:
        try:
            for _ in range(MOST_WORKS):
                if not await self._database.transact(workspace, job.run):
                    break
                await self._breathe()
        except (Busy, NotCommitted) as error:
            log.error("no database", action="clock.job", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - one job that fails must not stop the others
            log.error("failed", action="clock.job", **where(error))

    async def _breathe(self) -> None:
        """Let those go first who wait for an ack, while more of them keep coming: at a morning's nine there is much."""
        ends = self._database.clock.steady() + DEFERENCE
        while self._heard_before != (heard := self._heard()) and self._database.clock.steady() < ends:
            self._heard_before = heard
            await asyncio.sleep(BREATH)
        self._heard_before = heard

    async def _sweep(self) -> None:
        """Forget what is too old to matter."""
        try:
            await self._database.transact_everywhere(deliveries.forget)
            await self._database.transact_everywhere(claims.forget)
        except (Busy, NotCommitted) as error:
            log.error("no database", action="clock.sweep", error=type(error).__name__)


async def follow(url: str, clock: Clock, hands: Hands | None) -> None:
    """Move civil time with the sandbox's clock, until cancelled.

    Asking again says that what was due has been looked at: a sandbox that lets a day go by waits for it.
    """
    version = 0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=40)) as session:
        while True:
            try:
                query = {"after": str(version), "wait": "25"} if version else {}
                async with session.get(url, params=query) as answer:
                    said = await answer.json()
            except (TimeoutError, aiohttp.ClientError, ValueError):
                await asyncio.sleep(0.5)
                continue
            version = int(said["version"])
            clock.moved = timedelta(seconds=float(said["offset_seconds"]))
            if hands is not None:
                hands.moved()
                await hands.rest(PATIENCE)
