"""Slack in: the functions, and what admins do with them. Every page is drawn with what has just been changed."""

from handlers.functions import ids, previews, rules, service, views
from handlers.functions.previews import FunctionForm, NewForm, SplitForm
from handlers.functions.rules import Refused
from handlers.functions.views import Looked
from handlers.kit import forms
from handlers.kit.function_names import known
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.own_words import in_use
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
from handlers.worktime.service import name_of
from storage.database import Tx
from storage.functions import queries as functions
from storage.values import FunctionId

CHOOSE = "Choose the one it counts under."
NONE_CHOSEN = "Choose somebody, or something it has ready."


def opened(tx: Tx, who: Who) -> CommandReply:
    """`/throughline settings functions`."""
    return OpenModal(_every(tx)) if who.admin else Text(views.NOT_ADMIN)


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All functions, from Home or from one of them."""
    return forms.open_view(request, _every(tx))


def open_one(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One function."""
    return forms.open_view(request, _page(tx, request.who, FunctionId(request.value)))


def add(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What is it called?"""
    del tx
    return forms.open_view(request, previews.add())


def added(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is there, or say what is wrong with its name."""
    if forms.read(NewForm, request.metadata) is None:
        return UpdateModal(forms.TOO_OLD)
    new = service.add(tx, request.who, _written(request))
    if isinstance(new, Refused):
        return FieldErrors({ids.BLOCK_NAME: new})
    return UpdateModal(_page(tx, request.who, new.id, "✓ It is added."))


def name(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What another name would change."""
    looked = _asked(tx, request)
    return forms.open_view(request, _gone() if looked is None else previews.rename(looked))


def named(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is called so, or say what is wrong with the name."""
    form = forms.read(FunctionForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    written = _written(request)
    refused = service.rename(tx, request.who, form, written)
    if refused is not None:
        return FieldErrors({ids.BLOCK_NAME: refused})
    return UpdateModal(_page(tx, request.who, form.id, f"✓ It is called {escape(written)} now."))


def merge(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Under which other one?"""
    looked = _asked(tx, request)
    if looked is None:
        return forms.open_view(request, _gone())
    others = [one for one in in_use(functions.every(tx)) if one.id != looked.function.id]
    return forms.open_view(request, previews.merge(looked, others))


def into(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What merging would change."""
    form = forms.read(FunctionForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    chosen = request.choice(ids.BLOCK_INTO)
    if chosen is None:
        return FieldErrors({ids.BLOCK_INTO: CHOOSE})
    one = service.find(tx, request.who, form.id)
    other = service.find(tx, request.who, FunctionId(chosen))
    if one is None or other is None:
        return FieldErrors({ids.BLOCK_INTO: rules.GONE})
    if one.function.id == other.function.id:
        return FieldErrors({ids.BLOCK_INTO: rules.ITSELF})
    return UpdateModal(previews.merge_preview(one, other))


def merged(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The one counts under the other."""
    form = forms.read(FunctionForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = service.merge(tx, request.who, form)
    return UpdateModal(_page(tx, request.who, form.into, refused or "✓ They are merged."))


def take_apart(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What counted under another one stands for itself again."""
    part = FunctionId(request.value)
    whole = service.apart(tx, request.who, part)
    if isinstance(whole, Refused):
        return forms.open_view(request, _page(tx, request.who, part, whole))
    return forms.open_view(request, _page(tx, request.who, whole.id, "✓ They are taken apart."))


def split(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Who and what leaves it?"""
    looked = _asked(tx, request)
    return forms.open_view(request, _gone() if looked is None else previews.split(looked))


def chosen(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What splitting it so would change."""
    form = forms.read(FunctionForm, request.metadata)
    looked = None if form is None else service.find(tx, request.who, form.id)
    if form is None or looked is None:
        return UpdateModal(forms.TOO_OLD if form is None else _gone())
    written, who = _written(request), request.people(ids.BLOCK_PEOPLE)
    ready = tuple(one for one in looked.ready if one in request.choices(ids.BLOCK_READY))
    there = rules.target(functions.every(tx), looked.function.id, written)
    if isinstance(there, Refused):
        return FieldErrors({ids.BLOCK_NAME: there})
    if not who and not ready:
        return FieldErrors({ids.BLOCK_PEOPLE: NONE_CHOSEN})
    others = [name_of(tx, one) for one in who if not service.works_in(tx, one, looked.function.id)]
    if others:
        return FieldErrors({ids.BLOCK_PEOPLE: previews.not_in_it(others, looked.function.name)})
    whole = SplitForm(
        id=form.id, seen=form.seen, name=there.name if there else written, people=who, ready=ready
    )
    names = [name_of(tx, one) for one in who]
    return UpdateModal(previews.split_preview(looked, whole, names, new=there is None))


def divided(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """They go there."""
    form = forms.read(SplitForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    done = service.split(tx, request.who, form)
    if isinstance(done, Refused):
        return UpdateModal(_page(tx, request.who, form.id, done))
    said = f"✓ Split: this is {escape(done.name)} now."
    return UpdateModal(_page(tx, request.who, done.id, said))


def retire(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What retiring it would change."""
    looked = _asked(tx, request)
    return forms.open_view(request, _gone() if looked is None else previews.retire(looked))


def retired(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Nobody is asked as it any more."""
    form = forms.read(FunctionForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = service.retire(tx, request.who, form)
    said = refused or "✓ It is retired. It can be used again."
    return UpdateModal(_page(tx, request.who, form.id, said))


def use_again(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is asked again."""
    refused = service.use_again(tx, request.who, FunctionId(request.value))
    said = refused or "✓ It is in use again."
    return forms.open_view(request, _page(tx, request.who, FunctionId(request.value), said))


# ---------------------------------------------------------------------------------------------------------


@known
def _looked(tx: Tx, who: Who, function: FunctionId) -> Looked | None:
    return service.find(tx, who, function)


@known
def _every(tx: Tx) -> View:
    return views.every(functions.every(tx), service.by_function(tx))


def _page(tx: Tx, who: Who, function: FunctionId, said: str = "") -> View:
    looked = _looked(tx, who, function)
    return _gone() if looked is None else views.one(looked, said)


def _asked(tx: Tx, request: ButtonRequest) -> Looked | None:
    return _looked(tx, request.who, FunctionId(request.value))


def _gone() -> View:
    return forms.told("Not there", rules.GONE)


def _written(request: SubmitRequest) -> str:
    return one_line(request.text(ids.BLOCK_NAME) or "").strip()
