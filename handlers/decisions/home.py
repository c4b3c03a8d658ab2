"""Decisions' part of Home: those that need me, those I wait for, then mine and those I am informed of."""

from collections.abc import Iterable, Sequence

from handlers.asks import service as asks
from handlers.decisions import cards, ids, views
from handlers.kit.blocks import Block
from handlers.kit.elements import Element, button
from handlers.kit.lists import and_more
from handlers.kit.requests import Who
from storage.database import Tx
from storage.decisions import lists
from storage.decisions.values import Line
from storage.people import queries as people
from storage.worktime import queries as worktimes

SHOWN = 6
COUNTED = 40
NOTHING = "Nothing yet. `/decision` records one in ten seconds; so does any message's menu."


def begin(who: Who) -> list[Element]:
    """The button that records one."""
    del who
    return [button("Record a decision", ids.OPEN_RECORD)]


def look(who: Who) -> list[Element]:
    """All they may see; the window has the search and the export, too."""
    del who
    return [button("Decisions", f"{ids.LIST}:look")]


def needs_you(tx: Tx, who: Who) -> list[Block]:
    """What waits for this person, unless the question itself stands above."""
    asked = asks.open_about(tx, who.person)
    found = [one for one in _needing(tx, who) if f"D-{one.number}" not in asked]
    today = worktimes.today(tx, who.person)
    rows = [(one, views.need_of(one, who.person, today)) for one in found]
    return _listed("Decisions that need you", rows, "") if rows else []


def waiting(tx: Tx, who: Who) -> list[Block]:
    """What this person drives or recorded and somebody else has to approve."""
    found = lists.waiting(tx, cards.viewer(who), COUNTED)
    known = people.people(tx, sorted({one.approver for one in found if one.approver is not None}))
    names = {one.id: one.name for one in known.values()}
    rows = [(one, views.waits_for(one, names)) for one in found]
    return _listed("Decisions", rows, "") if rows else []


def information(tx: Tx, who: Who) -> list[Block]:
    """Everything else this person has a part in."""
    viewer = cards.viewer(who)
    elsewhere = {one.number for one in (*_needing(tx, who), *lists.waiting(tx, viewer, COUNTED))}
    found = lists.concerning(tx, viewer, COUNTED + len(elsewhere))
    rows = _without(found, elsewhere)
    return _listed("Your decisions, and those that name you", rows, NOTHING)


# ---------------------------------------------------------------------------------------------------------


def _needing(tx: Tx, who: Who) -> list[Line]:
    return lists.needing(tx, cards.viewer(who), worktimes.today(tx, who.person), COUNTED)


def _without(found: Iterable[Line], elsewhere: set[int]) -> list[tuple[Line, str]]:
    return [(one, "") for one in found if one.number not in elsewhere]


def _listed(title: str, rows: Sequence[tuple[Line, str]], empty: str) -> list[Block]:
    more = and_more(len(rows) - SHOWN, ids.LIST, "Show all decisions")
    return [*views.lines(title, rows[:SHOWN], empty), *more]
