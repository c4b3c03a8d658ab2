"""What else asks for the same as one piece of feedback, of what it could be merged with."""

from collections.abc import Mapping

from handlers.feedback import likeness
from handlers.feedback.likeness import Near, Said
from storage.database import Tx
from storage.feedback import likes, triage
from storage.feedback import queries as feedbacks
from storage.feedback.queries import NEWEST
from storage.feedback.values import OPEN, Feedback, FeedbackState
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import AudienceKind


def near(tx: Tx, feedback: Feedback, viewer: Viewer) -> list[Near]:
    """The most alike first; what has ended, and what other people see, is left out."""
    return _near(tx, feedback, things.viewing(viewer), NEWEST)


def on_card(tx: Tx, feedback: Feedback, seen: Mapping[str, object]) -> Near | None:
    """The one that a card in a message offers, until somebody says more of it: the most alike that was there before.

    `seen` is who reads the card, as in `likes.said`. Of two that are alike only the later one's card says so.
    """
    if feedback.state is not FeedbackState.NEW or triage.find(tx, feedback.number).spurned is not None:
        return None
    return next(iter(_near(tx, feedback, seen, feedback.number)), None)


def same_audience(tx: Tx, one: Feedback, other: Feedback) -> bool:
    """Whether the same people see both."""
    first, second = things.audience(tx, one.reference), things.audience(tx, other.reference)
    if first.kind is not second.kind:
        return False
    if first.kind is AudienceKind.PEOPLE:
        return {*first.people, one.captured_by} == {*second.people, other.captured_by}
    return first.channel == second.channel


def _near(tx: Tx, feedback: Feedback, seen: Mapping[str, object], below: int) -> list[Near]:
    words = feedback.words or ""
    sought = likeness.sought_in(words)
    if sought is None:
        return []
    known = (Said(*one) for one in likes.said(tx, seen, sought, feedback.account))
    others = [one for one in known if one.number < below and one.number != feedback.number]
    found = likeness.nearest(words, feedback.account, others)
    return [one for one in found if _fits(tx, feedback, one.said.number)]


def _fits(tx: Tx, feedback: Feedback, number: int) -> bool:
    other = feedbacks.get(tx, number)
    return other is not None and other.state in OPEN and same_audience(tx, feedback, other)
