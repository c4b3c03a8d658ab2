"""Slack in: saying what becomes of feedback, and what a customer may be told of it."""

from handlers.feedback import answering, drafts, ids, outcomes, rules, saying_views, service
from handlers.feedback.drafts import LARGEST, SayForm
from handlers.feedback.outcomes import Outcome
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, Filled, SubmitRequest
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import reopenings, standings
from storage.feedback.values import Feedback, FeedbackState, Reopening, Standing
from storage.values import PersonId
from storage.worktime import queries as worktimes

NOT_YOURS = "What becomes of it says whoever looks after its area, or an admin."
GONE = "There is nothing to say of it any more, or it is not yours to see."
MEANWHILE = "It was changed meanwhile. Copy your words, close this and open it again."
TOO_LATE = "It cannot be taken back: nobody said within the last week that it has shipped, or it is not yours to say so."
WHY = "Say why in a few words; it stays inside."
ANSWER = "Write the answer; whoever asked gets it."
OVER = "That day is over; choose a later one, or none."
NUMBER = "A whole number from 1, like 5."
WORTH = f"A whole number up to {LARGEST:,}, like 200000."


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """How it stands, and what was said of it last."""
    number, *_ = forms.numbers(request.value)
    feedback = feedbacks.see(tx, number, service.viewer(request.who))
    if feedback is None or not outcomes.sayable(feedback):
        return forms.say(request, GONE)
    if not outcomes.may(tx, feedback, request.who):
        return forms.say(request, NOT_YOURS)
    again = reopenings.find(tx, number)
    draft = drafts.opened(feedback, standings.find(tx, number), None if again is None else again.when)
    return forms.open_view(request, saying_views.form(feedback, draft))


def chosen(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Another outcome: its fields, with what was typed so far. What changed meanwhile is said on saving."""
    filled = forms.filled(request)
    form = forms.read(SayForm, filled.metadata)
    feedback = None if form is None else feedbacks.see(tx, form.number, service.viewer(request.who))
    if form is None or feedback is None or feedback.version != form.seen:
        return None
    state = next((one for one in rules.ENDS[feedback.kind] if one == request.value), None)
    if state is None or not outcomes.sayable(feedback) or not outcomes.may(tx, feedback, request.who):
        return None
    draft = drafts.chosen(feedback, standings.find(tx, form.number), form, filled, state)
    return UpdateModal(saying_views.form(feedback, draft))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it; what was declined needs its reason, what was answered its answer.

    Where the fields are still those of another outcome, nothing is kept before somebody has seen its own.
    """
    form = forms.read(SayForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    feedback = feedbacks.see_to_change(tx, form.number, service.viewer(request.who))
    if feedback is None or not outcomes.sayable(feedback):
        return UpdateModal(forms.told("Not there any more", GONE))
    if not outcomes.may(tx, feedback, request.who):
        return UpdateModal(forms.told("Not saved", NOT_YOURS))
    if feedback.version != form.seen:
        return FieldErrors({ids.BLOCK_STATE: MEANWHILE})
    state = _state(request, feedback)
    if form.state is not state:
        draft = drafts.chosen(feedback, standings.find(tx, form.number), form, request, state)
        return UpdateModal(saying_views.form(feedback, draft, saying_views.REDRAWN))
    said, errors = read(tx, drafts.plainly(request), feedback, state, request.who.person)
    if errors:
        blocks = drafts.blocks_of(request)
        return FieldErrors({blocks.get(name, name): words for name, words in errors.items()})
    stands = outcomes.say(tx, feedback, said)
    answer = answering.known(tx, stands.feedback, request.who.person)
    return UpdateModal(saying_views.saved(stands.feedback, answer, told=stands.told))


def take_back(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It has not shipped after all."""
    number, *_ = forms.numbers(request.value)
    feedback = feedbacks.see_to_change(tx, number, service.viewer(request.who))
    if feedback is None or not outcomes.may_take_back(tx, feedback, request.who):
        return forms.say(request, TOO_LATE)
    stands, corrected = outcomes.take_back(tx, feedback, request.who.person)
    answer = answering.known(tx, stands, request.who.person)
    return forms.open_view(request, saying_views.taken_back(stands, answer, corrected))


def read(
    tx: Tx, filled: Filled, feedback: Feedback, state: FeedbackState, by: PersonId
) -> tuple[Outcome, dict[str, str]]:
    """What a form says becomes of it, and what is wrong by block."""
    day = filled.day(ids.BLOCK_DAY) if state in rules.AWAITED else None
    standing = Standing(day, filled.text(ids.BLOCK_SENTENCE), filled.text(ids.BLOCK_REASON), by, tx.now)
    errors = _errors(tx, feedback, state, standing)
    if state is not FeedbackState.DECLINED:
        return Outcome(state, standing), errors
    again, more = _again(tx, filled, feedback, by)
    return Outcome(state, standing, again), more | errors


# ---------------------------------------------------------------------------------------------------------


def _state(request: SubmitRequest, feedback: Feedback) -> FeedbackState:
    chosen, choices = request.choice(ids.BLOCK_STATE), rules.ENDS[feedback.kind]
    return next((state for state in choices if state == chosen), choices[0])


def _errors(tx: Tx, feedback: Feedback, state: FeedbackState, said: Standing) -> dict[str, str]:
    if state is FeedbackState.DECLINED and said.reason is None:
        return {ids.BLOCK_REASON: WHY}
    if state is FeedbackState.ANSWERED and said.sentence is None:
        return {ids.BLOCK_SENTENCE: ANSWER}
    before = standings.find(tx, feedback.number)
    kept = before is not None and before.planned_for == said.planned_for
    if said.planned_for is not None and not kept and said.planned_for < worktimes.today(tx, said.by):
        return {ids.BLOCK_DAY: OVER}
    return {}


def _again(tx: Tx, filled: Filled, feedback: Feedback, by: PersonId) -> tuple[Reopening, dict[str, str]]:
    """When it is looked at again; what has come true already is no such time."""
    accounts, value = filled.text(ids.BLOCK_AGAIN_ACCOUNTS), filled.text(ids.BLOCK_AGAIN_VALUE)
    again = Reopening(
        rules.whole(accounts, drafts.ACCOUNTS), filled.day(ids.BLOCK_AGAIN_ON), rules.whole(value, LARGEST)
    )  # fmt: skip
    errors: dict[str, str] = {}
    if accounts is not None and again.accounts is None:
        errors[ids.BLOCK_AGAIN_ACCOUNTS] = NUMBER
    if value is not None and again.value is None:
        errors[ids.BLOCK_AGAIN_VALUE] = WORTH
    if errors or not again:
        return again, errors
    true = outcomes.true_of(tx, feedback, again, worktimes.today(tx, by))
    if true is None:
        return again, {}
    if true.accounts is not None:
        return again, {
            ids.BLOCK_AGAIN_ACCOUNTS: f"So many asked already: {true.accounts}. Say a larger number."
        }
    if true.value is not None:
        return again, {ids.BLOCK_AGAIN_VALUE: f"They are worth {true.value:,} already. Say a larger number."}
    return again, {ids.BLOCK_AGAIN_ON: "That day has come; choose a later one, or none."}
