"""SQLite as ever, but all its works run on the event loop's own thread, in the order they come in."""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from typing_extensions import override

from storage.database import Clock
from storage.database.running import Gauge, Job, resolve
from storage.database.sqlite import PRAGMAS, WAITING, SqliteBackend, _engine, locked


class Died(BaseException):
    """The process is gone, here and now: no code of ours sees more of it."""


class OneThread(SqliteBackend):
    """`dies` is asked before and after each commit that changes something.

    Once it is dead nothing is run, nothing is committed and nobody is answered: what was under way is rolled back,
    as SQLite does it when the file of a dead process is opened.
    """

    def __init__(
        self, path: Path, clock: Clock, dies: Callable[[str], bool], *, reading_only: bool = False
    ) -> None:
        assert not reading_only, "whoever lives here writes"
        self.gauge = Gauge()
        self.dead = False
        self._clock = clock
        self._dies = dies
        self._lock = locked(path)
        self._engine = _engine(path, PRAGMAS)
        self._local = threading.local()
        self._reading = threading.BoundedSemaphore(WAITING)
        self._waiting: deque[Job] = deque()
        self._announced = False
        self._marks = 0
        event.listen(self._engine, "before_cursor_execute", self._before)
        self._connection = self._opened()

    @override
    def write(self, job: Job) -> None:
        if self.dead:
            return
        self._waiting.append(job)
        if not self._announced:
            self._announced = True
            job.loop.call_soon(self._serve)

    @override
    def read(self, job: Job) -> None:
        if not self.dead:
            self._reading.acquire(blocking=False)
            job.loop.call_soon(self._look, job)

    @override
    def close(self) -> None:
        """Let go of the file; what is not committed is gone."""
        self.dead = True
        self._waiting.clear()
        for connection in (self._connection, getattr(self._local, "connection", None)):
            if connection is not None:
                connection.invalidate()
                connection.close()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def _serve(self) -> None:
        self._announced = False
        try:
            while not self.dead and (group := self._gather()):
                before = self._changes()
                outcomes = self._commit(self._connection, group)
                if self._changes() != before and self._dies("after"):
                    return
                resolve(group, outcomes)
        except Died:
            return

    def _look(self, job: Job) -> None:
        if not self.dead:
            self._read(job)

    def _before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN"):
            self._marks = self._changes()
        elif statement == "COMMIT" and self._changes() != self._marks and self._dies("before"):
            raise Died

    def _changes(self) -> int:
        raw: Any = self._connection.connection.dbapi_connection
        changes: int = raw.total_changes
        return changes
