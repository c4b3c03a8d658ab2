"""Slack in: the forms in which admins say in which function somebody else works, and what the functions are called."""

from collections.abc import Mapping

from handlers.asks import service as asks
from handlers.kit import forms, function_names
from handlers.kit.functions import AT_FIRST, FUNCTIONS, wrong_with
from handlers.kit.mrkdwn import one_line
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
from handlers.worktime import function_views, ids, service, views
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.outbox import boards
from storage.people import queries as people
from storage.values import Function, PersonId, folded

NOT_HERE = "Choose somebody of this workspace."


def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form, from Home."""
    del tx, request
    return OpenModal(function_views.form(None, None))


def open_of(tx: Tx, who: Who, person: PersonId) -> CommandReply:
    """`/throughline settings @sam`."""
    if not who.admin:
        return Text(function_views.NOT_ADMIN)
    return OpenModal(function_views.form(person, people.own_function(tx, person)))


def given(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """An admin has said it."""
    person = request.person(ids.BLOCK_WHO)
    if person is None or not service.can_cover(tx, person):
        return FieldErrors({ids.BLOCK_WHO: NOT_HERE})
    set_function(tx, request.who, person, function_views.read(request.choice(ids.BLOCK_FUNCTION)))
    known = people.person(tx, person)
    words = function_views.saved(service.name_of(tx, person), None if known is None else known.function)
    return UpdateModal(views.told(words))


def press_names(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What the functions are called, from Home."""
    del request
    return OpenModal(_names(tx))


def open_names(tx: Tx, who: Who) -> CommandReply:
    """`/throughline settings functions`."""
    return OpenModal(_names(tx)) if who.admin else Text(function_views.NOT_ADMIN_OF_NAMES)


def named(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """They are called so, or say at which field what is wrong."""
    form = forms.read(function_views.NamesForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    now, before = function_names.find(tx), dict(FUNCTIONS)
    typed = {one: one_line(request.text(function_views.name_block(one)) or "").strip() for one in AT_FIRST}
    wanted = {one: name or AT_FIRST[one] for one, name in typed.items()}
    if errors := _wrong(wanted):
        return FieldErrors({function_views.name_block(one): words for one, words in errors.items()})
    if now.version != form.seen:
        by = "a colleague" if now.by is None else service.name_of(tx, now.by)
        return UpdateModal(views.told(f"They were changed meanwhile by {by}. Nothing of yours is saved."))
    changed = {one: name for one, name in wanted.items() if name != before[one]}
    if changed:
        new = {one: name for one, name in wanted.items() if name != AT_FIRST[one]}
        function_names.put(tx, new, now.version + 1, request.who.person)
        audit.note(tx, request.who.person, "function.named", "functions")
    return UpdateModal(views.told(function_views.named(changed, before)))


def set_function(tx: Tx, by: Who, person: PersonId, chosen: Function | None) -> None:
    """From now on they work in it; they are told where somebody else said so."""
    if people.own_function(tx, person) == chosen:
        return
    people.set_function(tx, person, chosen)
    audit.note(tx, by.person, "function.set", f"person {person}", function=chosen)
    boards.touch_home(tx, person)
    known = people.person(tx, person)
    if by.person != person and known is not None:
        summary, blocks = function_views.set_for_you(service.name_of(tx, by.person), known.function)
        asks.tell(tx, person, f"worktime:function:{person}:{new_id()}", summary, blocks)


# ---------------------------------------------------------------------------------------------------------


def _names(tx: Tx) -> View:
    return function_views.names(function_names.find(tx).version, people.by_function(tx))


def _wrong(wanted: Mapping[Function, str]) -> dict[Function, str]:
    """What is wrong with these names; two functions have two."""
    found: dict[Function, str] = {}
    for one, name in wanted.items():
        same = next((two for two in wanted if two is not one and folded(wanted[two]) == folded(name)), None)
        if wrong := wrong_with(name):
            found[one] = wrong
        elif same is not None:
            found[one] = f"{AT_FIRST[same]} would be called so, too."
    return found
