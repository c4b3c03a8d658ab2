"""PostgreSQL: a few threads with a connection each; any number of processes.

Row-level security is a second fence behind the tripwire: each transaction names its workspace, and the plain
role `throughline` (made by the first migration where that is allowed) cannot look past it.
"""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.database.clock import Clock
from storage.database.running import KEEP_COUNT, Busy, Gauge, Job, NotCommitted, Outcome, perform, resolve
from storage.database.tx import EVERYWHERE
from storage.values import WorkspaceId

THREADS = 4
WAITING = 5_000
ATTEMPTS = 4
"""A work that lost a race is simply run again: it touches nothing but its Tx."""
ROLE = "throughline"

_WORKSPACE = re.compile(r"[A-Z0-9]{1,32}")
_LOST_RACE = {"40001", "40P01", "23505"}
"""Serialization failure, deadlock, and a row that another work inserted after this one had looked for it."""

log = structlog.get_logger()


class PostgresBackend:
    """Runs works on a PostgreSQL database."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.gauge = Gauge()
        self._clock = clock
        self._engine = _engine(url)
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(THREADS, "postgres")
        self._waiting = threading.BoundedSemaphore(WAITING)
        self._anchored = False

    def write(self, job: Job) -> None:
        """Queue a work; its future is resolved after the commit."""
        self._submit(job, "BEGIN")

    def read(self, job: Job) -> None:
        """Run a work on one snapshot that cannot write."""
        self._submit(job, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def close(self) -> None:
        """Finish what is queued and close the connections."""
        self._pool.shutdown()
        self._engine.dispose()

    # -----------------------------------------------------------------------------------------------------

    def _submit(self, job: Job, begin: str) -> None:
        if not self._waiting.acquire(blocking=False):
            raise Busy("the database has too much waiting; try again in a moment")
        self._pool.submit(self._run, job, begin)

    def _run(self, job: Job, begin: str) -> None:
        try:
            outcome = self._attempts(job, begin)
        finally:
            self._waiting.release()
        resolve([job], [outcome])

    def _attempts(self, job: Job, begin: str) -> Outcome:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                outcome = self._once(job, begin)
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller may not be told it is kept
                self._forget_connection()
                log.error("could not commit", action="database.commit", error=type(error).__name__)
                return Outcome(
                    error=NotCommitted(f"the database could not commit: {getattr(error, 'orig', error)}")
                )
            if not _lost_race(outcome.error) or attempt == ATTEMPTS:
                return outcome
            time.sleep(0.005 * attempt)
        raise AssertionError("unreachable")

    def _once(self, job: Job, begin: str) -> Outcome:
        connection = self._connection()
        connection.exec_driver_sql(f"{begin}; SET LOCAL throughline.workspace = '{_safe(job.workspace)}'")
        outcome = perform(job, connection, self._clock, self.gauge)
        if outcome.error is None:
            connection.exec_driver_sql("COMMIT")
        else:
            connection.exec_driver_sql("ROLLBACK")
        return outcome

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = self._engine.connect()
            self._anchor(connection)
        return connection

    def _anchor(self, connection: Connection) -> None:
        """Leases are counted on the server's clock, so that all processes agree."""
        if not self._anchored:
            self._anchored = True
            said: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
            self._clock.anchor(said)

    def _forget_connection(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            try:
                connection.invalidate()
                connection.close()
            except DBAPIError:
                log.warning("a broken connection did not close", action="database.close")


def _engine(url: str) -> Engine:
    # AUTOCOMMIT here means: SQLAlchemy begins nothing by itself; every BEGIN is written out above.
    engine = create_engine(
        url, isolation_level="AUTOCOMMIT", poolclass=NullPool, execution_options=KEEP_COUNT
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER')",
                (ROLE,),
            )
            if cursor.fetchone():
                cursor.execute(f"SET ROLE {ROLE}")

    return engine


def _safe(workspace: WorkspaceId) -> str:
    if workspace != EVERYWHERE and not _WORKSPACE.fullmatch(workspace):
        raise ValueError("a workspace id holds capital letters and digits only")
    return workspace


def _lost_race(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _LOST_RACE
