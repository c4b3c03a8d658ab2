"""A company with a Throughline that may die: local Slack, database, and processes started again when killed."""

import asyncio
import copy
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.app import EVERYTHING, Roles
from bot.courier.courier import Timing
from bot.manifest import manifest
from bot.sandbox import CallMoment, RunningSandbox, Sandbox, SandboxConfig, running
from bot.sandbox.driver import Slack
from bot.sandbox.faults import CallFault, Faults, Plan
from bot.sandbox.world import World
from handlers.registry import registry
from storage.database import Tx
from tests.front import TOKEN, settings_for
from tests.proof.bots import Bot, Died
from tests.proof.heard import Heard
from tests.proof.life import At, Fatal, Order, Side
from tests.proof.stores import Store
from tests.proof.waiting import until

BRISK = Timing(
    settle=timedelta(seconds=0.3), lease=timedelta(seconds=2), pace=0.01, timeout=1, tick=0.5, breath=0
)
"""As a real courier, only quicker: what a dead one sent is done within a third of a second."""
LATE = 0.1
"""Seconds by which Slack does what was on its way when the sender died; less than a courier's settle time."""
PATIENCE = 30.0
A_BLINK = 0.05
"""Seconds that pass for a minute where nobody waits for one."""
GLANCE, LONGEST_GLANCE = 0.01, 0.15
"""Seconds between two looks at what is left to do: a lease takes its time, and looking costs some."""
WEDNESDAY = 2

When = Literal["before", "after", "late"]
Wait = Callable[[float], Awaitable[None]]


class Restless(Exception):
    """The house does not come to rest; says what keeps it."""


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL before or after the `nth` commit that changes something, or call to Slack, from now on."""

    at: At
    side: Side
    nth: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Slack fails in this way at the `nth` call from now on: before it does it, after that, or a moment earlier."""

    when: When
    how: str
    nth: int


Mishap = Kill | Fault


class House:
    """Made by `open_house`. `calm` is what everything waits for after each act."""

    def __init__(
        self, place: RunningSandbox, slack: Slack, unhurried: Slack, store: Store, order: Order
    ) -> None:
        self.place = place
        self.sandbox = place.sandbox
        self.slack = slack
        self.unhurried = unhurried
        """The same Slack; there all is calm after each act."""
        self.store = store
        self.deaths = 0
        self.own_deaths: list[str] = []
        self._order = order
        self._heard = Heard(self.sandbox.history)
        self._residents: list[Resident] = []
        self._call: Kill | None = None
        self._calls = 0
        self.sandbox.on_call = self._on_call

    async def move_in(self, roles: Sequence[Roles] = (EVERYTHING,), fatal: Fatal | None = None) -> None:
        """Start the processes; the first one may be born to die."""
        for number, role in enumerate(roles):
            order = replace(self._order, roles=role, fatal=fatal if number == 0 else None)
            self._residents.append(Resident(self, order))
        await asyncio.gather(*(one.up.wait() for one in self._residents))

    async def move_out(self, *, gently: bool = False) -> None:
        """End the processes."""
        await asyncio.gather(*(one.leave(gently=gently) for one in self._residents))
        self._residents.clear()

    async def arm(self, mishap: Mishap) -> None:
        """From now on count, and kill the first process, or let Slack fail, at the moment that was named."""
        match mishap:
            case Fault(when, how, nth):
                fault = {"when": when, "fault": how, "nth": nth, "seconds": LATE}
                self.sandbox.faults = Faults(Plan(calls=(CallFault.model_validate(fault),)))
            case Kill(at="commit"):
                await self._residents[0].bot.arm(Fatal(mishap.nth, mishap.side))
            case Kill():
                self._call, self._calls = mishap, 0

    @property
    def struck(self) -> bool:
        """Whether anything has happened to anybody."""
        return self.deaths > 0 or any(one.fault is not None for one in self.sandbox.history.calls)

    def kill(self, number: int = 0) -> None:
        """SIGKILL now."""
        self._residents[number].bot.kill()

    def freeze(self, number: int) -> None:
        """Let one stand still."""
        self._residents[number].bot.freeze()

    def thaw(self, number: int) -> None:
        """Let it go on."""
        self._residents[number].bot.thaw()

    def pid(self, number: int = 0) -> int:
        """Of one that is up."""
        return self._residents[number].bot.pid

    @property
    def living(self) -> list[int]:
        """The processes that are up, by number."""
        return [number for number, one in enumerate(self._residents) if one.up.is_set()]

    async def up(self) -> None:
        """Wait until every process has started (again)."""
        await asyncio.gather(*(one.up.wait() for one in self._residents))

    async def hears(self) -> bool:
        """Wait until every process has started again; whether those that hear from Slack do answer now."""
        await self.up()
        return all([await one.bot.answers() for one in self._residents if one.order.roles.web])

    async def fell(self, number: int) -> None:
        """SIGKILL one that is up, and wait until everybody knows."""
        deaths = self.deaths
        self.kill(number)
        await until(lambda: self.deaths > deaths, PATIENCE, "a process outlived SIGKILL")

    async def do(self, work: Callable[[Tx], object]) -> None:
        """Have it done in a transaction of the first process, again and again until one has lived to say so."""
        resident = self._residents[0]
        while True:
            await resident.up.wait()
            try:
                return await resident.bot.do(work)
            except Died:
                await asyncio.sleep(0.01)

    async def worked(self) -> frozenset[str]:
        """The jobs that had something to do in one of the processes that live now."""
        return frozenset().union(*[await self.worked_by(number) for number in range(len(self._residents))])

    async def worked_by(self, number: int) -> frozenset[str]:
        """The jobs that had something to do in one of them."""
        return await self._residents[number].bot.worked()

    async def calm(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is under way anywhere: events acknowledged, calls made, boards drawn."""
        deadline, glance = time.monotonic() + patience, GLANCE
        while True:
            await self.sandbox.idle()
            if (
                not (unrest := self.unrest())
                and await self._settled(patience)
                and not (unrest := self.unrest())
            ):
                return
            if time.monotonic() > deadline:
                raise Restless("; ".join(unrest) or "something is always due")
            await asyncio.sleep(glance)
            glance = min(glance * 1.3, LONGEST_GLANCE)

    def unrest(self) -> list[str]:
        """What is not finished, in words."""
        away = [f"process {n} is away" for n, one in enumerate(self._residents) if not one.up.is_set()]
        unheard = [f"{event} was never acknowledged" for event in sorted(self._heard.unacknowledged())[:5]]
        busy = [] if self.sandbox.at_rest else ["something is on its way"]
        return [*away, *unheard, *busy, *self.store.unfinished()]

    async def _settled(self, patience: float) -> bool:
        workers = [one for one in self._residents if one.order.roles.worker]
        try:
            for one in workers:
                await one.bot.settled(self.sandbox.clock.offset, patience)
        except Died:
            return False
        return True

    async def _on_call(self, moment: CallMoment) -> None:
        kill = self._call
        if kill is None or moment.when != kill.side:
            return
        self._calls += 1
        if self._calls == kill.nth:
            self.kill()
            await self._residents[0].bot.gone()
            await asyncio.sleep(LATE if kill.side == "before" else 0)


class Resident:
    """A process of the house, followed by another one whenever it was killed."""

    def __init__(self, house: House, order: Order) -> None:
        self.order = order
        self.up = asyncio.Event()
        self.bot = Bot(order)
        self._house = house
        self._leaving = False
        self._life = asyncio.create_task(self._live())

    async def leave(self, *, gently: bool) -> None:
        """End it for good."""
        if gently:
            await self.up.wait()
        self._leaving = True
        if gently:
            await self.bot.stop()
        self.bot.kill()
        await asyncio.wait([self._life], timeout=PATIENCE)

    async def _live(self) -> None:
        while not self._leaving:
            if await self._started():
                self.up.set()
                await self.bot.gone()
                self.up.clear()
            code = self.bot.bury()
            if not self._leaving:
                self._died(code)

    async def _started(self) -> bool:
        try:
            url = await self.bot.start()
        except Died:
            return False
        if self.order.roles.web:
            self._house.sandbox.bot_url = f"{url}/slack/events"
        return True

    def _died(self, code: int | None) -> None:
        self._house.deaths += 1
        if code != -signal.SIGKILL:
            self._house.own_deaths.append(f"a process ended by itself with {code}")
        moved = self._house.sandbox.clock.offset
        self.order = replace(self.order, fatal=None, moved=moved)
        self.bot = Bot(self.order)


@asynccontextmanager
async def open_house(
    store: Store,
    folder: Path,
    *,
    world: World | None = None,
    at: datetime | None = None,
    timing: Timing = BRISK,
    wait: Wait | None = None,
) -> AsyncIterator[House]:
    """The local Slack with its company, as it was left and when, or on a Wednesday afternoon; nobody lives here yet.

    Events are repeated as often as Slack does it: at once, after a minute, and five minutes later. `wait` says
    how that goes by; without it a minute is just long enough for everybody to have started again.
    """

    async def until_up(seconds: float) -> None:
        await asyncio.sleep(seconds / 60 * A_BLINK)
        while seconds and not await house.hears():  # noqa: ASYNC110 - a process that dies tells nobody
            await asyncio.sleep(A_BLINK)

    async def calm() -> None:
        await house.calm()

    secret = os.urandom(16).hex()  # an address another house gave up may be ours: its requests are not
    config = SandboxConfig(
        manifest(registry(), "http://127.0.0.1"), secret, TOKEN, retry_wait=wait or until_up
    )
    async with running(config) as place, Slack(place.url) as slack, Slack(place.url, calm) as unhurried:
        sandbox = place.sandbox
        sandbox.world = copy.deepcopy(world) or sandbox.world
        sandbox.clock.offset = _to_wednesday(sandbox) if at is None else at - datetime.now(UTC)
        sandbox.world.offset_seconds = sandbox.clock.offset.total_seconds()
        settings = settings_for(store.url, place.api_url, f"{place.url}/sandbox/clock", secret)
        order = Order(settings, folder / "bot.log", timing, moved=sandbox.clock.offset)
        house = House(place, slack, unhurried, store, order)
        try:
            yield house
        finally:
            await house.move_out()
            store.close()


def _to_wednesday(sandbox: Sandbox) -> timedelta:
    """People of three continents are at work, and tomorrow is a working day for all of them."""
    now = sandbox.clock.now()
    days = (WEDNESDAY - now.weekday() - 1) % 7 + 1
    return now.replace(hour=14, minute=30, second=0, microsecond=0) + timedelta(days=days) - now
