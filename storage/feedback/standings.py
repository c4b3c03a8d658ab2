"""Keep what somebody said becomes of feedback: turn after turn, the last one holds."""

from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.feedback.tables import StandingRow
from storage.feedback.values import FeedbackState, Standing, Turn
from storage.values import PersonId

_PUT = insert(StandingRow).values(workspace=OURS)
_its = and_(StandingRow.workspace == OURS, StandingRow.number == bindparam("of"))
_LAST = select(func.max(StandingRow.turn)).where(_its)
_TURNS = (
    select(
        StandingRow.turn,
        StandingRow.state,
        StandingRow.planned_for,
        StandingRow.sentence,
        StandingRow.reason,
        StandingRow.by,
        StandingRow.at,
    )
    .where(_its)
    .order_by(StandingRow.turn.desc())
    .limit(bindparam("limit"))
)
_FORGET = delete(StandingRow).where(_its)


def put(tx: Tx, number: int, state: FeedbackState, standing: Standing) -> int:
    """It stands so from now on; which turn that is. Whoever says it holds the feedback meanwhile."""
    turn = (tx.scalar(_LAST, of=number) or 0) + 1
    tx.put(
        _PUT,
        number=number,
        turn=turn,
        state=state,
        planned_for=standing.planned_for,
        sentence=standing.sentence,
        reason=standing.reason,
        by=standing.by,
        at=standing.at,
    )
    return turn


def find(tx: Tx, number: int) -> Standing | None:
    """What was said of it last; None where nobody has."""
    last = turns(tx, number, 1)
    return last[0].said if last else None


def turns(tx: Tx, number: int, limit: int) -> list[Turn]:
    """What was said of it, the last first."""
    return [_turn(row) for row in tx.all(_TURNS, of=number, limit=limit)]


def forget(tx: Tx, number: int) -> None:
    """Nothing that was said about it is kept."""
    tx.put(_FORGET, of=number)


def _turn(row: Any) -> Turn:
    said = Standing(row.planned_for, row.sentence, row.reason, PersonId(row.by), row.at)
    return Turn(row.turn, FeedbackState(row.state), said)
