"""Slack in: launches as lists, one launch, and somebody's items over all of them."""

from handlers.kit import forms
from handlers.kit.blocks import Block, actions, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.permissions import MEMBERS
from handlers.kit.references import parse_reference
from handlers.kit.replies import ButtonReply, CommandReply, Note, OpenModal, Text, View
from handlers.kit.requests import ButtonRequest, Who
from handlers.kit.surfaces import modal
from handlers.launches import cards, ids, modals, views
from storage.database import Tx
from storage.launches import items as its
from storage.launches import lists
from storage.launches.values import Launch, LaunchState

SHOWN = 8
MINE = 20
NOTHING = "Nothing is planned that you can see. `/launch new` makes a launch with what has to be ready."
NO_MORE = "There are no later ones."
NO_ITEMS = "You have no open items in any launch."
WHICH = "Which one? Type `/launch show L-4`; `/launch list` shows them all."
GONE = "I find no launch of that name that you can see. `/launch list` shows those you can."


def listed(tx: Tx, who: Who, skip: int = 0) -> Text:
    """What is planned, the next first; then what is over."""
    today = cards.week_of(tx, who.person)[1]
    found = lists.upcoming(tx, cards.viewer(who), today, SHOWN + 1, skip)
    over = lists.over(tx, cards.viewer(who), today, SHOWN) if not skip else []
    shown = found[:SHOWN]
    blocks = views.lines("Launches", shown, today, NO_MORE if skip else NOTHING)
    if over:
        blocks += views.lines("Over", over, today, "")
    deeds = [button("Later", ids.LATER, str(skip + SHOWN))] if len(found) > SHOWN else []
    deeds += [button("New launch", ids.NEW)] if who.kind in MEMBERS and not skip else []
    said = [views.said_line(one, today) for one in (*shown, *over)]
    text = escape("\n".join(["Launches", *said])) if said else NO_MORE if skip else NOTHING
    return Text(text, [*blocks, *([actions(*deeds)] if deeds else [])])


def later(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page, in place of this one."""
    page = listed(tx, request.who, forms.numbers(request.value)[0])
    return Note(page.text, page.blocks, replace=True)


def show(tx: Tx, who: Who, rest: str) -> CommandReply:
    """`/launch show L-4`, or an item of it."""
    reference = parse_reference(rest)
    if reference is None:
        return Text(WHICH)
    launch = cards.see(tx, reference.number, who) if reference.letter == "L" else None
    if launch is None:
        return Text(GONE)
    shown = cards.shown(tx, launch, who)
    one = next((one for one in shown.items if one.number == reference.item), None)
    return OpenModal(modals.card(shown) if one is None else modals.item(shown, one))


def items(tx: Tx, who: Who) -> CommandReply:
    """My open items, over all launches."""
    return OpenModal(my_items(tx, who)) if lists.mine(tx, cards.viewer(who), 1) else Text(NO_ITEMS)


def my_items(tx: Tx, who: Who) -> View:
    """The same as a window."""
    found = lists.mine(tx, cards.viewer(who), MINE)
    today, blocks = cards.week_of(tx, who.person)[1], list[Block]()
    for one in found:
        said = f"*{one.name}* {escape(one.title)} · {views.stands(one, today)}"
        blocks += [section(said), views.item_deeds(one, "items")]
    return modal("My items", blocks or [section(NO_ITEMS)], close="Close")


def press_items(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The same from Home."""
    return OpenModal(my_items(tx, request.who))


def whose(tx: Tx, launch: Launch) -> str:
    """Whose launch it is, and why it cannot be changed."""
    name = cards.shown(tx, launch).name(launch.owner)
    if launch.state is not LaunchState.PLANNED:
        return f"{launch.reference} is {launch.state}; nothing of it changes any more."
    return f"That is for {name} to do, who owns {launch.reference}."


def press_show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open a launch."""
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, GONE)
    return forms.open_view(request, modals.card(cards.shown(tx, launch, request.who)))


def opens(tx: Tx, who: Who, number: int) -> View | None:
    """The card, for somebody who meets it elsewhere."""
    launch = cards.see(tx, number, who)
    return None if launch is None else modals.card(cards.shown(tx, launch, who))


def press_mine(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open what of a launch is on my list."""
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, GONE)
    return forms.open_view(request, modals.mine(cards.shown(tx, launch, request.who)))


def press_item(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open one item."""
    number, which, *_ = (*forms.numbers(request.value), 0)
    launch = cards.see(tx, number, request.who)
    one = None if launch is None else its.find(tx, number, which)
    if launch is None or one is None:
        return forms.say(request, GONE)
    return forms.open_view(request, modals.item(cards.shown(tx, launch, request.who), one))
