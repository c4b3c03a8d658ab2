"""What people see when somebody says what becomes of feedback. Pure."""

from collections.abc import Sequence
from datetime import date

from handlers.feedback import answers, closing_views, ids, rules
from handlers.feedback.answers import Answer
from handlers.feedback.modals import EditForm
from handlers.feedback.rules import SENTENCE_LIMIT
from handlers.kit.blocks import Block, actions, context, input_select, input_text, plain, quote, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_day
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.feedback.values import Feedback, FeedbackState, Kind, Reopening, Standing

REASON_LIMIT = 1000
LARGEST = 2_000_000_000
NAMES = {
    FeedbackState.TRIAGED: "Triaged: I have it",
    FeedbackState.PLANNED: "Planned",
    FeedbackState.IN_PROGRESS: "In progress",
    FeedbackState.SHIPPED: "Shipped",
    FeedbackState.DECLINED: "Declined",
    FeedbackState.ANSWERED: "Answered",
}
FOR_CUSTOMERS = "In words a customer uses. Whoever asked gets it in a box to copy, as you write it."
FOR_US = "Colleagues who asked read it when they are told. It is never in the box for customers."
TOLD = "Whoever asked, follows it or looks after an account that asked gets one message."
QUIET = "Whoever may see it reads this on its card. Nobody is sent a message."


def form(feedback: Feedback, standing: Standing | None, again: Reopening | None = None) -> View:
    """How it stands, for when, and two texts that are kept apart: one for customers and one that stays inside."""
    choices = rules.ENDS[feedback.kind]
    likely = FeedbackState.PLANNED if FeedbackState.PLANNED in choices else choices[0]
    chosen = feedback.state if feedback.state in choices else likely
    carried = EditForm(number=feedback.number, seen=feedback.version)
    blocks: list[Block] = [
        *([quote(shorten(feedback.words, 300))] if feedback.words else []),
        input_select("It is", ids.BLOCK_STATE, ids.BLOCK_STATE, options(*_options(choices)), initial=chosen.value),
        *([when(standing)] if FeedbackState.PLANNED in choices else []),
        sentence(feedback, standing),
        reason(feedback, standing),
        *(reopening(again) if FeedbackState.DECLINED in choices else []),
    ]  # fmt: skip
    return modal(
        f"About {feedback.reference}",
        blocks,
        submit="Save",
        callback_id=ids.SAID,
        private_metadata=carried.model_dump_json(),
    )


def when(standing: Standing | None) -> Block:
    """The day it is planned for."""
    return input_day("For when", ids.BLOCK_DAY, initial=standing.planned_for if standing else None)


def sentence(feedback: Feedback | None, standing: Standing | None) -> Block:
    """What a customer may be told; of a question it is the answer."""
    question = feedback is not None and feedback.kind is Kind.QUESTION
    hint = "Whoever asked gets it as you write it, also where they asked." if question else FOR_CUSTOMERS
    return input_text(
        "The answer" if question else "What a customer may be told",
        ids.BLOCK_SENTENCE,
        ids.BLOCK_SENTENCE,
        multiline=True,
        optional=True,
        initial=standing.sentence if standing else None,
        max_length=SENTENCE_LIMIT,
        hint=f"{_since(feedback, standing.sentence)}{hint}" if standing and feedback else hint,
    )


def reason(feedback: Feedback, standing: Standing | None) -> Block:
    """Why; it stays inside."""
    return input_text(
        "Why, for us only",
        ids.BLOCK_REASON,
        ids.BLOCK_REASON,
        multiline=True,
        optional=True,
        initial=standing.reason if standing else None,
        max_length=REASON_LIMIT,
        hint=f"{_since(feedback, standing.reason)}{FOR_US}" if standing else FOR_US,
    )


def reopening(again: Reopening | None) -> list[Block]:
    """When what is declined is looked at again; any one of these is enough."""
    kept = again or Reopening()
    return [
        context("What is declined re-opens by itself once one of these comes true:"),
        input_text(
            "So many accounts asked", ids.BLOCK_AGAIN_ACCOUNTS, ids.BLOCK_AGAIN_ACCOUNTS, optional=True,
            initial=_written(kept.accounts), max_length=6, placeholder="5",
        ),
        input_day("This day has come", ids.BLOCK_AGAIN_ON, initial=kept.on),
        input_text(
            "They are worth so much a year together", ids.BLOCK_AGAIN_VALUE, ids.BLOCK_AGAIN_VALUE, optional=True,
            initial=_written(kept.value), max_length=15, placeholder="A whole number, in your own currency",
        ),
    ]  # fmt: skip


def saved(feedback: Feedback, answer: Answer, *, told: bool) -> View:
    """The last page: what everybody who may see it reads from now on, and whether anybody is told."""
    shown = answers.blocks(feedback, answer)
    rest = context(TOLD if told else QUIET)
    undo = [actions(closing_views.take_back(feedback))] if feedback.state is FeedbackState.SHIPPED else []
    return modal("Saved", [section(f"*{feedback.reference} is saved.*"), *shown, rest, *undo], close="Done")


def taken_back(feedback: Feedback, answer: Answer, corrected: int) -> View:
    """The last page: it stands as before, and who was told otherwise."""
    said = (
        "Nobody had been told yet, and nobody is."
        if not corrected
        else f"{_people(corrected)} one line that it has not."
    )
    words = f"*{feedback.reference} has not shipped.* {said}"
    return modal("Taken back", [section(words), *answers.blocks(feedback, answer)], close="Done")


def reopened(feedback: Feedback, true: Reopening, today: date, why: str | None) -> tuple[str, list[Block]]:
    """To whoever looks after it, and whoever it belongs to: what was declined is open again, and why."""
    summary = f"{feedback.reference} is open again: {came(true, today)}"
    words = [quote(shorten(feedback.words, 300))] if feedback.words else []
    was = [section(f"It was declined because: {escape(why)}")] if why else []
    show = button(f"Show {feedback.reference}", f"{ids.SHOW}:{feedback.number}", str(feedback.number))
    return summary, [*words, *was, actions(show)]


def answer(feedback: Feedback, words: str, by: str) -> MessageContent:
    """In the thread where it was asked."""
    what = {Kind.QUESTION: "This question", Kind.PROBLEM: "This problem"}.get(feedback.kind, "This")
    return message(
        f"{what} is answered", f"{by} wrote: {words}", [section(f"{escape(by)} wrote:"), *plain(words)]
    )


def came(true: Reopening, today: date) -> str:
    """`five accounts have asked`: what came true."""
    if true.accounts is not None:
        return f"{answers.counted(true.accounts)} {'account has' if true.accounts == 1 else 'accounts have'} asked"
    if true.value is not None:
        return f"the accounts that asked are worth {true.value:,} a year together"
    day = today if true.on is None else true.on
    return (
        "the day it was put off to has come"
        if day == today
        else f"it was put off to {answers.on(day, today)}"
    )


# ---------------------------------------------------------------------------------------------------------


def _since(feedback: Feedback, said: str | None) -> str:
    """Whose words stand in a field already: those of how it stands now."""
    stood = answers.STANDS.get(feedback.state)
    return f"This was said when it was {stood}. " if said and stood else ""


def _options(choices: Sequence[FeedbackState]) -> Sequence[tuple[str, str]]:
    return [(NAMES[state], state.value) for state in choices]


def _people(count: int) -> str:
    return (
        "The one person who was told reads"
        if count == 1
        else f"The {answers.counted(count)} people who were told read"
    )


def _written(number: int | None) -> str | None:
    return None if number is None else str(number)
