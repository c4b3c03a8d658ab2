"""What happens to a launch and its items: made, given owners, asked about and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handlers.asks import service as asks
from handlers.checkins import blocking
from handlers.kit.functions import FUNCTIONS
from handlers.kit.requests import Who
from handlers.launches import cards, letters, rules, templates, votes
from handlers.launches.letters import Told
from handlers.launches.rules import Workdays
from handlers.launches.shown import Shown
from storage.audit import queries as audit
from storage.checkins.values import Party
from storage.database import Tx
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Item, ItemState, Launch, LaunchState, Lead, NewLaunch, Tier
from storage.people import queries as people
from storage.people.values import Person
from storage.things import queries as things
from storage.values import Audience, AudienceKind, ChannelId, FunctionId, PersonId, PersonKind


class Refusal(StrEnum):
    """Why something was not done."""

    GONE = "gone"
    NOT_THEIRS = "not_theirs"
    OVER = "over"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Done:
    """The item as it stands now, and why nothing was done if nothing was."""

    shown: Shown
    item: Item
    refusal: Refusal | None = None


# -- a launch ---------------------------------------------------------------------------------------------


def make(
    tx: Tx, name: str, on: date, tier: Tier, who: Who, channel: ChannelId | None, audience: Audience
) -> Launch:
    """Keep a launch with the items of its tier and proposed owners; those are told in ten minutes."""
    week, today = cards.week_of(tx, who.person)
    leads = proposed(tx, tier, who, channel, audience)
    made = rules.items_of(tier, on, leads, today, week)
    new = NewLaunch(name, on, tier, who.person, channel, leads, made, today)
    launch = launches.add(tx, new, audience)
    changes.tell_at(tx, launch.number, tx.now + rules.TELL_AFTER)
    audit.note(tx, who.person, "launch.made", str(launch.reference), tier=tier)
    _admit(tx, launch, [lead.person for lead in leads])
    cards.stand(tx, launch)
    ask_for_owners(tx, launch)
    cards.draw(tx, launch, *(lead.person for lead in leads))
    return launches.must(tx, launch.number)


def proposed(tx: Tx, tier: Tier, who: Who, channel: ChannelId | None, audience: Audience) -> tuple[Lead, ...]:
    """For each function somebody of it: the maker for their own, else a member of the channel, else anybody.

    Only whoever may see the launch: of a private channel its members.
    """
    here = frozenset(one.id for one in people.members(tx, channel)) if channel else frozenset[PersonId]()
    closed = audience.kind is not AudienceKind.WORKSPACE
    template, found = templates.here(tier), []
    for function in template.functions:
        known = [one.id for one in people.of_function(tx, FUNCTIONS.family(function))]
        near = [one for one in known if one in here]
        able = near if closed else [*near, *known]
        person = who.person if who.person in known else next(iter(able), None)
        found.append(Lead(function, person, template.notice.get(function, 0), told=person == who.person))
    return tuple(found)


def name_leads(tx: Tx, launch: Launch, named: Mapping[FunctionId, PersonId | None], who: Who) -> Launch:
    """Other people see to functions' parts; what their forerunners had open is theirs now."""
    week, _ = cards.week_of(tx, launch.owner)
    before = launches.leads(tx, launch.number)
    changed = [one for one in before if one.function in named and named[one.function] != one.person]
    new = [
        replace(one, person=named[one.function], told=named[one.function] == who.person) for one in changed
    ]
    launches.name_leads(tx, launch.number, new)
    for lead in changed:
        for one in items.every(tx, launch.number):
            if one.function == lead.function and one.owner in (lead.person, None) and one.is_open:
                give(tx, one, named[lead.function], who.person, week)
    _admit(tx, launch, [one.person for one in new])
    votes.withdraw(tx, launch, changed)
    votes.ask(tx, launch)
    audit.note(
        tx, who.person, "launch.owners", str(launch.reference), functions=[one.function for one in new]
    )
    if new and launch.tell_at is None:
        changes.tell_at(tx, launch.number, tx.now + rules.TELL_AFTER)
    ask_for_owners(tx, launch)
    cards.draw(tx, launch, *(one.person for one in (*changed, *new)))
    return launches.must(tx, launch.number)


def tell_leads(tx: Tx, launch: Launch) -> set[PersonId]:
    """Everybody who sees to a part of it and does not know yet is told, once; who that was."""
    shown = cards.shown(tx, launch)
    untold: dict[PersonId, list[FunctionId]] = {}
    for lead in shown.leads:
        if not lead.told and lead.person is not None and lead.person != launch.owner:
            untold.setdefault(lead.person, []).append(lead.function)
    launches.leads_told(tx, launch.number)
    knowing = cards.concerned(tx, launch)
    for person, functions in untold.items():
        if person not in knowing:
            continue
        key = f"launch.leading:{launch.number}:{person}:{'+'.join(functions)}"
        tell(tx, launch, person, key, letters.leading(shown, person, functions))
    return {*untold}


def strangers(tx: Tx, launch: Launch, named: Sequence[PersonId | None]) -> dict[PersonId, str]:
    """People who cannot see to something of it, and why."""
    asked = sorted({one for one in named if one is not None})
    known = people.people(tx, asked)
    opens = things.audience(tx, launch.reference).kind is AudienceKind.PEOPLE
    found: dict[PersonId, str] = {}
    for one in asked:
        if wrong := _wrong(tx, launch, known.get(one), opens=opens):
            found[one] = wrong
    return found


# -- items ------------------------------------------------------------------------------------------------


def set_state(
    tx: Tx,
    number: int,
    which: int,
    state: ItemState,
    reason: str | None,
    who: Who,
    waits_on: Party | None = None,
) -> Done | None:
    """Somebody says how an item stands; what it waits on while blocked is asked to clear the way, once."""
    found = find(tx, number, which, who)
    if found is None or found.refusal is not None:
        return found
    one, launch = found.item, found.shown.launch
    asked, then = rules.asks_next(one, state, cards.week_of(tx, one.owner or launch.owner)[1])
    items.set_state(tx, one, state, reason, who.person, then, asked)
    for key in rules.item_keys(one):
        asks.answered(tx, key)
    audit.note(tx, who.person, f"launch.item_{state}", one.name)
    cards.draw(tx, launch, one.owner)
    shown = cards.shown(tx, launch, who)
    now = must(shown, which)
    waited_on = _hold_up(tx, launch, now, who, waits_on)
    if state is ItemState.BLOCKED and launch.owner not in (who.person, waited_on):
        key = f"launch.blocked:{launch.number}:{which}:{now.version}"
        tell(tx, launch, launch.owner, key, letters.blocked(shown, now, who.person))
    return Done(shown, now)


def hand_over(tx: Tx, number: int, which: int, to: PersonId, who: Who) -> Done | None:
    """Somebody else sees to an item, and is told once."""
    found = find(tx, number, which, who)
    if found is None or found.refusal is not None or found.item.owner == to:
        return found
    one, launch = found.item, found.shown.launch
    week, _ = cards.week_of(tx, launch.owner)
    give(tx, one, to, who.person, week)
    _admit(tx, launch, [to])
    audit.note(tx, who.person, "launch.item_owner", one.name)
    ask_for_owners(tx, launch)
    cards.draw(tx, launch, one.owner, to)
    shown = cards.shown(tx, launch, who, also=[who.person])
    now = must(shown, which)
    if to != who.person and now.is_open:
        key = f"launch.handed_over:{launch.number}:{which}:{now.version}"
        tell(tx, launch, to, key, letters.handed_over(shown, now, who.person))
    return Done(shown, now)


def find(tx: Tx, number: int, which: int, who: Who) -> Done | None:
    """An item somebody changes, and why they cannot if so; None where they see none."""
    launches.hold(tx, number)
    return look(tx, number, which, who)


def look(tx: Tx, number: int, which: int, who: Who) -> Done | None:
    """The same, while nothing is changed yet."""
    launch = cards.see(tx, number, who)
    one = None if launch is None else items.find(tx, number, which)
    if launch is None or one is None:
        return None
    shown = cards.shown(tx, launch, who)
    if launch.state is not LaunchState.PLANNED:
        return Done(shown, one, Refusal.OVER)
    asked = shown.asked(one)
    may = rules.may_change_item(launch, one, shown.leads, who.person, admin=who.admin, asked=asked)
    return Done(shown, one, None if may else Refusal.NOT_THEIRS)


def must(shown: Shown, number: int) -> Item:
    """The item of that number, which is known to be there."""
    return next(one for one in shown.items if one.number == number)


def tell(tx: Tx, launch: Launch, person: PersonId, key: str, told: Told) -> None:
    """Tell somebody, once."""
    asks.tell(tx, person, key, told.summary, told.blocks, about=str(launch.reference))


def give(tx: Tx, one: Item, to: PersonId | None, by: PersonId, week: Workdays) -> None:
    """Somebody else sees to an item; who did is not asked about it any more."""
    for key in rules.item_keys(one):
        asks.withdraw(tx, key)
    items.set_owner(tx, one, to, by, week.before(one.due_on, rules.SOON) if one.is_open else None)


def ask_for_owners(tx: Tx, launch: Launch) -> None:
    """Ask the launch's owner once to name somebody for what nobody sees to, as long as there is something."""
    shown, key = cards.shown(tx, launch), rules.unowned_key(launch)
    if not shown.unowned:
        asks.answered(tx, key)
        return
    told = letters.unowned(shown)
    if not asks.ask(tx, launch.owner, key, told.summary, told.blocks, about=str(launch.reference)):
        asks.reword(tx, key, told.summary, told.blocks)


# ---------------------------------------------------------------------------------------------------------


def _hold_up(tx: Tx, launch: Launch, one: Item, who: Who, waits_on: Party | None) -> PersonId | None:
    """What an item that is blocked waits on has a name, like all that is in somebody's way; who is asked."""
    if one.state is not ItemState.BLOCKED:
        blocking.go_on(tx, one.name, who.person)
    elif waits_on is not None and launch.channel is not None and one.reason is not None:
        held = blocking.hold_up(
            tx, launch.reference, one.name, launch.channel, one.reason, waits_on, who.person
        )
        return held.asked
    return None


def _admit(tx: Tx, launch: Launch, named: Sequence[PersonId | None]) -> None:
    """Whoever has a part in a launch made in a private talk may see it."""
    if things.audience(tx, launch.reference).kind is AudienceKind.PEOPLE:
        things.admit(tx, launch.reference, sorted({one for one in named if one is not None}))


def _wrong(tx: Tx, launch: Launch, person: Person | None, *, opens: bool) -> str | None:
    if person is None or person.kind is PersonKind.OUTSIDER:
        name = person.name if person is not None and person.name else "Somebody you chose"
        return f"{name} is no member of this workspace, as far as I know."
    if person.kind is PersonKind.BOT:
        return f"{person.name} is an app."
    if person.kind is PersonKind.GONE:
        return f"{person.name} is no longer here."
    if opens or cards.sees(tx, launch, person):
        return None
    return f"{person.name} is not where this launch was made and cannot see it."
