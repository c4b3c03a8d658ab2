"""Slack's pace, kept between couriers: how many calls of each lane may be made now.

A call uses its own lane (a channel's messages, or its method), and its method's: what one channel may take is
one limit, what a workspace may take of a method another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Tx
from storage.outbox.tables import PaceRow
from storage.outbox.values import Pace

Paces = Callable[[str], Pace]

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


@dataclass(slots=True)
class Lane:
    """One lane that is ours until the end of the transaction, while it is decided who may use it."""

    name: str
    pace: Pace
    until: datetime
    used: int = 0

    def room(self, now: datetime, most: int) -> int:
        """How often it may be used now, up to `most`."""
        if not self.pace.every:
            return most
        return max(0, min(most, (now - self.until) // self.pace.every + 1))

    def use(self, count: int = 1) -> None:
        """Somebody uses it."""
        self.until, self.used = self.until + self.pace.every * count, self.used + count


def hold(tx: Tx, workspace: str, names: Iterable[str], pace: Paces) -> dict[str, Lane]:
    """Those of the lanes that are ours for now. After a rest a lane has its whole burst again."""
    paces = {name: pace(name) for name in sorted(set(names))}
    found = {name: Lane(name, free, tx.steady) for name, free in paces.items() if not free.every}
    wanted = [name for name in paces if name not in found]
    if not wanted:
        return found
    known = {row.lane: row.free_at for row in tx.all(_LANES, in_workspace=workspace, of_lanes=wanted)}
    rested = {name: tx.steady - paces[name].every * (paces[name].burst - 1) for name in wanted}
    new = [name for name in wanted if name not in known]
    opened = {name: tx.start(_OPEN, workspace=workspace, lane=name, free_at=rested[name]) for name in new}
    for name in wanted:
        if name in known or opened[name]() == 1:
            found[name] = Lane(name, paces[name], max(known.get(name, rested[name]), rested[name]))
    return found


def keep(tx: Tx, workspace: str, lanes: Iterable[Lane]) -> None:
    """Write down until when those that were used are busy."""
    taken = [one for one in lanes if one.used and one.pace.every > timedelta()]
    tx.run_many(
        _TAKE, [{"in_workspace": workspace, "of_lane": one.name, "until": one.until} for one in taken]
    )
