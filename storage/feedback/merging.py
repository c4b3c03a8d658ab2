"""Keep that feedback was merged, and take it apart again."""

from sqlalchemy import and_, bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.feedback import family, texts
from storage.feedback.tables import MergeRow
from storage.feedback.values import Merge
from storage.things.tables import ThingRow
from storage.things.values import Letter

_ADD = insert(MergeRow).values(workspace=OURS)
_FORGET = delete(MergeRow).where(MergeRow.workspace == OURS, MergeRow.number == bindparam("which"))
_ours = and_(ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK)
_JOIN = (
    update(ThingRow).where(_ours, ThingRow.number.in_(family.FAMILY)).values(part_of=bindparam("new_whole"))
)
_PART = (
    update(ThingRow)
    .where(_ours, ThingRow.number == bindparam("which"))
    .values(part_of=bindparam("new_whole"))
)


def join(tx: Tx, merge: Merge) -> None:
    """It counts under the other one from now on, and so does all that counted under it."""
    tx.put(
        _ADD,
        number=merge.number,
        into=merge.into,
        was=merge.was,
        by=merge.by,
        at=merge.at,
        links=list(merge.links),
    )
    tx.put(_JOIN, of=merge.number, new_whole=family.whole(tx, merge.into))
    texts.refresh(tx, merge.number)


def part(tx: Tx, merge: Merge) -> None:
    """It stands for itself again, and what was merged into it counts under it."""
    before = family.whole(tx, merge.number)
    tx.put(_FORGET, which=merge.number)
    tx.put(_PART, which=merge.number, new_whole=None)
    below = family.direct(tx, merge.number)
    while below:
        for one in below:
            tx.put(_PART, which=one.number, new_whole=merge.number)
        below = [one for each in below for one in family.direct(tx, each.number)]
    texts.refresh(tx, merge.number)
    texts.refresh(tx, before)
