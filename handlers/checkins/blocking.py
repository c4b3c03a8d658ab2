"""Blockers: reported with an answer, asked about once, cleared, passed on, opened again."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from handlers.asks import rules as ask_rules
from handlers.asks import service as asks
from handlers.checkins import blocker_views, letters, places, rules
from handlers.kit import switches
from handlers.kit.dates import say_day
from handlers.kit.functions import FUNCTIONS
from handlers.links import service as links
from handlers.links.service import Change
from storage.audit import queries as audit
from storage.checkins import blockers
from storage.checkins.blockers import NewBlocker
from storage.checkins.values import Blocker, BlockerState, CheckIn, Party, Round, Waits
from storage.database import Tx
from storage.outbox import boards
from storage.people import queries as people
from storage.things.values import Reference
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes

ASKS = "checkin.blocker:"
"""How the key of every ask about a blocker begins."""


def of_answer(tx: Tx, found: Round, person: PersonId) -> Blocker | None:
    """What somebody reported with their answer in a round."""
    reported = blockers.of_round(tx, found.number, found.on)
    return next((one for one in reported if one.blocked == person), None)


def reported(
    tx: Tx, checkin: CheckIn, found: Round, words: str | None, party: Party | None, person: PersonId
) -> Blocker | None:
    """What is in somebody's way as their answer says now: a new blocker, a changed one, or none."""
    known = of_answer(tx, found, person)
    stuck = words is not None and party is not None and not rules.is_nothing(words)
    if not stuck or words is None or party is None:
        if known is not None and known.state is BlockerState.OPEN:
            change(tx, known, replace(known, state=BlockerState.WITHDRAWN, settled_at=tx.now), person)
        return None
    if known is None:
        return _report(tx, checkin, found, words, party, person)
    if known.state is BlockerState.OPEN and (known.words, known.waits) != (words, party):
        return _reword(tx, known, words, party)
    return known


def hold_up(
    tx: Tx, thing: Reference, item: str, channel: ChannelId, words: str, party: Party, person: PersonId
) -> Blocker:
    """An item of a launch cannot go on: whoever it waits on is asked once, as for what a check-in turns up."""
    known = blockers.holding_up(tx, item)
    if known is not None:
        return _reword(tx, known, words, party)
    asked = find_asked(tx, party, channel, person)
    one = _keep(tx, NewBlocker(None, None, channel, person, words, party, asked, item))
    links.join(tx, one.reference, thing, person)
    return one


def may_ask(tx: Tx) -> bool:
    """Whether anybody would be asked about a blocker now: not while check-ins are switched off."""
    return not ASKS.startswith(switches.silenced(tx))


def go_on(tx: Tx, item: str, person: PersonId) -> None:
    """The item goes on: what was in its way is not any more, and nobody is asked about it.

    Where somebody else says so than the one who was blocked, they hear of it as of any other blocker.
    """
    known = blockers.holding_up(tx, item)
    if known is None:
        return
    cleared = replace(known, state=BlockerState.CLEARED, settled_at=tx.now, note=None)
    now = change(tx, known, cleared, person)
    if person != now.blocked:
        say_cleared(tx, now, person)


def end(tx: Tx, item: str, state: BlockerState, person: PersonId) -> None:
    """The item's launch is over: nothing is in its way any more, and those concerned hear of the launch itself."""
    known = blockers.holding_up(tx, item)
    if known is not None:
        change(tx, known, replace(known, state=state, settled_at=tx.now, note=None), person)


def say_cleared(tx: Tx, one: Blocker, by: PersonId) -> None:
    """Whoever was blocked is told once that it is out of the way, and so is who has something linked to it."""
    known = names(tx, one)
    if one.blocked != by:
        said = blocker_views.cleared(one, known)
        asks.tell(tx, one.blocked, cleared_key(one), said.summary, said.blocks, first=True)
    key, name = f"cleared:{one.reference}:{one.times}", known.get(by, "A colleague")
    told = Change(key, f"{name} cleared {one.reference}", one.note or one.words, by=by, known=[one.blocked])
    links.ripple(tx, one.reference, told)


def find_asked(
    tx: Tx, party: Party, channel: ChannelId, blocked: PersonId, but: Collection[PersonId] = ()
) -> PersonId | None:
    """The one person to ask about what waits on this party; not `but`, who have said that it is not theirs."""
    there = [one for one in people.members(tx, channel) if one.id not in but]
    function = FUNCTIONS.in_use(party.function)
    family = [] if function is None else FUNCTIONS.family(function)
    everywhere = people.of_function(tx, family)
    everywhere = [one for one in everywhere if one.id not in but]
    those = [one.id for one in [*there, *everywhere] if rules.works_in(one, party.function)]
    absent = {
        one for one, theirs in worktimes.of_many(tx, those).items() if theirs.away_on(theirs.today(tx.now))
    }
    return rules.to_ask(party, blocked, there, everywhere, absent)


def name_of(tx: Tx, party: Party) -> str:
    """What to call a party."""
    return letters.waits_on(party, places.names(tx, [party.person]))


def names(tx: Tx, *several: Blocker) -> Mapping[PersonId, str]:
    """What to call everybody who has to do with these."""
    those: list[PersonId | None] = []
    for one in several:
        those += [one.blocked, one.asked, one.waits.person, one.changed_by]
    return places.names(tx, those)


def consequences(tx: Tx, one: Blocker) -> list[str]:
    """What happens now about a blocker, for whoever reported it."""
    known = names(tx, one)
    if one.state is not BlockerState.OPEN:
        return [f"{one.reference} is {one.state}."]
    waits = letters.waits_on(one.waits, known)
    if one.asked is None:
        nobody = one.waits.kind is Waits.FUNCTION
        why = f"I know nobody else in {waits}" if nobody else f"{waits} is outside"
        return [f"{one.reference} waits on {waits}. Nobody is asked: {why}."]
    name = known.get(one.asked, "a colleague")
    is_asked = _is_asked(tx, one.asked, one)
    return [
        f"{one.reference} waits on {waits}; {name} {is_asked}."
        if name != waits
        else f"{one.reference} waits on {waits}, who {is_asked}."
    ]


def asked(tx: Tx, one: Blocker) -> list[PersonId]:
    """Who is asked about it, and whoever was asked for them while they are away."""
    those = (one.asked, asks.recipient_of(tx, ask_key(one)))
    return list(dict.fromkeys(who for who in those if who is not None))


def ask_key(one: Blocker) -> str:
    """The key of asking about it; anew each time somebody else is asked, or it is opened again."""
    return f"{ASKS}{one.number}:{one.times}"


def cleared_key(one: Blocker) -> str:
    """The key of telling whoever was blocked that it is out of the way."""
    return f"checkin.blocker_cleared:{one.number}:{one.times}"


def _is_asked(tx: Tx, person: PersonId, one: Blocker) -> str:
    """`is asked`, or until when they are away, and whether somebody covers."""
    there = worktimes.of(tx, person)
    away = there.away_on(there.today(tx.now))
    if away is None:
        return "is asked"
    covered = away.cover is not None and away.cover != one.blocked
    then = "who covers for them is asked" if covered else "they are asked when they are back"
    return f"is away until {say_day(away.last)}; {then}"


def _report(tx: Tx, checkin: CheckIn, found: Round, words: str, party: Party, person: PersonId) -> Blocker:
    asked = find_asked(tx, party, checkin.channel, person)
    return _keep(tx, NewBlocker(checkin.number, found.on, checkin.channel, person, words, party, asked))


def _keep(tx: Tx, new: NewBlocker) -> Blocker:
    one = blockers.add(tx, new, rules.title_of(new.words))
    audit.note(tx, new.blocked, "blocker.reported", str(one.reference), waits=new.waits.kind, asked=new.asked)
    links.read_for(tx, one.reference, new.words, new.blocked)
    _ask(tx, one)
    boards.touch_home(tx, new.blocked, new.asked)
    return one


def _reword(tx: Tx, known: Blocker, words: str, party: Party) -> Blocker:
    """Other words, or another party: then the other one is asked."""
    same = party == known.waits
    asked = known.asked if same else find_asked(tx, party, known.channel, known.blocked)
    times = known.times if asked == known.asked else known.times + 1
    now = replace(known, words=words, waits=party, asked=asked, times=times)
    return change(tx, known, now, known.blocked)


def change(tx: Tx, seen: Blocker, now: Blocker, by: PersonId) -> Blocker:
    """Make it so; the one asked before need not answer where somebody else is asked, or nobody any more."""
    if not blockers.change(tx, seen, now, by, rules.title_of(now.words)):
        return blockers.must(tx, seen.number)
    audit.note(tx, by, f"blocker.{now.state}", str(now.reference), asked=now.asked)
    if now.times != seen.times or now.state is not BlockerState.OPEN:
        asks.withdraw(tx, ask_key(seen))
    one = blockers.must(tx, seen.number)
    if one.words != seen.words:
        links.read_for(tx, one.reference, one.words, one.blocked)
    links.changed(tx, one.reference)
    _ask(tx, one)
    boards.touch_home(tx, one.blocked, seen.asked, one.asked)
    return one


def _ask(tx: Tx, one: Blocker) -> None:
    """Ask the one it waits on, once; what has not been sent yet is said as it reads now.

    Somebody else may clear the way, too: while they are away, who covers for them is asked, unless it is the one
    who is blocked.
    """
    if one.state is not BlockerState.OPEN or one.asked is None:
        return
    said, key = blocker_views.ask(one, names(tx, one)), ask_key(one)
    there = worktimes.of(tx, one.asked)
    moment, about = ask_rules.tell_at(tx.now, there), str(one.reference)
    away = there.away_on(there.today(moment))
    covered = away is None or away.cover != one.blocked
    if not asks.ask(tx, one.asked, key, said.summary, said.blocks, due=moment, covered=covered, about=about):
        asks.reword(tx, key, said.summary, said.blocks)
