"""Launches as a digest and a catch-up read them: what shipped, moved and comes, and what is late or blocked."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, false, func, or_, select
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.digests.values import LaunchNews, Need, Open, Period, Subject, Turn
from storage.launches.tables import ItemRow, LaunchRow, MoveRow
from storage.launches.values import ItemState, LaunchState
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import PersonId

MOST = 40
AHEAD = timedelta(days=14)

_its_thing = things.is_thing(Letter.LAUNCH, LaunchRow)
_launches = (
    select(
        LaunchRow.number,
        ThingRow.title,
        ThingRow.permalink,
        LaunchRow.on,
        LaunchRow.state,
        LaunchRow.owner,
    )
    .join(ThingRow, _its_thing)
    .where(LaunchRow.workspace == OURS, things.VISIBLE)
    .order_by(LaunchRow.on, LaunchRow.number)
    .limit(MOST)
)
_today = bindparam("today", type_=LaunchRow.on.type)
_planned = LaunchRow.state == LaunchState.PLANNED
_one = aliased(LaunchRow)
_among_planned = LaunchRow.number.in_(
    select(_one.number).where(_one.workspace == OURS, _one.state == LaunchState.PLANNED)
)
"""The same, looked up by index before any item or date is looked at: most are of launches that are over."""
_PAST = _launches.where(_planned, LaunchRow.on < _today)
_COMING = _launches.where(_planned, LaunchRow.on >= _today, LaunchRow.on <= bindparam("ahead"))
_ENDED = _launches.where(
    LaunchRow.state.in_([LaunchState.SHIPPED, LaunchState.CANCELLED]),
    LaunchRow.changed_at > bindparam("since"),
    LaunchRow.changed_at <= bindparam("until"),
)
_MOVED = (
    _launches.add_columns(MoveRow.before)
    .join(MoveRow, and_(MoveRow.workspace == LaunchRow.workspace, MoveRow.launch == LaunchRow.number))
    .where(
        _among_planned,
        MoveRow.undone == false(),
        MoveRow.at > bindparam("since"),
        MoveRow.at <= bindparam("until"),
    )
    .order_by(None)
    .order_by(LaunchRow.number, MoveRow.number)
)
_open_item = ItemRow.state.not_in([ItemState.DONE, ItemState.NOT_NEEDED])
_its_launch = and_(ItemRow.workspace == LaunchRow.workspace, ItemRow.launch == LaunchRow.number)
_ITEMS = (
    select(
        ItemRow.launch,
        ItemRow.number,
        ItemRow.title,
        ThingRow.permalink,
        ItemRow.owner,
        LaunchRow.owner.label("launch_owner"),
        ItemRow.state,
        ItemRow.due_on,
        ItemRow.changed_at,
    )
    .select_from(LaunchRow)
    .join(ThingRow, _its_thing)
    .join(ItemRow, _its_launch)
    .where(
        LaunchRow.workspace == OURS,
        _among_planned,
        or_(ItemRow.state == ItemState.BLOCKED, and_(_open_item, ItemRow.due_on < _today)),
        things.VISIBLE,
    )
    .order_by(ItemRow.due_on, ItemRow.launch, ItemRow.number)
    .limit(MOST)
)
_READY = (
    select(
        ItemRow.launch,
        func.count().label("items"),
        func.sum(case((ItemRow.state == ItemState.DONE, 1), else_=0)).label("ready"),
    )
    .where(ItemRow.workspace == OURS, ItemRow.launch.in_(bindparam("launches", expanding=True)))
    .where(ItemRow.state != ItemState.NOT_NEEDED)
    .group_by(ItemRow.launch)
)


def open_in(tx: Tx, seen: Mapping[str, object], period: Period) -> list[Open]:
    """Launches whose day has passed, and items that are late or blocked."""
    past = tx.all(_PAST, today=period.today, **seen)
    late = [Open(Need.LAUNCH, _subject(row), PersonId(row.owner), row.on) for row in past]
    return [*late, *(_item(row, period) for row in tx.all(_ITEMS, today=period.today, **seen))]


def turns(tx: Tx, seen: Mapping[str, object], period: Period) -> tuple[LaunchNews, ...]:
    """What shipped or was called off, what moved, and what comes in the next two weeks."""
    span = {"since": period.since, "until": period.until}
    ended = [_ended(row) for row in tx.all(_ENDED, **span, **seen)]
    moved = _moved(tx.all(_MOVED, **span, **seen))
    told = {one.about.reference.number for one in moved}
    coming = tx.all(_COMING, today=period.today, ahead=period.today + AHEAD, **seen)
    return (*ended, *moved, *_coming(tx, [row for row in coming if row.number not in told]))


# ---------------------------------------------------------------------------------------------------------


def _item(row: Any, period: Period) -> Open:
    blocked = row.state == ItemState.BLOCKED
    about = Subject(Reference(Letter.LAUNCH, row.launch), row.title, row.permalink, row.number)
    since: date = period.day(row.changed_at) if blocked else row.due_on
    owner = PersonId(row.owner or row.launch_owner)
    return Open(Need.ITEM_BLOCKED if blocked else Need.ITEM_LATE, about, owner, since)


def _ended(row: Any) -> LaunchNews:
    turn = Turn.SHIPPED if row.state == LaunchState.SHIPPED else Turn.CANCELLED
    return LaunchNews(_subject(row), turn, row.on)


def _moved(rows: Any) -> list[LaunchNews]:
    """Each launch once, from where it was at first; one that is back where it was did not move."""
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.number, row)
    return [
        LaunchNews(_subject(row), Turn.MOVED, row.on, row.before)
        for row in first.values()
        if row.before != row.on
    ]


def _coming(tx: Tx, rows: list[Any]) -> Iterator[LaunchNews]:
    counted = tx.all(_READY, launches=[row.number for row in rows]) if rows else ()
    ready = {launch: (int(done or 0), items) for launch, items, done in counted}
    for row in rows:
        yield LaunchNews(_subject(row), Turn.COMING, row.on, None, *ready.get(row.number, (0, 0)))


def _subject(row: Any) -> Subject:
    return Subject(Reference(Letter.LAUNCH, row.number), row.title, row.permalink)
