"""Keep when something that was declined is looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.accounts.values import AccountId
from storage.database import OURS, Tx
from storage.feedback.tables import AskedRow, FeedbackRow, ReopeningRow
from storage.feedback.values import Reopening
from storage.values import PersonId

_put = insert(ReopeningRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "number"],
    set_={one: _put.excluded[one] for one in ("accounts", "on", "value", "by", "look_at")},
)
_this = and_(ReopeningRow.workspace == OURS, ReopeningRow.number == bindparam("of"))
_FIND = select(ReopeningRow.accounts, ReopeningRow.on, ReopeningRow.value, ReopeningRow.by).where(_this)
_HELD = _FIND.with_for_update()
_FORGET = delete(ReopeningRow).where(_this)
_DUE = (
    select(ReopeningRow.number)
    .where(ReopeningRow.workspace == OURS, ReopeningRow.look_at <= bindparam("at"))
    .order_by(ReopeningRow.look_at, ReopeningRow.number)
    .limit(bindparam("limit"))
)
_LOOK_AGAIN = update(ReopeningRow).where(_this).values(look_at=bindparam("again_at"))
_for = (
    select(FeedbackRow.number)
    .where(FeedbackRow.workspace == OURS, FeedbackRow.account == bindparam("account"))
    .union(
        select(AskedRow.number).where(AskedRow.workspace == OURS, AskedRow.account == bindparam("account"))
    )
)
_HASTEN = (
    update(ReopeningRow)
    .where(ReopeningRow.workspace == OURS, ReopeningRow.number.in_(_for))
    .values(look_at=bindparam("again_at"))
)


@dataclass(frozen=True, slots=True)
class Kept:
    """When it is looked at again, and who said so."""

    when: Reopening
    by: PersonId


def put(tx: Tx, number: int, when: Reopening, by: PersonId, look_at: datetime) -> None:
    """It is looked at again then."""
    tx.put(_PUT, number=number, accounts=when.accounts, on=when.on, value=when.value, by=by, look_at=look_at)


def find(tx: Tx, number: int) -> Kept | None:
    """When it is looked at again, if somebody said so."""
    return _kept(tx.first(_FIND, of=number))


def hold(tx: Tx, number: int) -> Kept | None:
    """The same, to be looked at now: who hastens it waits, and it is looked at again after that."""
    return _kept(tx.first(_HELD, of=number))


def forget(tx: Tx, number: int) -> None:
    """It is not looked at again by itself."""
    tx.put(_FORGET, of=number)


def due(tx: Tx, limit: int) -> Sequence[int]:
    """Those to be looked at now."""
    return [number for (number,) in tx.all(_DUE, at=tx.now, limit=limit)]


def look_again(tx: Tx, number: int, at: datetime) -> None:
    """Nothing of it has come true yet."""
    tx.put(_LOOK_AGAIN, of=number, again_at=at)


def hasten(tx: Tx, account: AccountId) -> None:
    """Something else is known of an account: look at once at what was asked for it."""
    tx.wake("clock")
    tx.put(_HASTEN, account=account, again_at=tx.now)


# ---------------------------------------------------------------------------------------------------------


def _kept(row: Any) -> Kept | None:
    return None if row is None else Kept(Reopening(row.accounts, row.on, row.value), PersonId(row.by))
