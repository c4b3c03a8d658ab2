"""Keep and find the functions of a workspace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, new_id
from storage.functions.tables import FunctionRow
from storage.functions.values import AT_FIRST, Function
from storage.values import FunctionId, Json, Past, PersonId, folded

_NAMES = ("id", "name", "place", "part_of", "retired", "takes", "past", "version", "changed_by")
_ours = select(*(getattr(FunctionRow, one) for one in _NAMES), FunctionRow.unsettled).where(
    FunctionRow.workspace == OURS
)
_EVERY = _ours.order_by(FunctionRow.place, FunctionRow.id)
_HELD = _EVERY.with_for_update()
_ADD = insert(FunctionRow).values(workspace=OURS, unsettled=None)
_BEGIN = _ADD.on_conflict_do_nothing()
_this = (FunctionRow.workspace == OURS) & (FunctionRow.id == bindparam("which"))
_CHANGED = ("name", "folded", "part_of", "retired", "takes", "past", "changed_by")
_CHANGE = (
    update(FunctionRow)
    .where(_this)
    .values(
        {one: bindparam(f"new_{one}", type_=getattr(FunctionRow, one).type) for one in _CHANGED}
        | {"version": FunctionRow.version + 1}
    )
)
_SETTLE = update(FunctionRow).where(_this).values(unsettled=bindparam("below"))
_UNSETTLED = (
    _ours.where(FunctionRow.unsettled.is_not(None)).order_by(FunctionRow.place, FunctionRow.id).limit(1)
)


def every(tx: Tx) -> tuple[Function, ...]:
    """All there ever were, in their order: also those that count under another one or are retired."""
    return tuple(map(_function, tx.all(_EVERY))) or AT_FIRST


def hold(tx: Tx) -> tuple[Function, ...]:
    """The same, to be changed: others who would change them wait until we are done."""
    tx.run_many(_BEGIN, [_row(one) for one in AT_FIRST])
    return tuple(map(_function, tx.all(_HELD)))


def add(tx: Tx, name: str, place: int, by: PersonId, takes: Sequence[str] = ()) -> Function:
    """A new one; whoever adds it holds the others."""
    new = Function(FunctionId(new_id()), name, place, takes=tuple(takes), by=by)
    tx.put(_ADD, **_row(new))
    return new


def change(tx: Tx, now: Function) -> None:
    """It is so from now on; whoever changes it holds it."""
    values = {f"new_{one}": value for one, value in _row(now).items() if one in _CHANGED}
    tx.put(_CHANGE, which=now.id, **values)


def renamed(one: Function, name: str, at: datetime, by: PersonId) -> Function:
    """The same under another name; what it was called until then is known."""
    return replace(one, name=name, past=(*one.past, Past(one.name, at)), by=by)


def settle(tx: Tx, function: FunctionId, below: int | None) -> None:
    """Planned launches numbered below this are still to hear of what became of it; None once all have."""
    tx.put(_SETTLE, which=function, below=below)
    if below is not None:
        tx.wake("clock")


def unsettled(tx: Tx) -> tuple[Function, int] | None:
    """One whose change planned launches are still to hear of, and below which number."""
    row = tx.first(_UNSETTLED)
    return None if row is None else (_function(row), row.unsettled)


# ---------------------------------------------------------------------------------------------------------


def _row(one: Function) -> dict[str, object]:
    past: list[Json] = [[was.name, was.until.isoformat()] for was in one.past]
    return {
        "id": one.id,
        "name": one.name,
        "folded": folded(one.name),
        "place": one.place,
        "part_of": one.part_of,
        "retired": one.retired,
        "takes": [*one.takes],
        "past": past,
        "version": one.version,
        "changed_by": one.by,
    }


def _function(row: Any) -> Function:
    return Function(
        FunctionId(row.id),
        row.name,
        row.place,
        None if row.part_of is None else FunctionId(row.part_of),
        bool(row.retired),
        tuple(row.takes),
        tuple(Past(name, datetime.fromisoformat(until)) for name, until in row.past),
        row.version,
        None if row.changed_by is None else PersonId(row.changed_by),
    )
