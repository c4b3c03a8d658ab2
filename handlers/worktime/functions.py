"""Slack in: the form in which admins say in which function somebody else works."""

from handlers.asks import service as asks
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
)
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.worktime import function_views, ids, service, views
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.outbox import boards
from storage.people import queries as people
from storage.values import Function, PersonId

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
