"""Closing the loop: when a launch ships, whoever wanted it is told by a sentence that a person wrote.

Launches call `shipped`. Its owner is asked; whoever may can also do it later from the feedback's card. Each person
is told once of each piece of feedback, of several at once in one message. Where the owner writes no sentence for now,
or nobody can be asked for one, those who wanted it hear at least that it has shipped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.asks import rules as ask_rules
from handlers.asks import service as asks
from handlers.feedback import cards, closing_views, rules
from handlers.feedback.closing_views import Offer
from handlers.kit import switches
from handlers.kit.requests import Who
from handlers.links import service as links
from handlers.links.service import Change, Someone
from storage.asks import queries as queue
from storage.audit import queries as audit
from storage.calendar import local_date
from storage.database import Tx
from storage.feedback import closing, family, reopenings
from storage.feedback import queries as feedbacks
from storage.feedback.values import OPEN, Feedback, FeedbackState, Shipment, Wish
from storage.outbox import boards
from storage.people import queries as people
from storage.people.values import Person
from storage.things import queries as things
from storage.things.values import Letter, Reference, Thing, Viewer
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

AT_ONCE = 15
"""People told in one work."""
TOLD = (PersonKind.MEMBER, PersonKind.GUEST)


TELLINGS = "feedback.told:"
"""How the keys of tellings begin (`rules.telling_key`)."""


def news_key(launch: int, person: PersonId) -> str:
    """The key by which launches tell somebody that one shipped (`ending`): whoever wanted it reads ours instead."""
    return f"launch.shipped:{launch}:{person}"


def ripple_key(launch: Reference) -> str:
    """The name of a ship as a change of the launch; what is told by it is `ripple:` and this, by person."""
    return f"shipped:{launch}"


def shipped(tx: Tx, launch: Reference, owner: PersonId, change: Change) -> None:
    """A launch has shipped: ask its owner to close what was wanted of it, and let everybody else hear of it."""
    offered = offer(tx, launch, owner)
    asked = not rules.shipped_key(launch.number).startswith(switches.silenced(tx))
    links.ripple(tx, launch, replace(change, apart=(*change.apart, *offered)) if asked else change)


def offer(tx: Tx, launch: Reference, owner: PersonId) -> list[Reference]:
    """Ask the owner of a launch that has shipped to tell those who wanted it; what they are asked to close."""
    shipment = Shipment(launch.number, owner, tx.now)
    closing.ship(tx, shipment)
    known = people.person(tx, owner)
    viewer = Viewer(owner, PersonKind.MEMBER if known is None else known.kind)
    offers = offered(tx, shipment, viewer)
    for one in offers:
        boards.touch_about(tx, str(one.feedback.reference))
    if offers:
        summary, blocks = closing_views.ask(launch, offers)
        asks.ask(tx, owner, rules.shipped_key(launch.number), summary, blocks, due=tx.now, about=str(launch))
    return [one.feedback.reference for one in offers]


def offered(tx: Tx, shipment: Shipment, viewer: Someone) -> list[Offer]:
    """Feedback that a launch was made for, as far as this person may see it, and how many people want it."""
    reached = links.reached(tx, shipment.reference, viewer, Letter.FEEDBACK, through=Letter.DECISION)
    numbers = [one.number for one in reached]
    found = [feedbacks.see(tx, one, links.viewer_of(viewer)) for one in numbers]
    counts = closing.wanted_by(tx, numbers)
    return [Offer(one, counts.get(one.number, 0)) for one in found if one is not None and one.state in OPEN]


def closable(tx: Tx, launch: int, numbers: Sequence[int], who: Who) -> tuple[Shipment, list[Offer]] | None:
    """What of these this person may close, now that the launch has shipped."""
    found = closing.shipments(tx, [launch])
    if not found or things.find(tx, found[0].reference, links.viewer_of(who)) is None:
        return None
    offers = [one for one in offered(tx, found[0], who) if not numbers or one.feedback.number in numbers]
    return found[0], [
        one for one in offers if rules.may_close(one.feedback, who.person, found[0], admin=who.admin)
    ]


def close(tx: Tx, shipment: Shipment, sentences: Mapping[int, str], who: Who) -> list[Feedback]:
    """It has shipped: close these, and have everybody who wanted them told so, once."""
    done = [
        one for number in sorted(sentences) if (one := _close(tx, shipment, number, sentences[number], who))
    ]
    if not offered(tx, shipment, who):
        asks.answered(tx, rules.shipped_key(shipment.launch))
    tell_some(tx)
    tx.wake("clock")
    return done


def not_yet(tx: Tx, launch: int, who: Who) -> bool:
    """The owner does not want to tell anybody now: those who wanted it hear that it has shipped, and no more."""
    found = closing.shipments(tx, [launch])
    if not found or found[0].owner != who.person:
        return False
    asks.answered(tx, rules.shipped_key(launch))
    _ripple(tx, found[0], who)
    return True


def tell_some(tx: Tx) -> bool:
    """The job: tell some of those to whom it matters what became of something; whether there may be more."""
    waiting = closing.untold(tx, AT_ONCE)
    for person in waiting:
        people.hold(tx, person)  # a second worker must not say half of it again
        _tell(tx, person)
    return len(waiting) == AT_ONCE


# ---------------------------------------------------------------------------------------------------------


def _ripple(tx: Tx, shipment: Shipment, who: Who) -> None:
    """The ship ripples on to those who were left for a sentence; whom launches told, or who got one, hears no more."""
    launch = shipment.reference
    thing = things.find(tx, launch, links.viewer_of(who))
    if thing is None:
        return
    left = {one.feedback.reference for one in offered(tx, shipment, who)}
    reached = links.reached(tx, launch, who, Letter.FEEDBACK, through=Letter.DECISION)
    told = [one for one in reached if one not in left]
    known = [one.person for one in queue.beginning(tx, news_key(launch.number, PersonId("")))]
    headline = f"{launch} {thing.title} has shipped"
    links.ripple(tx, launch, Change(ripple_key(launch), headline, by=who.person, known=known, apart=told))


def _close(tx: Tx, shipment: Shipment, number: int, sentence: str, who: Who) -> Feedback | None:
    feedback = feedbacks.see_to_change(tx, number, links.viewer_of(who))
    if feedback is None or not rules.may_close(feedback, who.person, shipment, admin=who.admin):
        return None
    if not closing.close(tx, feedback, shipment, sentence, who.person):
        return None
    title = rules.title_of(feedback.words, feedback.kind)
    feedbacks.set_state(tx, feedback, FeedbackState.SHIPPED, title)
    asks.withdraw(tx, rules.account_key(number))
    audit.note(tx, who.person, "feedback.shipped", str(feedback.reference), launch=shipment.launch)
    cards.changed(tx, feedback)
    return replace(feedback, state=FeedbackState.SHIPPED, version=feedback.version + 1)


def _tell(tx: Tx, person: PersonId) -> None:
    known, there = people.person(tx, person), worktimes.of(tx, person)
    wishes = _newest(tx, person, closing.wishes(tx, person))
    today = asks.queued_since(tx, person, TELLINGS, there.midnight(tx.now))
    if today:  # what is not so any more cannot wait
        wishes = [one for one in wishes if one.news.taken_back]
    _tell_of(tx, person, known, wishes)
    if today:
        closing.postpone(tx, person, there.morning_after(tx.now))


def _newest(tx: Tx, person: PersonId, wishes: Sequence[Wish]) -> Sequence[Wish]:
    """What they are to be told; what still waits for their morning and holds no longer is said no more, but this."""
    newest = {one.news.number: one.news.turn for one in wishes}
    stale = [
        key
        for key in asks.waiting(tx, person, TELLINGS)
        if any(one in newest for one in rules.told_of(key)) and asks.take_back(tx, key)
    ]
    for key in stale:
        closing.untell(tx, rules.told_of(key), person, key)
    for number, turn in newest.items() if stale else ():
        closing.overtake(tx, number, turn)
    return closing.wishes(tx, person) if stale else wishes


def _tell_of(tx: Tx, person: PersonId, known: Person | None, wishes: Sequence[Wish]) -> None:
    told = [one for one in wishes if _hears(tx, one, known)]
    key = rules.telling_key([(one.news.number, one.news.turn) for one in told], person)
    for one in wishes:
        closing.mark(tx, one.news, person, key if one in told else closing.NOBODY)
    if told and known is not None:
        summary, blocks = closing_views.letter([_heard(tx, one, known) for one in told])
        asks.tell(tx, person, key, summary, blocks)
        for launch in {one.news.launch for one in told if one.news.launch is not None}:
            asks.take_back(tx, news_key(launch, person))
            asks.take_back(tx, f"ripple:{ripple_key(Reference(Letter.LAUNCH, launch))}:{person}")


def _hears(tx: Tx, wish: Wish, known: Person | None) -> bool:
    if known is None or known.kind not in TOLD:
        return False
    return next(_theirs(tx, wish, known), None) is not None


def _theirs(tx: Tx, wish: Wish, known: Person) -> Iterator[Thing]:
    """What they asked for, of what they may see: their own, which was merged into it, is theirs all the same."""
    viewer, number = Viewer(known.id, known.kind), wish.news.number
    for one in (*family.wanted(tx, number, known.id), Reference(Letter.FEEDBACK, number)):
        if (thing := things.find(tx, one, viewer)) is not None:
            yield thing


def _heard(tx: Tx, wish: Wish, person: Person) -> closing_views.Heard:
    """As this person reads it: days where they are, and the launch only if they may see it."""
    there = worktimes.of(tx, person.id)
    launch = None if wish.news.launch is None else Reference(Letter.LAUNCH, wish.news.launch)
    thing = None if launch is None else things.find(tx, launch, Viewer(person.id, person.kind))
    became_on, wanted_on = (local_date(at, there.zone) for at in (wish.news.at, wish.since))
    read_on = local_date(ask_rules.tell_at(tx.now, there), there.zone)
    by = people.person(tx, wish.news.by)
    name = by.name if by is not None and by.name else "A colleague"
    ours = person.kind is PersonKind.MEMBER
    title = next((one.title for one in _theirs(tx, wish, person)), "")
    kept = reopenings.find(tx, wish.news.number) if wish.news.state is FeedbackState.DECLINED else None
    again = None if kept is None else kept.when
    return closing_views.Heard(wish, name, thing, wanted_on, became_on, read_on, ours, title, again)
