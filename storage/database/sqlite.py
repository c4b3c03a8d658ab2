"""SQLite: one writer thread that commits in groups, a few readers, one process per file.

Why one writer is safe and fast here is told in docs/adr/0002-one-writer.md: the transaction begins
IMMEDIATE, so it never meets SQLITE_BUSY; a group shares one fsync; each work has a savepoint of its own.
"""

import fcntl
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import TextIOWrapper
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.database.clock import Clock
from storage.database.prepared import say
from storage.database.running import KEEP_COUNT, Gauge, Job, Outcome, busy, not_committed, perform, resolve

GROUP = 64
"""Works that share one commit at the most."""
WAITING = 5_000
"""Works that may wait for the writer, and as many for the readers; one more is refused (`Busy`)."""
READERS = 2
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "wal_autocheckpoint=4000",  # pages, 16 MB: those written again and again go into the file a quarter as often
    "temp_store=MEMORY",  # what a savepoint would put back is no longer than a work: it needs no file
)
READING = ("busy_timeout=5000", "query_only=ON")
"""For whoever only looks on beside a bot: nothing of the file is changed, not even how it keeps its journal."""

WAL_BUG = ((3, 7, 0), (3, 51, 3))
WAL_BUG_FIXED_TOO = ((3, 44, 6), (3, 50, 7))

log = structlog.get_logger()


class FileInUse(Exception):
    """Another process has this SQLite file open for writing."""


class SqliteBackend:
    """Runs works on one SQLite file."""

    def __init__(self, path: Path, clock: Clock, *, reading_only: bool = False) -> None:
        self.gauge = Gauge()
        self._clock = clock
        self._lock = None if reading_only else locked(path)
        self._engine = _engine(path, READING if reading_only else PRAGMAS)
        self._local = threading.local()
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._reading = threading.BoundedSemaphore(WAITING)
        self._waiting: deque[Job] = deque()
        self._announced = False
        self._calls: SimpleQueue[None] = SimpleQueue()
        self._closing = False
        self._writer: threading.Thread | None = None
        if not reading_only:
            opened = (self._opened(),)
            self._writer = threading.Thread(
                target=self._write, args=opened, name="sqlite-writer", daemon=True
            )
            self._writer.start()

    def write(self, job: Job) -> None:
        """Queue a work for the writer; its future is resolved after the commit.

        The writer is woken when the event loop has done what it is at. What comes together then shares a
        commit, and the two threads take turns instead of wrestling for the interpreter at every statement.
        """
        if self._writer is None:
            raise FileInUse("this database was opened for reading only")
        if len(self._waiting) >= WAITING:
            raise busy()
        self._waiting.append(job)
        if not self._announced:
            self._announced = True
            job.loop.call_soon(self._announce)

    def read(self, job: Job) -> None:
        """Run a work on one snapshot, beside the writer."""
        if not self._reading.acquire(blocking=False):
            raise busy()
        self._readers.submit(self._read, job)

    def listen(self, loops: frozenset[str], heard: Callable[[frozenset[str]], None]) -> None:
        """Nobody else writes to this file, so there is nothing to hear."""

    @property
    def waiting(self) -> int:
        """Works that wait for the writer."""
        return len(self._waiting)

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        if self._writer is not None:
            self._closing = True
            self._calls.put(None)
            self._writer.join()
        self._readers.shutdown()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()

    # -----------------------------------------------------------------------------------------------------

    def _opened(self) -> Connection:
        """The writer's connection, made by its maker: a file that cannot be opened is an error at once."""
        try:
            return self._engine.connect()
        except DBAPIError:
            if self._lock is not None:
                self._lock.close()
            raise

    def _announce(self) -> None:
        self._announced = False
        self._calls.put(None)

    def _write(self, connection: Connection) -> None:
        with connection:
            closing = False
            while not closing:
                self._calls.get()
                closing = self._closing  # looked at first: what was queued before the end is served below
                while group := self._gather():
                    resolve(group, self._commit(connection, group))

    def _gather(self) -> list[Job]:
        return [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]

    def _commit(self, connection: Connection, group: Sequence[Job]) -> list[Outcome]:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            alone = len(group) == 1
            outcomes = [self._one(connection, job, alone=alone) for job in group]
            if not alone or outcomes[0].error is None:  # else it is rolled back already
                connection.exec_driver_sql("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever went wrong, nobody may be told their work is kept
            log.error(
                "could not commit", action="database.commit", works=len(group), error=type(error).__name__
            )
            _abandon(connection)
            return [Outcome(error=not_committed(error)) for _ in group]
        return outcomes

    def _one(self, connection: Connection, job: Job, *, alone: bool) -> Outcome:
        """A work that has the transaction for itself needs no savepoint, which copies each page before it is changed."""
        if not alone:
            say(connection, "SAVEPOINT w")
        outcome = perform(job, connection, self._clock, self.gauge)
        if outcome.error is not None:
            if _fatal(outcome.error):
                raise outcome.error
            say(connection, "ROLLBACK" if alone else "ROLLBACK TO w")
        if not alone:
            say(connection, "RELEASE w")
        return outcome

    def _read(self, job: Job) -> None:
        try:
            connection = self._reader()
            say(connection, "BEGIN")
            outcome = perform(job, connection, self._clock, self.gauge)
            _abandon(connection)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller may not be left waiting
            job.context.run(_not_read, error)
            outcome = Outcome(error=not_committed(error))
        self._reading.release()
        resolve([job], [outcome])

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._engine.connect()
            say(connection, "PRAGMA query_only=ON")
        return connection


def locked(path: Path) -> TextIOWrapper:
    """Take the file for this process until what is returned is closed, or FileInUse."""
    handle = path.with_name(path.name + ".lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise FileInUse(
            f"{path} is in use by another Throughline process. One process per SQLite file: stop the other "
            "one, or set THROUGHLINE_DATABASE_URL to a PostgreSQL database to run several."
        ) from None
    return handle


def unsound(path: Path) -> list[str]:
    """What SQLite itself finds wrong with the file, up to a hundred lines; looked at beside a running bot."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(100)")]
            broken = [f"{row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for line in said if line != "ok"] + broken


def wal_bug_present(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the WAL-reset bug (3.7.0 to 3.51.2; back-ported fixes 3.44.6 and 3.50.7).

    Source: sqlite.org's release notes of 3.51.3. It needs two connections that write or checkpoint at once,
    which one writer thread never does; the doctor says so.
    """
    backported = any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_BUG_FIXED_TOO)
    return WAL_BUG[0] <= version < WAL_BUG[1] and not backported


def _engine(path: Path, pragmas: Sequence[str]) -> Engine:
    # AUTOCOMMIT here means: SQLAlchemy begins nothing by itself; every BEGIN is written out above.
    engine = create_engine(
        f"sqlite:///{path}",
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        execution_options=KEEP_COUNT,
        paramstyle="named",
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _fatal(error: BaseException) -> bool:
    """Errors after which SQLite has given up the whole transaction, not just one statement."""
    original = getattr(error, "orig", error)
    code = getattr(original, "sqlite_errorcode", sqlite3.SQLITE_OK)  # Python's own errors have none
    return isinstance(original, sqlite3.OperationalError) and code & 0xFF in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_BUSY,
    )


def _not_read(error: BaseException) -> None:
    log.error("could not read", action="database.read", error=type(error).__name__)


def _abandon(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    try:
        if raw is not None and getattr(raw, "in_transaction", False):
            say(connection, "ROLLBACK")
    except DBAPIError as error:  # the next BEGIN will say so again, to its callers
        log.error("could not roll back", action="database.rollback", error=type(error).__name__)
