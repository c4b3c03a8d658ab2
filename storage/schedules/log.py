"""What became of occurrences, for those who ask; and when nobody looked at the clock."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select

from storage.database import OURS, Tx
from storage.schedules.queries import FIELDS, series_of
from storage.schedules.tables import OccurrenceRow, SeriesRow
from storage.schedules.values import Occurrence, OccurrenceState, Outage, Why
from storage.settings import queries as settings
from storage.values import PersonId

BEAT, _OUTAGE = "clock.beat", "clock.outage"
A_BEAT = timedelta(minutes=1)
UNSEEN = timedelta(minutes=5)
"""So long without a beat means that we were down."""

_RAN = (
    select(
        *FIELDS,
        OccurrenceRow.local_date,
        OccurrenceRow.recipient,
        OccurrenceRow.zone.label("in_zone"),
        OccurrenceRow.due_at,
        OccurrenceRow.tries,
        OccurrenceRow.state.label("became"),
        OccurrenceRow.why,
        OccurrenceRow.settled_at,
    )
    .join(
        SeriesRow, and_(SeriesRow.workspace == OccurrenceRow.workspace, SeriesRow.key == OccurrenceRow.series)
    )
    .where(OccurrenceRow.workspace == OURS)
)
_ON = _RAN.where(
    OccurrenceRow.series == bindparam("which"), OccurrenceRow.local_date == bindparam("day")
).order_by(OccurrenceRow.recipient)
_OF = (
    _RAN.where(OccurrenceRow.recipient == bindparam("who"))
    .order_by(OccurrenceRow.due_at.desc(), OccurrenceRow.series)
    .limit(bindparam("most"))
)


def on(tx: Tx, key: str, day: date) -> list[Occurrence]:
    """What became of one date of a series, for each of its recipients."""
    return [_occurrence(row) for row in tx.all(_ON, which=key, day=day)]


def of(tx: Tx, person: PersonId, most: int) -> list[Occurrence]:
    """The last occurrences for this person, newest first."""
    return [_occurrence(row) for row in tx.all(_OF, who=person, most=most)]


def beat(tx: Tx) -> None:
    """Somebody looks at the clock; a long time since the last look is noted as an outage.

    Where only the calendar was moved on (a sandbox's clock), nobody was away: steady time says so.
    """
    last = settings.find(tx, BEAT)
    if last is not None:
        seen, steady = (datetime.fromisoformat(str(last[name])) for name in ("at", "steady"))
        if timedelta() <= tx.now - seen < A_BEAT:
            return
        if tx.now - seen > UNSEEN and tx.steady - steady > UNSEEN:
            settings.put(tx, _OUTAGE, {"from": seen.isoformat(), "to": tx.now.isoformat()}, None)
    settings.put(tx, BEAT, {"at": tx.now.isoformat(), "steady": tx.steady.isoformat()}, None)


def last_outage(tx: Tx) -> Outage | None:
    """The last time nobody looked at the clock."""
    found = settings.find(tx, _OUTAGE)
    if found is None:
        return None
    return Outage(datetime.fromisoformat(str(found["from"])), datetime.fromisoformat(str(found["to"])))


def _occurrence(row: Any) -> Occurrence:
    return Occurrence(
        series_of(row),
        row.local_date,
        PersonId(row.recipient) if row.recipient else None,
        row.in_zone,
        row.due_at,
        row.tries,
        OccurrenceState(row.became),
        None if row.why is None else Why(row.why),
        row.settled_at,
    )
