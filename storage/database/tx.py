"""The transaction a work gets: it can execute, and nothing else.

A work is a plain function of one `Tx`. It may be rolled back after it returned, so it touches nothing but
its `Tx`; it cannot commit, cannot await, and cannot reach the network.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakSet

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import TypedReturnsRows

from storage.database import together, tripwire
from storage.database.prepared import Prepared, readied, ready
from storage.database.schema import WORKSPACE_BIND
from storage.values import WorkspaceId

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Values = Mapping[str, Any]  # what a column can hold is the column's to say

EVERYWHERE = WorkspaceId("*")
"""The courier, the clock and the command line look across workspaces; nobody else does."""

_passed: WeakSet[Executable] = WeakSet()
_passed_shapes: set[object] = set()


class Tx:
    """One open transaction of one workspace (or of all, for the courier, the clock and the CLI).

    `now` is civil time and `steady` steady time, both as of the work's start, so one work sees one time.
    `woken` collects the names of the loops to wake once it is committed. `refused` is the error of a statement
    the database would not run: a work that swallows it has still failed, for PostgreSQL keeps nothing then.
    """

    __slots__ = ("_connection", "_dialect", "_puts", "now", "refused", "steady", "woken", "workspace")

    def __init__(
        self, connection: Connection, workspace: WorkspaceId, now: datetime, steady: datetime
    ) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self.workspace = workspace
        self.now = now
        self.steady = steady
        self.woken: set[str] = set()
        self.refused: DBAPIError | None = None
        self._puts: list[together.Change] = []

    def all(self, query: TypedReturnsRows[*Ts], **values: Any) -> Sequence[Row[*Ts]]:
        """Every row of the answer."""
        return self._run(query, self._ours(values))[0]

    def first(self, query: TypedReturnsRows[*Ts], **values: Any) -> Row[*Ts] | None:
        """The first row, or None."""
        rows, _ = self._run(query, self._ours(values))
        return rows[0] if rows else None

    def scalar(self, query: TypedReturnsRows[T, *tuple[Any, ...]], **values: Any) -> T | None:
        """The first column of the first row, or None."""
        rows, _ = self._run(query, self._ours(values))
        return rows[0][0] if rows else None

    def run(self, statement: Executable, **values: Any) -> int:
        """Execute a change; how many rows it touched."""
        return self._run(statement, self._ours(values))[1]

    def put(self, statement: Executable, **values: Any) -> None:
        """Execute a change, whatever it touches; it reads nothing. PostgreSQL gets several of them in one statement."""
        ours = self._ours(values)
        prepared = self._ready(statement, ours)
        if prepared is None or self._dialect.name != "postgresql":
            self._run(statement, ours)
        else:
            self._puts.append((prepared, ours))

    def flush(self) -> None:
        """Execute what was put and waits; called when the work has returned."""
        puts, self._puts = self._puts, []
        if puts:
            try:
                together.change(self._connection, puts)
            except DBAPIError as error:
                self.refused = error
                raise

    def run_many(self, statement: Executable, rows: Sequence[Values]) -> None:
        """Execute a change once per row of values (≤ 500 in one work)."""
        if rows:
            self._run(statement, [self._ours(row) for row in rows])

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside if it raises, and keep what went before."""
        self.flush()
        self._connection.exec_driver_sql("SAVEPOINT inner_work")
        try:
            yield
            self.flush()
        except BaseException:
            self._puts.clear()
            self._connection.exec_driver_sql("ROLLBACK TO SAVEPOINT inner_work")
            self._connection.exec_driver_sql("RELEASE SAVEPOINT inner_work")
            self.refused = None
            raise
        self._connection.exec_driver_sql("RELEASE SAVEPOINT inner_work")

    def wake(self, loop: str) -> None:
        """After the commit, wake the loop of that name (`courier`, `clock`)."""
        self.woken.add(loop)

    def _ours(self, values: Values) -> dict[str, Any]:
        if "workspace" in values and self.workspace != EVERYWHERE:
            raise tripwire.ForgotWorkspace("the workspace is the transaction's own, never a value")
        return {**values, WORKSPACE_BIND: self.workspace}

    def _run(
        self, statement: Any, values: dict[str, Any] | list[dict[str, Any]]
    ) -> tuple[Sequence[Any], int]:
        """The rows, and how many were touched."""
        prepared = self._ready(statement, values if isinstance(values, dict) else values[0])
        if self._puts:
            self.flush()
        try:
            if prepared is not None:
                return prepared.run(self._connection, values)
            answer = self._connection.execute(statement, values)
            return answer.all() if answer.returns_rows else (), answer.rowcount
        except DBAPIError as error:
            self.refused = error
            raise

    def _ready(self, statement: Executable, named: dict[str, Any]) -> Prepared | None:
        """The statement made ready; watched while that is done, if it was not before."""
        dialect = self._dialect
        if statement in _passed or self.workspace == EVERYWHERE:
            return ready(statement, dialect, named)
        shape = tripwire.shape(statement)
        if shape in _passed_shapes:
            prepared = ready(statement, dialect, named)
        else:
            prepared = readied(statement, tripwire.watching(statement, dialect), named)
            _passed_shapes.add(shape)
        _passed.add(statement)
        return prepared


Work = Callable[[Tx], T]
