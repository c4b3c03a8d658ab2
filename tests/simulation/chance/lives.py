"""A Throughline in this process that can be killed: from then on it writes nothing, says nothing and hears nothing.

A kill throws away all that a process would lose. The database no longer runs or commits anything, and its file is
let go of; calls to Slack go no further; every task of that life is cancelled, and what they still do on their way
out reaches nothing. What follows is a new `Application` on the same file. Left are caches of the code itself (made
statements, holidays), which a new process would make alike.
"""

import asyncio
import contextvars
import gc
import random
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from starlette.types import ASGIApp

import storage.database
from bot.app import Application
from bot.courier.courier import Timing
from bot.sandbox import Sandbox
from bot.settings import Settings
from handlers.kit.features import Registry
from storage.database import Clock
from tests.simulation.chance.loop import LoopClock, VirtualLoop
from tests.simulation.chance.one_thread import OneThread
from tests.simulation.chance.wires import Answer, ToSlack, exchange

T = TypeVar("T")
TIMING = Timing(tick=3600, breath=0)
"""As in earnest; but what is due wakes the courier by itself, so it need not look once a second."""
_life: contextvars.ContextVar["Life | None"] = contextvars.ContextVar("life", default=None)


@dataclass(frozen=True, slots=True)
class Around:
    """What a Throughline is born into."""

    loop: VirtualLoop
    sandbox: Sandbox
    settings: Settings
    registry: Registry
    rng: random.Random
    dies: Callable[[str], bool]
    """Whether it is to die at this side of a commit or a call."""


class Life:
    """One Throughline, from its start to its death. Make it on the loop."""

    def __init__(self, around: Around) -> None:
        self.dead = False
        self.death = around.loop.create_future()
        self._around = around
        self._tasks: list[asyncio.Task[Any]] = []
        self._outside = contextvars.copy_context()
        self._context = contextvars.copy_context()
        self._context.run(_life.set, self)
        self.app: Application = self._context.run(self._made)
        self._asgi: ASGIApp = self.app.asgi()

    def _made(self) -> Application:
        around = self._around
        with _one_thread(self._dies) as made:
            app = Application(around.settings, around.registry, timing=TIMING, civil=LoopClock(around.loop))
        self._backend = made[0]
        self._unused = app.slack.session
        to_slack: Any = ToSlack(around.sandbox.app, TIMING.timeout, around.rng, self._dies, self._outside)
        app.slack.session = app.slack.client.session = to_slack  # it is all that is asked of one
        return app

    async def begin(self) -> None:
        """Start as a process starts; it may die on the way."""
        await self._unused.close()
        gc.freeze()  # a start looks through all there is for garbage: here most of it is not its own
        await self.lives(self.app.start)

    def adopts(self, task: asyncio.Task[Any]) -> None:
        """This task belongs to it."""
        self._tasks = (
            [one for one in self._tasks if not one.done()] if len(self._tasks) > 200 else self._tasks
        )
        self._tasks.append(task)

    async def lives(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
        """Have it do something; None where it died before that was done."""
        if self.death.done():
            return None
        task = asyncio.get_running_loop().create_task(work(), context=self._context.copy())
        await asyncio.wait({task, self.death}, return_when=asyncio.FIRST_COMPLETED)
        return None if self.dead else task.result()

    async def hears(self, method: str, path: str, headers: Any, body: bytes) -> Answer | None:
        """A request from Slack, through its front door; None where it died before it answered."""
        return await self.lives(partial(exchange, self._asgi, method, path, headers, body))

    def die(self) -> None:
        """SIGKILL: from here on nothing of it reaches anything."""
        if self.dead:
            return
        self.dead = self._backend.dead = True
        self.death.set_result(None)

    async def bury(self) -> None:
        """End what is left of it."""
        for _ in range(100):
            left = [task for task in self._tasks if not task.done()]
            if not left:
                break
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=0.001)
        assert not left, f"would not die: {left}"
        self._backend.close()
        for task in self._tasks:
            if not task.cancelled():
                task.exception()

    def _dies(self, side: str) -> bool:
        if not self.dead and self._around.dies(side):
            self.die()
        return self.dead


def adopt(task: asyncio.Task[Any], context: contextvars.Context) -> None:
    """Let each task belong to the Throughline that made it."""
    life = context.get(_life)
    if life is not None:
        life.adopts(task)


@contextmanager
def _one_thread(dies: Callable[[str], bool]) -> Iterator[list[OneThread]]:
    """Let the next database that is opened run on the loop's own thread."""
    opened: list[OneThread] = []

    def backend(path: Path, clock: Clock, **how: bool) -> OneThread:
        opened.append(OneThread(path, clock, dies, **how))
        return opened[0]

    usual = vars(storage.database)["SqliteBackend"]
    vars(storage.database)["SqliteBackend"] = backend
    try:
        yield opened
    finally:
        vars(storage.database)["SqliteBackend"] = usual


def is_dead() -> bool:
    """Whether whoever runs now is dead."""
    life = _life.get()
    return life is not None and life.dead
