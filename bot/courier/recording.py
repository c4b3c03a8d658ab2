"""Recording what became of a call, and what follows from it, in one transaction."""

from datetime import datetime

import structlog

from bot.courier.attempt import Outcome
from bot.courier.documented import REVOKED
from handlers.kit.features import Registry
from handlers.kit.listening import where
from storage.database import Busy, Database, NotCommitted, Tx
from storage.outbox import claims
from storage.outbox.values import Answer, Claimed, State
from storage.values import Json
from storage.workspaces import queries as workspaces

log = structlog.get_logger()


class Records:
    """The outbox rows, as a courier writes them; each record is fenced by the row's attempt."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry

    async def finish(self, row: Claimed, state: State, outcome: Outcome) -> None:
        """It is over, or waits for somebody; its `then` runs with it."""

        def work(tx: Tx, *, and_then: bool = True) -> None:
            ts = outcome.data.get("ts")
            recorded = claims.finish(tx, row, state, outcome.code, ts if isinstance(ts, str) else None)
            if recorded is None:
                return
            if outcome.code in REVOKED:
                workspaces.revoke(tx)
            name, about = recorded
            if name is not None and and_then:
                ok = state is State.SENT
                self._registry.thens[name](tx, Answer(ok, outcome.verdict, outcome.code, outcome.data, about))

        try:
            await self._database.transact(row.workspace, work)
        except (Busy, NotCommitted):
            log.error("outcome not recorded; it will be looked up", action="courier.record")
        except Exception as error:  # noqa: BLE001 - what follows a send must not make it be sent again
            log.error("what follows failed", action="courier.then", method=row.method, **where(error))
            await self._database.transact(row.workspace, lambda tx: work(tx, and_then=False))

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
        await self._database.transact(
            row.workspace,
            lambda tx: claims.again(
                tx, row, state, code, wake, refund=refund, sent_at=sent_at, otherwise=otherwise
            ),
        )
