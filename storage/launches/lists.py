"""Launches and items as lists; nobody finds in them what they may not see."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.launches.items import to_item
from storage.launches.queries import its_thing
from storage.launches.tables import ItemRow, LaunchRow
from storage.launches.values import Item, ItemState, LaunchState, Line
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Viewer
from storage.values import PersonId

_viewer: BindParameter[str] = bindparam("viewer")
_today = bindparam("today", type_=ItemRow.due_on.type)
UNFINISHED = [ItemState.TODO, ItemState.DOING, ItemState.BLOCKED]
_open = ItemRow.state.in_(UNFINISHED)
_late = and_(_open, ItemRow.due_on < _today)
_blocked = ItemRow.state == ItemState.BLOCKED
_lines = (
    select(
        LaunchRow.number, ThingRow.title, LaunchRow.on, LaunchRow.state, LaunchRow.owner, ThingRow.permalink
    )
    .join(ThingRow, its_thing)
    .where(LaunchRow.workspace == OURS, things.VISIBLE)
)
_COUNTS = (
    select(ItemRow.launch, ItemRow.state, _late.label("late"), func.count().label("number"))
    .where(ItemRow.workspace == OURS, ItemRow.launch.in_(bindparam("launches", expanding=True)))
    .group_by(ItemRow.launch, ItemRow.state, _late)
)
# Which are planned is looked up by index before any is looked at: most are over.
_one, _item = aliased(LaunchRow), aliased(ItemRow)
_planned = select(_one.number).where(_one.workspace == OURS, _one.state == LaunchState.PLANNED)
_with_mine = select(_item.launch).where(
    _item.workspace == OURS, _item.owner == _viewer, _item.state.in_(UNFINISHED)
)
_UPCOMING = (
    _lines.where(LaunchRow.number.in_(_planned))
    .order_by(LaunchRow.on, LaunchRow.number)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_OVER = (
    _lines.where(LaunchRow.state.in_([LaunchState.SHIPPED, LaunchState.CANCELLED]))
    .order_by(LaunchRow.number.desc())
    .limit(bindparam("limit"))
)
_items = (
    select(*ItemRow.__table__.c)
    .join(LaunchRow, and_(LaunchRow.workspace == OURS, LaunchRow.number == ItemRow.launch))
    .join(ThingRow, its_thing)
    .where(ItemRow.workspace == OURS, LaunchRow.state == LaunchState.PLANNED, things.VISIBLE)
    .order_by(ItemRow.due_on, ItemRow.launch, ItemRow.number)
    .limit(bindparam("limit"))
)
_MINE = _items.where(LaunchRow.number.in_(_with_mine), _open, ItemRow.owner == _viewer)
_STUCK = _items.where(
    LaunchRow.number.in_(_planned),
    LaunchRow.owner == _viewer,
    or_(_late, _blocked),
    or_(ItemRow.owner.is_(None), ItemRow.owner != _viewer),
)


def upcoming(tx: Tx, viewer: Viewer, today: date, limit: int, skip: int = 0) -> list[Line]:
    """What is planned and this person may see, the next first."""
    return _counted(tx, tx.all(_UPCOMING, limit=limit, skip=skip, **things.viewing(viewer)), today)


def over(tx: Tx, viewer: Viewer, today: date, limit: int) -> list[Line]:
    """What has shipped or was called off, the newest first."""
    return _counted(tx, tx.all(_OVER, limit=limit, **things.viewing(viewer)), today)


def mine(tx: Tx, viewer: Viewer, limit: int) -> list[Item]:
    """Open items of this person's, over all launches, the next due first."""
    return [to_item(row) for row in tx.all(_MINE, limit=limit, **things.viewing(viewer))]


def stuck(tx: Tx, viewer: Viewer, today: date, limit: int) -> list[Item]:
    """Items of this person's launches that are late or blocked and somebody else's."""
    return [to_item(row) for row in tx.all(_STUCK, today=today, limit=limit, **things.viewing(viewer))]


def _counted(tx: Tx, rows: Sequence[Any], today: date) -> list[Line]:
    numbers = [row.number for row in rows]
    counts = tx.all(_COUNTS, launches=numbers, today=today) if numbers else ()
    return [_line(row, [one for one in counts if one.launch == row.number]) for row in rows]


def _line(row: Any, counts: Sequence[Any]) -> Line:
    def count(*states: ItemState) -> int:
        return sum(one.number for one in counts if one.state in states)

    late = sum(one.number for one in counts if one.late)
    owner, needed = PersonId(row.owner), set(ItemState) - {ItemState.NOT_NEEDED}
    return Line(
        row.number, row.title, row.on, LaunchState(row.state), owner, row.permalink,
        count(ItemState.DONE), count(*needed), late, count(ItemState.BLOCKED),
    )  # fmt: skip
