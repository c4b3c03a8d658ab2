"""Slack in: scoring an idea; what people judge is kept, and whom it reaches is counted each time anew."""

from handlers.feedback import cards, ids, modals, outcomes, rules, scoring_views, service
from handlers.feedback.modals import EditForm
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import asking, triage
from storage.feedback import queries as feedbacks
from storage.feedback.values import OPEN, Feedback, Kind, Score

GONE = "That is nothing to be scored, or it is not yours to see."
NOT_YOURS = "Ideas are scored by whoever looks after their area, or an admin."


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What is judged of it, and whom it reaches."""
    number, *_ = forms.numbers(request.value)
    feedback = feedbacks.see(tx, number, service.viewer(request.who))
    if feedback is None or not _scorable(feedback):
        return forms.say(request, GONE)
    if not _may(tx, feedback, request.who):
        return forms.say(request, NOT_YOURS)
    return forms.open_view(
        request, scoring_views.form(feedback, triage.find(tx, number).score, asking.voices(tx, feedback))
    )


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it; the card shows it with its parts."""
    form = forms.read(EditForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    feedback = feedbacks.see_to_change(tx, form.number, service.viewer(request.who))
    if feedback is None or not _scorable(feedback) or not _may(tx, feedback, request.who):
        return UpdateModal(forms.told("Not saved", GONE))
    effort = rules.whole(request.text(ids.BLOCK_EFFORT), scoring_views.MOST_WEEKS)
    if effort is None:
        return FieldErrors({ids.BLOCK_EFFORT: scoring_views.WEEKS})
    impact = _chosen(request.choice(ids.BLOCK_IMPACT), scoring_views.IMPACTS)
    confidence = _chosen(request.choice(ids.BLOCK_CONFIDENCE), scoring_views.CONFIDENCES)
    triage.score(tx, form.number, Score(impact, confidence, effort))
    feedbacks.mark_touched(tx, form.number)
    audit.note(tx, request.who.person, "feedback.scored", str(feedback.reference))
    cards.changed(tx, feedback)
    return UpdateModal(modals.shown(cards.card(tx, feedback, request.who.person)))


# ---------------------------------------------------------------------------------------------------------


def _scorable(feedback: Feedback) -> bool:
    return feedback.kind is Kind.IDEA and feedback.state in OPEN


def _may(tx: Tx, feedback: Feedback, who: Who) -> bool:
    return outcomes.may(tx, feedback, who)


def _chosen(value: str | None, known: dict[int, str]) -> int:
    return next((one for one in known if str(one) == value), next(iter(known)))
