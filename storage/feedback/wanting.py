"""Find who wants something by an emoji and is still to be answered: told what is known of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, select, update

from storage.database import OURS, Tx
from storage.feedback.tables import SupporterRow
from storage.values import PersonId

_due = and_(
    SupporterRow.workspace == OURS,
    SupporterRow.answer_at.is_not(None),
    SupporterRow.answer_at <= bindparam("now"),
)
_WAITING = (
    select(SupporterRow.person).where(_due).distinct().order_by(SupporterRow.person).limit(bindparam("limit"))
)
_theirs = and_(
    SupporterRow.workspace == OURS,
    SupporterRow.person == bindparam("who"),
    SupporterRow.answer_at.is_not(None),
)
_THEIRS = (
    select(SupporterRow.number)
    .where(_theirs)
    .order_by(SupporterRow.number + 0)  # or SQLite would read in this order all they ever wanted
    .limit(bindparam("limit"))
)
_PUT_OFF = update(SupporterRow).where(_theirs).values(answer_at=bindparam("later"))
_ANSWERED = update(SupporterRow).where(_theirs, SupporterRow.number == bindparam("of")).values(answer_at=None)


def waiting(tx: Tx, limit: int) -> Sequence[PersonId]:
    """People to be answered now."""
    return [PersonId(person) for (person,) in tx.all(_WAITING, now=tx.now, limit=limit)]


def of(tx: Tx, person: PersonId, limit: int) -> Sequence[int]:
    """What this person wants and is still to be answered of, also what they set an emoji on just now."""
    return [number for (number,) in tx.all(_THEIRS, who=person, limit=limit)]


def put_off(tx: Tx, person: PersonId, until: datetime) -> None:
    """They are answered nothing before then."""
    tx.put(_PUT_OFF, who=person, later=until)


def answered(tx: Tx, number: int, person: PersonId) -> None:
    """They are, or need not be."""
    tx.put(_ANSWERED, of=number, who=person)
