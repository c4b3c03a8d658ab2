"""Keep and find the roles of a workspace."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, new_id
from storage.roles.tables import DecisionRoleRow
from storage.roles.values import AT_FIRST, Role, Rule
from storage.values import Json, Past, PersonId, RoleId, folded

_NAMES = ("id", "name", "rule", "place", "part_of", "retired", "past", "version", "changed_by")
_EVERY = (
    select(*(getattr(DecisionRoleRow, one) for one in _NAMES))
    .where(DecisionRoleRow.workspace == OURS)
    .order_by(DecisionRoleRow.place, DecisionRoleRow.id)
)
_HELD = _EVERY.with_for_update()
_ADD = insert(DecisionRoleRow).values(workspace=OURS)
_BEGIN = _ADD.on_conflict_do_nothing()
_CHANGED = ("name", "folded", "part_of", "retired", "past", "changed_by")
_CHANGE = (
    update(DecisionRoleRow)
    .where(DecisionRoleRow.workspace == OURS, DecisionRoleRow.id == bindparam("which"))
    .values(
        {one: bindparam(f"new_{one}", type_=getattr(DecisionRoleRow, one).type) for one in _CHANGED}
        | {"version": DecisionRoleRow.version + 1}
    )
)


def every(tx: Tx) -> tuple[Role, ...]:
    """All there ever were, in their order: also those that count under another one or are retired."""
    return tuple(map(_role, tx.all(_EVERY))) or AT_FIRST


def hold(tx: Tx) -> tuple[Role, ...]:
    """The same, to be changed: others who would change them wait until we are done."""
    tx.run_many(_BEGIN, [_row(one) for one in AT_FIRST])
    return tuple(map(_role, tx.all(_HELD)))


def add(tx: Tx, name: str, rule: Rule, place: int, by: PersonId) -> Role:
    """A new one; whoever adds it holds the others."""
    new = Role(RoleId(new_id()), name, rule, place, by=by)
    tx.put(_ADD, **_row(new))
    return new


def change(tx: Tx, now: Role) -> None:
    """It is so from now on; whoever changes it holds it."""
    values = {f"new_{one}": value for one, value in _row(now).items() if one in _CHANGED}
    tx.put(_CHANGE, which=now.id, **values)


def renamed(one: Role, name: str, at: datetime, by: PersonId) -> Role:
    """The same under another name; what it was called until then is known."""
    return replace(one, name=name, past=(*one.past, Past(one.name, at)), by=by)


# ---------------------------------------------------------------------------------------------------------


def _row(one: Role) -> dict[str, object]:
    past: list[Json] = [[was.name, was.until.isoformat()] for was in one.past]
    return {
        "id": one.id,
        "name": one.name,
        "folded": folded(one.name),
        "rule": one.rule,
        "place": one.place,
        "part_of": one.part_of,
        "retired": one.retired,
        "past": past,
        "version": one.version,
        "changed_by": one.by,
    }


def _role(row: Any) -> Role:
    return Role(
        RoleId(row.id),
        row.name,
        Rule(row.rule),
        row.place,
        None if row.part_of is None else RoleId(row.part_of),
        bool(row.retired),
        tuple(Past(name, datetime.fromisoformat(until)) for name, until in row.past),
        row.version,
        None if row.changed_by is None else PersonId(row.changed_by),
    )
