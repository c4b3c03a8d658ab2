"""What may be called now, found lane by lane: neither what waits in a lane nor what is over is read.

Whole methods whose budget is spent are left out, then lanes that are busy; of the others the first call is taken.
Each step is one look into an index, so a look costs what the lanes in question cost, not what they hold.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from storage.database import Tx
from storage.outbox import lanes
from storage.outbox.tables import OutboxRow, PaceRow, is_in
from storage.outbox.values import DOABLE, OPEN, POSTING, State
from storage.workspaces.tables import InstallationRow
from storage.workspaces.values import InstallationState

_here = aliased(OutboxRow)
_earlier = aliased(OutboxRow)


def _ready(row: type[OutboxRow]) -> ColumnElement[bool]:
    """Whether it is time for a row: to be called, or to be taken from an owner whose lease is over."""
    waits = and_(row.state != State.SENDING, row.wake_at <= bindparam("now"))
    left = and_(row.state == State.SENDING, row.lease_until <= bindparam("now"))
    return and_(is_in(row.state, DOABLE), or_(waits, left))


def _in_turn(row: type[OutboxRow]) -> ColumnElement[bool]:
    """Whether nothing that may still come was said before it in its thread."""
    before = exists().where(
        _earlier.workspace == row.workspace,
        _earlier.thread == row.thread,
        is_in(_earlier.state, OPEN),
        _earlier.id < row.id,
    )
    return or_(row.thread.is_(None), ~before)


# -- workspaces, and the methods to be called in each ---------------------------------------------------------

_doable = is_in(_here.state, DOABLE)
_first_workspace = select(_here.workspace).where(_doable).order_by(_here.workspace).limit(1)
_workspaces = select(_first_workspace.scalar_subquery().label("workspace")).cte("of", recursive=True)
_workspaces = _workspaces.union_all(
    select(_first_workspace.where(_here.workspace > _workspaces.c.workspace).scalar_subquery()).where(
        _workspaces.c.workspace.is_not(None)
    )
)
_of = _workspaces.c.workspace
_revoked = exists().where(
    InstallationRow.workspace == _of, InstallationRow.state == InstallationState.REVOKED
)
_first_method = select(_here.method).where(_doable).order_by(_here.method).limit(1)
_methods = (
    select(
        _of.label("workspace"), _first_method.where(_here.workspace == _of).scalar_subquery().label("method")
    )
    .where(_of.is_not(None), ~_revoked)
    .cte("methods", recursive=True)
)
_next_method = _first_method.where(
    _here.workspace == _methods.c.workspace, _here.method > _methods.c.method
).scalar_subquery()
_methods = _methods.union_all(
    select(_methods.c.workspace, _next_method).where(_methods.c.method.is_not(None))
)
_spent = exists().where(
    PaceRow.workspace == _methods.c.workspace,
    PaceRow.lane == _methods.c.method,
    PaceRow.free_at > bindparam("now"),
)
_last_lane = (
    select(_here.lane)
    .where(_doable, _here.workspace == _methods.c.workspace, _here.method == _methods.c.method)
    .order_by(_here.lane.desc())
    .limit(1)
    .scalar_subquery()
)
_METHODS = select(_methods.c.workspace, _methods.c.method, _last_lane.label("last")).where(
    _methods.c.method.is_not(None), ~_spent
)

# -- the calls of one method ----------------------------------------------------------------------------------

_calls = select(
    OutboxRow.workspace,
    OutboxRow.id,
    OutboxRow.method,
    OutboxRow.arguments,
    OutboxRow.plainer,
    OutboxRow.attempt,
    OutboxRow.tries,
    OutboxRow.state,
    OutboxRow.first_sent_at,
    OutboxRow.last_sent_at,
    OutboxRow.was_plainer,
    OutboxRow.last_moment,
    OutboxRow.lane,
    OutboxRow.lease_until,
    OutboxRow.then,
    OutboxRow.thread,
)
_OF_METHOD = (
    _calls.where(
        OutboxRow.workspace == bindparam("in_workspace"),
        OutboxRow.method == bindparam("of_method"),
        OutboxRow.lane == bindparam("of_method"),
        _ready(OutboxRow),
        _in_turn(OutboxRow),
    )
    .order_by(OutboxRow.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=OutboxRow)
)
"""Calls that only their method paces, the oldest first."""
_of_method = and_(_here.workspace == bindparam("in_workspace"), _here.method == bindparam("of_method"))
_first_lane = (
    select(_here.lane)
    .where(_of_method, _doable, _here.lane <= bindparam("last"))
    .order_by(_here.lane)
    .limit(1)
)
_lanes = select(_first_lane.where(_here.lane > bindparam("after")).scalar_subquery().label("lane")).cte(
    "lanes", recursive=True
)
_lanes = _lanes.union_all(
    select(_first_lane.where(_here.lane > _lanes.c.lane).scalar_subquery()).where(_lanes.c.lane.is_not(None))
)
_head = (
    select(_here.id)
    .where(_of_method, _here.lane == _lanes.c.lane, _ready(_here), _in_turn(_here))
    .order_by(_here.id)
    .limit(1)
    .scalar_subquery()
)
_busy = exists().where(
    PaceRow.workspace == bindparam("in_workspace"),
    PaceRow.lane == _lanes.c.lane,
    PaceRow.free_at > bindparam("now"),
)
_free_lanes = (
    select(_head.label("head"))
    .select_from(_lanes)
    .where(_lanes.c.lane != bindparam("of_method"), ~_busy)
    .offset(0)  # without it PostgreSQL would join it with what is asked of it, and read all that waits
    .subquery()
)
_HEADS = select(_free_lanes.c.head).where(_free_lanes.c.head.is_not(None)).limit(bindparam("limit"))
"""The first call of each free lane after `after` and up to `last`, from lane to lane in the order of their names."""
_THESE = _calls.where(
    OutboxRow.workspace == bindparam("in_workspace"),
    OutboxRow.id.in_(bindparam("these", expanding=True)),
    _ready(OutboxRow),
).with_for_update(skip_locked=True, of=OutboxRow)

# -- when to look again ---------------------------------------------------------------------------------------

_NEXT_WAKE = (
    select(OutboxRow.wake_at)
    .where(is_in(OutboxRow.state, DOABLE), OutboxRow.wake_at > bindparam("now"))
    .order_by(OutboxRow.wake_at)
    .limit(1)
)
_waits = and_(_here.workspace == PaceRow.workspace, _ready(_here), _in_turn(_here))
_NEXT_FREE = (
    select(PaceRow.free_at)
    .where(
        PaceRow.free_at > bindparam("now"),
        or_(
            exists().where(_waits, _here.method == PaceRow.lane),
            exists().where(_waits, _here.method == POSTING, _here.lane == PaceRow.lane),
        ),
    )
    .order_by(PaceRow.free_at)
    .limit(1)
)


def due(tx: Tx, most: int, pace: lanes.Paces, after: tuple[str, str]) -> Sequence[Any]:
    """Up to `most` calls whose time and turn has come, their lanes used; across workspaces.

    Workspaces and lanes take turns, beginning behind `after`, the workspace and the lane of the last one before:
    whoever has much to say delays nobody else.
    """
    methods: dict[str, list[Any]] = {}
    for row in tx.all(_METHODS, now=tx.steady):
        methods.setdefault(row.workspace, []).append(row)
    found: list[Any] = []
    in_turn = sorted(methods, key=lambda workspace: (workspace <= after[0], workspace))[:most]
    for number, workspace in enumerate(sorted(in_turn)):  # in one order everywhere, or couriers deadlock
        share = -(-(most - len(found)) // (len(in_turn) - number))
        for method in methods[workspace]:
            some = _calls_of(tx, method, share, pace, after[1]) if share else []
            found += some
            share -= len(some)
    return found


def next_wake(tx: Tx) -> datetime | None:
    """The steady time at which the next call can be made, or None when none waits for time alone.

    What can be made already is not waited for.
    """
    found = (tx.scalar(_NEXT_WAKE, now=tx.steady), tx.scalar(_NEXT_FREE, now=tx.steady))
    return min((one for one in found if one is not None), default=None)


def _calls_of(tx: Tx, method: Any, most: int, pace: lanes.Paces, after: str) -> list[Any]:
    """Calls of one method in one workspace, and their lanes used."""
    workspace = method.workspace
    budget = lanes.hold(tx, workspace, [method.method], pace).get(method.method)
    room = 0 if budget is None else budget.room(tx.steady, most)
    if budget is None or room == 0:
        return []  # another courier was faster
    which = {"in_workspace": workspace, "of_method": method.method, "now": tx.steady}
    rows: list[Any] = list(tx.all(_OF_METHOD, **which, limit=room))
    if method.method == POSTING:
        for first, last in ((after, method.last), ("", after)):
            if len(rows) < room and first != last:
                heads = tx.all(_HEADS, **which, after=first, last=last, limit=room - len(rows))
                rows += _let_through(tx, workspace, [row.head for row in heads], pace)
    budget.use(len(rows))
    lanes.keep(tx, workspace, [budget])
    return rows


def _let_through(tx: Tx, workspace: str, heads: Sequence[str], pace: lanes.Paces) -> list[Any]:
    """Those of the calls, each of a lane of its own, that are still ours to make; their lanes are used."""
    if not heads:
        return []
    found = {row.id: row for row in tx.all(_THESE, in_workspace=workspace, now=tx.steady, these=heads)}
    rows = [found[head] for head in heads if head in found]
    held = lanes.hold(tx, workspace, [row.lane for row in rows], pace)
    free = [row for row in rows if row.lane in held and held[row.lane].room(tx.steady, 1)]
    for row in free:
        held[row.lane].use()
    lanes.keep(tx, workspace, held.values())
    return free
