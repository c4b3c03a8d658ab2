"""What people see when somebody says what becomes of feedback. Pure."""

from collections.abc import Sequence
from datetime import date

from handlers.feedback import answers, closing_views, drafts, ids, rules
from handlers.feedback.answers import Answer
from handlers.feedback.drafts import Draft
from handlers.feedback.rules import SENTENCE_LIMIT
from handlers.kit.blocks import Block, actions, context, input_select, input_text, plain, quote, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_day
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.feedback.values import Feedback, FeedbackState, Kind, Reopening

REASON_LIMIT = 1000
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
TOLD = "Whoever asked, follows it or looks after an account that asked gets one message, in their own working hours."
REDRAWN = "The fields below are those of what you chose now. Look at them, then save."
QUIET = "Whoever may see it reads this on its card. Nobody is sent a message."


def form(feedback: Feedback, draft: Draft, said: str = "") -> View:
    """How it stands, and the fields of that outcome; two texts are kept apart: for customers, and for us.

    `said` is why it is shown once more.
    """
    choices, state = rules.ENDS[feedback.kind], draft.state
    blocks: list[Block] = [
        *([quote(shorten(feedback.words, 300))] if feedback.words else []),
        *([context(said)] if said else []),
        input_select(
            "It is",
            ids.OUTCOME,
            ids.BLOCK_STATE,
            options(*_options(choices)),
            initial=state.value,
            tells=True,
        ),
        *([when(draft)] if drafts.dated(feedback.kind, state) else []),
        sentence(feedback, draft),
        reason(draft),
        *(reopening(draft) if state is FeedbackState.DECLINED else []),
    ]
    return modal(
        f"About {feedback.reference}",
        blocks,
        submit="Save",
        callback_id=ids.SAID,
        private_metadata=draft.carried(feedback).model_dump_json(),
    )


def when(draft: Draft) -> Block:
    """The day it is planned for."""
    made = input_day("For when", ids.BLOCK_DAY, initial=draft.day)
    return made | {"block_id": draft.block(ids.BLOCK_DAY)}


def sentence(feedback: Feedback, draft: Draft) -> Block:
    """What a customer may be told; of a question it is the answer, and an answer is needed."""
    question = feedback.kind is Kind.QUESTION
    hint = "Whoever asked gets it as you write it, also where they asked." if question else FOR_CUSTOMERS
    return input_text(
        "The answer" if question else "What a customer may be told",
        ids.BLOCK_SENTENCE,
        draft.block(ids.BLOCK_SENTENCE),
        multiline=True,
        optional=draft.state is not FeedbackState.ANSWERED,
        initial=draft.sentence,
        max_length=SENTENCE_LIMIT,
        hint=f"{_before(draft.sentence_before)}{hint}",
    )


def reason(draft: Draft) -> Block:
    """Why; it stays inside, and what is declined needs it."""
    return input_text(
        "Why, for us only",
        ids.BLOCK_REASON,
        draft.block(ids.BLOCK_REASON),
        multiline=True,
        optional=draft.state is not FeedbackState.DECLINED,
        initial=draft.reason,
        max_length=REASON_LIMIT,
        hint=f"{_before(draft.reason_before)}{FOR_US}",
    )


def reopening(draft: Draft) -> list[Block]:
    """When what is declined is looked at again; any one of these is enough."""
    accounts, on, value = ids.BLOCK_AGAIN_ACCOUNTS, ids.BLOCK_AGAIN_ON, ids.BLOCK_AGAIN_VALUE
    return [
        context("What is declined re-opens by itself once one of these comes true:"),
        input_text(
            "So many accounts asked", accounts, draft.block(accounts), optional=True,
            initial=draft.accounts, max_length=6, placeholder="5",
        ),
        input_day("This day has come", on, initial=draft.on) | {"block_id": draft.block(on)},
        input_text(
            "They are worth so much a year together", value, draft.block(value), optional=True,
            initial=draft.value, max_length=15, placeholder="200000, in your own currency",
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


def _before(said: str | None) -> str:
    """Words of another outcome, to be read beside the field; they hold no more."""
    return f"Said before: “{said}” " if said else ""


def _options(choices: Sequence[FeedbackState]) -> Sequence[tuple[str, str]]:
    return [(NAMES[state], state.value) for state in choices]


def _people(count: int) -> str:
    return (
        "The one person who was told reads"
        if count == 1
        else f"The {answers.counted(count)} people who were told read"
    )
