"""Begin, change, pause and end series; say who is asked; skip a date or bring it forward."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.calendar import local_date
from storage.database import OURS, Tx, given, insert_each, rows_given
from storage.people.tables import PersonRow
from storage.recurrence import Recurrence, instant_on, next_dates, next_slot
from storage.schedules.tables import OccurrenceRow, SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.schedules.values import OccurrenceState, Series, SeriesState, Why
from storage.values import PersonId, PersonKind
from storage.worktime.tables import WorkTimeRow

FIELDS = (
    SeriesRow.key,
    SeriesRow.kind,
    SeriesRow.title,
    SeriesRow.rule,
    SeriesRow.start,
    SeriesRow.at,
    SeriesRow.zone,
    SeriesRow.per_person,
    SeriesRow.subject,
    SeriesRow.owner,
    SeriesRow.state,
    SeriesRow.skips,
)
_GIVEN = ("kind", "title", "rule", "start", "at", "zone", "per_person", "subject", "owner", "state", "skips")
_this = and_(SeriesRow.workspace == OURS, SeriesRow.key == bindparam("which"))
_ONE = select(*FIELDS).where(_this)
_put = insert(SeriesRow).values(workspace=OURS, missed_from=None, missed_until=None)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "key"], set_={name: _put.excluded[name] for name in _GIVEN}
)
_STATE = update(SeriesRow).where(_this).values(state=bindparam("new_state"))
_SKIP = update(SeriesRow).where(_this).values(skips=bindparam("dates", type_=SeriesRow.skips.type))

their_zone = func.coalesce(WorkTimeRow.zone, PersonRow.zone)
"""The zone a person lives by: their own choice, else Slack's."""
_HERE = PersonRow.kind.in_([PersonKind.MEMBER, PersonKind.GUEST]), PersonRow.learned_at.is_not(null())
ASKED = (
    select(SeriesPersonRow.person, their_zone.label("zone"))
    .join(
        PersonRow,
        and_(
            PersonRow.workspace == SeriesPersonRow.workspace,
            PersonRow.id == given(SeriesPersonRow.person),
        ),
    )
    .outerjoin(
        WorkTimeRow,
        and_(WorkTimeRow.workspace == PersonRow.workspace, WorkTimeRow.person == PersonRow.id),
    )
    .where(SeriesPersonRow.workspace == OURS, *_HERE)
)
"""Whom a series asks, as far as we know them, each with their zone."""
_ASKED_BY = ASKED.where(SeriesPersonRow.series == bindparam("which"))
_ZONES = select(SeriesZoneRow.zone, SeriesZoneRow.next_date, SeriesZoneRow.due_at).where(
    SeriesZoneRow.workspace == OURS, SeriesZoneRow.series == bindparam("which")
)
_COMING = select(SeriesZoneRow.zone, SeriesZoneRow.next_date, SeriesZoneRow.due_at).where(
    SeriesZoneRow.workspace == OURS,
    SeriesZoneRow.series == bindparam("which"),
    SeriesZoneRow.next_date <= bindparam("day"),
)
_ADD_ZONE = insert(SeriesZoneRow).values(workspace=OURS).on_conflict_do_nothing()
_FORGET_ZONES = delete(SeriesZoneRow).where(
    SeriesZoneRow.workspace == OURS, SeriesZoneRow.series == bindparam("which")
)
_FORGET_PEOPLE = delete(SeriesPersonRow).where(
    SeriesPersonRow.workspace == OURS, SeriesPersonRow.series == bindparam("which")
)
_ADD_PERSON = insert(SeriesPersonRow).values(workspace=OURS).on_conflict_do_nothing()
_REMOVE_PERSON = delete(SeriesPersonRow).where(
    SeriesPersonRow.workspace == OURS,
    SeriesPersonRow.series == bindparam("which"),
    SeriesPersonRow.person == bindparam("who"),
)
_BRING_FORWARD = (
    update(SeriesZoneRow)
    .where(
        SeriesZoneRow.workspace == OURS,
        SeriesZoneRow.series == bindparam("which"),
        SeriesZoneRow.zone == bindparam("in_zone"),
    )
    .values(next_date=bindparam("day"), due_at=bindparam("then"))
)
_FORGET_UNASKED = delete(OccurrenceRow).where(
    OccurrenceRow.workspace == OURS,
    OccurrenceRow.series == bindparam("which"),
    OccurrenceRow.zone == bindparam("in_zone"),
    OccurrenceRow.local_date == bindparam("day"),
    or_(OccurrenceRow.state == OccurrenceState.MISSED, OccurrenceRow.why == Why.ASKED_TO_SKIP),
)
_PEOPLE = select(SeriesPersonRow.person).where(
    SeriesPersonRow.workspace == OURS, SeriesPersonRow.series == bindparam("which")
)
_KEYS_OF = select(SeriesPersonRow.series).where(
    SeriesPersonRow.workspace == OURS, SeriesPersonRow.person == bindparam("who")
)
_OF_PEOPLE = (
    select(*FIELDS, their_zone.label("lives_in"))
    .join(
        SeriesPersonRow,
        and_(SeriesPersonRow.workspace == SeriesRow.workspace, SeriesPersonRow.series == SeriesRow.key),
    )
    .join(
        PersonRow,
        and_(PersonRow.workspace == SeriesPersonRow.workspace, PersonRow.id == SeriesPersonRow.person),
    )
    .outerjoin(
        WorkTimeRow,
        and_(WorkTimeRow.workspace == PersonRow.workspace, WorkTimeRow.person == PersonRow.id),
    )
    .where(SeriesRow.workspace == OURS, SeriesRow.zone.is_(null()), SeriesRow.state == SeriesState.ACTIVE)
    .where(SeriesPersonRow.person.in_(bindparam("ids", expanding=True)), *_HERE)
)
_OWNED = (
    select(*FIELDS)
    .where(SeriesRow.workspace == OURS, SeriesRow.owner == bindparam("who"))
    .where(SeriesRow.state == SeriesState.ACTIVE)
    .order_by(SeriesRow.title, SeriesRow.key)
    .limit(bindparam("most"))
)
_recipients = rows_given("recipients")
_becomes, _because = (_recipients.c.value[place].as_string() for place in range(2))
ADD_OCCURRENCES = insert_each(
    OccurrenceRow,
    recipient=_recipients.c.key,
    wake_at=bindparam("due_at", type_=OccurrenceRow.due_at.type),
    tries=literal(0),
    state=_becomes,
    why=_because,
    settled_at=case(
        (_becomes == OccurrenceState.WAITING, null()),
        else_=bindparam("now", type_=OccurrenceRow.settled_at.type),
    ),
)
"""One date of a series for all its recipients."""


def find(tx: Tx, key: str) -> Series | None:
    """The series of that key."""
    row = tx.first(_ONE, which=key)
    return None if row is None else series_of(row)


def put(tx: Tx, series: Series) -> None:
    """Begin a series, or change it; its next date is the first that is still to come."""
    recurrence = series.recurrence
    tx.put(
        _PUT,
        key=series.key,
        kind=series.kind,
        title=series.title,
        rule=recurrence.rule,
        start=recurrence.start,
        at=recurrence.at,
        zone=recurrence.zone,
        per_person=series.per_person,
        subject=series.subject,
        owner=series.owner,
        state=series.state,
        skips=[day.isoformat() for day in series.skips],
        created_at=tx.now,
    )
    _begin(tx, series)


def set_people(tx: Tx, key: str, people: Sequence[PersonId]) -> None:
    """Whom the series asks from now on (at most 500)."""
    series = _known(tx, key)
    tx.put(_FORGET_PEOPLE, which=key)
    tx.run_many(_ADD_PERSON, [{"series": key, "person": one} for one in people])
    if series.state is SeriesState.ACTIVE:
        _follow_zones(tx, series)


def add_people(tx: Tx, key: str, people: Sequence[PersonId]) -> None:
    """These are asked too from now on (at most 500)."""
    series = _known(tx, key)
    tx.run_many(_ADD_PERSON, [{"series": key, "person": one} for one in people])
    if series.state is SeriesState.ACTIVE:
        _follow_zones(tx, series)


def remove_people(tx: Tx, key: str, people: Sequence[PersonId]) -> None:
    """These are asked no more."""
    for one in people:
        tx.put(_REMOVE_PERSON, which=key, who=one)


def people_of(tx: Tx, key: str) -> list[PersonId]:
    """Whom the series asks."""
    return [PersonId(person) for (person,) in tx.all(_PEOPLE, which=key)]


def keys_of(tx: Tx, person: PersonId) -> list[str]:
    """The series that ask this person."""
    return [key for (key,) in tx.all(_KEYS_OF, who=person)]


def zones_of(tx: Tx, key: str) -> dict[PersonId, str]:
    """Whom the series asks, as far as they are here, each with the zone they live by."""
    return {PersonId(row.person): row.zone for row in tx.all(_ASKED_BY, which=key)}


def owned(tx: Tx, person: PersonId, most: int) -> list[Series]:
    """What this person runs."""
    return [series_of(row) for row in tx.all(_OWNED, who=person, most=most)]


def moved(tx: Tx, *people: PersonId) -> None:
    """These people are new to us or live in another zone now: they are asked by its clocks from here on."""
    rows = tx.all(_OF_PEOPLE, ids=list(people))
    for row, zone in {(row.key, row.lives_in): (row, row.lives_in) for row in rows}.values():
        _add_zone(tx, series_of(row), zone)
    if rows:
        tx.wake("clock")


def pause(tx: Tx, key: str) -> None:
    """Nobody is asked until `resume`; the dates that pass meanwhile are not made up for."""
    tx.put(_STATE, which=key, new_state=SeriesState.PAUSED)
    tx.put(_FORGET_ZONES, which=key)


def resume(tx: Tx, key: str) -> None:
    """On again, from the next date on."""
    tx.put(_STATE, which=key, new_state=SeriesState.ACTIVE)
    _begin(tx, _known(tx, key))


def end(tx: Tx, key: str) -> None:
    """It recurs no more; what became of its dates is kept."""
    tx.put(_STATE, which=key, new_state=SeriesState.ENDED)
    tx.put(_FORGET_ZONES, which=key)
    tx.put(_FORGET_PEOPLE, which=key)


def next_date(tx: Tx, key: str) -> date | None:
    """The first date nobody has been asked for yet; None while it is paused or has ended."""
    series = _known(tx, key)
    upcoming = [row.next_date for row in tx.all(_ZONES, which=key)]
    if not upcoming:
        return None
    day: date = max(upcoming)
    while day in series.skips:
        day = next_dates(series.recurrence, day)[0]
    return day


def coming(tx: Tx, key: str, on: date) -> dict[str, datetime]:
    """The zones in which that date is still to come, and when."""
    series = _known(tx, key)
    rows = [] if on in series.skips else tx.all(_COMING, which=key, day=on)
    return {
        row.zone: row.due_at if row.next_date == on else instant_on(series.recurrence, on, row.zone)
        for row in rows
    }


def skip_next(tx: Tx, key: str) -> date | None:
    """Leave out the next date; which one that was. A second call leaves out the one after it too."""
    day, series = next_date(tx, key), _known(tx, key)
    if day is not None:
        kept = [one for one in series.skips if one >= local_date(tx.now, "UTC").replace(day=1)]
        tx.put(_SKIP, which=key, dates=[one.isoformat() for one in (*kept, day)])
    return day


def run_now(tx: Tx, key: str) -> bool:
    """Do not wait for the next date: whoever was not asked today is asked now. False while it is paused.

    In each zone today becomes the next date, due now; the clock does the rest and goes on as ever. Whom we could
    not ask today, or were not to, is asked after all.
    """
    series, zones = _known(tx, key), tx.all(_ZONES, which=key)
    for row in zones:
        today = local_date(tx.now, row.zone)
        tx.put(_BRING_FORWARD, which=key, in_zone=row.zone, day=today, then=tx.now)
        tx.put(_FORGET_UNASKED, which=key, in_zone=row.zone, day=today)
        if today in series.skips:
            tx.put(_SKIP, which=key, dates=[day.isoformat() for day in series.skips if day != today])
    tx.wake("clock")
    return bool(zones)


def series_of(row: Any) -> Series:
    """A row of `FIELDS` as the value it stands for."""
    return Series(
        row.key,
        row.kind,
        row.title,
        Recurrence(row.rule, row.start, row.at, row.zone),
        row.subject,
        None if row.owner is None else PersonId(row.owner),
        row.per_person,
        SeriesState(row.state),
        tuple(date.fromisoformat(str(day)) for day in row.skips),
    )


# ---------------------------------------------------------------------------------------------------------


def _known(tx: Tx, key: str) -> Series:
    found = find(tx, key)
    if found is None:
        raise LookupError(f"there is no series {key!r}")
    return found


def _begin(tx: Tx, series: Series) -> None:
    tx.put(_FORGET_ZONES, which=series.key)
    if series.state is SeriesState.ACTIVE:
        _follow_zones(tx, series)


def _follow_zones(tx: Tx, series: Series) -> None:
    zone = series.recurrence.zone
    own = {row.zone for row in tx.all(_ASKED_BY, which=series.key)} if zone is None else {zone}
    for one in sorted(own):
        _add_zone(tx, series, one)
    tx.wake("clock")


def _add_zone(tx: Tx, series: Series, zone: str) -> None:
    day, due_at = next_slot(series.recurrence, tx.now, zone)
    tx.put(_ADD_ZONE, series=series.key, zone=zone, next_date=day, due_at=due_at)
