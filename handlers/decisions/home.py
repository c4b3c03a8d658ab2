"""Decisions' part of Home: those that need me, then mine and those I am informed of."""

from handlers.decisions import cards, ids, views
from handlers.kit.blocks import Block, actions
from handlers.kit.elements import button
from handlers.kit.requests import Who
from storage.database import Tx
from storage.decisions import lists

SHOWN = 6
NOTHING = "Nothing yet. `/decision` records one in ten seconds; so does any message's menu."


def sections(tx: Tx, who: Who) -> list[Block]:
    """What waits for this person first, then everything they have a part in."""
    viewer, today = cards.viewer(who), cards.today(tx, who.person)
    needing = lists.needing(tx, viewer, today, SHOWN)
    waiting = [(one, views.need_of(one, who.person, today)) for one in needing]
    shown = {one.number for one in needing}
    others = [
        (one, "") for one in lists.concerning(tx, viewer, SHOWN + len(shown)) if one.number not in shown
    ]
    blocks: list[Block] = [actions(button("Record a decision", ids.OPEN_RECORD))]
    if waiting:
        blocks += views.lines("Decisions that need you", waiting, "")
    if others or not waiting:
        blocks += views.lines("Your decisions, and those you are informed of", others[:SHOWN], NOTHING)
    return blocks
