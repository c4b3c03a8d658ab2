"""Running a work: what SQLite's writer, SQLite's readers and PostgreSQL's threads have in common."""

import contextvars
import threading
import time
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Connection

from storage.database.clock import Clock
from storage.database.tx import Tx
from storage.values import WorkspaceId

if TYPE_CHECKING:
    from storage.database.line import Line

SLOW = 0.050
"""Seconds of a thread's own time after which a work is reported: nothing may hold the writer."""

KEEP_COUNT = {"preserve_rowcount": True}
"""Engine option: without it psycopg forgets how many rows an insert touched."""

log = structlog.get_logger()
_working = threading.local()


class Busy(Exception):
    """The database has more waiting than it will take; the caller should answer 503 and be asked again."""


class NotCommitted(Exception):
    """The database could not commit (full disk, lost connection): nothing of the work is kept."""


@dataclass(slots=True)
class Outcome:
    """What became of a work."""

    result: Any = None
    error: BaseException | None = None
    woken: frozenset[str] = frozenset()


@dataclass(slots=True)
class Job:
    """A work on its way to a database thread, and the caller who waits for it."""

    workspace: WorkspaceId
    work: Callable[[Tx], Any]
    loop: AbstractEventLoop
    future: "Future[Any]"
    wake: Callable[[frozenset[str]], None]
    context: contextvars.Context = field(default_factory=contextvars.copy_context)

    @property
    def name(self) -> str:
        """What its work is called, for a log."""
        return getattr(self.work, "__qualname__", type(self.work).__name__)

    def resolve(self, outcome: Outcome) -> None:
        """Tell the caller; on the loop's own thread. A caller who went away loses nothing."""
        if self.future.done():
            return
        if outcome.error is not None:
            self.future.set_exception(outcome.error)
        else:
            self.future.set_result(outcome.result)


@dataclass(slots=True)
class Gauge:
    """How long works held their thread; `slowest` is what tests look at."""

    slowest: float = 0.0
    slowest_name: str = ""

    def note(self, job: Job, seconds: float) -> None:
        """Remember the slowest and report a slow one."""
        if seconds > self.slowest:
            self.slowest, self.slowest_name = seconds, job.name
        if seconds > SLOW:
            job.context.run(_warn, job, seconds)  # the line names whose work it was


def _warn(job: Job, seconds: float) -> None:
    log.warning("a work held its thread", action="database.slow", work=job.name, ms=round(seconds * 1000))


def busy() -> Busy:
    """What the caller is told when too many wait already."""
    return Busy("the database has too much waiting; try again in a moment")


def not_committed(error: BaseException) -> NotCommitted:
    """What the caller is told when the database itself failed."""
    return NotCommitted(f"the database could not do it: {getattr(error, 'orig', error)}")


def inside_work() -> bool:
    """Whether this very thread is running a work: then a second transaction would deadlock."""
    return getattr(_working, "inside", False)


def perform(
    job: Job, connection: Connection, clock: Clock, gauge: Gauge, line: "Line | None" = None
) -> Outcome:
    """Run the work on this thread and this open transaction; never raises what the work raised."""
    tx = Tx(connection, job.workspace, clock.now(), clock.steady(), line)
    _working.inside = True
    began = time.thread_time()
    try:
        result = job.context.run(job.work, tx)
    except StopIteration as error:  # a future cannot carry it
        ended = RuntimeError("a work ran past the end of an iterator")
        ended.__cause__ = error
        return Outcome(error=ended)
    except BaseException as error:  # noqa: BLE001 - carried to the caller; the thread goes on for the others
        return Outcome(error=error)
    else:
        if tx.refused is not None:
            return Outcome(error=tx.refused)
        return Outcome(result=result, woken=frozenset(tx.woken))
    finally:
        _working.inside = False
        gauge.note(job, time.thread_time() - began)


def resolve(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
    """Tell all callers of a group with one call into their loop."""

    def tell() -> None:
        for job, outcome in zip(jobs, outcomes, strict=True):
            job.resolve(outcome)
        jobs[0].wake(frozenset().union(*(outcome.woken for outcome in outcomes)))

    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        jobs[0].loop.call_soon_threadsafe(tell)
