"""Slack in: telling those who wanted it that it has shipped, from the ask or from a card."""

from handlers.feedback import closing, closing_views, ids, rules
from handlers.feedback.closing_views import TellForm
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest
from storage.database import Tx
from storage.feedback import closing as closings

NOTHING = "There is nothing of it left to close that you may see."
NOT_YOURS = "Only whoever captured it, the launch's owner or an admin can do that."
LATER = "All right. Those who wanted it hear that it has shipped. Each card has “It shipped…” when you want to say more."


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form, for all that a launch was made for or for one piece of feedback."""
    launch, *numbers = forms.numbers(request.value)
    found = closing.closable(tx, launch, numbers, request.who)
    if found is None or not found[1]:
        return forms.say(request, NOTHING)
    return forms.open_view(request, closing_views.form(*found))


def not_yet(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """No sentence now."""
    launch, *_ = forms.numbers(request.value)
    return forms.say(request, LATER if closing.not_yet(tx, launch, request.who) else NOT_YOURS)


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Close what was chosen, or say which has no sentence."""
    form = forms.read(TellForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    found = closing.closable(tx, form.launch, form.numbers, request.who)
    if found is None or not found[1]:
        return UpdateModal(forms.told("Nothing to close", NOTHING))
    sentences, errors = _read(form, request)
    if errors:
        return FieldErrors(errors)
    done = closing.close(tx, found[0], sentences, request.who)
    if not done:
        return UpdateModal(forms.told("Nothing to close", NOTHING))
    told = {person for one in done for person in closings.told(tx, one.number)}
    left = len(closing.offered(tx, found[0], request.who))
    return UpdateModal(closing_views.closed(done, len(told), left))


# ---------------------------------------------------------------------------------------------------------


def _read(form: TellForm, request: SubmitRequest) -> tuple[dict[int, str], dict[str, str]]:
    """The sentences by feedback, and what is wrong by block."""
    for_all = request.text(ids.BLOCK_SENTENCE)
    if len(form.numbers) == 1:
        if for_all is None:
            return {}, {ids.BLOCK_SENTENCE: "Write the sentence; nobody is told without one."}
        return {form.numbers[0]: for_all}, {}
    ticked = request.choices(ids.BLOCK_CHOSEN)
    chosen = {one for one in form.numbers if str(one) in ticked}
    if not chosen:
        return {}, {ids.BLOCK_CHOSEN: "Choose at least one, or cancel."}
    own = {one: request.text(f"{ids.BLOCK_SENTENCE}_{one}") for one in form.numbers}
    found, missing = rules.sentences(form.numbers, chosen, for_all, own)
    names = ", ".join(f"F-{one}" for one in missing)
    return found, {
        ids.BLOCK_SENTENCE: f"Write a sentence for all, or below one for {names}."
    } if missing else {}
