"""Slack in: the roles of decisions, and what admins do with them. Every page is drawn with what has just been changed."""

from handlers.kit import forms
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.roles import ids, previews, rules, service, views
from handlers.roles.previews import RoleForm
from handlers.roles.rules import Refused
from handlers.roles.views import Looked
from storage.database import Tx
from storage.roles import queries as roles
from storage.values import RoleId

CHOOSE = "Choose the one it counts under."


def opened(tx: Tx, who: Who) -> CommandReply:
    """`/throughline settings roles`."""
    return OpenModal(views.every(roles.every(tx))) if who.admin else Text(views.NOT_ADMIN)


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All roles, from Home or from one of them."""
    return forms.open_view(request, views.every(roles.every(tx)))


def open_one(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One role."""
    return forms.open_view(request, _page(tx, request.who, RoleId(request.value)))


def name(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What another name would change."""
    looked = _asked(tx, request)
    return forms.open_view(request, _gone() if looked is None else previews.rename(looked))


def named(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is called so, or say what is wrong with the name."""
    form = forms.read(RoleForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    written = _written(request)
    refused = service.rename(tx, request.who, form, written)
    if refused is not None:
        return FieldErrors({ids.BLOCK_NAME: refused})
    return UpdateModal(_page(tx, request.who, form.id, f"✓ It is called {escape(written)} now."))


def split(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What is the new one called?"""
    looked = _asked(tx, request)
    if looked is not None and looked.role.rule.alone:
        return forms.open_view(request, views.one(looked, rules.ALONE))
    return forms.open_view(request, _gone() if looked is None else previews.split(looked))


def divided(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is there, or say what is wrong with its name."""
    form = forms.read(RoleForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    new = service.split(tx, request.who, form, _written(request))
    if isinstance(new, Refused):
        return FieldErrors({ids.BLOCK_NAME: new})
    return UpdateModal(_page(tx, request.who, new.id, "✓ Split: people can be named in it."))


def merge(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Under which other one?"""
    looked = _asked(tx, request)
    if looked is None:
        return forms.open_view(request, _gone())
    others = rules.merges_into(roles.every(tx), looked.role)
    return forms.open_view(request, previews.merge(looked, others))


def into(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What merging would change."""
    form = forms.read(RoleForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    chosen = request.choice(ids.BLOCK_INTO)
    if chosen is None:
        return FieldErrors({ids.BLOCK_INTO: CHOOSE})
    one = service.find(tx, request.who, form.id)
    other = service.find(tx, request.who, RoleId(chosen))
    if one is None or other is None:
        return FieldErrors({ids.BLOCK_INTO: rules.GONE})
    if other.role not in rules.merges_into(roles.every(tx), one.role):
        return FieldErrors({ids.BLOCK_INTO: rules.OTHER_RULE})
    return UpdateModal(previews.merge_preview(one, other))


def merged(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The one counts under the other."""
    form = forms.read(RoleForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = service.merge(tx, request.who, form)
    return UpdateModal(_page(tx, request.who, form.into, refused or "✓ They are merged."))


def take_apart(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What counted under another one stands for itself again."""
    part = RoleId(request.value)
    whole = service.apart(tx, request.who, part)
    if isinstance(whole, Refused):
        return forms.open_view(request, _page(tx, request.who, part, whole))
    return forms.open_view(request, _page(tx, request.who, whole.id, "✓ They are taken apart."))


def retire(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What retiring it would change."""
    looked = _asked(tx, request)
    if looked is not None and not rules.may_retire(looked.role):
        return forms.open_view(request, views.one(looked, rules.DRIVEN))
    return forms.open_view(request, _gone() if looked is None else previews.retire(looked))


def retired(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Nobody new is named in it."""
    form = forms.read(RoleForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = service.retire(tx, request.who, form)
    said = refused or "✓ It is retired. It can be used again."
    return UpdateModal(_page(tx, request.who, form.id, said))


def use_again(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """People can be named in it again."""
    refused = service.use_again(tx, request.who, RoleId(request.value))
    said = refused or "✓ It is in use again."
    return forms.open_view(request, _page(tx, request.who, RoleId(request.value), said))


# ---------------------------------------------------------------------------------------------------------


def _page(tx: Tx, who: Who, role: RoleId, said: str = "") -> View:
    looked = service.find(tx, who, role)
    return _gone() if looked is None else views.one(looked, said)


def _asked(tx: Tx, request: ButtonRequest) -> Looked | None:
    return service.find(tx, request.who, RoleId(request.value))


def _gone() -> View:
    return forms.told("Not there", rules.GONE)


def _written(request: SubmitRequest) -> str:
    return one_line(request.text(ids.BLOCK_NAME) or "").strip()
