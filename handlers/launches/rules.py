"""When items are due, what a move moves, who may do what, what votes come to. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.kit.functions import FUNCTIONS
from handlers.kit.permissions import allowed
from handlers.launches.templates import here
from storage.calendar import NO_HOLIDAYS, WEEKDAYS, workdays_before, workdays_until
from storage.launches.values import (
    Asked,
    Item,
    ItemState,
    Launch,
    LaunchState,
    Lead,
    NewItem,
    Said,
    Tier,
    Vote,
)
from storage.values import FunctionId, PersonId

NAME_LIMIT = 80
REASON_LIMIT = 500
CONDITION_LIMIT = 200
SOON = 3
"""Working days before an item is due that its owner is first asked."""
CONDITION_T_MINUS = 1
TELL_AFTER = timedelta(minutes=10)
"""How long a move, or a launch just made, may still be changed before people are told."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days a launch counts by: its owner's working week and holidays."""

    days: frozenset[int] = WEEKDAYS
    holidays: frozenset[date] = NO_HOLIDAYS

    def before(self, day: date, number: int) -> date:
        """The day so many working days earlier."""
        return workdays_before(day, number, self.days, self.holidays)

    def soonest(self, today: date) -> date:
        """The next working day."""
        day = today + timedelta(days=1)
        while day.isoweekday() not in self.days or day in self.holidays:
            day += timedelta(days=1)
        return day

    def until(self, today: date, day: date) -> int:
        """Working days left before the day, today counted."""
        return workdays_until(today, day, self.days, self.holidays)


def in_order(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """The same in the order of their functions."""
    found = {one.function: one for one in leads}
    return tuple(found[one] for one in FUNCTIONS.ordered(found))


# -- items ------------------------------------------------------------------------------------------------


def items_of(tier: Tier, on: date, leads: Iterable[Lead], today: date, week: Workdays) -> tuple[NewItem, ...]:
    """The items of a new launch, each with its function's lead."""
    owners = {lead.function: lead.person for lead in leads}
    made = [
        item(task.title, task.function, owners.get(task.function), task.t_minus, on, today, week)
        for task in here(tier).tasks
    ]
    return tuple(sorted(made, key=lambda one: one.due_on))


def item(
    title: str,
    function: FunctionId | None,
    owner: PersonId | None,
    t_minus: int,
    on: date,
    today: date,
    week: Workdays,
    *,
    condition: bool = False,
) -> NewItem:
    """An item due so many working days before the launch; nobody is late from the start."""
    due_on = due(on, t_minus, today, week)
    return NewItem(title, function, owner, t_minus, due_on, week.before(due_on, SOON), condition)


def due(on: date, t_minus: int, today: date, week: Workdays) -> date:
    """The day it is due; where its own day is over already, the next working day, or the launch itself."""
    planned = week.before(on, t_minus)
    return planned if planned >= today else min(week.soonest(today), on)


def is_late(one: Item, today: date) -> bool:
    """Whether its day has passed and something is left to do."""
    return one.is_open and one.due_on < today


def pressing(items: Iterable[Item], today: date) -> list[Item]:
    """What holds the launch up: blocked first, then late, each the longest due first."""
    found = [one for one in items if one.state is ItemState.BLOCKED or is_late(one, today)]
    return sorted(found, key=lambda one: (one.state is not ItemState.BLOCKED, one.due_on, one.number))


def readiness(items: Iterable[Item]) -> tuple[int, int]:
    """How many items are done, of all that are needed."""
    needed = [one for one in items if one.state is not ItemState.NOT_NEEDED]
    return sum(one.state is ItemState.DONE for one in needed), len(needed)


def asks_now(one: Item, today: date, week: Workdays) -> tuple[Asked, date | None]:
    """What its owner is asked now that `ask_on` has come, and the day they are asked next.

    An ask comes on the next working morning: what is due then is asked about once.
    """
    if one.asked is Asked.SOON or one.due_on <= week.soonest(today):
        return Asked.DUE, None
    return Asked.SOON, one.due_on


def asks_next(one: Item, state: ItemState, today: date) -> tuple[Asked, date | None]:
    """The same once it stands like `state`: whoever has answered is left in peace until it is due."""
    if state in (ItemState.DONE, ItemState.NOT_NEEDED):
        return one.asked, None
    if one.asked is Asked.DUE or one.due_on <= today:
        return Asked.DUE, None
    return Asked.SOON, one.due_on


def item_key(one: Item, asked: Asked) -> str:
    """The ask about an item; another one after each change of its day or its owner."""
    return f"launch.item:{one.launch}:{one.number}:{one.round}:{asked}"


def item_keys(one: Item) -> tuple[str, ...]:
    """Every ask about it that may be open."""
    return tuple(item_key(one, asked) for asked in (Asked.SOON, Asked.DUE))


def asked_under(launch: Launch) -> tuple[str, str]:
    """What the keys of the asks about its items, and of those for a vote on it, begin with."""
    return f"launch.item:{launch.number}:", f"launch.vote:{launch.number}:"


def unowned_key(launch: Launch) -> str:
    """The ask to name somebody for what nobody sees to."""
    return f"launch.unowned:{launch.number}"


# -- who may ----------------------------------------------------------------------------------------------


def may_change(launch: Launch, person: PersonId, *, admin: bool) -> bool:
    """Its owner, or an admin, as long as it is planned."""
    return launch.state is LaunchState.PLANNED and allowed(person, roles=[launch.owner], admin=admin)


def may_change_item(
    launch: Launch,
    one: Item,
    leads: Iterable[Lead],
    person: PersonId,
    *,
    admin: bool,
    asked: Collection[PersonId] = (),
) -> bool:
    """Its owner, whoever was `asked` about it, its function's lead, the launch's owner, or an admin."""
    heads = [lead.person for lead in leads if lead.function == one.function]
    roles = (one.owner, launch.owner, *heads, *asked)
    return launch.state is LaunchState.PLANNED and allowed(person, roles=roles, admin=admin)


def involved(launch: Launch, items: Iterable[Item], leads: Iterable[Lead]) -> set[PersonId]:
    """Everybody with something left to do in it, or who leads a part of it."""
    people = {launch.owner, *(one.owner for one in items if one.is_open), *(lead.person for lead in leads)}
    return {one for one in people if one is not None}


# -- moving -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shift:
    """An open item and the day it would be due; `past` when its own day is over, so that it is due at once."""

    item: Item
    due_on: date
    past: bool


@dataclass(frozen=True, slots=True)
class Below:
    """A function that would have less notice than it needs."""

    function: FunctionId
    needs: int
    has: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Exactly what moves if the launch is on another day."""

    on: date
    shifts: tuple[Shift, ...]
    below: tuple[Below, ...]


def plan_move(items: Iterable[Item], leads: Iterable[Lead], on: date, today: date, week: Workdays) -> Plan:
    """What a move would move; what is done or not needed stays as it is."""
    left = [one for one in items if one.is_open]
    shifts = []
    for one in left:
        past = week.before(on, one.t_minus) < today
        shifts.append(Shift(one, due(on, one.t_minus, today, week), past))
    return Plan(on, tuple(shifts), below_notice(left, leads, on, today, week))


def below_notice(
    left: Sequence[Item], leads: Iterable[Lead], on: date, today: date, week: Workdays
) -> tuple[Below, ...]:
    """Functions with something left to do and fewer working days until then than they need."""
    has, busy = week.until(today, on), {one.function for one in left}
    return tuple(
        Below(lead.function, lead.notice, has)
        for lead in leads
        if lead.function in busy and has < lead.notice
    )


def asks_after_move(one: Item, due_on: date, week: Workdays) -> tuple[Asked, date]:
    """Who has said that they are on it is asked at the new day, everybody else a little before it."""
    if one.state is ItemState.TODO:
        return Asked.NOTHING, week.before(due_on, SOON)
    return Asked.SOON, due_on


# -- go or no-go ------------------------------------------------------------------------------------------


def outcome(required: Collection[FunctionId], votes: Mapping[FunctionId, Said]) -> Vote:
    """What the votes come to: the most careful one counts, and who has not voted has not said yes."""
    said = {votes[one].vote for one in required if one in votes}
    missing = not required or any(one not in votes for one in required)
    if Vote.NO_GO in said:
        return Vote.NO_GO
    if Vote.HOLD in said or missing:
        return Vote.HOLD
    return Vote.CONDITIONS if Vote.CONDITIONS in said else Vote.GO


def unheard(required: Iterable[FunctionId], votes: Collection[FunctionId]) -> list[FunctionId]:
    """Functions that have to vote and have not."""
    return [one for one in required if one not in votes]


_CARE = (Vote.GO, Vote.CONDITIONS, Vote.HOLD, Vote.NO_GO)
"""The most careful one last."""


def regrouped(
    required: Collection[FunctionId],
    votes: Mapping[FunctionId, Said],
    gone: FunctionId,
    into: FunctionId | None,
) -> tuple[tuple[FunctionId, ...], Said | None]:
    """Who votes once a function counts under another one, or under none; and the vote of it that the other one takes over.

    Of two votes the more careful one counts. What the other one has not said yet is still to be said.
    """
    left = tuple(one for one in required if one != gone)
    if gone not in required:
        return left, None
    theirs, own = votes.get(gone), None if into is None else votes.get(into)
    if into is None:
        return left, None
    if into not in left:
        return FUNCTIONS.ordered((*left, into)), theirs
    if own is None or theirs is None or _CARE.index(theirs.vote) <= _CARE.index(own.vote):
        return left, None
    return left, theirs


def joined_lead(those: Iterable[Lead], into: FunctionId | None) -> Lead | None:
    """Who sees to the parts of functions that are one now: its own lead, else the other's; the longer notice holds."""
    found = sorted(those, key=lambda one: (one.person is None, one.function != into))
    if into is None or not found:
        return None
    return replace(found[0], function=into, notice=max(one.notice for one in found))


def vote_key(launch: Launch, function: FunctionId, person: PersonId) -> str:
    """The one ask for a function's vote in this round."""
    return f"launch.vote:{launch.number}:{launch.round}:{function}:{person}"


# -- words ------------------------------------------------------------------------------------------------

MARKS = {
    ItemState.TODO: "⬜",
    ItemState.DOING: "🟦",
    ItemState.DONE: "✅",
    ItemState.BLOCKED: "⛔",
    ItemState.NOT_NEEDED: "➖",
}
NAMES = {
    ItemState.TODO: "to do",
    ItemState.DOING: "doing",
    ItemState.DONE: "done",
    ItemState.BLOCKED: "blocked",
    ItemState.NOT_NEEDED: "not needed",
}
SIGNS = {
    LaunchState.PLANNED: "🚀",
    LaunchState.SHIPPED: "🎉",
    LaunchState.CANCELLED: "✖️",
    LaunchState.WITHDRAWN: "↩️",
}
VOTES = {Vote.GO: "Go", Vote.CONDITIONS: "Go with conditions", Vote.HOLD: "Hold", Vote.NO_GO: "No-go"}
VOTE_SIGNS = {Vote.GO: "🟢", Vote.CONDITIONS: "🟡", Vote.HOLD: "🟠", Vote.NO_GO: "🔴"}
