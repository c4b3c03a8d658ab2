"""Recording what became of a call, and what follows from it, in one transaction."""

import asyncio
from collections.abc import Callable, Mapping
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.courier.attempt import Outcome
from bot.courier.documented import REVOKED
from handlers.kit.features import Registry
from handlers.kit.listening import where
from storage.database import Busy, Database, NotCommitted, Tx
from storage.outbox import claims
from storage.outbox.values import Answer, Claimed, Ended, State
from storage.values import Json, WorkspaceId
from storage.workspaces import queries as workspaces

log = structlog.get_logger()

AT_ONCE = 100
"""So many records share a transaction at most: nobody else writes meanwhile."""


Heard = tuple[str | None, Mapping[str, Any]]
"""Who is told of an outcome, and about what."""


@dataclass(slots=True)
class _Record:
    """What is to be written of one row.

    Where it has `ended` that is recorded with all the others; `follow` then runs with who is told of it, or with
    None where another process recorded an end first.
    """

    row: Claimed
    follow: Callable[[Tx, Heard | None], None]
    ended: Ended | None = None
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
        ts = outcome.data.get("ts")
        ended = Ended(row, state, outcome.code, ts if isinstance(ts, str) else None)

        def follow(tx: Tx, heard: Heard | None, *, and_then: bool = True) -> None:
            if heard is None:
                return
            if outcome.code in REVOKED:
                workspaces.revoke(tx)
            name, about = heard
            if name is not None and and_then:
                ok = state is State.SENT
                self._registry.thens[name](tx, Answer(ok, outcome.verdict, outcome.code, outcome.data, about))

        try:
            await self._write(_Record(row, follow, ended))
        except (Busy, NotCommitted):
            log.error("outcome not recorded; it will be looked up", action="courier.record")
        except Exception as error:  # noqa: BLE001 - what follows a send must not make it be sent again
            log.error("what follows failed", action="courier.then", method=row.method, **where(error))
            await self._write(_Record(row, partial(follow, and_then=False), ended))

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

        def follow(tx: Tx, _heard: Heard | None) -> None:
            claims.again(tx, row, state, code, wake, refund=refund, sent_at=sent_at, otherwise=otherwise)

        await self._write(_Record(row, follow))

    # -----------------------------------------------------------------------------------------------------

    async def _write(self, record: _Record) -> None:
        workspace = record.row.workspace
        self._next.setdefault(workspace, []).append(record)
        if workspace not in self._writers:
            self._writers[workspace] = asyncio.ensure_future(self._write_all(workspace))
        await record.written

    async def _write_all(self, workspace: WorkspaceId) -> None:
        try:
            while waiting := self._next.pop(workspace, None):
                some = sorted(
                    waiting[:AT_ONCE], key=lambda one: one.row.id
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
    ends = claims.finish(tx, [one.ended for one in some if one.ended is not None])
    for one in some:
        one.context.run(one.follow, tx, ends.get(one.row.id))
