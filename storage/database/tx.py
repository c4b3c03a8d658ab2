"""The transaction a work gets: it can execute, and nothing else.

A work is a plain function of one `Tx`. It may be rolled back after it returned, so it touches nothing but
its `Tx`; it cannot commit, cannot await, and cannot reach the network.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import TypedReturnsRows

from storage.database import tripwire
from storage.database.prepared import Prepared, known, say
from storage.database.schema import WORKSPACE_BIND
from storage.values import WorkspaceId

if TYPE_CHECKING:
    from storage.database.line import Line  # psycopg takes ten megabytes, and SQLite needs none of it

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Values = Mapping[str, Any]  # what a column can hold is the column's to say

EVERYWHERE = WorkspaceId("*")
"""The courier, the clock and the command line look across workspaces; nobody else does."""

_passed_shapes: set[object] = set()


class Tx:
    """One open transaction of one workspace (or of all, for the courier, the clock and the CLI).

    `now` is civil time and `steady` steady time, both as of the work's start, so one work sees one time.
    `woken` collects the names of the loops to wake once it is committed. `refused` is the error of a statement
    the database would not run: a work that swallows it has still failed, for PostgreSQL keeps nothing then.
    `read` is what queries that are asked for the same again and again have found in this work; whoever changes what
    one of them would find takes it out.
    """

    __slots__ = (
        "_bare",
        "_dialect",
        "_line",
        "_raw",
        "now",
        "read",
        "refused",
        "steady",
        "woken",
        "workspace",
    )

    def __init__(
        self,
        connection: Connection,
        workspace: WorkspaceId,
        now: datetime,
        steady: datetime,
        line: "Line | None" = None,
    ) -> None:
        self._bare = connection
        self._raw = connection.connection.dbapi_connection if line is None else None
        self._dialect = connection.dialect
        self._line = line
        self.workspace = workspace
        self.now = now
        self.steady = steady
        self.woken: set[str] = set()
        self.refused: DBAPIError | None = None
        self.read: dict[str, Any] = {}

    @property
    def dialect(self) -> str:
        """Which kind of database it is, for the little that the two do each in their own way (`storage.search`)."""
        return self._dialect.name

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

    def ask(self, query: TypedReturnsRows[*Ts], **values: Any) -> Callable[[], Sequence[Row[*Ts]]]:
        """Send a query whose rows are wanted later: what else is asked meanwhile shares the way there and back."""
        return self._send(query, self._ours(values), 0)

    def run(self, statement: Executable, **values: Any) -> int:
        """Execute a change; how many rows it touched."""
        return self._run(statement, self._ours(values))[1]

    def put(self, statement: Executable, **values: Any) -> None:
        """Execute a change, whatever it touches: nobody waits for it, and an error in it comes up later."""
        ours = self._ours(values)
        prepared, line = self._ready(statement, ours), self._line
        if prepared is None or line is None:
            self._perform(statement, prepared, ours)
        else:
            line.send(prepared, ours)

    def start(self, statement: Executable, **values: Any) -> Callable[[], int]:
        """Send a change; how many rows it touched is asked later."""
        return self._send(statement, self._ours(values), 1)

    def settle(self) -> None:
        """Wait for all that was put and started; an error among it comes up here at the latest."""
        if self._line is not None:
            self._heeding(self._line.settle)

    def run_many(self, statement: Executable, rows: Sequence[Values]) -> None:
        """Execute a change once per row of values (≤ 500 in one work)."""
        if rows:
            self._run(statement, [self._ours(row) for row in rows])

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside if it raises, and keep what went before."""
        self._say("SAVEPOINT inner_work")
        try:
            yield
            self.settle()
        except BaseException:
            with suppress(DBAPIError):
                self.settle()
            self._say("ROLLBACK TO SAVEPOINT inner_work")
            self._say("RELEASE SAVEPOINT inner_work")
            self.refused = None
            self.read.clear()
            raise
        self._say("RELEASE SAVEPOINT inner_work")

    def wake(self, loop: str) -> None:
        """After the commit, wake the loop of that name (`courier`, `clock`)."""
        self.woken.add(loop)

    def _ours(self, values: Values) -> dict[str, Any]:
        if "workspace" in values and self.workspace != EVERYWHERE:
            raise tripwire.ForgotWorkspace("the workspace is the transaction's own, never a value")
        return {**values, WORKSPACE_BIND: self.workspace}

    def _send(self, statement: Any, values: dict[str, Any], part: int) -> Callable[[], Any]:
        prepared, line = self._ready(statement, values), self._line
        if prepared is None or line is None:
            found = self._perform(statement, prepared, values)[part]
            return lambda: found
        sent = line.send(prepared, values)
        return lambda: self._heeding(lambda: line.answer(sent, prepared))[part]

    def _run(
        self, statement: Any, values: dict[str, Any] | list[dict[str, Any]]
    ) -> tuple[Sequence[Any], int]:
        """The rows, and how many were touched."""
        prepared = self._ready(statement, values if isinstance(values, dict) else values[0])
        return self._perform(statement, prepared, values)

    def _perform(
        self, statement: Any, prepared: Prepared | None, values: dict[str, Any] | list[dict[str, Any]]
    ) -> tuple[Sequence[Any], int]:
        try:
            if prepared is None:
                answer = self._connection.execute(statement, values)
                return answer.all() if answer.returns_rows else (), answer.rowcount
            if self._line is None:
                return prepared.run(self._bare, self._raw, values)
            if isinstance(values, dict):
                return self._line.answer(self._line.send(prepared, values), prepared)
            for each in values:
                self._line.send(prepared, each)
        except DBAPIError as error:
            self.refused = error
            raise
        return (), -1

    @property
    def _connection(self) -> Connection:
        """The connection itself, for what the line does not carry."""
        return self._bare if self._line is None else self._line.leave()

    def _say(self, sql: str) -> None:
        """Of the transaction itself. psycopg, told to roll back, would have the server forget all our statements."""
        if self._line is None:
            say(self._bare, sql)
        else:
            self._line.say(sql)

    def _heeding(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except DBAPIError as error:
            self.refused = error
            raise

    def _ready(self, statement: Executable, named: dict[str, Any]) -> Prepared | None:
        """The statement made ready; watched while that is done, if it was not before."""
        found = known(statement)
        if found.passed or self.workspace == EVERYWHERE:
            return found.ready(self._dialect, named)
        shape = tripwire.shape(statement)
        if shape in _passed_shapes:
            prepared = found.ready(self._dialect, named)
        else:
            prepared = found.readied(tripwire.watching(statement, self._dialect), named)
            _passed_shapes.add(shape)
        found.passed = True
        return prepared


Work = Callable[[Tx], T]
