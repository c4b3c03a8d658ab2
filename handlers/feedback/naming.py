"""Slack in: which account feedback is for, chosen while one types, and what is known of accounts."""

from handlers.asks import service as asks
from handlers.feedback import ids, modals, rules, service
from handlers.feedback.modals import EditForm
from handlers.kit import forms
from handlers.kit.mrkdwn import one_line
from handlers.kit.replies import ButtonReply, FieldErrors, Options, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, OptionsRequest, SubmitRequest
from storage.database import Tx
from storage.feedback import accounts as known_accounts
from storage.feedback import queries as feedbacks
from storage.feedback.values import GROWING, Feedback

GONE = "I cannot find that any more. It may have been undone, or it is not yours to see."
OFFERED = 20


def open_account(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Type the account."""
    feedback = _find(tx, request)
    if feedback is None:
        return forms.say(request, GONE)
    return forms.open_view(request, modals.account(feedback))


def no_account(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It was for no account."""
    feedback = _find(tx, request)
    if feedback is None:
        return forms.say(request, GONE)
    if feedback.account is not None:
        asks.answered(tx, rules.account_key(feedback.number))
        return forms.say(request, f"{feedback.reference} is for {feedback.account} already; I leave it so.")
    service.give_account(tx, feedback.number, request.who, None)
    return forms.say(request, f"Saved: {feedback.reference} is for no account.")


def account_given(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The account's name."""
    form, account = forms.read(EditForm, request.metadata), account_in(request)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    if account is None:
        return FieldErrors(
            {ids.BLOCK_ACCOUNT: "Choose the account or type its name, or close this and choose None."}
        )
    if error := modals.account_error(account):
        return FieldErrors({ids.BLOCK_ACCOUNT: error})
    feedback = service.give_account(tx, form.number, request.who, account)
    if feedback is None:
        return UpdateModal(modals.told("Not there any more", GONE))
    return UpdateModal(modals.account_saved(feedback, account))


def accounts(tx: Tx, request: OptionsRequest) -> Options:
    """What is offered while somebody types an account."""
    found = known_accounts.offered(tx, service.viewer(request.who), request.value, OFFERED)
    return Options(modals.accounts([one.name for one in found], request.value))


def account_in(request: SubmitRequest) -> str | None:
    """The account's name: chosen, or typed into a form that was opened before accounts could be chosen."""
    chosen = request.choice(ids.BLOCK_ACCOUNT) or request.text(ids.BLOCK_ACCOUNT) or ""
    return one_line(chosen) or None


# ---------------------------------------------------------------------------------------------------------


def _find(tx: Tx, request: ButtonRequest) -> Feedback | None:
    """The feedback of a button, if it is still open and this person may see it."""
    number, *_ = forms.numbers(request.value)
    found = feedbacks.see(tx, number, service.viewer(request.who))
    return found if found is not None and found.state in GROWING else None
