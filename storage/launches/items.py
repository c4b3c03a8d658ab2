"""Readiness items: keep, find and change them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.launches.tables import ItemRow
from storage.launches.values import Asked, Item, ItemState, NewItem
from storage.values import FunctionId, PersonId

_its = and_(ItemRow.workspace == OURS, ItemRow.launch == bindparam("of"))
_this = and_(_its, ItemRow.number == bindparam("which"))
_fields = select(*ItemRow.__table__.c)
_ALL = _fields.where(_its).order_by(ItemRow.due_on, ItemRow.number)
_ONE = _fields.where(_this)
_LAST = select(func.max(ItemRow.number)).where(_its)
_ADD = insert(ItemRow).values(
    workspace=OURS, state=ItemState.TODO, reason=None, asked=Asked.NOTHING, round=1, version=1
)
_STATE = (
    update(ItemRow)
    .where(_this)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        ask_on=bindparam("then", type_=ItemRow.ask_on.type),
        asked=bindparam("new_asked"),
        changed_by=bindparam("by"),
        changed_at=bindparam("at", type_=ItemRow.changed_at.type),
        version=ItemRow.version + 1,
    )
)
_OWNER = (
    update(ItemRow)
    .where(_this)
    .values(
        owner=bindparam("who"),
        ask_on=bindparam("then", type_=ItemRow.ask_on.type),
        asked=Asked.NOTHING,
        round=ItemRow.round + 1,
        changed_by=bindparam("by"),
        changed_at=bindparam("at", type_=ItemRow.changed_at.type),
        version=ItemRow.version + 1,
    )
)
_RESCHEDULE = (
    update(ItemRow)
    .where(_this)
    .values(
        due_on=bindparam("new_due", type_=ItemRow.due_on.type),
        ask_on=bindparam("then", type_=ItemRow.ask_on.type),
        asked=bindparam("new_asked"),
        round=ItemRow.round + 1,
        version=ItemRow.version + 1,
    )
)
_ASKED = (
    update(ItemRow)
    .where(_this, ItemRow.asked == bindparam("before"), ItemRow.round == bindparam("in_round"))
    .values(asked=bindparam("new_asked"), ask_on=bindparam("then", type_=ItemRow.ask_on.type))
)
_QUIET = update(ItemRow).where(_its).values(ask_on=None)


def add(tx: Tx, launch: int, new: Sequence[NewItem]) -> list[int]:
    """Keep more items of a launch; their numbers."""
    first = (tx.scalar(_LAST, of=launch) or 0) + 1
    tx.run_many(_ADD, [_row(tx, launch, number, one) for number, one in enumerate(new, first)])
    return list(range(first, first + len(new)))


def every(tx: Tx, launch: int) -> list[Item]:
    """All items of a launch, by the day they are due."""
    return [to_item(row) for row in tx.all(_ALL, of=launch)]


def find(tx: Tx, launch: int, number: int) -> Item | None:
    """That item."""
    row = tx.first(_ONE, of=launch, which=number)
    return None if row is None else to_item(row)


def set_state(
    tx: Tx, item: Item, state: ItemState, reason: str | None, by: PersonId, then: date | None, asked: Asked
) -> None:
    """It stands like this now; `then` is the day its owner is asked again."""
    tx.put(
        _STATE,
        of=item.launch,
        which=item.number,
        new_state=state,
        why=reason,
        then=then,
        new_asked=asked,
        by=by,
        at=tx.now,
    )


def set_owner(tx: Tx, item: Item, owner: PersonId | None, by: PersonId, then: date | None) -> None:
    """Somebody else sees to it, and is asked from `then` on."""
    tx.put(_OWNER, of=item.launch, which=item.number, who=owner, by=by, then=then, at=tx.now)


def reschedule(tx: Tx, item: Item, due_on: date, then: date | None, asked: Asked) -> None:
    """It is due on another day, and its owner is asked from `then` on."""
    tx.put(_RESCHEDULE, of=item.launch, which=item.number, new_due=due_on, then=then, new_asked=asked)


def note_asked(tx: Tx, item: Item, asked: Asked, then: date | None) -> bool:
    """Its owner is asked now; False when another worker took it before."""
    return (
        tx.run(
            _ASKED,
            of=item.launch,
            which=item.number,
            before=item.asked,
            in_round=item.round,
            new_asked=asked,
            then=then,
        )
        == 1
    )


def leave_in_peace(tx: Tx, launch: int) -> None:
    """Nobody is asked about any of its items any more."""
    tx.put(_QUIET, of=launch)


# ---------------------------------------------------------------------------------------------------------


def _row(tx: Tx, launch: int, number: int, new: NewItem) -> dict[str, object]:
    return {
        "launch": launch,
        "number": number,
        "title": new.title,
        "function": new.function,
        "owner": new.owner,
        "t_minus": new.t_minus,
        "due_on": new.due_on,
        "condition": new.condition,
        "ask_on": new.ask_on,
        "changed_by": None,
        "changed_at": tx.now,
    }


def to_item(row: Any) -> Item:
    """An item from a row of its table."""
    return Item(
        row.launch,
        row.number,
        row.title,
        None if row.function is None else FunctionId(row.function),
        None if row.owner is None else PersonId(row.owner),
        row.t_minus,
        row.due_on,
        ItemState(row.state),
        row.reason,
        row.condition,
        row.ask_on,
        Asked(row.asked),
        row.round,
        None if row.changed_by is None else PersonId(row.changed_by),
        row.version,
    )
