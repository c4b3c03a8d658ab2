"""Slack in: admins see, make and revoke API tokens."""

from handlers.kit import forms
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import one_line
from handlers.kit.replies import ButtonReply, FieldErrors, PushModal, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.tokens import ids, views
from storage.audit import queries as audit
from storage.database import Tx
from storage.people import queries as people
from storage.tokens import queries as tokens


def look(who: Who) -> list[Element]:
    """The button in Home, for admins."""
    return [button("API tokens", ids.SHOW)] if who.admin else []


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All there are."""
    return forms.open_view(request, _listed(tx))


def new(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What is it for?"""
    del tx
    return PushModal(views.form()) if forms.in_modal(request) else forms.open_view(request, views.form())


def made(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Make it, and show how it is written; of that nothing is kept."""
    name = one_line(request.text(ids.BLOCK_NAME) or "")[: views.NAME_LIMIT]
    if not name:
        return FieldErrors({ids.BLOCK_NAME: "Say what it is for, such as Zendesk."})
    token, written = tokens.make(tx, name, request.who.person)
    audit.note(tx, request.who.person, "token.made", f"token {token.id}")
    return UpdateModal(views.made(token, written), kept=views.made_before(token))


def revoke(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It opens nothing any more."""
    token = tokens.find(tx, request.value)
    if token is None:
        return forms.open_view(request, _listed(tx))
    if tokens.revoke(tx, token.id):
        audit.note(tx, request.who.person, "token.revoked", f"token {token.id}")
    return forms.open_view(request, _listed(tx, views.revoked(token)))


def _listed(tx: Tx, said: str = "") -> View:
    found = tokens.every(tx)
    known = people.people(tx, sorted({one.by for one in found if one.by is not None}))
    return views.listed(found, {one.id: one.name for one in known.values() if one.name}, said)
