"""What planned launches make of a function that counts under another one now, or is retired.

Its items stay with whoever sees to them; where it counts under another one, they and its vote are that one's. Where it
is retired, what is open belongs to no function, and nobody waits for its vote.
"""

from handlers.asks import service as asks
from handlers.kit.functions import FUNCTIONS, called
from handlers.launches import cards, gate, letters, rules, service, votes
from handlers.launches.shown import Shown
from storage.audit import queries as audit
from storage.database import Tx
from storage.functions import queries as functions
from storage.functions.values import Function
from storage.launches import changes
from storage.launches import queries as launches
from storage.launches import regrouping as regroups
from storage.launches.values import Gate, Launch, LaunchState
from storage.values import FunctionId, PersonId

AT_ONCE = 3
"""Launches in one work."""


def settle(tx: Tx) -> bool:
    """The job: the next planned launches that still name such a function, or its older name; whether there may be more."""
    if functions.unsettled(tx) is None:
        return False
    with called(
        functions.hold(tx)
    ):  # who changes one meanwhile waits, or what they did would count as settled
        return _settle_some(tx)


# ---------------------------------------------------------------------------------------------------------


def _settle_some(tx: Tx) -> bool:
    found = functions.unsettled(tx)
    if found is None:
        return False
    function, below = found
    into = FUNCTIONS.in_use(function.id)
    numbers = regroups.naming(tx, function.id, below, AT_ONCE)
    for number in numbers:
        if into == function.id:
            cards.draw(tx, launches.must(tx, number))
        else:
            _settle(tx, number, function, into)
    functions.settle(tx, function.id, numbers[-1] if len(numbers) == AT_ONCE else None)
    return True


def _settle(tx: Tx, number: int, function: Function, into: FunctionId | None) -> None:
    launches.hold(tx, number)
    launch = launches.must(tx, number)
    if launch.state is not LaunchState.PLANNED:
        return
    before, by = cards.shown(tx, launch), function.by or launch.owner
    gone = [one for one in before.leads if one.function == function.id]
    votes.withdraw(tx, launch, gone)
    _parts(tx, before, function.id, into, by)
    now = _voters(tx, before, function.id, into, by)
    service.ask_for_owners(tx, now)
    audit.note(tx, by, "launch.regrouped", str(launch.reference), function=function.id)
    cards.draw(tx, now, *(one.person for one in (*before.leads, *gone)))
    left = sum(one.is_open for one in before.of(function.id))
    if by != launch.owner and (gone or left):
        voted = launch.gate is Gate.OPEN and function.id in launch.required
        shown = cards.shown(tx, now, also=[by])
        told = letters.regrouped(shown, function.name, into, left, by, votes=voted)
        key = f"launch.regrouped:{number}:{function.id}:{now.version}"
        asks.tell(tx, launch.owner, key, told.summary, told.blocks, about=str(launch.reference))


def _parts(tx: Tx, before: Shown, function: FunctionId, into: FunctionId | None, by: PersonId) -> None:
    """Its items and whoever sees to them."""
    number, those = before.launch.number, [one for one in before.leads if one.function in (function, into)]
    lead = rules.joined_lead(those, into)
    regroups.replace_leads(tx, number, those, [] if lead is None else [lead])
    if lead is not None:
        for one in before.of(function):
            if one.owner is None and one.is_open and lead.person is not None:
                service.give(tx, one, lead.person, by, before.week)
    regroups.move_items(tx, number, function, into)


def _voters(tx: Tx, before: Shown, function: FunctionId, into: FunctionId | None, by: PersonId) -> Launch:
    """Its vote, if one is open; where nobody is left to vote, none is."""
    launch = before.launch
    if launch.gate is not Gate.OPEN:
        return regroups.set_voters(tx, launch, launch.required, launch.gate, by)
    required, moved = rules.regrouped(launch.required, before.votes, function, into)
    now = regroups.set_voters(tx, launch, required, Gate.OPEN if required else Gate.NONE, by)
    if moved is not None and into is not None:
        changes.vote(tx, now, into, moved.person, moved.vote, moved.reason, moved.item)
    shown = cards.shown(tx, now)
    if required and not rules.unheard(required, shown.votes):
        return gate.close(tx, shown, by)
    votes.ask(tx, now)
    return now
