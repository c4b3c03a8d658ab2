"""PostgreSQL: a few threads with a connection each; any number of processes.

Row-level security is a second fence behind the tripwire: each transaction names its workspace, and the plain
role `throughline` (made by the first migration where that is allowed) cannot look past it.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from storage.database.clock import Clock
from storage.database.line import Line
from storage.database.running import KEEP_COUNT, Gauge, Job, Outcome, busy, not_committed, perform, resolve
from storage.database.wakes import NOTIFY, Wakes

THREADS = 4
WAITING = 5_000
ATTEMPTS = 4
"""A work that lost a race (deadlock, serialization, two that made the same row) or its connection is simply run
again: it touches nothing but its Tx."""
ROLE = "throughline"

ALIVE = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}
"""A connection that was cut silently is known to be dead after so many seconds."""

FORSAKEN = 10
"""Seconds after which the server ends a transaction whose process says nothing: stopped midway, its host still
answers for it, and what it has locked nobody else could send. When it goes on, its work is simply run again."""

_OPTIONS = (
    "-c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off"
    f" -c idle_in_transaction_session_timeout={FORSAKEN}s"
)
"""Each statement is planned once per connection, for all find their rows by key: planning the larger ones took
longer than running them. So no plan may read whole tables because they were small that day. What is planned anew
after an ANALYZE is PostgreSQL's to say."""

_COMMIT = "COMMIT"
_NAME_WORKSPACE = "SELECT set_config('throughline.workspace', $1, true)"

_LOST_RACE = {"40001", "40P01", "23505"}
_TOO_LONG_IDLE = "25P03"

_UNBOUND = """
    SELECT 1 FROM pg_roles AS ours, pg_roles AS plain
    WHERE ours.rolname = current_user AND (ours.rolsuper OR ours.rolbypassrls)
    AND plain.rolname = %s AND pg_has_role(current_user, plain.oid, 'MEMBER')
"""

log = structlog.get_logger()
logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it would quote rows, and people's words are in them


class _NotKept(Exception):
    """The commit did not succeed, as far as we know."""


class PostgresBackend:
    """Runs works on a PostgreSQL database."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.gauge = Gauge()
        self._clock = clock
        self._engine = _engine(url)
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(THREADS, "postgres")
        self._waiting = threading.BoundedSemaphore(WAITING)
        self._connections: set[Connection] = set()
        self._queued: set[int] = set()
        self._anchored = False
        self._anchoring = threading.Lock()
        self._ours: frozenset[str] = frozenset()
        self._wakes: Wakes | None = None

    def write(self, job: Job) -> None:
        """Queue a work; its future is resolved after the commit."""
        self._submit(job, "BEGIN")

    def read(self, job: Job) -> None:
        """Run a work on one snapshot that cannot write."""
        self._submit(job, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def listen(self, loops: frozenset[str], heard: Callable[[frozenset[str]], None]) -> None:
        """These loops run here: hear, on a thread of its own, what other processes commit for them."""
        self._ours = loops
        self._wakes = Wakes(self._engine, loops, heard)

    @property
    def waiting(self) -> int:
        """Works that wait for a thread or have one."""
        return len(self._queued)

    def close(self) -> None:
        """Finish what is queued and close the connections."""
        self._pool.shutdown()
        if self._wakes is not None:
            self._wakes.close()
        for connection in self._connections:
            connection.close()
        self._engine.dispose()

    # -----------------------------------------------------------------------------------------------------

    def _submit(self, job: Job, begin: str) -> None:
        if not self._waiting.acquire(blocking=False):
            raise busy()
        self._queued.add(id(job))
        self._pool.submit(self._run, job, begin)

    def _run(self, job: Job, begin: str) -> None:
        try:
            outcome = self._attempts(job, begin)
        finally:
            self._queued.discard(id(job))
            self._waiting.release()
        resolve([job], [outcome])

    def _attempts(self, job: Job, begin: str) -> Outcome:
        for attempt in range(1, ATTEMPTS + 1):
            again = attempt < ATTEMPTS
            try:
                outcome = self._once(job, begin)
            except BaseException as error:  # noqa: BLE001 - whatever went wrong, the caller may not be told it is kept
                self._forget_connection()
                if again and _lost_midway(error):
                    continue
                job.context.run(_not_committed, error)
                return Outcome(error=not_committed(error))
            if not _lost_race(outcome.error) or not again:
                return outcome
            time.sleep(0.005 * attempt)
        raise AssertionError("unreachable")

    def _once(self, job: Job, begin: str) -> Outcome:
        """Run it in a transaction; raises when the connection is lost or the commit itself fails."""
        connection = self._connection()
        line = Line.of(connection)
        line.say(begin)
        line.say(_NAME_WORKSPACE, job.workspace)
        outcome = perform(job, connection, self._clock, self.gauge, line)
        if outcome.error is None:
            outcome = self._committed(line, outcome)
        if outcome.error is not None:
            if connection.invalidated:
                raise outcome.error
            with suppress(DBAPIError):  # what else went wrong nobody wants to know any more
                line.settle()
            line.say("ROLLBACK")
            line.settle()
        return outcome

    def _committed(self, line: Line, outcome: Outcome) -> Outcome:
        elsewhere = outcome.woken - self._ours
        line.ensure()  # before its COMMIT is sent: then it can be run again
        try:
            if elsewhere:
                line.say(NOTIFY, " ".join(sorted(elsewhere)))
            line.say(_COMMIT)
            line.settle()
        except DBAPIError as error:
            if _ended_before(error):
                raise
            if error.statement == _COMMIT or error.connection_invalidated:
                raise _NotKept from error
            return Outcome(error=error)
        return outcome

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is not None and (connection.closed or Line.of(connection).is_cut()):
            self._forget_connection()
            connection = None
        if connection is None:
            connection = self._local.connection = self._engine.connect()
            self._connections.add(connection)
            self._anchor(connection)
        return connection

    def _anchor(self, connection: Connection) -> None:
        """Leases are counted on the server's clock, so that all processes agree."""
        with self._anchoring:
            if not self._anchored:
                self._clock.anchor(
                    lambda: connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
                )
                self._anchored = True

    def _forget_connection(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            self._connections.discard(connection)
            try:
                connection.invalidate()
                connection.close()
            except SQLAlchemyError:
                log.warning("a broken connection did not close", action="database.close")


def _engine(url: str) -> Engine:
    # AUTOCOMMIT here means: SQLAlchemy begins nothing by itself; every BEGIN is written out above.
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        execution_options=KEEP_COUNT,
        connect_args={"options": _OPTIONS, **ALIVE},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_UNBOUND, (ROLE,))
            if cursor.fetchone():
                cursor.execute(f"SET ROLE {ROLE}")

    return engine


def _lost_midway(error: BaseException) -> bool:
    """Whether the connection was lost before the commit was sent: nothing has happened."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _ended_before(error: DBAPIError) -> bool:
    """Whether the server had given the transaction up (FORSAKEN) before it read our COMMIT: nothing has happened."""
    return error.connection_invalidated and getattr(error.orig, "sqlstate", None) == _TOO_LONG_IDLE


def _not_committed(error: BaseException) -> None:
    log.error("could not commit", action="database.commit", error=type(error).__name__)


def _lost_race(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _LOST_RACE
