"""Slack in: saying what becomes of feedback, and what a customer may be told of it."""

from dataclasses import replace
from datetime import date

from handlers.asks import service as asks
from handlers.feedback import answering, cards, ids, rules, saying_views, service
from handlers.feedback.modals import EditForm
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import standings
from storage.feedback.values import KEPT, Feedback, FeedbackState, Standing
from storage.values import PersonKind

NOT_YOURS = "What becomes of it says whoever looks after its area, or an admin."
GONE = "There is nothing to say of it any more, or it is not yours to see."
MEANWHILE = "It was changed meanwhile. Copy your words, close this and open it again."
WHY = "Say why in a few words; it stays inside."


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """How it stands, and what was said of it last."""
    number, *_ = forms.numbers(request.value)
    feedback = feedbacks.see(tx, number, service.viewer(request.who))
    if feedback is None or not _sayable(feedback):
        return forms.say(request, GONE)
    if not _may(tx, feedback, request.who):
        return forms.say(request, NOT_YOURS)
    return forms.open_view(request, saying_views.form(feedback, standings.find(tx, number)))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it; what was declined needs its reason."""
    form = forms.read(EditForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    feedback = feedbacks.see_to_change(tx, form.number, service.viewer(request.who))
    if feedback is None or not _sayable(feedback):
        return UpdateModal(forms.told("Not there any more", GONE))
    if not _may(tx, feedback, request.who):
        return UpdateModal(forms.told("Not saved", NOT_YOURS))
    state = _state(request)
    day = request.day(ids.BLOCK_DAY) if state in rules.AWAITED else None
    said = Standing(
        day, request.text(ids.BLOCK_SENTENCE), request.text(ids.BLOCK_REASON), request.who.person, tx.now
    )
    if errors := _errors(tx, feedback, form, state, said):
        return FieldErrors(errors)
    stands = say(tx, feedback, state, said)
    return UpdateModal(saying_views.saved(stands, answering.known(tx, stands, request.who.person)))


def say(tx: Tx, feedback: Feedback, state: FeedbackState, standing: Standing) -> Feedback:
    """It stands so from now on, and no emoji taken away undoes it."""
    standings.put(tx, feedback.number, standing)
    feedbacks.mark_touched(tx, feedback.number)
    asks.withdraw(tx, rules.account_key(feedback.number))
    moved = feedbacks.set_state(tx, feedback, state, rules.title_of(feedback.words, feedback.kind))
    audit.note(tx, standing.by, f"feedback.{state}", str(feedback.reference))
    cards.changed(tx, feedback)
    return replace(feedback, state=state, touched=True, version=feedback.version + moved)


# ---------------------------------------------------------------------------------------------------------


def _sayable(feedback: Feedback) -> bool:
    return feedback.state in KEPT and feedback.state is not FeedbackState.SHIPPED


def _may(tx: Tx, feedback: Feedback, who: Who) -> bool:
    member = who.kind is PersonKind.MEMBER
    return rules.may_say(who.person, answering.area_of(tx, feedback), member=member, admin=who.admin)


def _state(request: SubmitRequest) -> FeedbackState:
    chosen = request.choice(ids.BLOCK_STATE)
    return next((state for _, state in saying_views.CHOICES if state == chosen), FeedbackState.PLANNED)


def _errors(
    tx: Tx, feedback: Feedback, form: EditForm, state: FeedbackState, said: Standing
) -> dict[str, str]:
    if feedback.version != form.seen:
        return {ids.BLOCK_STATE: MEANWHILE}
    if state is FeedbackState.DECLINED and said.reason is None:
        return {ids.BLOCK_REASON: WHY}
    if said.planned_for is not None and said.planned_for < _today(tx, said):
        return {ids.BLOCK_DAY: "That day is over; choose a later one, or none."}
    return {}


def _today(tx: Tx, said: Standing) -> date:
    return answering.today(tx, said.by)
