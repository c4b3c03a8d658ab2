"""What of feedback is searched: its words, those of everybody who asked for it, and of what was merged into it."""

from sqlalchemy import bindparam, or_, select, union_all

from storage.database import OURS, Tx
from storage.feedback.tables import AskedRow, FeedbackRow
from storage.search import queries as search

_WHOLE = select(FeedbackRow.part_of).where(
    FeedbackRow.workspace == OURS, FeedbackRow.number == bindparam("which")
)
_parts = select(FeedbackRow.number).where(
    FeedbackRow.workspace == OURS, FeedbackRow.part_of == bindparam("whole")
)
_texts = union_all(
    select(FeedbackRow.words).where(
        FeedbackRow.workspace == OURS,
        or_(FeedbackRow.number == bindparam("whole"), FeedbackRow.part_of == bindparam("whole")),
        FeedbackRow.words.is_not(None),
    ),
    select(AskedRow.words).where(
        AskedRow.workspace == OURS,
        or_(AskedRow.number == bindparam("whole"), AskedRow.number.in_(_parts)),
        AskedRow.words.is_not(None),
    ),
).subquery("texts")
_TEXTS = select(_texts.c.words)


def refresh(tx: Tx, number: int) -> None:
    """Something of its words is another: search what there is now. What was merged is found as what it is part of."""
    part_of = tx.scalar(_WHOLE, which=number)
    if part_of is not None:
        search.forget(tx, number)
    whole = number if part_of is None else part_of
    search.keep(tx, whole, [words for (words,) in tx.all(_TEXTS, whole=whole) if words])
