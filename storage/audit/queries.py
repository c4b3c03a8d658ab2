"""Write and read the audit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.audit.tables import AuditRow
from storage.database import OURS, Tx, new_id
from storage.values import Json, PersonId

_ADD = insert(AuditRow).values(workspace=OURS)
_OF = (
    select(AuditRow.at, AuditRow.actor, AuditRow.verb, AuditRow.details)
    .where(AuditRow.workspace == OURS, AuditRow.thing == bindparam("which"))
    .order_by(AuditRow.id)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thing's history."""

    at: datetime
    actor: PersonId | None
    verb: str
    details: dict[str, Json]


def note(tx: Tx, actor: PersonId | None, verb: str, thing: str, **details: Json) -> None:
    """Add a line; details are ids and enumerated values only, never what somebody wrote."""
    tx.put(_ADD, id=new_id(), at=tx.now, actor=actor, verb=verb, thing=thing, details=details)


def of(tx: Tx, thing: str) -> list[Entry]:
    """The history of a thing (`F-12`, `channel C0SALES`), oldest first."""
    return [
        Entry(at, None if actor is None else PersonId(actor), verb, details)
        for at, actor, verb, details in tx.all(_OF, which=thing)
    ]
