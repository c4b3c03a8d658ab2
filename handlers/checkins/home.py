"""Check-ins' part of Home: what is in my way, then what I take part in."""

from handlers.checkins import blocker_views, cards, clearing, ids, views
from handlers.kit.blocks import Block, actions, section
from handlers.kit.elements import Element, button
from handlers.kit.lists import and_more
from handlers.kit.permissions import MEMBERS
from handlers.kit.pickers import channel_menu
from handlers.kit.requests import Who
from storage.checkins import blockers
from storage.checkins import queries as checkins
from storage.database import Tx

SHOWN, COUNTED = 6, 40
NOTHING = "None yet. `/checkin` in a channel proposes one."
WHERE = "*Check-ins* ask a team how it goes, each in their own morning, and sum it up in a channel."


def waiting(tx: Tx, who: Who) -> list[Block]:
    """What is in this person's way, and who it waits on."""
    found = blockers.open_of(tx, who.person, COUNTED)
    shown = [clearing.card(tx, one, who) for one in found[:SHOWN]]
    more = and_more(len(found) - SHOWN, f"{ids.BLOCKERS_MORE}:home", "Show all open blockers", "0")
    return [*blocker_views.lines("In your way", shown, ""), *more] if found else []


def information(tx: Tx, who: Who) -> list[Block]:
    """The check-ins this person takes part in, with their next date."""
    found = checkins.of_person(tx, cards.viewer(who), COUNTED)
    shown = [cards.brief(tx, one) for one in found[:SHOWN]]
    more = and_more(len(found) - SHOWN, f"{ids.MORE}:home", "Show all check-ins", "0")
    return [*views.lines("Check-ins you take part in", shown, NOTHING), *more]


def look(who: Who) -> list[Element]:
    """All they may see, and all that is in somebody's way."""
    del who
    return [
        button("Check-ins", f"{ids.MORE}:look", "0"),
        button("Open blockers", f"{ids.BLOCKERS_MORE}:look", "0"),
    ]


def places(tx: Tx, who: Who) -> list[Block]:
    """The menu that proposes one in a channel."""
    del tx
    menu = actions(channel_menu(ids.PROPOSE, "Start a check-in in…"))
    return [section(WHERE), menu] if who.kind in MEMBERS else []
