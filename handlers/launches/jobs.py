"""What the clock calls: asking about items, telling what has waited, counting boards for a new day."""

from datetime import date

from handlers.asks import service as asks
from handlers.kit.references import parse_reference
from handlers.launches import cards, letters, moves, rules, service
from storage.audit import queries as audit
from storage.calendar import known_zone, local_date
from storage.checkins import blockers
from storage.database import Tx
from storage.launches import dues, items
from storage.launches import queries as launches
from storage.launches.values import Asked, Item, ItemState, LaunchState
from storage.outbox import boards
from storage.people import queries as people
from storage.values import PersonId
from storage.worktime import queries as worktimes

AT_ONCE = 50
"""Items asked about, or boards drawn, in one work."""


def ask(tx: Tx) -> bool:
    """Ask owners about what is due soon where they are; whether there may be more."""
    due = [one for zone in dues.item_zones(tx) for one in dues.items_in(tx, zone, _today(tx, zone), AT_ONCE)]
    for number, which in due[:AT_ONCE]:
        one = items.find(tx, number, which)
        if one is not None:
            _ask(tx, one)
    return bool(due)


def tell(tx: Tx) -> bool:
    """Tell people what a launch has waited ten minutes with; whether there may be more."""
    number = dues.to_tell(tx)
    launch = None if number is None else launches.get(tx, number)
    if launch is None or not dues.take_telling(tx, launch.number):
        return False
    knowing = service.tell_leads(tx, launch)
    if launch.on != launch.told_on:
        moves.tell(tx, launch, launch.told_on, knowing)
    return True


def go_on(tx: Tx) -> bool:
    """What held an item up is out of the way: it goes on; whether there may be more."""
    gone = blockers.let_go(tx, AT_ONCE)
    for blocker in gone:
        named = parse_reference(blocker.about or "")
        one = None if named is None or named.item is None else items.find(tx, named.number, named.item)
        if one is not None and one.state is ItemState.BLOCKED:
            _go_on(tx, one, blocker.changed_by)
    return len(gone) == AT_ONCE


def count(tx: Tx) -> bool:
    """On a new day every board says how many days are left, and what is late; whether there may be more."""
    found = [
        (number, _today(tx, zone))
        for zone in dues.launch_zones(tx)
        for number in dues.shown_yesterday(tx, zone, _today(tx, zone), AT_ONCE)
    ]
    for number, today in found:
        dues.shown(tx, number, today)
        boards.touch(tx, cards.board_key(number))
    return bool(found)


# ---------------------------------------------------------------------------------------------------------


def _today(tx: Tx, zone: str) -> date:
    return local_date(tx.now, zone if known_zone(zone) else "UTC")


def _go_on(tx: Tx, one: Item, by: PersonId) -> None:
    launch = launches.must(tx, one.launch)
    if launch.state is not LaunchState.PLANNED:
        return
    _, today = cards.week_of(tx, one.owner or launch.owner)
    asked, then = rules.asks_next(one, ItemState.DOING, today)
    items.set_state(tx, one, ItemState.DOING, None, by, then, asked)
    audit.note(tx, None, "launch.item_goes_on", one.name)
    cards.draw(tx, launch, one.owner)


def _ask(tx: Tx, one: Item) -> None:
    launch = launches.get(tx, one.launch)
    assert launch is not None
    week, today = cards.week_of(tx, one.owner or launch.owner)
    asked, then = rules.asks_now(one, today, week)
    if not items.note_asked(tx, one, asked, then) or one.owner is None:
        return
    owner = people.person(tx, one.owner)
    if launch.state is not LaunchState.PLANNED or not one.is_open or owner is None:
        return
    if not cards.sees(tx, launch, owner):
        return
    audit.note(tx, None, f"launch.asked_{asked}", one.name, person=one.owner)
    if asked is Asked.DUE and _reminded(tx, rules.item_key(one, Asked.SOON)):
        return
    told = letters.item(cards.shown(tx, launch), one, asked)
    key, about = rules.item_key(one, asked), str(launch.reference)
    asks.ask(tx, one.owner, key, told.summary, told.blocks, covered=True, about=about)


def _reminded(tx: Tx, key: str) -> bool:
    """Whoever was asked is reminded; not somebody who is away by now: then it is asked anew of who covers."""
    person = asks.recipient_of(tx, key)
    there = None if person is None else worktimes.of(tx, person)
    return there is not None and there.away_on(there.today(tx.now)) is None and asks.nudge(tx, key)
