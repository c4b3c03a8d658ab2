"""Everything the parts of one sandbox share. It decides nothing; the parts hang on it."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from bot.sandbox.clock import Clock, Stamps
from bot.sandbox.company import found_company
from bot.sandbox.config import SandboxConfig, read_manifest
from bot.sandbox.elements import Values
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.pace import Pace
from bot.sandbox.persistence import load_world
from bot.sandbox.records import History, Inspector
from bot.sandbox.socket_mode import SocketTransport
from bot.sandbox.stream import Stream
from bot.sandbox.tickets import ResponseUrls, Triggers
from bot.sandbox.transport import HttpTransport, Transport
from bot.sandbox.world import Channel, Message, View, World

Json = dict[str, Any]
_JUST_SEEN_SECONDS = 2.0
_KNOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class CallMoment:
    """One side of one Web API call, for harnesses that kill before and after the n-th."""

    when: Literal["before", "after"]
    method: str
    arguments: Json
    count: int


class Hub:
    """One workspace with its clock, records, faults and the way to the app."""

    def __init__(self, config: SandboxConfig) -> None:
        self.config = config
        self.manifest = read_manifest(config.manifest)
        self.clock = Clock(config.offset)
        self.stamps = Stamps()
        self.world = load_world(config.state_file) or self._new_world()
        self._take_up()
        self.clock.offset = timedelta(seconds=self.world.offset_seconds)
        self.stream = Stream()
        self.inspector = Inspector()
        self.history = History()
        self.faults = Faults()
        self.files = Files()
        self.triggers = Triggers(config.trigger_seconds)
        self.response_urls = ResponseUrls()
        self.stacks: dict[str, list[View]] = {}
        self.message_values: dict[tuple[str, str], Values] = {}
        self.shown_before: dict[str, deque[list[Json]]] = {}
        self.ephemerals: dict[tuple[str, str], list[Message]] = {}
        self.seen_at: dict[str, float] = {}
        self.base_url = config.base_url
        self.modes = config.modes
        self.pace = Pace(config.steady)
        self.on_call: Callable[[CallMoment], Awaitable[None]] | None = None
        self.http = HttpTransport(config.signing_secret, config.ack_seconds)
        self.http.url = config.bot_url
        self.sockets = SocketTransport(self.world.app_id, config.ack_seconds, config.socket_seconds)
        self.bot_seen = False
        self.walking = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._next_knock = 0.0
        self._busy = 0
        self._calm = asyncio.Event()
        self._delivery = asyncio.Event()

    def _new_world(self) -> World:
        world = found_company(self.manifest, self.clock.now(), self.config.workspace)
        world.offset_seconds = self.clock.offset.total_seconds()
        return world

    def _take_up(self) -> None:
        """Go on where the last run ended, with the app as today's manifest names it."""
        known = self.world.people[self.world.bot]
        named = replace(known, name=self.manifest.bot_name, real_name=self.manifest.app_name)
        self.world.people[self.world.bot] = named
        self.stamps.after(max((ts for c in self.world.channels.values() for ts in c.messages), default="0.0"))

    @property
    def bot_url(self) -> str | None:
        """The whole address everything is posted to; may be set after the start."""
        return self.http.url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.http.url = url

    @property
    def transport(self) -> Transport:
        """Socket Mode takes everything off HTTP, as with Slack."""
        return self.sockets if self.manifest.socket_mode else self.http

    @property
    def connected(self) -> bool:
        """Whether the app seems to be there."""
        return self.sockets.connected if self.manifest.socket_mode else self.bot_seen

    def forget_ephemerals(self, user: str) -> None:
        """Somebody reloads: what only they could see, and have seen, is gone."""
        long_ago = time.monotonic() - _JUST_SEEN_SECONDS
        for (owner, _), kept in self.ephemerals.items():
            if owner == user:
                kept[:] = [m for m in kept if self.seen_at.get(m.ts, math.inf) > long_ago]

    async def look_for_bot(self) -> None:
        """Knock at the app's address, if nothing was heard of it yet."""
        known = self.connected or self.manifest.socket_mode
        if known or self.bot_url is None or time.monotonic() < self._next_knock:
            return
        self._next_knock = time.monotonic() + _KNOCK_SECONDS
        self.bot_seen = await self.http.reachable()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something in the background until the sandbox stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Something is under way that `idle` waits for."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._calm.set()
                self._calm = asyncio.Event()

    async def idle(self) -> None:
        """Wait until no delivery and no late call is under way (retries yet to come do not count)."""
        while self._busy:
            await self._calm.wait()

    @property
    def at_rest(self) -> bool:
        """Whether nothing that `idle` waits for is under way now."""
        return not self._busy

    def delivered(self) -> None:
        """Something was just delivered: a held-back event may follow now."""
        self._delivery.set()
        self._delivery = asyncio.Event()

    async def next_delivery(self, patience: float) -> None:
        """Wait until something else was delivered, but not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._delivery.wait()

    async def stop_background(self) -> None:
        """End all background work and the connections to the app."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.sockets.close()
        await self.http.close()

    def audience(self, channel: Channel) -> list[str] | None:
        """Whose pages hear of a change in a channel; None means everybody."""
        return None if channel.kind == "public" else list(channel.members)
