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
TITLES = {MINE: "What you captured", SAID: "What was captured from what you said"}
SHOWN = 20
NOTHING = "Nothing yet. React 💡 or 🐞 where capturing is on, or use a message's menu."
NO_MORE = "There is no older one."


def value(which: str, before: int | None = None) -> str:
    """What the button of a list carries."""
    return which if before is None else f"{which}|{before}"


def every(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One page; the next ones take its place."""
    which, _, before = request.value.partition("|")
    page = _page(
        tx, request.who, SAID if which == SAID else MINE, int(before) if before.isdecimal() else None
    )
    in_modal = request.view is not None and request.view.get("type") == "modal"
    return UpdateModal(page) if in_modal else OpenModal(page)


def _page(tx: Tx, who: Who, which: str, before: int | None) -> View:
    find = feedbacks.said_by if which == SAID else feedbacks.mine
    found = find(tx, service.viewer(who), SHOWN + 1, feedbacks.NEWEST if before is None else before)
    shown = found[:SHOWN]
    known = {one.number: answering.known(tx, one, who.person) for one in shown}
    empty = NOTHING if before is None else NO_MORE
    blocks: list[Block] = views.lines(TITLES[which], shown, empty, known)
    if len(found) > SHOWN:
        blocks.append(actions(button("Older", f"{ids.LIST}:{which}", value(which, shown[-1].number))))
    return modal("Feedback", blocks, close="Done")
