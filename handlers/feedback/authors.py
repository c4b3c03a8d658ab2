"""Whoever said what was captured: told by a message the first time ever, and never about what is not kept."""

from datetime import timedelta

from handlers.asks import service as asks
from handlers.feedback import cards, views
from handlers.people import service as people_service
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback.values import Feedback, FeedbackState
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call
from storage.people import queries as people
from storage.values import Json, PersonId, PersonKind

WORTH_ASKING = timedelta(days=1)
"""Who said it: later than this the next capture is as good an occasion."""


def tell_once(tx: Tx, feedback: Feedback, author: PersonId) -> None:
    """Tell somebody of this workspace; of somebody nobody has met yet Slack has to say first that they are."""
    known = people.person(tx, author)
    if known is None:
        _ask_who(tx, feedback, author)
    elif known.kind in (PersonKind.MEMBER, PersonKind.GUEST):
        summary, blocks = views.object_letter(cards.card(tx, feedback, author))
        asks.tell(tx, author, _first_key(author), summary, blocks)


def untell(tx: Tx, feedback: Feedback) -> None:
    """Their first telling, if it is about this: unsent it never is, and the next capture is told instead."""
    if feedback.author is not None:
        asks.withdraw_about(tx, _first_key(feedback.author), str(feedback.reference))


def met(tx: Tx, answer: Answer) -> None:
    """Slack told us who said it: tell them, unless it was taken back meanwhile."""
    people_service.person_learned(tx, answer)
    feedback = feedbacks.hold(tx, int(answer.about["number"]))
    kept = feedback is not None and feedback.state in (FeedbackState.NEW, FeedbackState.MERGED)
    if answer.ok and kept and feedback is not None and feedback.author is not None:
        tell_once(tx, feedback, feedback.author)


# ---------------------------------------------------------------------------------------------------------


def _ask_who(tx: Tx, feedback: Feedback, author: PersonId) -> None:
    about: dict[str, Json] = {"number": feedback.number}
    key = f"feedback.author:{feedback.reference}:{feedback.version}"
    last = tx.now + WORTH_ASKING
    enqueue(tx, Call(key, "users.info", {"user": author}, last_moment=last, then="feedback.met", about=about))


def _first_key(author: PersonId) -> str:
    return f"feedback.first:{author}"
