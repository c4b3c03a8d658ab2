"""Slack in: the forms in which admins say in which function somebody else works, and what the functions are called."""

from handlers.asks import service as asks
from handlers.kit.functions import FUNCTIONS
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
from storage.values import FunctionId, PersonId

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
    chosen = chosen_in(tx, request, person)
    if isinstance(chosen, FieldErrors):
        return chosen
    set_function(tx, request.who, person, chosen)
    words = function_views.saved(service.name_of(tx, person), service.mine(tx, person).function)
    return UpdateModal(views.told(words))


def chosen_in(tx: Tx, request: SubmitRequest, person: PersonId) -> FunctionId | FieldErrors | None:
    """The function that was chosen for somebody; None for what their title says."""
    value, own = request.choice(ids.BLOCK_FUNCTION), people.own_function(tx, person)
    found = FUNCTIONS.read([value or ""], [] if own is None else [own])
    if not found and value not in (None, ids.AS_TITLED):
        return FieldErrors({ids.BLOCK_FUNCTION: function_views.RETIRED})
    return next(iter(found), None)


def set_function(tx: Tx, by: Who, person: PersonId, chosen: FunctionId | None) -> None:
    """From now on they work in it; they are told where somebody else said so."""
    own = people.own_function(tx, person)
    if own == chosen or (own is not None and FUNCTIONS.whole(own) == chosen):
        return
    people.set_function(tx, person, chosen)
    audit.note(tx, by.person, "function.set", f"person {person}", function=chosen)
    boards.touch_home(tx, person)
    if by.person != person and people.person(tx, person) is not None:
        function = service.mine(tx, person).function
        summary, blocks = function_views.set_for_you(service.name_of(tx, by.person), function)
        asks.tell(tx, person, f"worktime:function:{person}:{new_id()}", summary, blocks)
