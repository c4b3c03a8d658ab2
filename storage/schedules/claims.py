"""The clock's side of the schedules: find the slots and occurrences that are due, record what became of them.

A slot (a date of a series in one zone) is opened into occurrences, at most `MOST` in one work; an occurrence
is run and settled in one work. Rows are locked while they are worked on, and each is keyed by its local date
and recipient, so that a second worker or a second tick changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Date, and_, bindparam, case, delete, exists, func, null, or_, select, update

from storage.database import OURS, Tx, looked_up, rows_given
from storage.recurrence import instant_on, next_dates
from storage.schedules.queries import ADD_OCCURRENCES, ASKED, FIELDS, series_of, their_zone
from storage.schedules.tables import OccurrenceRow, SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.schedules.values import Occurrence, OccurrenceState, Series, SeriesState, Slot, Why
from storage.values import PersonId

UNTOLD = 100
"""Series of which owners are told in one work."""
MOST = 500
AT_ONCE = timedelta(minutes=1)
"""How long others wait for what has come due to be run."""

_SLOTS = (
    select(*FIELDS, SeriesZoneRow.zone.label("in_zone"), SeriesZoneRow.next_date, SeriesZoneRow.due_at)
    .join(
        SeriesRow, and_(SeriesRow.workspace == SeriesZoneRow.workspace, SeriesRow.key == SeriesZoneRow.series)
    )
    .where(
        SeriesZoneRow.workspace == OURS,
        SeriesZoneRow.due_at <= bindparam("now"),
        SeriesRow.state == SeriesState.ACTIVE,
    )
    .order_by(SeriesZoneRow.due_at, SeriesZoneRow.series, SeriesZoneRow.zone)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=SeriesZoneRow)
)
_last_elsewhere = (
    select(func.max(func.coalesce(OccurrenceRow.settled_at, OccurrenceRow.due_at)))
    .where(
        OccurrenceRow.workspace == SeriesPersonRow.workspace,
        OccurrenceRow.series == SeriesPersonRow.series,
        OccurrenceRow.recipient == SeriesPersonRow.person,
        OccurrenceRow.state.in_([OccurrenceState.WAITING, OccurrenceState.DONE]),
        OccurrenceRow.zone != bindparam("in_zone"),
        OccurrenceRow.local_date >= bindparam("recent"),
    )
    .scalar_subquery()
)
_has_this_date = looked_up(
    OccurrenceRow.workspace == SeriesPersonRow.workspace,
    OccurrenceRow.series == SeriesPersonRow.series,
    OccurrenceRow.recipient == SeriesPersonRow.person,
    OccurrenceRow.local_date == bindparam("day"),
)
_UNASKED = (
    ASKED.add_columns(_last_elsewhere.label("elsewhere"))
    .where(
        SeriesPersonRow.series == bindparam("which"),
        or_(bindparam("everywhere", type_=Boolean), their_zone == bindparam("in_zone")),
        ~_has_this_date,
    )
    .order_by(SeriesPersonRow.person)
    .limit(MOST)
)
_ANYBODY = ASKED.where(
    SeriesPersonRow.series == bindparam("which"), their_zone == bindparam("in_zone")
).limit(1)
_this_zone = and_(
    SeriesZoneRow.workspace == OURS,
    SeriesZoneRow.series == bindparam("which"),
    SeriesZoneRow.zone == bindparam("in_zone"),
)
_MOVE_ON = (
    update(SeriesZoneRow).where(_this_zone).values(next_date=bindparam("day"), due_at=bindparam("then"))
)
_LEAVE_ZONE = delete(SeriesZoneRow).where(_this_zone)
_DUE = (
    select(
        OccurrenceRow.series,
        OccurrenceRow.local_date,
        OccurrenceRow.recipient,
        OccurrenceRow.zone.label("in_zone"),
        OccurrenceRow.due_at,
        OccurrenceRow.tries,
    )
    .where(
        OccurrenceRow.workspace == OURS,
        OccurrenceRow.state == OccurrenceState.WAITING,
        OccurrenceRow.wake_at <= bindparam("now"),
    )
    .order_by(OccurrenceRow.wake_at, OccurrenceRow.series, OccurrenceRow.recipient)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_THEIRS = select(*FIELDS).where(
    SeriesRow.workspace == OURS, SeriesRow.key.in_(bindparam("keys", expanding=True))
)
_waits = and_(
    OccurrenceRow.workspace == OURS,
    OccurrenceRow.series == bindparam("which"),
    OccurrenceRow.local_date == bindparam("day"),
    OccurrenceRow.recipient == bindparam("who"),
    OccurrenceRow.state == OccurrenceState.WAITING,
)
_LATER = update(OccurrenceRow).where(_waits).values(tries=OccurrenceRow.tries + 1, wake_at=bindparam("then"))
_SETTLE = (
    update(OccurrenceRow)
    .where(_waits)
    .values(state=bindparam("new_state"), why=bindparam("because"), settled_at=bindparam("now"))
)
_BECAME = rows_given("became")
_series, _recipient, _new_state, _because = (_BECAME.c.value[place].as_string() for place in range(4))
_SETTLE_SOME = (
    update(OccurrenceRow)
    .where(
        OccurrenceRow.workspace == OURS,
        OccurrenceRow.recipient.in_(bindparam("whose", expanding=True)),
        OccurrenceRow.local_date == bindparam("day"),
        OccurrenceRow.series == _series,
        OccurrenceRow.recipient == _recipient,
        OccurrenceRow.state == OccurrenceState.WAITING,
    )
    .values(state=_new_state, why=_because, settled_at=bindparam("now"))
)
_this = and_(SeriesRow.workspace == OURS, SeriesRow.key == bindparam("which"))
_day = bindparam("day", type_=Date)
_from, _until = func.coalesce(SeriesRow.missed_from, _day), func.coalesce(SeriesRow.missed_until, _day)
_NOTE_MISSED = (
    update(SeriesRow)
    .where(_this)
    .values(
        missed_from=case((_from < _day, _from), else_=_day),
        missed_until=case((_until > _day, _until), else_=_day),
    )
)
_UNTOLD = (
    select(*FIELDS, SeriesRow.missed_from, SeriesRow.missed_until)
    .where(SeriesRow.workspace == OURS, SeriesRow.missed_from.is_not(null()))
    .where(
        ~exists().where(
            SeriesZoneRow.workspace == SeriesRow.workspace,
            SeriesZoneRow.series == SeriesRow.key,
            SeriesZoneRow.due_at <= bindparam("now"),
        )
    )
    .order_by(SeriesRow.owner, SeriesRow.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TOLD = update(SeriesRow).where(_this).values(missed_from=None, missed_until=None)
_UNOPENED = (
    select(SeriesZoneRow.series)
    .join(
        SeriesRow, and_(SeriesRow.workspace == SeriesZoneRow.workspace, SeriesRow.key == SeriesZoneRow.series)
    )
    .where(
        SeriesZoneRow.workspace == OURS,
        SeriesZoneRow.due_at.between(bindparam("since"), bindparam("now")),
        SeriesRow.state == SeriesState.ACTIVE,
    )
    .limit(1)
)
_UNRUN = (
    select(OccurrenceRow.series)
    .where(
        OccurrenceRow.workspace == OURS,
        OccurrenceRow.state == OccurrenceState.WAITING,
        OccurrenceRow.wake_at.between(bindparam("since"), bindparam("now")),
    )
    .limit(1)
)


def due_slots(tx: Tx, most: int) -> list[Slot]:
    """Slots that are due, locked, those due longest first."""
    rows = tx.all(_SLOTS, now=tx.now, most=most)
    return [Slot(series_of(row), row.in_zone, row.next_date, row.due_at) for row in rows]


def unasked(tx: Tx, slot: Slot) -> Callable[[], Sequence[tuple[PersonId, datetime | None]]]:
    """Who lives by the slot's clocks and has nothing of its date yet, at most `MOST`; asked now and taken later.

    With each, when they were last asked by another zone's clocks.
    """
    fixed = slot.series.recurrence.zone is not None
    found = tx.ask(
        _UNASKED,
        which=slot.series.key,
        day=slot.on,
        recent=slot.on - timedelta(days=3),
        in_zone=slot.zone,
        everywhere=fixed,
    )
    return lambda: [(PersonId(row.person), row.elsewhere) for row in found()]


def add(tx: Tx, slot: Slot, found: Sequence[tuple[PersonId | None, OccurrenceState, Why | None]]) -> None:
    """The slot's date for these recipients: waiting to be run, or settled as it is noted."""
    tx.put(
        ADD_OCCURRENCES,
        series=slot.series.key,
        local_date=slot.on,
        zone=slot.zone,
        due_at=slot.due_at,
        now=tx.now,
        recipients={recipient or "": [state, why] for recipient, state, why in found},
    )


def move_on(tx: Tx, slot: Slot, *, lived_in: bool = False) -> None:
    """The slot is wholly opened: on to its next date, unless nobody lives in that zone any more.

    `lived_in`: the caller knows that somebody does.
    """
    series = slot.series
    own = series.recurrence.zone is None
    if own and not lived_in and tx.first(_ANYBODY, which=series.key, in_zone=slot.zone) is None:
        tx.put(_LEAVE_ZONE, which=series.key, in_zone=slot.zone)
        return
    day = next_dates(series.recurrence, slot.on)[0]
    then = instant_on(series.recurrence, day, slot.zone)
    tx.put(_MOVE_ON, which=series.key, in_zone=slot.zone, day=day, then=then)


def due(tx: Tx, most: int) -> list[Occurrence]:
    """Occurrences to be run now, locked, those due longest first."""
    rows = tx.all(_DUE, now=tx.now, most=most)
    keys = sorted({row.series for row in rows})
    theirs = {row.key: series_of(row) for row in (tx.all(_THEIRS, keys=keys) if keys else ())}
    return [
        Occurrence(
            theirs[row.series],
            row.local_date,
            PersonId(row.recipient) if row.recipient else None,
            row.in_zone,
            row.due_at,
            row.tries,
        )
        for row in rows
        if row.series in theirs
    ]


def settle(tx: Tx, one: Occurrence, state: OccurrenceState, why: Why | None = None) -> bool:
    """What became of a waiting occurrence; False when that was recorded before."""
    who = one.recipient or ""
    named: dict[str, Any] = {"which": one.series.key, "day": one.on, "who": who}
    return tx.run(_SETTLE, **named, new_state=state, because=why, now=tx.now) == 1


def settle_some(tx: Tx, became: Sequence[tuple[Occurrence, OccurrenceState, Why | None]]) -> None:
    """The same for several, whether or not it was recorded before."""
    by_day: dict[date, list[list[str | None]]] = {}
    for one, state, why in became:
        by_day.setdefault(one.on, []).append([one.series.key, one.recipient or "", state, why])
    for day, rows in by_day.items():
        whose = [row[1] for row in rows]
        numbered = {str(number): row for number, row in enumerate(rows)}
        tx.put(_SETTLE_SOME, day=day, whose=whose, became=numbered, now=tx.now)


def later(tx: Tx, one: Occurrence, until: datetime) -> None:
    """It failed: try again then."""
    tx.put(_LATER, which=one.series.key, day=one.on, who=one.recipient or "", then=until)


def under_way(tx: Tx) -> bool:
    """Whether what has just come due is still being run, here or by another worker: more may be said in a moment."""
    since = tx.now - AT_ONCE
    return any(tx.first(one, since=since, now=tx.now) is not None for one in (_UNOPENED, _UNRUN))


def note_missed(tx: Tx, series: Series, day: date) -> None:
    """The date was missed, and the owner has not been told yet."""
    tx.put(_NOTE_MISSED, which=series.key, day=day)


def untold(tx: Tx) -> list[tuple[Series, date, date]]:
    """One owner's series that missed dates (first and last of them) and have caught up, locked."""
    rows = tx.all(_UNTOLD, now=tx.now, most=UNTOLD)
    theirs = [row for row in rows if row.owner == rows[0].owner]
    return [(series_of(row), row.missed_from, row.missed_until) for row in theirs]


def told(tx: Tx, series: Series) -> None:
    """Its owner knows."""
    tx.put(_TOLD, which=series.key)
