"""PostgreSQL's line: statements are sent on without waiting for the answer to the one before.

Each wait for the server costs more than what most statements do there. In libpq's pipeline mode the server answers in
the order it was asked, and we wait only where an answer is wanted; docs/adr/0009-one-line.md says why psycopg's
cursors do not. Called by the transaction and its backend.
"""

import select
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.database.prepared import Prepared, told

MOST = 100
"""Answers that may be outstanding before the server is asked for them; as many more are sent while it works."""

_LINE = "line"
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


@dataclass(slots=True, eq=False)
class Sent:
    """A statement that is on its way, or answered. `prepares` is the SQL that it only makes known.

    Without SQL it is the question whether the server has done all that stands before it.
    """

    sql: str
    prepares: str | None = None
    result: PGresult | None = None


_ALL = ""


class Line:
    """One connection. An error is told to whoever waits next; what was sent after it was not done."""

    def __init__(self, connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        self._connection = connection
        self._pg = raw.pgconn
        self._transformer = Transformer(raw)
        self._names: dict[str, bytes] = {}
        self._made = 0
        self._sent: deque[Sent] = deque()
        self._waits = 0
        """Statements sent since the server was last asked whether it has done all."""
        self._open = False
        self._poll = select.poll()
        self._poll.register(self._pg.socket)

    @classmethod
    def of(cls, connection: Connection) -> "Line":
        """The one line of this connection."""
        line = connection.info.get(_LINE)
        if line is None:
            line = connection.info[_LINE] = cls(connection)
        return line

    def is_cut(self) -> bool:
        """Whether the server has hung up meanwhile; looked at before anything is sent, which might be kept or not."""
        self._poll.modify(self._pg.socket, select.POLLIN)
        try:
            while self._pg.status == ConnStatus.OK and self._poll.poll(0):
                self._pg.consume_input()
        except psycopg.Error:
            return True
        return bool(self._pg.status != ConnStatus.OK)

    def ensure(self) -> None:
        """Raises, as a lost connection does, where the server has hung up: what was sent till now is not kept."""
        if self.is_cut():
            raise self._lost(psycopg.OperationalError("the server has hung up"), "")

    def say(self, sql: str, *values: Any) -> Sent:
        """Send a statement whose values are `$1`, `$2` …; it is planned once and kept."""
        if self._waits >= MOST:
            self._settle(len(self._sent) - self._waits)
        try:
            if not self._open:
                self._pg.enter_pipeline_mode()
                self._open = True
            name = self._names.get(sql) or self._prepare(sql)
            text = self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
            self._pg.send_query_prepared(name, text)
        except psycopg.Error as error:
            raise self._lost(error, sql) from error
        return self._on_its_way(Sent(sql))

    def send(self, prepared: Prepared, values: Mapping[str, Any]) -> Sent:
        """Send a statement made ready."""
        return self.say(prepared.sql, *prepared.bound(values))

    def answer(self, sent: Sent, prepared: Prepared) -> tuple[Sequence[Any], int]:
        """Its rows and how many it touched; waits for it."""
        if sent.result is None:
            self.settle()
        result = sent.result
        assert result is not None, "what was not done has been told"
        count = result.ntuples or result.command_tuples or 0
        if not result.ntuples:
            return [], count
        self._transformer.set_pgresult(result)
        return prepared.made(self._transformer.load_rows(0, result.ntuples, tuple)), count

    def settle(self) -> None:
        """Wait for every answer; raises the first error among them."""
        if self._sent:
            self._settle(len(self._sent) + 1)

    def leave(self) -> Connection:
        """Wait for every answer, and let the connection be used as ever until the next statement is sent."""
        self.settle()
        if self._open:
            self._pg.exit_pipeline_mode()
            self._open = False
        return self._connection

    # -----------------------------------------------------------------------------------------------------

    def _prepare(self, sql: str) -> bytes:
        self._made += 1
        name = self._names[sql] = b"line%d" % self._made
        self._pg.send_prepare(name, sql.encode())
        self._on_its_way(Sent(sql, prepares=sql))
        return name

    def _on_its_way(self, sent: Sent) -> Sent:
        self._sent.append(sent)
        self._waits += 1
        return sent

    def _settle(self, first: int) -> None:
        """Have the server do all that was sent, and wait for the first so many answers."""
        try:
            self._pg.pipeline_sync()
            self._sent.append(Sent(_ALL))
            self._waits = 0
            while self._pg.flush():
                self._wait(select.POLLIN | select.POLLOUT)
            failed = self._receive(first)
        except psycopg.Error as error:
            raise self._lost(error, self._sent[0].sql if self._sent else "") from error
        if failed is not None:
            raise failed

    def _receive(self, first: int) -> DBAPIError | None:
        """Read so many answers."""
        failed: DBAPIError | None = None
        for _ in range(first):
            one = self._sent.popleft()
            result = self._result()
            if one.sql == _ALL:
                continue
            if result.status in _FAILED and failed is None:
                error = psycopg.errors.error_from_result(result)
                if _is_last_word(error):
                    return self._lost(error, one.sql)
                failed = told(error, self._connection, one.sql)
            self._pg.get_result()  # None: the end of this answer
            if result.status in _FAILED or result.status == ExecStatus.PIPELINE_ABORTED:
                if one.prepares is not None:
                    self._names.pop(one.prepares, None)
            else:
                one.result = result
        return failed

    def _result(self) -> PGresult:
        while self._pg.is_busy():
            self._wait(select.POLLIN)
        result: PGresult | None = self._pg.get_result()
        if result is None or self._pg.status == ConnStatus.BAD:
            words = self._pg.get_error_message() if result is None else result.get_error_message()
            raise psycopg.OperationalError(words)
        return result

    def _wait(self, events: int) -> None:
        """Wait for the socket while other threads go on; libpq itself would keep them all waiting."""
        self._poll.modify(self._pg.socket, events)
        self._poll.poll()
        self._pg.consume_input()

    def _lost(self, error: psycopg.Error, sql: str) -> DBAPIError:
        """What libpq itself cannot do is no fault of the statement's: the line is cut."""
        self._sent.clear()
        self._waits = 0
        return told(error, self._connection, sql, lost=True)


def _is_last_word(error: psycopg.Error) -> bool:
    """Whether the server says with it that it hangs up: it will not be heard again, whatever was sent after it."""
    return error.diag.severity_nonlocalized in ("FATAL", "PANIC")
