"""Read and keep people's working time and when they are away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.calendar import known_zone, local_date
from storage.database import OURS, Tx
from storage.people import queries as people
from storage.people.tables import PersonRow
from storage.people.values import Person
from storage.values import PersonId
from storage.worktime.public_holidays import country_of_zone, holidays_of
from storage.worktime.tables import AwayRow, WorkTimeRow
from storage.worktime.values import Availability, Away, Quiet, WorkTime

_DETAILS = ("zone", "workdays", "start", "end", "quiet_start", "quiet_end", "country", "asks_a_day",
            "tells_a_day", "set_at")  # fmt: skip
_SOME_COLUMNS = select(WorkTimeRow.person, *(getattr(WorkTimeRow, name) for name in _DETAILS)).where(
    WorkTimeRow.workspace == OURS, WorkTimeRow.person.in_(bindparam("ids", expanding=True))
)
_put = insert(WorkTimeRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "person"], set_={name: _put.excluded[name] for name in _DETAILS}
)
_AWAYS = (
    select(AwayRow.person, AwayRow.first, AwayRow.last, AwayRow.cover, AwayRow.set_by)
    .where(
        AwayRow.workspace == OURS,
        AwayRow.person.in_(bindparam("ids", expanding=True)),
        AwayRow.last >= bindparam("since"),
    )
    .order_by(AwayRow.first)
)
_LAST = (
    select(AwayRow.first, AwayRow.last, AwayRow.cover, AwayRow.set_by)
    .where(AwayRow.workspace == OURS, AwayRow.person == bindparam("who"), AwayRow.first <= bindparam("day"))
    .order_by(AwayRow.first.desc())
    .limit(1)
)
_theirs = (AwayRow.workspace == OURS) & (AwayRow.person == bindparam("who"))
_ADD_AWAY = insert(AwayRow).values(workspace=OURS)
_FORGET = delete(AwayRow).where(
    _theirs, AwayRow.first <= bindparam("until"), AwayRow.last >= bindparam("since")
)
_CANCEL = delete(AwayRow).where(_theirs, AwayRow.first == bindparam("begun"))
_its_worktime = (WorkTimeRow.workspace == OURS) & (WorkTimeRow.person == PersonRow.id)
_SOMEBODY = (
    people.PERSON.add_columns(WorkTimeRow.zone.label("own_zone"))
    .join_from(PersonRow, WorkTimeRow, _its_worktime, isouter=True)
    .where(PersonRow.id == bindparam("who"))
)
_CUT = (
    update(AwayRow)
    .where(_theirs, AwayRow.first < bindparam("day"), AwayRow.last >= bindparam("day"))
    .values(last=bindparam("before"))
)


def worktime(tx: Tx, person: PersonId) -> WorkTime | None:
    """What this person set; None where they never did."""
    return _worktimes(tx, [person]).get(person)


def put(tx: Tx, person: PersonId, worktime: WorkTime) -> None:
    """The person's working time from now on. Whoever calls it tells the schedules of a zone that changed."""
    quiet = worktime.quiet
    tx.read.pop(_read(person), None)
    tx.put(
        _PUT,
        person=person,
        zone=worktime.zone,
        workdays=sorted(worktime.workdays),
        start=worktime.start,
        end=worktime.end,
        quiet_start=None if quiet is None else quiet.start,
        quiet_end=None if quiet is None else quiet.end,
        country=worktime.country,
        asks_a_day=worktime.asks_a_day,
        tells_a_day=worktime.tells_a_day,
        set_at=tx.now,
    )


def of(tx: Tx, person: PersonId) -> Availability:
    """When this person can be reached; somebody unknown works nine to five in UTC."""
    return of_many(tx, [person])[person]


def today(tx: Tx, person: PersonId) -> date:
    """Which day it is where this person is; for somebody unknown, in UTC."""
    return asked_today(tx, person)()


def asked_today(tx: Tx, person: PersonId) -> Callable[[], date]:
    """The same, asked now and taken later; nothing is asked of whom this work has looked at."""
    there: Person | None = tx.read.get(_read(person))
    found = tx.ask(_SOMEBODY, who=person) if there is None else None

    def day() -> date:
        known = there if found is None else next(map(_somebody, found()), None)
        zone = "UTC" if known is None else known.zone
        return local_date(tx.now, zone if known_zone(zone) else "UTC")

    return day


def of_many(
    tx: Tx, ids: Sequence[PersonId], known: Mapping[PersonId, Person] | None = None
) -> dict[PersonId, Availability]:
    """When these people can be reached; who set nothing has the public holidays of the country their zone lies in.

    `known` is what we know of them, where the caller has looked.
    """
    set_by_them, known = _worktimes(tx, ids), people.people(tx, ids) if known is None else known
    aways = _aways(tx, ids)
    found: dict[PersonId, Availability] = {}
    for one in ids:
        worktime = set_by_them.get(one)
        zone = _zone(worktime, known.get(one))
        worktime = worktime or WorkTime(country=country_of_zone(zone))
        year = local_date(tx.now, zone).year
        found[one] = Availability(worktime, zone, aways.get(one, ()), _holidays(worktime.country, year))
    return found


def set_away(tx: Tx, person: PersonId, away: Away) -> None:
    """Away on these days; what was set for any of them before is replaced."""
    if away.first > away.last:
        raise ValueError("Being away ends on the day it begins or later.")
    tx.put(_FORGET, who=person, since=away.first, until=away.last)
    tx.put(_ADD_AWAY, person=person, first=away.first, last=away.last, cover=away.cover, set_by=away.set_by,
           set_at=tx.now)  # fmt: skip


def cancel(tx: Tx, person: PersonId, away: Away) -> None:
    """That absence does not happen, or not as it was said."""
    tx.put(_CANCEL, who=person, begun=away.first)


def last_away(tx: Tx, person: PersonId, today: date) -> Away | None:
    """The last time this person was away, or is."""
    row = tx.first(_LAST, who=person, day=today)
    return None if row is None else Away(row.first, row.last, _person(row.cover), _person(row.set_by))


def somebody(tx: Tx, person: PersonId) -> Person | None:
    """What we know of somebody, in the zone they chose if they did; None for one never seen."""
    row = tx.first(_SOMEBODY, who=person)
    if row is None:
        return None
    known = tx.read[_read(person)] = _somebody(row)
    return known


def back(tx: Tx, person: PersonId, day: date) -> bool:
    """There again from that day on; whether they had been away."""
    before = day - timedelta(days=1)
    cut = tx.run(_CUT, who=person, day=day, before=before)
    return cut + tx.run(_FORGET, who=person, since=day, until=day) > 0


def _somebody(row: Any) -> Person:
    known = people.person_of(row)
    return known if row.own_zone is None else replace(known, zone=row.own_zone)


def _read(person: PersonId) -> str:
    return f"worktime.somebody:{person}"


def _worktimes(tx: Tx, ids: Sequence[PersonId]) -> dict[PersonId, WorkTime]:
    return {PersonId(row.person): _worktime(row) for row in tx.all(_SOME_COLUMNS, ids=list(ids))}


def _zone(worktime: WorkTime | None, known: Person | None) -> str:
    theirs = "UTC" if known is None else known.zone
    return (worktime and worktime.zone) or (theirs if known_zone(theirs) else "UTC")


def _aways(tx: Tx, ids: Iterable[PersonId]) -> Mapping[PersonId, tuple[Away, ...]]:
    since = tx.now.date() - timedelta(days=2)  # over now by every calendar of the world
    found: dict[PersonId, tuple[Away, ...]] = {}
    for person, first, last, cover, set_by in tx.all(_AWAYS, ids=list(ids), since=since):
        away = Away(first, last, _person(cover), _person(set_by))
        found[PersonId(person)] = (*found.get(PersonId(person), ()), away)
    return found


def _worktime(row: Any) -> WorkTime:
    quiet = None if row.quiet_start is None else Quiet(row.quiet_start, row.quiet_end)
    days = frozenset(row.workdays)
    budget = row.asks_a_day, row.tells_a_day
    return WorkTime(row.zone, days, row.start, row.end, quiet, row.country, *budget)


def _holidays(country: str | None, year: int) -> frozenset[date]:
    return frozenset() if country is None else holidays_of(country, year) | holidays_of(country, year + 1)


def _person(found: str | None) -> PersonId | None:
    return None if found is None else PersonId(found)
