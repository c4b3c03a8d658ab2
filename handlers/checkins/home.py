"""Check-ins' part of Home: what is in my way, then what I take part in."""

from handlers.checkins import blocker_views, cards, clearing, views
from handlers.kit.blocks import Block
from handlers.kit.requests import Who
from storage.checkins import blockers
from storage.checkins import queries as checkins
from storage.database import Tx

SHOWN = 6
NOTHING = "None yet. `/checkin` in a channel proposes one."


def waiting(tx: Tx, who: Who) -> list[Block]:
    """What is in this person's way, and who it waits on."""
    found = [clearing.brief(tx, one, who) for one in blockers.open_of(tx, who.person, SHOWN)]
    return blocker_views.lines("In your way", found, "") if found else []


def information(tx: Tx, who: Who) -> list[Block]:
    """The check-ins this person takes part in, with their next date."""
    found = checkins.of_person(tx, cards.viewer(who), SHOWN)
    return views.lines("Check-ins you take part in", [cards.brief(tx, one) for one in found], NOTHING)
