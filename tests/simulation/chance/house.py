"""Some people of Northwind with a Throughline that dies now and then, on virtual time."""

import asyncio
import copy
import functools
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from typing_extensions import override

from bot.manifest import manifest
from bot.sandbox import Modes, Sandbox, SandboxConfig
from bot.sandbox.clock import Clock, Stamps
from bot.sandbox.company import found_company
from bot.sandbox.world import World
from bot.settings import Settings
from handlers.kit.features import Registry
from handlers.registry import registry
from storage.outbox import turns
from tests.front import SECRET, TOKEN
from tests.proof.heard import Heard
from tests.proof.stores import SqliteStore
from tests.simulation.chance.lives import Around, Life, adopt
from tests.simulation.chance.loop import BEGINS, VirtualLoop
from tests.simulation.chance.wires import ADDRESS, Answer, ToBot

PEOPLE = ("maya", "tomas", "kenji", "ruth", "sam")
"""Product and Engineering in Stockholm, Engineering in Tokyo, Customer Success and Sales in New York."""
GUEST = "gil"
CHANNELS = ("C0GENERAL", "C0PRODUCT", "C0SALES", "C0LAUNCH", "G0PRICING")
CLOSED = "G0PRICING"
MEMBERS = {
    "C0PRODUCT": ("maya", "tomas", "kenji"),
    "C0SALES": ("sam", "ruth", "maya"),
    CLOSED: ("maya", "sam"),
}
A_CALL = 0.25
"""Seconds a call takes or so."""
PATIENCE = 5_000
"""Looks at what is left to do before we give up."""
SELDOM = 10
"""How much more rarely the jobs' ticks come: what is due is looked at whenever the clock stops, so they mostly find
nothing, and a month of them would cost as much as all that people do in it."""


class HubClock(Clock):
    """The local Slack's civil time, on the loop's."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def now(self) -> datetime:
        return self._loop.instant() + self.offset


class LoopStamps(Stamps):
    """Message ids by the loop's time."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def next(self) -> str:
        self._last = max(self._last + 1, round(self._loop.instant().timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


class Restless(Exception):
    """It does not come to rest."""


class House:
    """The local Slack, the database and whoever lives; `doom` is after how many commits and calls it dies.

    `people` are those of the company who take part.
    """

    def __init__(self, loop: VirtualLoop, database: Path, rng: random.Random, people: Sequence[str]) -> None:
        self.loop = loop
        self.rng = rng
        self.people = people
        self.store = SqliteStore(database)
        self.hub = _slack(loop, people)
        self.hub.http = ToBot(SECRET, 3.0, self._deliver)
        self.heard = Heard(self.hub.history)
        self.deaths = 0
        self.doom: Callable[[], int | None] = lambda: None
        self._left: int | None = None
        self._moved = timedelta()
        self._up = asyncio.Event()
        self._life: Life | None = None
        settings = Settings.model_validate({
            "THROUGHLINE_DATABASE_URL": f"sqlite:///{database}", "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{ADDRESS}/api/",
        })  # fmt: skip
        self._around = Around(loop, self.hub, settings, copy.copy(_registry()), rng, self._dies)
        loop.on_task = adopt
        self._keeping = loop.create_task(self._keep())

    def now(self) -> datetime:
        """Civil time."""
        return self.hub.clock.now()

    def dooms(self, doom: Callable[[], int | None]) -> None:
        """From now on it dies after as many commits and calls as this draws; None is never."""
        self.doom, self._left = doom, doom()

    def move(self, step: timedelta) -> None:
        """Civil time jumps, for everybody at once."""
        self.hub.clock.advance(step)
        self.hub.world.offset_seconds = self.hub.clock.offset.total_seconds()
        if self._life is not None and not self._life.dead:
            self._life.app.database.clock.moved = self.hub.clock.offset
            self._life.app.hands.moved()

    async def up(self) -> Life:
        """Whoever lives, once somebody does."""
        await self._up.wait()
        assert self._life is not None
        return self._life

    async def calm(self) -> None:
        """Until nothing is under way: events acknowledged, what is due done, calls made, boards drawn."""
        for _ in range(PATIENCE):
            await self.hub.idle()
            life = await self.up()
            if self.heard.unacknowledged():
                await asyncio.sleep(1)
                continue
            wait = await life.lives(functools.partial(_wait_of, life))
            if wait == 0 and self.hub.at_rest and not self.heard.unacknowledged():
                return
            await asyncio.sleep(wait or A_CALL)
        raise Restless("; ".join([*self.heard.unacknowledged(), *self.store.unfinished()]) or "always due")

    async def close(self) -> None:
        """End everything."""
        self._keeping.cancel()
        with suppress(asyncio.CancelledError):
            await self._keeping
        if self._life is not None:
            self._life.die()
            await self._life.bury()
        await self.hub.stop_background()
        self.store.close()

    async def _keep(self) -> None:
        while True:
            life = self._life = Life(self._around)
            life.app.database.clock.moved = self.hub.clock.offset
            await life.lives(life.begin)
            await life.lives(functools.partial(_known, life))
            if not life.dead:
                self._up.set()
                await asyncio.wait({life.death})
                self._up.clear()
            await life.bury()
            self._life = None
            await asyncio.sleep(self.rng.uniform(0.5, 8))

    async def _deliver(self, *request: Any) -> Answer | None:
        if self._life is None:
            return None
        await asyncio.sleep(self.rng.uniform(0.01, 0.2))
        return await self._life.hears(*request) if self._up.is_set() else None

    def _dies(self, _side: str) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        if self._left > 0:
            return False
        self._left = self.doom()
        self.deaths += 1
        return True


async def _known(life: Life) -> None:
    while life.app.health.auth != "ok":  # noqa: ASYNC110 - the first hello has no event to wait for
        await asyncio.sleep(0.1)


async def _wait_of(life: Life) -> float:
    """Zero if it is at rest, else the seconds until something more can happen."""
    app = life.app
    await app.listening.drain(8)
    if not await app.courier.idle():
        return A_CALL
    due = await app.database.read_everywhere(turns.next_wake)
    if due is not None:
        return max(A_CALL, (due - app.database.clock.steady()).total_seconds())
    await app.hands.everything()
    rested = app.hands.at_rest
    idle = await app.courier.idle()
    return 0 if idle and rested is not None and app.hands.at_rest == rested else A_CALL


@functools.cache
def _registry() -> Registry:
    made = registry()
    made.jobs = tuple(replace(one, every=one.every * SELDOM) for one in made.jobs)
    return made


def _slack(loop: VirtualLoop, people: Sequence[str]) -> Sandbox:
    config = SandboxConfig(
        manifest(_registry(), "http://127.0.0.1"), SECRET, TOKEN, base_url=ADDRESS, modes=Modes(rate_limits=True),
        trigger_seconds=3600, steady=loop.time, retry_wait=asyncio.sleep,
    )  # fmt: skip
    hub = Sandbox(config)
    hub.clock, hub.stamps = HubClock(loop), LoopStamps(loop)
    hub.world = _small(found_company(hub.manifest, BEGINS), people)
    hub.stamps.after(max(ts for one in hub.world.channels.values() for ts in one.messages))
    return hub


def _small(world: World, names: Sequence[str]) -> World:
    """Of the company those who take part, in four channels of their own and one that is closed."""
    ids = {f"U0{name.upper()}" for name in (*names, GUEST)}
    apart = {one.id for one in world.people.values() if one.kind == "bot"}
    people = {ident: one for ident, one in world.people.items() if ident in ids | apart}
    channels = {}
    for ident in CHANNELS:
        channel = world.channels[ident]
        members = [f"U0{name.upper()}" for name in names if name in MEMBERS.get(ident, names)]
        members += [world.bot] if world.bot in channel.members else []
        said = {ts: one for ts, one in channel.messages.items() if one.user in people and not one.is_reply}
        channels[ident] = replace(channel, members=members, messages=said, read={})
    channels["C0LAUNCH"].members.append(f"U0{GUEST.upper()}")
    return replace(world, people=people, channels=channels)
