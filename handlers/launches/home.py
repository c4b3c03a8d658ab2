"""Launches' part of Home: what holds mine up, and what is launched next."""

from handlers.kit.blocks import Block, section
from handlers.kit.elements import Element, button
from handlers.kit.lists import and_more
from handlers.kit.permissions import MEMBERS
from handlers.kit.requests import Who
from handlers.launches import cards, ids, views
from storage.database import Tx
from storage.launches import lists
from storage.people import queries as people

SHOWN, COUNTED = 5, 40
NOTHING = "Nothing is planned. `/launch new` makes a launch with what has to be ready."


def begin(who: Who) -> list[Element]:
    """The button that makes one."""
    return [button("New launch", ids.NEW)] if who.kind in MEMBERS else []


def look(who: Who) -> list[Element]:
    """All launches they may see, and their own items of them."""
    del who
    return [button("Launches", f"{ids.LATER}:look", "0"), button("My items", ids.ITEMS)]


def waiting(tx: Tx, who: Who) -> list[Block]:
    """What of my launches is late or blocked, and with whom."""
    today = cards.week_of(tx, who.person)[1]
    found = lists.stuck(tx, cards.viewer(who), today, SHOWN)
    if not found:
        return []
    known = people.people(tx, sorted({one.owner for one in found if one.owner is not None}))
    names = {one.id: one.name for one in known.values() if one.name}
    lines = [section(views.stuck_line(one, names, today), views.open_item(one)) for one in found]
    return [section("*Holding your launches up*"), *lines]


def information(tx: Tx, who: Who) -> list[Block]:
    """What is launched next, as far as I may see it."""
    today = cards.week_of(tx, who.person)[1]
    found = lists.upcoming(tx, cards.viewer(who), today, COUNTED)
    more = and_more(len(found) - SHOWN, ids.LATER, "Show later launches", str(SHOWN))
    return [*views.lines("Launches", found[:SHOWN], today, NOTHING), *more]
