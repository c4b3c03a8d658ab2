"""What of feedback is searched: its words, those of everybody who asked for it, and of what was merged into it."""

from sqlalchemy import select, union_all

from storage.database import OURS, Tx
from storage.feedback import family
from storage.feedback.family import FAMILY
from storage.feedback.tables import AskedRow, FeedbackRow
from storage.search import queries as search

_texts = union_all(
    select(FeedbackRow.words).where(
        FeedbackRow.workspace == OURS, FeedbackRow.number.in_(FAMILY), FeedbackRow.words.is_not(None)
    ),
    select(AskedRow.words).where(
        AskedRow.workspace == OURS, AskedRow.number.in_(FAMILY), AskedRow.words.is_not(None)
    ),
).subquery("texts")
_TEXTS = select(_texts.c.words)


def refresh(tx: Tx, number: int) -> None:
    """Something of its words is another: search what there is now. What was merged is found as what it is part of."""
    whole = family.whole(tx, number)
    if whole != number:
        search.forget(tx, number)
    search.keep(tx, whole, [words for (words,) in tx.all(_TEXTS, of=whole) if words])
