"""Changes somebody keeps page by page before they save them."""

from collections.abc import Mapping

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.decisions.tables import DraftRow
from storage.decisions.values import Draft
from storage.values import Json, PersonId

_theirs = and_(
    DraftRow.workspace == OURS, DraftRow.number == bindparam("of"), DraftRow.person == bindparam("whose")
)
_FIND = select(DraftRow.seen, DraftRow.begun_at, DraftRow.changes).where(_theirs)
_kept = insert(DraftRow).values(workspace=OURS)
_KEEP = _kept.on_conflict_do_update(
    index_elements=["workspace", "number", "person"], set_={"changes": _kept.excluded.changes}
)
_REBASE = update(DraftRow).where(_theirs).values(seen=bindparam("now_seen"))
_DISCARD = delete(DraftRow).where(_theirs)


def find(tx: Tx, number: int, person: PersonId) -> Draft | None:
    """This person's draft, if they have begun one."""
    row = tx.first(_FIND, of=number, whose=person)
    return None if row is None else Draft(row.seen, row.begun_at, row.changes)


def keep(tx: Tx, number: int, person: PersonId, seen: int, changes: Mapping[str, Json]) -> None:
    """Keep these changes; `seen` counts only for a draft that begins with them."""
    tx.put(_KEEP, number=number, person=person, seen=seen, changes=dict(changes), begun_at=tx.now)


def rebase(tx: Tx, number: int, person: PersonId, seen: int) -> None:
    """They have been told what changed meanwhile: the draft goes on from this version."""
    tx.put(_REBASE, of=number, whose=person, now_seen=seen)


def discard(tx: Tx, number: int, person: PersonId) -> None:
    """The draft is saved, or not wanted any more."""
    tx.put(_DISCARD, of=number, whose=person)
