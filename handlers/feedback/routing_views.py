"""What those are sent a kind of feedback is for: a question, praise, a churn risk. Pure."""

from handlers.feedback import ids, rules, views
from handlers.feedback.views import Card
from handlers.kit.blocks import Block, actions, context, quote
from handlers.kit.elements import Element, button
from handlers.kit.shortening import shorten
from storage.feedback.values import Feedback

WORDS = 600
PRAISED = "You built it, or look after it. Nothing is needed from you."
PRIVATE = "Only whose account it is, and who leads them, is sent this."
NO_OWNER = (
    "Nobody is known to look after its account, so you are sent this: `/capture accounts` says whose it is."
)


def question(card: Card) -> tuple[str, list[Block]]:
    """To whoever looks after it: somebody asks, and waits."""
    feedback = card.feedback
    summary = f"{feedback.reference} is a question for you"
    answer = button("Answer…", ids.SAY, str(feedback.number), style="primary",
                    accessibility_label=f"Answer {feedback.reference}")  # fmt: skip
    return summary, [*_words(card), actions(answer, _show(feedback))]


def praise(card: Card) -> tuple[str, list[Block]]:
    """To those who built it."""
    feedback = card.feedback
    summary = f"{feedback.reference} is praise for what you look after"
    return summary, [*_words(card), context(PRAISED), actions(_show(feedback))]


def churn_risk(card: Card, *, owned: bool) -> tuple[str, list[Block]]:
    """To whose account it is, and who leads them; to whoever looks after its area where nobody is known."""
    feedback = card.feedback
    who = feedback.account or "A customer"
    summary = f"{feedback.reference}: {who} might leave"
    take = button("What becomes of it…", ids.SAY, str(feedback.number), style="primary",
                  accessibility_label=f"Say what becomes of {feedback.reference}")  # fmt: skip
    return summary, [*_words(card), context(PRIVATE if owned else NO_OWNER), actions(take, _show(feedback))]


# ---------------------------------------------------------------------------------------------------------


def _words(card: Card) -> list[Block]:
    said = card.feedback.words or rules.title_of(None, card.feedback.kind)
    return [quote(shorten(said, WORDS)), context(*views.facts(card))]


def _show(feedback: Feedback) -> Element:
    name = f"Show {feedback.reference}"
    return button(name, f"{ids.SHOW}:{feedback.number}", str(feedback.number))
