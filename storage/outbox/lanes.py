"""Slack's pace, kept between couriers: how many calls of each lane may be made now.

A call uses its own lane (a channel's messages, or its method), and its method's: what one channel may take is
one limit, what a workspace may take of a method another.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Tx
from storage.outbox.tables import OutboxRow, PaceRow
from storage.outbox.values import Pace

_LANES = (
    select(PaceRow.lane, PaceRow.free_at)
    .where(
        PaceRow.workspace == bindparam("in_workspace"),
        PaceRow.lane.in_(bindparam("of_lanes", expanding=True)),
    )
    .with_for_update(skip_locked=True)
)
"""A lane that another courier is just taking from is its own: nobody waits for it."""
_OPEN = insert(PaceRow).on_conflict_do_nothing()
_TAKE = (
    update(PaceRow)
    .where(PaceRow.workspace == bindparam("in_workspace"), PaceRow.lane == bindparam("of_lane"))
    .values(free_at=bindparam("until"))
)
_used = PaceRow.lane.in_([OutboxRow.lane, OutboxRow.method])
free = ~(
    select(PaceRow.lane)
    .where(PaceRow.workspace == OutboxRow.workspace, _used, PaceRow.free_at > bindparam("now"))
    .exists()
)
"""Whether a row's lanes are free."""
free_at = (
    select(func.max(PaceRow.free_at))
    .where(PaceRow.workspace == OutboxRow.workspace, _used, PaceRow.free_at > OutboxRow.wake_at)
    .scalar_subquery()
)
"""When all of a row's lanes are free, if that is after it may go."""


@dataclass(slots=True)
class _Lane:
    """One lane, while it is decided who may use it."""

    pace: Pace
    until: datetime
    used: int = 0

    def has_room(self, now: datetime) -> bool:
        return self.until <= now

    def use(self) -> None:
        self.until, self.used = self.until + self.pace.every, self.used + 1


def take(tx: Tx, due: Sequence[Any], pace: Callable[[str], Pace]) -> set[str]:
    """Take what these rows need of their lanes, the first first; the ids of those that may go."""
    granted: set[str] = set()
    by_workspace = sorted(due, key=lambda row: row.workspace)
    for workspace, rows in groupby(by_workspace, key=lambda row: row.workspace):
        granted |= _take_in(tx, workspace, list(rows), pace)
    return granted


def _take_in(tx: Tx, workspace: str, rows: Sequence[Any], pace: Callable[[str], Pace]) -> set[str]:
    lanes = _found(tx, workspace, {name for row in rows for name in _names(row)}, pace)
    granted = set()
    for row in rows:
        used = [lanes[name] for name in _names(row) if name in lanes]
        if len(used) == len(_names(row)) and all(one.has_room(tx.steady) for one in used):
            granted.add(row.id)
            for one in used:
                one.use()
    for name, lane in lanes.items():
        if lane.used and lane.pace.every:
            tx.put(_TAKE, in_workspace=workspace, of_lane=name, until=lane.until)
    return granted


def _found(tx: Tx, workspace: str, wanted: Iterable[str], pace: Callable[[str], Pace]) -> dict[str, _Lane]:
    """Those of the wanted lanes that are ours for now. After a rest a lane has its whole burst again."""
    wanted = sorted(wanted)
    known = {row.lane: row.free_at for row in tx.all(_LANES, in_workspace=workspace, of_lanes=wanted)}
    found = {}
    for name in wanted:
        rested = tx.steady - pace(name).every * (pace(name).burst - 1)
        if name in known or tx.run(_OPEN, workspace=workspace, lane=name, free_at=rested) == 1:
            found[name] = _Lane(pace(name), max(known.get(name, rested), rested))
    return found


def _names(row: Any) -> set[str]:
    """What a call uses."""
    return {row.lane or row.method, row.method}
