"""Slack in: what is known of an account, for those who may know of it."""

from dataclasses import replace

from handlers.feedback import account_views, ids, modals, naming, service
from handlers.feedback.account_views import AccountForm
from handlers.kit import forms
from handlers.kit.mrkdwn import one_line
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest
from storage.accounts import queries as accounts
from storage.accounts.values import Account, AccountId, AccountState
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import accounts as known_accounts
from storage.feedback import reopenings
from storage.people import queries as people
from storage.values import PersonId

GONE = "I find no account of that name that you can see."


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Which account?"""
    del tx
    return forms.open_view(request, account_views.finder())


def found(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What is known of the one that was chosen; a new name is a new account."""
    name = naming.account_in(request)
    if name is None:
        return FieldErrors({ids.BLOCK_ACCOUNT: "Choose an account, or type a new one's name."})
    if error := modals.account_error(name):
        return FieldErrors({ids.BLOCK_ACCOUNT: error})
    known = accounts.by_name(tx, name)
    if known is None or not known_accounts.may_know(tx, service.viewer(request.who), known.id):
        known = accounts.named(tx, name, public=True)
    return UpdateModal(account_views.form(known))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it, or say at which field what is wrong."""
    form = forms.read(AccountForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    account = accounts.find(tx, AccountId(form.account))
    if account is None or not known_accounts.may_know(tx, service.viewer(request.who), account.id):
        return UpdateModal(forms.told("Not saved", GONE))
    changed = _read(account, request)
    if errors := _errors(tx, changed, request):
        return FieldErrors(errors)
    accounts.change(tx, changed)
    reopenings.hasten(tx, changed.id)
    audit.note(tx, request.who.person, "feedback.account_said", account.id)
    return UpdateModal(account_views.saved(changed, _name(tx, changed.owner)))


# ---------------------------------------------------------------------------------------------------------


def _read(account: Account, request: SubmitRequest) -> Account:
    state = request.choice(ids.BLOCK_STATE)
    return replace(
        account,
        public=True,
        name=one_line(request.text(ids.BLOCK_NAME) or ""),
        owner=request.person(ids.BLOCK_OWNER),
        lead=request.person(ids.BLOCK_LEAD),
        state=AccountState(state) if state in set(AccountState) else None,
        segment=request.text(ids.BLOCK_SEGMENT),
        value=_number(request.text(ids.BLOCK_VALUE)),
    )


def _errors(tx: Tx, changed: Account, request: SubmitRequest) -> dict[str, str]:
    errors: dict[str, str] = {}
    same = accounts.by_name(tx, changed.name)
    if not changed.name:
        errors[ids.BLOCK_NAME] = "Give it a name."
    elif error := modals.account_error(changed.name):
        errors[ids.BLOCK_NAME] = error
    elif same is not None and same.id != changed.id:
        errors[ids.BLOCK_NAME] = "There is another account of that name."
    if changed.value is None and request.text(ids.BLOCK_VALUE) is not None:
        errors[ids.BLOCK_VALUE] = f"A whole number up to {account_views.LARGEST:,}, like 120000."
    return errors


def _number(text: str | None) -> int | None:
    digits = (text or "").replace(",", "").replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdecimal():
        return None
    return int(digits) if int(digits) <= account_views.LARGEST else None


def _name(tx: Tx, person: PersonId | None) -> str | None:
    known = None if person is None else people.person(tx, person)
    return known.name if known is not None and known.name else None
