"""Go or no-go: the vote is opened, each function's lead votes, and what comes of it is a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.asks import service as asks
from handlers.decisions import rules as decision_rules
from handlers.decisions import service as decisions
from handlers.kit.dates import say_day
from handlers.kit.functions import FUNCTIONS
from handlers.kit.requests import Who
from handlers.kit.role_names import known
from handlers.kit.shortening import shorten
from handlers.launches import cards, letters, rules, votes
from handlers.launches.rules import VOTES
from handlers.launches.shown import Shown, together
from handlers.links import service as links
from storage.audit import queries as audit
from storage.database import Tx
from storage.decisions.values import DecisionState, Details, NewDecision
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Asked, Gate, Item, ItemState, Launch, LaunchState, Said, Vote
from storage.things import queries as things
from storage.values import FunctionId, PersonId

ANOTHER_VOTE = "Their vote is another one now"


class Refused(StrEnum):
    """Why a vote was not taken."""

    CLOSED = "closed"
    NOT_THEIRS = "not_theirs"


@dataclass(frozen=True, slots=True)
class Result:
    """The launch as it stands now, and why a vote was not taken if it was not."""

    shown: Shown
    refused: Refused | None = None


def open_vote(tx: Tx, launch: Launch, required: Sequence[FunctionId], who: Who) -> Launch | None:
    """These functions' leads are asked at once; None when the launch changed since."""
    if not changes.open_gate(tx, launch, required, who.person):
        return None
    audit.note(tx, who.person, "launch.vote_opened", str(launch.reference), functions=[*required])
    now = launches.must(tx, launch.number)
    votes.ask(tx, now)
    cards.draw(tx, now)
    return now


def look(tx: Tx, number: int, round_: int, function: FunctionId, who: Who) -> Result | None:
    """Whether this person may vote for this function now; None where they see no such launch."""
    launch = cards.see(tx, number, who)
    if launch is None:
        return None
    shown = cards.shown(tx, launch, who)
    if launch.gate is not Gate.OPEN or launch.round != round_ or launch.state is not LaunchState.PLANNED:
        return Result(shown, Refused.CLOSED)
    theirs = function in launch.required and shown.lead(function) == who.person
    return Result(shown, None if theirs else Refused.NOT_THEIRS)


def vote(
    tx: Tx, number: int, round_: int, function: FunctionId, said: Vote, reason: str | None, who: Who
) -> Result | None:
    """A function votes, or votes anew; the last vote of all closes it."""
    launches.hold(tx, number)
    found = look(tx, number, round_, function, who)
    if found is None or found.refused is not None:
        return found
    launch = found.shown.launch
    _forget_condition(tx, launch, found.shown.votes.get(function), who)
    item = _add_condition(tx, found.shown, function, reason, who) if said is Vote.CONDITIONS else None
    changes.vote(tx, launch, function, who.person, said, reason, item)
    asks.answered(tx, rules.vote_key(launch, function, who.person))
    audit.note(tx, who.person, f"launch.voted_{said}", str(launch.reference), function=function)
    shown = cards.shown(tx, launch, who)
    if rules.unheard(launch.required, shown.votes):
        cards.draw(tx, launch, who.person)
        return Result(shown)
    return Result(cards.shown(tx, close(tx, shown, who.person), who))


def close(tx: Tx, shown: Shown, by: PersonId) -> Launch:
    """The vote is over: record what came of it as a decision of the launch's owner."""
    launch = shown.launch
    came = rules.outcome(launch.required, shown.votes)
    decision = known(decisions.record)(tx, _decision(shown, came), things.audience(tx, launch.reference))
    links.join(tx, decision.reference, launch.reference, launch.owner)
    closed = changes.close_gate(tx, launch, came, decision.number, by)
    assert closed, "the launch is held"
    audit.note(tx, by, f"launch.outcome_{came}", str(launch.reference), decision=str(decision.reference))
    votes.withdraw(tx, launch, shown.leads)
    now = launches.must(tx, launch.number)
    if by != launch.owner:
        told = letters.outcome(cards.shown(tx, now))
        key = f"launch.outcome:{launch.number}:{launch.round}"
        asks.tell(tx, launch.owner, key, told.summary, told.blocks)
    cards.draw(tx, now, by)
    return now


# ---------------------------------------------------------------------------------------------------------


def _decision(shown: Shown, came: Vote) -> NewDecision:
    launch = shown.launch
    what = f"{VOTES[came]} for {launch.reference} {launch.name} on {say_day(launch.on)}"
    heard = [_why(shown, shown.votes[one]) for one in launch.required if one in shown.votes]
    missing = [FUNCTIONS[one] for one in rules.unheard(launch.required, shown.votes)]
    not_heard = [f"Not heard, which is never a yes: {together(missing)}"] if missing else []
    why = shorten("\n".join([*heard, *not_heard]), decision_rules.WORDS_LIMIT)
    told = {shown.lead(one) for one in launch.required} - {launch.owner, None}
    informed: tuple[PersonId, ...] = tuple(sorted(one for one in told if one is not None))
    details = Details(what, launch.owner, why, informed=informed, functions=launch.required)
    return NewDecision(details, DecisionState.DECIDED, launch.owner, launch.channel)


def _why(shown: Shown, said: Said) -> str:
    reason = f": {said.reason}" if said.reason else ""
    return f"{FUNCTIONS[said.function]} ({shown.name(said.person)}): {VOTES[said.vote]}{reason}"


def _add_condition(tx: Tx, shown: Shown, function: FunctionId, reason: str | None, who: Who) -> int:
    launch, t_minus = shown.launch, rules.CONDITION_T_MINUS
    new = rules.item(
        reason or "", function, who.person, t_minus, launch.on, shown.today, shown.week, condition=True
    )
    [number] = items.add(tx, launch.number, [new])
    return number


def _forget_condition(tx: Tx, launch: Launch, before: Said | None, who: Who) -> None:
    one: Item | None = (
        None if before is None or before.item is None else items.find(tx, launch.number, before.item)
    )
    if one is not None and one.is_open:
        items.set_state(tx, one, ItemState.NOT_NEEDED, ANOTHER_VOTE, who.person, None, Asked.DUE)
        for key in rules.item_keys(one):
            asks.withdraw(tx, key)
