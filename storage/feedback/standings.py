"""Keep what somebody said becomes of feedback."""

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.feedback.tables import StandingRow
from storage.feedback.values import Standing
from storage.values import PersonId

_put = insert(StandingRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "number"],
    set_={one: _put.excluded[one] for one in ("planned_for", "sentence", "reason", "by", "at")},
)
_its = and_(StandingRow.workspace == OURS, StandingRow.number == bindparam("of"))
_FIND = select(
    StandingRow.planned_for, StandingRow.sentence, StandingRow.reason, StandingRow.by, StandingRow.at
).where(_its)
_FORGET = delete(StandingRow).where(_its)


def put(tx: Tx, number: int, standing: Standing) -> None:
    """It stands so from now on."""
    tx.put(
        _PUT,
        number=number,
        planned_for=standing.planned_for,
        sentence=standing.sentence,
        reason=standing.reason,
        by=standing.by,
        at=standing.at,
    )


def find(tx: Tx, number: int) -> Standing | None:
    """What was said of it last; None where nobody has."""
    row = tx.first(_FIND, of=number)
    if row is None:
        return None
    return Standing(row.planned_for, row.sentence, row.reason, PersonId(row.by), row.at)


def forget(tx: Tx, number: int) -> None:
    """Nothing that was said about it is kept."""
    tx.put(_FORGET, of=number)
