"""Slack in: all that somebody captured, or that was captured from them, a page at a time in a window."""

from handlers.feedback import answering, ids, service, views
from handlers.kit.blocks import Block, actions
from handlers.kit.elements import button
from handlers.kit.replies import ButtonReply, OpenModal, UpdateModal, View
from handlers.kit.requests import ButtonRequest, Who
from handlers.kit.surfaces import modal
from storage.database import Tx
from storage.feedback import queries as feedbacks

MINE, SAID = "mine", "said"
TITLES = {MINE: "What you captured or want, too", SAID: "What was captured from what you said"}
SHOWN = 20
NOTHING = "Nothing yet. React 💡 or 🐞 where capturing is on, or use a message's menu."
NO_MORE = "There is no older one."


def value(which: str, before: int | None = None) -> str:
    """What the button of a list carries."""
    return which if before is None else f"{which}|{before}"


def every(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One page; the next ones take its place."""
    which, _, before = request.value.partition("|")
    whose = SAID if which == SAID else MINE
    found = page(tx, request.who, whose, int(before) if before.isdecimal() and len(before) < 10 else None)
    in_modal = request.view is not None and request.view.get("type") == "modal"
    return UpdateModal(found) if in_modal else OpenModal(found)


def page(tx: Tx, who: Who, which: str, before: int | None = None) -> View:
    """What they captured, or what was captured from them, below the number `before`."""
    find = feedbacks.said_by if which == SAID else feedbacks.wanted
    found = find(tx, service.viewer(who), SHOWN + 1, feedbacks.NEWEST if before is None else before)
    shown = found[:SHOWN]
    known = {one.number: answering.known(tx, one, who.person) for one in shown}
    empty = NOTHING if before is None else NO_MORE
    blocks: list[Block] = views.lines(TITLES[which], shown, empty, known)
    if len(found) > SHOWN:
        blocks.append(actions(button("Older", f"{ids.LIST}:{which}", value(which, shown[-1].number))))
    return modal("Feedback", blocks, close="Done")
