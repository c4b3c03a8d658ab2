"""An event loop whose time passes only when everybody waits, so that a month costs no waiting and repeats itself."""

import asyncio
import contextvars
import selectors
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval
from typing_extensions import override

from storage.database import Clock

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
BEGINS = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
"""When it is as the loop starts: a Friday afternoon, nine days before Europe's clocks change."""
_TELL_THE_TIME = (apscheduler.schedulers.base, apscheduler.executors.base, apscheduler.triggers.interval)


class NobodyComes(Exception):
    """Everybody waits for somebody, and no time is set for anything: without sockets it would be for ever."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs what can run; when nothing can, it is at once as late as the next thing that is planned.

    What would run in a thread runs right away. `on_task` is told of each task and of the context it runs in.
    """

    def __init__(self) -> None:
        self.passed = 0.0
        self.on_task: Callable[[asyncio.Task[Any], contextvars.Context], None] = lambda task, context: None
        super().__init__(_Leaping(self))
        self.set_task_factory(self._task)

    @override
    def time(self) -> float:
        return self.passed

    def instant(self) -> datetime:
        """What time it is by the machine."""
        return BEGINS + timedelta(seconds=self.passed)

    @override
    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for it
            done.set_exception(error)
        return done

    def _write_to_self(self) -> None:
        """Nobody else has a thread from which to wake us."""

    def _task(self, loop: Any, coro: Any, **how: Any) -> Any:
        context = how.setdefault("context", None) or contextvars.copy_context()
        task = asyncio.Task(coro, loop=loop, **{**how, "context": context})
        self.on_task(task, context)
        return task


class _Leaping(selectors.SelectSelector):
    """Waits for nothing but time, and that is over at once."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise NobodyComes
        self._loop.passed += max(0.0, timeout)
        return []


class LoopClock(Clock):
    """Throughline's two times by the loop's: civil time can be moved, steady time cannot."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def now(self) -> datetime:
        return self._loop.instant() + self.moved

    @override
    def steady(self) -> datetime:
        return self._loop.instant()


@contextmanager
def scheduler_on(loop: VirtualLoop) -> Iterator[None]:
    """Let APScheduler, which asks the machine, take its time from the loop."""

    class LoopTime(datetime):
        @classmethod
        @override
        def now(cls, tz: Any = None) -> Any:
            return loop.instant().astimezone(tz)

    kept = [module.datetime for module in _TELL_THE_TIME]
    for module in _TELL_THE_TIME:
        module.datetime = LoopTime
    try:
        yield
    finally:
        for module, was in zip(_TELL_THE_TIME, kept, strict=True):
            module.datetime = was
