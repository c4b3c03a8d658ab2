"""Feedback that was merged: what counts under one number, and how that came to be.

Nothing is moved when two are merged: each keeps its supporters, its words and those who asked, and whoever counts
looks at the whole family. So taking them apart again leaves each with exactly what is its own.
"""

from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, cast, func, select, union_all
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.tables import FeedbackRow, MergeRow, SupporterRow
from storage.feedback.values import FeedbackState, Merge
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import PersonId


class Relative(NamedTuple):
    """Another one of a family, and those whose Home shows it."""

    number: int
    captured_by: PersonId
    author: PersonId | None


_ours = and_(ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK)
_parts = select(ThingRow.number).where(_ours, ThingRow.part_of == bindparam("of"))
FAMILY = union_all(select(cast(bindparam("of"), Integer)), _parts)
"""The numbers that count under the number `of`: its own, and those that were merged into it."""
_PARTS = _parts
_itself = aliased(ThingRow)
_root = (
    select(func.coalesce(_itself.part_of, _itself.number))
    .where(
        _itself.workspace == OURS,
        _itself.letter == Letter.FEEDBACK,
        _itself.number == bindparam("of", type_=Integer),
    )
    .scalar_subquery()
)
_others = union_all(select(ThingRow.number).where(_ours, ThingRow.part_of == _root), select(_root))
_RELATIVES = select(FeedbackRow.number, FeedbackRow.captured_by, FeedbackRow.author).where(
    FeedbackRow.workspace == OURS,
    FeedbackRow.number.in_(_others),
    FeedbackRow.number != bindparam("of", type_=Integer),
)
_WHOLE = select(ThingRow.part_of).where(_ours, ThingRow.number == bindparam("which"))

_fields = (MergeRow.number, MergeRow.into, MergeRow.was, MergeRow.by, MergeRow.at, MergeRow.links)
_merges = select(*_fields).where(MergeRow.workspace == OURS)
_ONE = _merges.where(MergeRow.number == bindparam("which"))
_INTO = _merges.where(MergeRow.into == bindparam("which"))
_OF = _merges.where(MergeRow.number.in_(_parts)).order_by(MergeRow.at, MergeRow.number)
_THEIRS = (
    select(AccountRow.name.label("account"), FeedbackRow.captured_at)
    .select_from(FeedbackRow)
    .outerjoin(AccountRow, ITS_ACCOUNT)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.number.in_(FAMILY),
        FeedbackRow.captured_by == bindparam("who"),
    )
    .order_by(FeedbackRow.captured_at, FeedbackRow.number)
    .limit(1)
)
_SINCE = select(func.min(SupporterRow.since)).where(
    SupporterRow.workspace == OURS,
    SupporterRow.number.in_(FAMILY),
    SupporterRow.person == bindparam("who"),
)
_NUMBERS = (
    select(SupporterRow.number)
    .where(
        SupporterRow.workspace == OURS,
        SupporterRow.number.in_(FAMILY),
        SupporterRow.person == bindparam("who"),
    )
    .order_by(SupporterRow.number)
)


def whole(tx: Tx, number: int) -> int:
    """The one it counts under: itself, unless it was merged."""
    part_of = tx.scalar(_WHOLE, which=number)
    return number if part_of is None else part_of


def parts(tx: Tx, number: int) -> list[int]:
    """What was merged into it, at once or by way of another."""
    found = tx.all(_PARTS, of=number)
    return sorted(
        part for (part,) in found
    )  # for the order SQLite would read all things, not the index of parts


def relatives(tx: Tx, number: int) -> list[Relative]:
    """All others of its family: what it is part of, and what is part of that; in no order."""
    return [
        Relative(row.number, PersonId(row.captured_by), None if row.author is None else PersonId(row.author))
        for row in tx.all(_RELATIVES, of=number)
    ]


def merges(tx: Tx, number: int) -> list[Merge]:
    """How what is part of it came to be, first come first."""
    return [_merge(row) for row in tx.all(_OF, of=number)]


def direct(tx: Tx, number: int) -> list[Merge]:
    """What was merged into this one itself."""
    found = (_merge(row) for row in tx.all(_INTO, which=number))
    return sorted(found, key=lambda one: one.number)  # for the order SQLite would read all merges


def merge_of(tx: Tx, number: int) -> Merge | None:
    """How it was merged into another one, if it was."""
    row = tx.first(_ONE, which=number)
    return None if row is None else _merge(row)


def captured(tx: Tx, number: int, person: PersonId) -> tuple[str | None, Any] | None:
    """For which account and when this person captured it, or what was merged into it; None where they did not."""
    row = tx.first(_THEIRS, of=number, who=person)
    return None if row is None else (row.account, row.captured_at)


def since(tx: Tx, number: int, person: PersonId) -> Any:
    """Since when this person wants it, or what was merged into it."""
    return tx.scalar(_SINCE, of=number, who=person)


def wanted(tx: Tx, number: int, person: PersonId) -> list[Reference]:
    """Which of the family this person wants."""
    return [Reference(Letter.FEEDBACK, one) for (one,) in tx.all(_NUMBERS, of=number, who=person)]


# ---------------------------------------------------------------------------------------------------------


def _merge(row: Any) -> Merge:
    links = tuple(str(one) for one in row.links)
    return Merge(row.number, row.into, FeedbackState(row.was), PersonId(row.by), row.at, links)
