"""Whom to remind of what, on which day of their own calendar."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.decisions.tables import DueRow
from storage.decisions.values import Due, Reminder
from storage.people.tables import PersonRow
from storage.values import PersonId
from storage.worktime.tables import WorkTimeRow

_ADD = insert(DueRow).values(workspace=OURS).on_conflict_do_nothing()
_FORGET = delete(DueRow).where(DueRow.workspace == OURS, DueRow.number == bindparam("of"))
_TAKE = _FORGET.where(DueRow.kind == bindparam("what"))
_zone = func.coalesce(WorkTimeRow.zone, PersonRow.zone, "UTC")
_its_person = and_(PersonRow.workspace == DueRow.workspace, PersonRow.id == DueRow.person)
_their_time = and_(WorkTimeRow.workspace == DueRow.workspace, WorkTimeRow.person == DueRow.person)
_ZONES = (
    select(_zone)
    .select_from(DueRow)
    .join(PersonRow, _its_person, isouter=True)
    .join(WorkTimeRow, _their_time, isouter=True)
    .where(DueRow.workspace == OURS)
    .distinct()
)
_IN_ZONE = (
    select(DueRow.number, DueRow.kind, DueRow.person, DueRow.due_on)
    .join(PersonRow, _its_person, isouter=True)
    .join(WorkTimeRow, _their_time, isouter=True)
    .where(DueRow.workspace == OURS, _zone == bindparam("zone"), DueRow.due_on <= bindparam("today"))
    .order_by(DueRow.due_on, DueRow.number)
    .limit(bindparam("limit"))
)


def plan(tx: Tx, number: int, planned: Sequence[Due]) -> None:
    """These are the decision's reminders now, and no others."""
    tx.put(_FORGET, of=number)
    tx.run_many(_ADD, [_row(number, one) for one in planned])


def add(tx: Tx, number: int, due: Due) -> None:
    """One more reminder, beside those there are."""
    tx.run_many(_ADD, [_row(number, due)])


def zones(tx: Tx) -> list[str]:
    """The zones of everybody who is to be reminded of something."""
    return [zone for (zone,) in tx.all(_ZONES)]


def due(tx: Tx, zone: str, today: date, limit: int) -> list[tuple[int, Due]]:
    """What is due for the people of a zone, where it is `today`; each with its decision's number."""
    return [
        (number, Due(Reminder(kind), PersonId(person), on))
        for number, kind, person, on in tx.all(_IN_ZONE, zone=zone, today=today, limit=limit)
    ]


def take(tx: Tx, number: int, kind: Reminder) -> bool:
    """It is ours to remind of; False when another worker took it before."""
    return tx.run(_TAKE, of=number, what=kind) == 1


def _row(number: int, due: Due) -> dict[str, object]:
    return {"number": number, "kind": due.kind, "person": due.person, "due_on": due.on}
