"""The one way to the database: hand it a plain function, get its answer when it is committed.

    number = await database.transact(workspace, lambda tx: things.create(tx, ...))

`transact` commits, `read` gives one snapshot and cannot write, `transact_everywhere` is for the courier, the
clock and the command line. A work that raises is rolled back and its error reaches the caller.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import make_url

from storage.database.clock import Clock, new_id
from storage.database.running import Busy, Gauge, Job, NotCommitted, inside_work
from storage.database.schema import OURS, Base, Instant, Scoped, given, insert_each, looked_up, rows_given
from storage.database.sqlite import FileInUse, SqliteBackend
from storage.database.tx import EVERYWHERE, Tx, Work
from storage.values import WorkspaceId


class Backend(Protocol):
    """What runs works on a database of one kind."""

    gauge: Gauge

    def write(self, job: Job) -> None:
        """Queue a work; its future is resolved after the commit."""

    def read(self, job: Job) -> None:
        """Run a work on one snapshot that cannot write."""

    def listen(self, loops: frozenset[str], heard: Callable[[frozenset[str]], None]) -> None:
        """Hear what other processes commit for these loops, which run here."""

    @property
    def waiting(self) -> int:
        """Works that wait for their turn or have it."""

    def close(self) -> None:
        """Finish what is queued, then let go."""


T = TypeVar("T")
_WORKSPACE = re.compile(r"[A-Z0-9]{1,32}")


class Database:
    """A database of either kind. Make it inside the event loop's thread; `close` it on the way out."""

    def __init__(self, url: str, clock: Clock, *, reading_only: bool = False) -> None:
        parsed = make_url(url)
        self.url = url
        self.clock = clock
        self.dialect = parsed.get_backend_name()
        self._backend: Backend
        if self.dialect == "sqlite":
            self._backend = SqliteBackend(Path(parsed.database or ""), clock, reading_only=reading_only)
        else:
            from storage.database.postgres import PostgresBackend  # noqa: PLC0415 - SQLite needs no psycopg

            self._backend = PostgresBackend(url, clock)
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._closed = False

    @property
    def slowest(self) -> tuple[float, str]:
        """Seconds and name of the work that held its thread longest."""
        return self._backend.gauge.slowest, self._backend.gauge.slowest_name

    @property
    def waiting(self) -> int:
        """Works that wait for the database: on SQLite for its writer, on PostgreSQL for a thread."""
        return self._backend.waiting

    def transact(self, workspace: WorkspaceId, work: Work[T]) -> Awaitable[T]:
        """Run `work(tx)` and commit; the answer comes after the commit, or NotCommitted / Busy."""
        return self._write(_named(workspace), work)

    def read(self, workspace: WorkspaceId, work: Work[T]) -> Awaitable[T]:
        """Run `work(tx)` on one snapshot; a change inside it is an error."""
        return self._read(_named(workspace), work)

    def transact_everywhere(self, work: Work[T]) -> Awaitable[T]:
        """Run and commit a work across workspaces: only for the courier, the clock and the command line."""
        return self._write(EVERYWHERE, work)

    def read_everywhere(self, work: Work[T]) -> Awaitable[T]:
        """Read across workspaces: only for the courier, the clock and the command line."""
        return self._read(EVERYWHERE, work)

    def on_wake(self, loop: str, call: Callable[[], None]) -> None:
        """Call `call` on the event loop after each commit here whose work said `tx.wake(loop)`; see `listen`."""
        self._listeners.setdefault(loop, []).append(call)

    def listen(self, *loops: str) -> None:
        """These loops run in this process: wake them after what other processes commit for them, too."""
        loop = asyncio.get_running_loop()

        def heard(woken: frozenset[str]) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(self._wake, woken)

        self._backend.listen(frozenset(loops), heard)

    async def close(self) -> None:
        """Finish what is queued, then let go; a work that comes later is NotCommitted."""
        self._closed = True
        await asyncio.to_thread(self._backend.close)

    def _write(self, workspace: WorkspaceId, work: Work[T]) -> Awaitable[T]:
        job = self._job(workspace, work)
        self._backend.write(job)
        return job.future

    def _read(self, workspace: WorkspaceId, work: Work[T]) -> Awaitable[T]:
        job = self._job(workspace, work)
        self._backend.read(job)
        return job.future

    def _job(self, workspace: WorkspaceId, work: Work[Any]) -> Job:
        if inside_work():
            raise RuntimeError("a work may not start another transaction: do both in one work")
        if self._closed:
            raise NotCommitted("the database is closed: Throughline is stopping")
        loop = asyncio.get_running_loop()
        return Job(workspace, work, loop, loop.create_future(), self._wake)

    def _wake(self, woken: frozenset[str]) -> None:
        for name in woken:
            for call in self._listeners.get(name, []):
                call()


def file_of(url: str) -> Path | None:
    """Where the database at `url` is kept, if it is SQLite."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _named(workspace: WorkspaceId) -> WorkspaceId:
    if not _WORKSPACE.fullmatch(workspace):
        raise ValueError("a workspace id holds capital letters and digits only")
    return workspace


__all__ = [
    "EVERYWHERE",
    "OURS",
    "Base",
    "Busy",
    "Clock",
    "Database",
    "FileInUse",
    "Instant",
    "NotCommitted",
    "Scoped",
    "Tx",
    "Work",
    "file_of",
    "given",
    "insert_each",
    "looked_up",
    "new_id",
    "rows_given",
]
