"""Queue, find and settle asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.asks.tables import AskRow
from storage.asks.values import Ask, AskKind, AskState
from storage.database import OURS, Tx
from storage.values import PersonId, WorkspaceId

_FIELDS = (
    AskRow.workspace,
    AskRow.key,
    AskRow.person,
    AskRow.kind,
    AskRow.summary,
    AskRow.blocks,
    AskRow.due_at,
    AskRow.state,
)
_ADD = (
    insert(AskRow)
    .values(workspace=OURS, state=AskState.WAITING, letter=None, sent_at=None)
    .on_conflict_do_nothing()
)
_this = and_(AskRow.workspace == OURS, AskRow.key == bindparam("which"))
_ONE = select(*_FIELDS).where(_this)
_DUE_HERE = (
    select(AskRow.person)
    .where(AskRow.workspace == OURS, AskRow.state == AskState.WAITING, AskRow.due_at <= bindparam("now"))
    .order_by(AskRow.due_at)
    .limit(1)
)
_DUE_OF = (
    select(*_FIELDS)
    .where(
        AskRow.workspace == OURS,
        AskRow.person == bindparam("of"),
        AskRow.state == AskState.WAITING,
        AskRow.due_at <= bindparam("now"),
    )
    .order_by(AskRow.created_at, AskRow.key)
    .with_for_update()
)
_OPEN_OF = (
    select(*_FIELDS)
    .where(AskRow.workspace == OURS, AskRow.person == bindparam("of"), AskRow.state == AskState.SENT)
    .where(AskRow.kind == AskKind.ASK)
    .order_by(AskRow.created_at, AskRow.key)
    .limit(bindparam("limit"))
)
_SENT = (
    update(AskRow)
    .where(AskRow.workspace == OURS, AskRow.key.in_(bindparam("keys", expanding=True)))
    .values(state=AskState.SENT, letter=bindparam("in_letter"), sent_at=bindparam("at"))
)
_SETTLE = (
    update(AskRow)
    .where(_this, AskRow.state.in_([AskState.WAITING, AskState.SENT]))
    .values(state=bindparam("new_state"))
)
_POSTPONE = update(AskRow).where(_this, AskRow.state == AskState.WAITING).values(due_at=bindparam("until"))
_AGAIN = (
    update(AskRow)
    .where(_this, AskRow.state == AskState.SENT)
    .values(state=AskState.WAITING, due_at=bindparam("until"), letter=None, sent_at=None)
)
_REWORD = (
    update(AskRow)
    .where(_this, AskRow.state == AskState.WAITING)
    .values(summary=bindparam("new_summary"), blocks=bindparam("new_blocks", type_=AskRow.blocks.type))
)


def add(
    tx: Tx,
    key: str,
    person: PersonId,
    kind: AskKind,
    summary: str,
    blocks: Sequence[Mapping[str, Any]],
    due_at: datetime,
) -> bool:
    """Queue it for `due_at`; False when the same was queued before, whatever became of it."""
    values = {
        "key": key,
        "person": person,
        "kind": kind,
        "summary": summary,
        "blocks": [dict(one) for one in blocks],
    }
    return tx.run(_ADD, **values, due_at=due_at, created_at=tx.now) == 1


def find(tx: Tx, key: str) -> Ask | None:
    """The ask of that key."""
    row = tx.first(_ONE, which=key)
    return None if row is None else _ask(row)


def due_here(tx: Tx) -> PersonId | None:
    """Somebody for whom something is due now, longest due first."""
    person = tx.scalar(_DUE_HERE, now=tx.now)
    return None if person is None else PersonId(person)


def due_of(tx: Tx, person: PersonId) -> list[Ask]:
    """What is due for one person now, locked until the transaction ends."""
    return [_ask(row) for row in tx.all(_DUE_OF, of=person, now=tx.now)]


def open_of(tx: Tx, person: PersonId, limit: int = 20) -> list[Ask]:
    """What this person has been asked and has not answered."""
    return [_ask(row) for row in tx.all(_OPEN_OF, of=person, limit=limit)]


def sent(tx: Tx, keys: Sequence[str], letter: str) -> None:
    """They went out together in this letter."""
    tx.run(_SENT, keys=list(keys), in_letter=letter, at=tx.now)


def settle(tx: Tx, key: str, state: AskState) -> bool:
    """Answered or withdrawn; False when it was settled before or never asked."""
    return tx.run(_SETTLE, which=key, new_state=state) == 1


def postpone(tx: Tx, key: str, until: datetime) -> None:
    """Not now: ask at `until`."""
    tx.run(_POSTPONE, which=key, until=until)


def again(tx: Tx, key: str, until: datetime) -> None:
    """It never arrived: ask at `until`."""
    tx.run(_AGAIN, which=key, until=until)


def reword(tx: Tx, key: str, summary: str, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Say it better, as long as it has not been sent."""
    tx.run(_REWORD, which=key, new_summary=summary, new_blocks=[dict(one) for one in blocks])


def _ask(row: Any) -> Ask:
    return Ask(
        WorkspaceId(row.workspace),
        row.key,
        PersonId(row.person),
        AskKind(row.kind),
        row.summary,
        row.blocks,
        row.due_at,
        AskState(row.state),
    )
