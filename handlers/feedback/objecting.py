"""Its author does not want it kept: the words are deleted from everything that still holds them."""

from handlers.asks import service as asks
from handlers.feedback import answering, cards, rules
from handlers.feedback.service import withdraw
from handlers.kit.requests import Who
from storage.areas import queries as areas
from storage.database import Tx
from storage.deliveries import queries as deliveries
from storage.feedback import asking, closing, reopenings, standings, triage
from storage.feedback import queries as feedbacks
from storage.feedback.values import Feedback, FeedbackState
from storage.outbox import boards


def objected(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Its author does not want it kept: the words are deleted, and nobody captures the message any more."""
    feedback = feedbacks.hold(tx, number)
    if feedback is None or not rules.may_object(feedback, who.person):
        return None
    withdrawn = withdraw(tx, feedback, FeedbackState.OBJECTED, who.person)
    _forget_words(tx, withdrawn)
    return withdrawn


# ---------------------------------------------------------------------------------------------------------


def _forget_words(tx: Tx, feedback: Feedback) -> None:
    """Delete what was said from everything that still holds it: rows, unsent messages, kept answers."""
    feedbacks.erase_words(tx, feedback)
    _forget_closing(tx, feedback.number)
    boards.redraw(tx, cards.card_key(feedback.number, feedback.captured_by))
    boards.redraw(tx, cards.triage_key(feedback.number))
    area = answering.area_of(tx, feedback)
    if area is not None and (last := areas.carded(tx, area.id)) is not None:
        boards.redraw(tx, cards.day_key(area.id, last))
    for person in sorted({one for one in (feedback.captured_by, feedback.author) if one is not None}):
        boards.redraw(tx, boards.home_key(person))
    deliveries.forget_replies(tx)


def _forget_closing(tx: Tx, number: int) -> None:
    """The sentence goes, and what only tells of it and has not left yet is never said."""
    for key in closing.tellings(tx, number):
        if rules.tells_only_of(key, number):
            asks.withdraw(tx, key)
    closing.forget(tx, number)
    asking.forget_all(tx, number)
    standings.forget(tx, number)
    reopenings.forget(tx, number)
    triage.forget(tx, number)
