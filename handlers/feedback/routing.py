"""Where new feedback goes: each kind to whoever it is for."""

from handlers.feedback import cards, triage_cards, triaging
from storage.database import Tx
from storage.feedback.values import Feedback, FeedbackState, WordsState


def arrived(tx: Tx, feedback: Feedback) -> None:
    """Its words are known, or will not be: whoever it is for sees it; said twice, it does nothing more."""
    if feedback.state is not FeedbackState.NEW or feedback.words_state is WordsState.PENDING:
        return
    if triaging.waits(feedback):
        triage_cards.put(tx, feedback)
        cards.sorted_anew(tx, feedback)
