"""What happens when a launch gets another date: its items move, and people hear of it ten minutes later."""

from dataclasses import dataclass
from datetime import date

from handlers.asks import service as asks
from handlers.kit.requests import Who
from handlers.launches import cards, letters, rules
from handlers.launches.rules import Plan
from handlers.launches.shown import Shown
from handlers.links import service as links
from handlers.links.service import Change
from storage.audit import queries as audit
from storage.database import Tx
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Launch
from storage.values import PersonId


@dataclass(frozen=True, slots=True)
class Preview:
    """What a move would move, and whom it would be told."""

    plan: Plan
    told: frozenset[PersonId]


def preview(tx: Tx, shown: Shown, on: date, who: Who) -> Preview:
    """What happens if the launch is on that day."""
    plan = rules.plan_move(shown.items, shown.leads, on, shown.today, shown.week)
    concerned = cards.concerned(tx, shown.launch) | {who.person}
    beyond = links.hearing(tx, shown.launch.reference, concerned)
    return Preview(plan, frozenset((concerned | beyond) - {who.person}))


def move(tx: Tx, launch: Launch, on: date, reason: str, who: Who, *, tell: bool) -> Launch | None:
    """Put it on that day; None when it changed since. Those concerned are told in ten minutes, or not at all."""
    told_on, tell_at = launch.told_on, launch.tell_at
    if tell:
        tell_at = tx.now + rules.TELL_AFTER
    elif launch.on == launch.told_on:
        told_on = on
    if not changes.move(tx, launch, on, reason, who.person, told_on, tell_at):
        return None
    audit.note(tx, who.person, "launch.moved", str(launch.reference), before=str(launch.on), after=str(on))
    return _follow(tx, launch, on)


def undo(tx: Tx, launch: Launch, who: Who) -> Launch | None:
    """Take the last move back, if that was just now; None when it was not, or something changed since."""
    moves = changes.moves(tx, launch.number)
    if not moves or moves[-1].after != launch.on or tx.now - moves[-1].at >= rules.TELL_AFTER:
        return None
    back = moves[-1].before
    silent = launch.on == launch.told_on
    told_on = back if silent else launch.told_on
    untold = any(not one.told for one in launches.leads(tx, launch.number))
    tell_at = launch.tell_at if untold or back != told_on else None
    if not changes.unmove(tx, launch, moves[-1], who.person, told_on, tell_at):
        return None
    audit.note(tx, who.person, "launch.move_undone", str(launch.reference))
    return _follow(tx, launch, back)


def tell(tx: Tx, launch: Launch, before: date, knowing: set[PersonId]) -> None:
    """Tell everybody concerned of the date as it is now, once; `knowing` hear it otherwise."""
    shown, concerned = cards.shown(tx, launch), cards.concerned(tx, launch)
    mover, why = (None, "") if shown.moved is None else (shown.moved.by, shown.moved.reason)
    move, headline = f"moved:{launch.reference}:{launch.version}", letters.moves(shown, before)
    change = Change(move, headline, why, by=mover, known=concerned | knowing)
    links.ripple(tx, launch.reference, change)
    for person in sorted(concerned - knowing - {mover}):
        told = letters.moved(shown, person, before)
        key = f"launch.moved:{launch.number}:{launch.version}:{person}"
        asks.tell(tx, person, key, told.summary, told.blocks, about=str(launch.reference))


# ---------------------------------------------------------------------------------------------------------


def _follow(tx: Tx, before: Launch, on: date) -> Launch:
    """Its items, what is asked about them, and what shows them follow it to that day."""
    shown = cards.shown(tx, before)
    for shift in rules.plan_move(shown.items, shown.leads, on, shown.today, shown.week).shifts:
        if shift.due_on != shift.item.due_on:
            for key in rules.item_keys(shift.item):
                asks.withdraw(tx, key)
            asked, then = rules.asks_after_move(shift.item, shift.due_on, shown.week)
            items.reschedule(tx, shift.item, shift.due_on, then, asked)
    cards.draw(tx, before, *(one.owner for one in shown.items))
    return launches.must(tx, before.number)
