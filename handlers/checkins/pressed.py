"""What the buttons of check-ins carry, and how they answer wherever they stand."""

from datetime import date

from handlers.checkins import cards, modals
from handlers.kit.replies import ButtonReply, Note, OpenModal, UpdateModal, View
from handlers.kit.requests import ButtonRequest
from storage.checkins.values import CheckIn
from storage.database import Tx

GONE = "I find no check-in of that name that you can see. `/checkin list` shows those you can."
BLOCKER_GONE = "I find no blocker of that name that you can see. `/checkin blockers` shows those you can."


def number(request: ButtonRequest) -> int:
    """The number a button carries; 0 for what is none."""
    first = request.value.partition("|")[0]
    return int(first) if first.isdecimal() and len(first) < 10 else 0


def day(request: ButtonRequest) -> date | None:
    """The date a button carries, if it does."""
    try:
        return date.fromisoformat(request.value.partition("|")[2])
    except ValueError:
        return None


def checkin(tx: Tx, request: ButtonRequest) -> CheckIn | None:
    """The check-in a button is about, if this person may see it."""
    return cards.see(tx, number(request), request.who)


def in_modal(request: ButtonRequest) -> bool:
    """Whether the button stands in a modal."""
    return request.view is not None and request.view.get("type") == "modal"


def open_view(request: ButtonRequest, view: View) -> ButtonReply:
    """Show a view: in place of the modal the button stands in, or as one."""
    return UpdateModal(view) if in_modal(request) else OpenModal(view)


def say(request: ButtonRequest, words: str) -> ButtonReply:
    """Tell whoever pressed it something."""
    return UpdateModal(modals.told("Throughline", words)) if in_modal(request) else Note(words)
