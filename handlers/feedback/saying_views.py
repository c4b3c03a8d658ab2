"""What people see when somebody says what becomes of feedback. Pure."""

from collections.abc import Sequence

from handlers.feedback import answers, ids
from handlers.feedback.answers import Answer
from handlers.feedback.modals import EditForm
from handlers.feedback.rules import SENTENCE_LIMIT
from handlers.kit.blocks import Block, context, input_select, input_text, quote, section
from handlers.kit.objects import options
from handlers.kit.pickers import input_day
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from storage.feedback.values import Feedback, FeedbackState, Standing

REASON_LIMIT = 1000
CHOICES = (
    ("Planned", FeedbackState.PLANNED),
    ("In progress", FeedbackState.IN_PROGRESS),
    ("Declined", FeedbackState.DECLINED),
    ("Answered", FeedbackState.ANSWERED),
)


def form(feedback: Feedback, standing: Standing | None) -> View:
    """How it stands, for when, and two texts that are kept apart: one for customers and one that stays inside."""
    chosen = feedback.state if feedback.state in dict(_values()) else FeedbackState.PLANNED
    carried = EditForm(number=feedback.number, seen=feedback.version)
    blocks: list[Block] = [
        *([quote(shorten(feedback.words, 300))] if feedback.words else []),
        input_select("It is", ids.BLOCK_STATE, ids.BLOCK_STATE, options(*_options()), initial=chosen.value),
        input_day("For when", ids.BLOCK_DAY, initial=standing.planned_for if standing else None),
        input_text(
            "What a customer may be told",
            ids.BLOCK_SENTENCE,
            ids.BLOCK_SENTENCE,
            multiline=True,
            optional=True,
            initial=standing.sentence if standing else None,
            max_length=SENTENCE_LIMIT,
            hint="In words a customer uses. Whoever asked gets it in a box to copy, as you write it.",
        ),
        input_text(
            "Why, for us only",
            ids.BLOCK_REASON,
            ids.BLOCK_REASON,
            multiline=True,
            optional=True,
            initial=standing.reason if standing else None,
            max_length=REASON_LIMIT,
            hint="It is never shown with the sentence, and nothing of it is put there.",
        ),
    ]
    return modal(
        f"About {feedback.reference}",
        blocks,
        submit="Save",
        callback_id=ids.SAID,
        private_metadata=carried.model_dump_json(),
    )


def saved(feedback: Feedback, answer: Answer) -> View:
    """The last page: what everybody who may see it reads from now on."""
    shown = answers.blocks(feedback, answer)
    rest = context("Whoever may see it reads this on its card. Nobody is sent a message.")
    return modal("Saved", [section(f"*{feedback.reference} is saved.*"), *shown, rest], close="Done")


# ---------------------------------------------------------------------------------------------------------


def _values() -> Sequence[tuple[FeedbackState, str]]:
    return [(state, words) for words, state in CHOICES]


def _options() -> Sequence[tuple[str, str]]:
    return [(words, state.value) for words, state in CHOICES]
