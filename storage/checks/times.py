"""I2: everything due ends in one way, and nothing due is left while the clock ticks."""

from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, or_, select

from storage.asks.tables import AskRow
from storage.asks.values import AskState
from storage.checkins.tables import RoundRow
from storage.checkins.values import RoundState
from storage.checks.check import Check, Invariant, left, rows
from storage.launches.tables import LaunchRow
from storage.schedules.tables import OccurrenceRow, SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.schedules.values import OccurrenceState, SeriesState

_seen = bindparam("seen", type_=OccurrenceRow.wake_at.type)
_here: BindParameter[str] = bindparam("in_workspace")
_occurrence = select(
    OccurrenceRow.workspace, OccurrenceRow.series, OccurrenceRow.local_date, OccurrenceRow.recipient
)
_waiting = OccurrenceRow.state == OccurrenceState.WAITING
_HALF_SETTLED = _occurrence.where(
    or_(
        and_(_waiting, OccurrenceRow.settled_at.is_not(None)),
        and_(OccurrenceRow.state != OccurrenceState.WAITING, OccurrenceRow.settled_at.is_(None)),
        OccurrenceRow.state.not_in([*OccurrenceState]),
    )
)
_LEFT_WAITING = _occurrence.where(OccurrenceRow.workspace == _here, _waiting, OccurrenceRow.wake_at < _seen)


def _of_no_series(part: Any) -> Select[*tuple[Any, ...]]:
    its = and_(SeriesRow.workspace == part.workspace, SeriesRow.key == part.series)
    query = select(part.workspace, part.series).select_from(part)
    return query.outerjoin(SeriesRow, its).where(SeriesRow.key.is_(None))


_LEFT_DATES = (
    select(SeriesZoneRow.workspace, SeriesZoneRow.series, SeriesZoneRow.zone)
    .join(
        SeriesRow, and_(SeriesRow.workspace == SeriesZoneRow.workspace, SeriesRow.key == SeriesZoneRow.series)
    )
    .where(
        SeriesZoneRow.workspace == _here,
        SeriesRow.state == SeriesState.ACTIVE,
        SeriesZoneRow.due_at < _seen,
    )
)
_LEFT_ROUNDS = select(RoundRow.workspace, RoundRow.number, RoundRow.on_date).where(
    RoundRow.workspace == _here, RoundRow.state == RoundState.OPEN, RoundRow.closes_at < _seen
)
_HALF_CLOSED = select(RoundRow.workspace, RoundRow.number, RoundRow.on_date).where(
    (RoundRow.state == RoundState.OPEN) != RoundRow.closed_at.is_(None)
)
_LEFT_MOVES = select(LaunchRow.workspace, LaunchRow.number).where(
    LaunchRow.workspace == _here, LaunchRow.tell_at < _seen
)
_LEFT_ASKS = select(AskRow.workspace, AskRow.key).where(
    AskRow.workspace == _here, AskRow.state == AskState.WAITING, AskRow.until < _seen
)

CHECKS = [
    Check(
        Invariant.DUE,
        "one end",
        "Each date of a series has one end for each of its people, and says when; until then it waits.",
        rows("{} on {} {}", _HALF_SETTLED),
    ),
    Check(
        Invariant.DUE,
        "series",
        "Dates, zones and people belong to a series that is there.",
        rows("{}", *map(_of_no_series, (OccurrenceRow, SeriesZoneRow, SeriesPersonRow))),
    ),
    Check(
        Invariant.DUE, "left waiting", "What was due is not left waiting.", left("{} on {} {}", _LEFT_WAITING)
    ),
    Check(
        Invariant.DUE,
        "left dates",
        "No date of a running series is passed over.",
        left("{} in {}", _LEFT_DATES),
    ),
    Check(
        Invariant.DUE, "left rounds", "No round stays open past its end.", left("C-{} on {}", _LEFT_ROUNDS)
    ),
    Check(
        Invariant.DUE, "closed rounds", "A round that is closed says when.", rows("C-{} on {}", _HALF_CLOSED)
    ),
    Check(
        Invariant.DUE, "left moves", "Whom a launch's new date concerns is told.", left("L-{}", _LEFT_MOVES)
    ),
    Check(Invariant.DUE, "left asks", "What came too late to be asked has ended.", left("{}", _LEFT_ASKS)),
]
