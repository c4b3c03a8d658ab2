"""Digests' part of Home: where one is posted, and the menu that proposes one elsewhere."""

from handlers.digests import forms, ids, service
from handlers.kit.blocks import Block, actions, section
from handlers.kit.lists import and_more
from handlers.kit.mrkdwn import channel_link, escape
from handlers.kit.permissions import MEMBERS
from handlers.kit.pickers import channel_menu
from handlers.kit.requests import Who
from storage.database import Tx

SHOWN = 6
NONE = "*Digests* tell a channel once a week what it should know. None is posted yet."
SOME = "*Digests* are posted in"


def places(tx: Tx, who: Who) -> list[Block]:
    """Where one is posted that this person may read, and when it comes."""
    found = service.known_to(tx, who)
    menu = [actions(channel_menu(f"{ids.OPEN}:menu", "Start a digest in…"))] if who.kind in MEMBERS else []
    if not found:
        return [section(NONE), *menu] if menu else []
    rows = [_row(one) for one in found[:SHOWN]]
    rest = and_more(len(found) - SHOWN, ids.LIST, "Show all digests")
    return [section(SOME), *rows, *rest, *menu]


def _row(standing: forms.Standing) -> Block:
    words = f"{channel_link(standing.channel)} · {escape(forms.when(standing))}"
    return section(words, forms.show(standing))
