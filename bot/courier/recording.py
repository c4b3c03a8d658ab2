"""Recording what became of a call, and what follows from it, in one transaction."""

import asyncio
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.courier.attempt import Outcome
from bot.courier.documented import REVOKED
from handlers.kit.features import Registry
from handlers.kit.listening import where
from storage.database import Busy, Database, NotCommitted, Tx
from storage.outbox import claims
from storage.outbox.values import Answer, Claimed, State
from storage.values import Json, WorkspaceId
from storage.workspaces import queries as workspaces

log = structlog.get_logger()

AT_ONCE = 100
"""So many records share a transaction at most: nobody else writes meanwhile."""


@dataclass(slots=True)
class _Record:
    """What is to be written of one row: `begin` sends it to the database and returns what follows from the answer."""

    row: str
    begin: Callable[[Tx], Callable[[], None]]
    context: Context = field(default_factory=copy_context)
    written: asyncio.Future[None] = field(default_factory=asyncio.Future)

    def fail(self, error: Exception) -> None:
        if not self.written.done():
            self.written.set_exception(error)

    def succeed(self) -> None:
        if not self.written.done():
            self.written.set_result(None)


class Records:
    """The outbox rows, as a courier writes them; each record is fenced by the row's attempt.

    What ends while a record is being written is written together after it: many cost few commits, one waits for none.
    """

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry
        self._next: dict[WorkspaceId, list[_Record]] = {}
        self._writers: dict[WorkspaceId, asyncio.Task[None]] = {}

    async def finish(self, row: Claimed, state: State, outcome: Outcome) -> None:
        """It is over, or waits for somebody; its `then` runs with it."""

        def begin(tx: Tx, *, and_then: bool = True) -> Callable[[], None]:
            ts = outcome.data.get("ts")
            recorded = claims.finish(tx, row, state, outcome.code, ts if isinstance(ts, str) else None)

            def end() -> None:
                found = recorded()
                if found is None:
                    return
                if outcome.code in REVOKED:
                    workspaces.revoke(tx)
                name, about = found
                if name is not None and and_then:
                    ok = state is State.SENT
                    answer = Answer(ok, outcome.verdict, outcome.code, outcome.data, about)
                    self._registry.thens[name](tx, answer)

            return end

        try:
            await self._write(row, begin)
        except (Busy, NotCommitted):
            log.error("outcome not recorded; it will be looked up", action="courier.record")
        except Exception as error:  # noqa: BLE001 - what follows a send must not make it be sent again
            log.error("what follows failed", action="courier.then", method=row.method, **where(error))
            await self._write(row, lambda tx: begin(tx, and_then=False))

    async def again(
        self,
        row: Claimed,
        state: State,
        code: str,
        wake: datetime,
        *,
        refund: bool = False,
        sent_at: datetime | None = None,
        otherwise: dict[str, Json] | None = None,
    ) -> None:
        """It has to be tried or looked up again at `wake`."""

        def begin(tx: Tx) -> Callable[[], None]:
            claims.again(tx, row, state, code, wake, refund=refund, sent_at=sent_at, otherwise=otherwise)
            return lambda: None

        await self._write(row, begin)

    # -----------------------------------------------------------------------------------------------------

    async def _write(self, row: Claimed, begin: Callable[[Tx], Callable[[], None]]) -> None:
        record = _Record(row.id, begin)
        self._next.setdefault(row.workspace, []).append(record)
        if row.workspace not in self._writers:
            self._writers[row.workspace] = asyncio.ensure_future(self._write_all(row.workspace))
        await record.written

    async def _write_all(self, workspace: WorkspaceId) -> None:
        try:
            while waiting := self._next.pop(workspace, None):
                some = sorted(
                    waiting[:AT_ONCE], key=lambda one: one.row
                )  # in one order, or couriers deadlock
                if waiting[AT_ONCE:]:
                    self._next[workspace] = waiting[AT_ONCE:]
                await self._write_some(workspace, some)
        finally:
            del self._writers[workspace]

    async def _write_some(self, workspace: WorkspaceId, some: list[_Record]) -> None:
        """Together; one by one where that failed, for then it is one record's fault."""
        try:
            await self._database.transact(workspace, lambda tx: _perform(tx, some))
        except Exception as error:  # noqa: BLE001 - whoever waits for the record is told
            if len(some) == 1:
                some[0].fail(error)
            else:
                for one in some:
                    await self._write_some(workspace, [one])
        else:
            for one in some:
                one.succeed()


def _perform(tx: Tx, some: list[_Record]) -> None:
    ends = [one.context.run(one.begin, tx) for one in some]
    for one, end in zip(some, ends, strict=True):
        one.context.run(end)
