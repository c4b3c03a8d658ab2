"""What people read who set an emoji, at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.asks.views import single
from handlers.feedback import likeness, merging_views, triage_views, views, wanting_views
from handlers.feedback.answers import Answer
from handlers.feedback.examples import LARGEST, SAM, SENTENCE, stands
from handlers.feedback.likeness import Said
from handlers.feedback.views import Card
from handlers.kit.examples import Example
from handlers.kit.surfaces import MessageContent
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
        ("usual", _planned, 7, _known),
        ("largest", _largest, 1_000, _huge),
    ):
        name = "wanted too" if known is not _known else "wanted too and planned"
        yield _message(name, size, single(*wanting_views.answer(feedback, supporters, known)))


def _offered() -> Iterator[Example]:
    """What it probably is the same as, where somebody reads its card; and what was attached by itself."""
    bare = replace(_new, account=None, permalink=None, author=None)
    huge = replace(_new, number=2_000_000_000, words=LARGEST, account="Ö" * 80)
    for size, feedback in (("smallest", bare), ("usual", _new), ("largest", huge)):
        words, account = feedback.words or "", feedback.account
        near = likeness.nearest(words, account, [Said(7, words, account)])[0]
        card = Card(feedback, 1, "Sam Okafor", None, "sales", SAM, answer=_kept, near=near)
        yield _message("card with an offer", size, views.card_message(card))
        yield _message("triage card with an offer", size, triage_views.card(card, "", "Omar Haddad", _TODAY))
    other = replace(_new, number=7)
    yield _message(
        "card of the very same", "usual", merging_views.card(_new, other, "", _kept, seen=True, may=True)
    )
    yield _message("triage card of the very same", "usual", merging_views.elsewhere(_new, other, ""))


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("feedback", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (*_wanting(), *_offered())
