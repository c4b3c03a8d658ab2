"""What people read who set an emoji, at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.asks.views import single
from handlers.feedback import wanting_views
from handlers.feedback.answers import Answer
from handlers.feedback.examples import LARGEST, SENTENCE, stands
from handlers.kit.examples import Example
from storage.feedback.values import FeedbackState, Reach, WordsState

_TODAY = date(2026, 3, 10)
_new = stands(FeedbackState.NEW)
_unread = replace(_new, words=None, words_state=WordsState.UNREADABLE)
_planned = stands(FeedbackState.PLANNED)
_largest = replace(_planned, number=2_000_000_000, words=LARGEST)
_kept = Answer(_TODAY, Reach(2, 1), area="Payments", keeper="Omar Haddad", promised=date(2026, 3, 12))
_known = Answer(_TODAY, Reach(6, 2), planned_for=date(2026, 12, 10), sentence=SENTENCE, customer="Acme")
_huge = replace(_known, sentence=LARGEST[:600], customer=LARGEST[:80])


def _wanting() -> Iterator[Example]:
    """Whoever wants it, too."""
    for size, feedback, supporters, known in (
        ("smallest", _unread, 1, Answer(_TODAY)),
        ("usual", _new, 2, _kept),
        ("planned", _planned, 7, _known),
        ("largest", _largest, 1_000, _huge),
    ):
        view = single(*wanting_views.answer(feedback, supporters, known)).payload
        yield Example("feedback", "wanted too", size, "message", view)  # type: ignore[arg-type]  # one of the sizes


EXAMPLES = (*_wanting(),)
