"""What those who were asked said of a decision."""

from sqlalchemy import and_, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.decisions.tables import StanceRow
from storage.decisions.values import Decision, Stance, Voice
from storage.values import PersonId

_ALL = (
    select(
        StanceRow.person,
        StanceRow.stance,
        StanceRow.reason,
        StanceRow.round,
        StanceRow.at,
        StanceRow.version,
    )
    .where(and_(StanceRow.workspace == OURS, StanceRow.number == bindparam("of")))
    .order_by(StanceRow.at, StanceRow.person)
)
_said = insert(StanceRow).values(workspace=OURS, version=1)
_SAY = _said.on_conflict_do_update(
    index_elements=["workspace", "number", "person"],
    set_={
        **{name: _said.excluded[name] for name in ("stance", "reason", "round", "at")},
        "version": StanceRow.version + 1,
    },
).returning(StanceRow.version)


def every(tx: Tx, number: int) -> dict[PersonId, Voice]:
    """What everybody who answered said last, in the order they did."""
    return {
        PersonId(person): Voice(PersonId(person), Stance(stance), reason, round_, at, version)
        for person, stance, reason, round_, at, version in tx.all(_ALL, of=number)
    }


def say(tx: Tx, decision: Decision, person: PersonId, stance: Stance, reason: str | None) -> int:
    """This person says so now; how often they have spoken."""
    values = {"number": decision.number, "round": decision.round, "at": tx.now}
    said = tx.scalar(_SAY, person=person, stance=stance, reason=reason, **values)
    assert said is not None
    return said
