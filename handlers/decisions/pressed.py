"""What the buttons of decisions carry, and how they answer wherever they stand."""

from handlers.decisions import cards, modals
from handlers.kit.replies import ButtonReply, Note, OpenModal, UpdateModal, View
from handlers.kit.requests import ButtonRequest
from storage.database import Tx
from storage.decisions.values import Decision

GONE = "I find no decision of that name that you can see. `/decision list` shows those you can."


def numbers(request: ButtonRequest) -> tuple[int, ...]:
    """The numbers in a button's value; 0 for what is none."""
    parts = request.value.split("|")
    return tuple(int(one) if one.isdecimal() and len(one) < 10 else 0 for one in parts)


def decision(tx: Tx, request: ButtonRequest) -> Decision | None:
    """The decision a button is about, if this person may see it."""
    return cards.see(tx, numbers(request)[0], request.who)


def in_modal(request: ButtonRequest) -> bool:
    """Whether the button stands in a modal."""
    return request.view is not None and request.view.get("type") == "modal"


def open_view(request: ButtonRequest, view: View) -> ButtonReply:
    """Show a view: in place of the modal the button stands in, or as one."""
    return UpdateModal(view) if in_modal(request) else OpenModal(view)


def say(request: ButtonRequest, words: str) -> ButtonReply:
    """Tell whoever pressed it something."""
    return UpdateModal(modals.told("Throughline", words)) if in_modal(request) else Note(words)
