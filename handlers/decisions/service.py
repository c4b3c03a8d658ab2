"""What happens to a decision: recorded, approved or not yet, answered, kept, withdrawn, replaced."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handlers.asks import service as asks
from handlers.decisions import cards, letters, rules
from handlers.decisions.following import follow, rearrange, tell
from handlers.decisions.naming import placed
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.audit import queries as audit
from storage.database import Tx
from storage.decisions import changes, voices
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, DecisionState, NewDecision, Stance
from storage.outbox.calls import enqueue
from storage.outbox.values import Call
from storage.things import queries as things
from storage.values import Audience, AudienceKind, Json


class Refusal(StrEnum):
    """Why something was not done."""

    GONE = "gone"
    NOT_THEIRS = "not_theirs"
    CHANGED = "changed"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Done:
    """How the decision stands now, and why it was not done if it was not."""

    decision: Decision
    refusal: Refusal | None = None


def record(tx: Tx, new: NewDecision, audience: Audience) -> Decision:
    """Keep it, show its card, and begin what follows; nobody is named in a role that is retired."""
    new = replace(new, details=placed(new.details))
    decision = decisions.add(tx, new, rules.title_of(new.details.what), audience)
    audit.note(tx, new.recorded_by, "decision.recorded", str(decision.reference), state=new.state)
    links.read_for(tx, decision.reference, new.details.what, new.recorded_by)
    if new.source is not None:
        _ask_link(tx, decision)
    cards.stand(tx, decision)
    follow(tx, decision, new.recorded_by)
    return decision


def replace_by(tx: Tx, number: int, what: str, who: Who) -> Done | None:
    """Record what is decided instead; it takes the old one's place once it is decided."""
    changes.hold(tx, number)
    old = cards.see(tx, number, who)
    if old is None:
        return None
    if refusal := may_replace(old, who):
        return Done(old, refusal)
    new = _successor(old, what, who)
    decision = decisions.add(tx, new, rules.title_of(what), _audience_after(tx, old, who))
    changes.name_heir(tx, old.number, decision.number)
    audit.note(
        tx,
        who.person,
        "decision.recorded",
        str(decision.reference),
        state=decision.state,
        replaces=str(old.reference),
    )
    links.read(tx, decision.reference, what, who)
    asks.answered(tx, rules.review_key(old))
    cards.stand(tx, decision)
    follow(tx, decision, who.person)
    if decision.state is DecisionState.PROPOSED:
        rearrange(tx, decisions.must(tx, old.number), old)
    return Done(decision)


def may_replace(old: Decision, who: Who) -> Refusal | None:
    """Why this person cannot replace it now, if so."""
    if old.state is not DecisionState.DECIDED or old.replaced_by is not None:
        return Refusal.ALREADY
    return None if rules.may_supersede(old, who.person, admin=who.admin) else Refusal.NOT_THEIRS


def approve(tx: Tx, number: int, seen: int, who: Who) -> Done | None:
    """Its approver decides it as they saw it; words that changed meanwhile are shown first."""
    decision = cards.see(tx, number, who)
    if decision is None:
        return None
    if not rules.may_approve(decision, who.person):
        return Done(decision, _why_not(decision, who))
    if decision.version != seen:
        return Done(decision, Refusal.CHANGED)
    if not changes.decide(tx, decision, who.person, rules.title_of(decision.details.what)):
        return Done(decisions.must(tx, number), Refusal.CHANGED)
    asks.answered(tx, rules.approve_key(decision))
    audit.note(tx, who.person, "decision.approved", str(decision.reference), version=seen)
    now = decisions.must(tx, number)
    follow(tx, now, who.person, decision)
    return Done(now)


def not_yet(tx: Tx, number: int, reason: str, who: Who) -> Done | None:
    """Its approver does not decide it so; its driver is told why."""
    decision = cards.see(tx, number, who)
    if decision is None or not rules.may_approve(decision, who.person):
        return None if decision is None else Done(decision, _why_not(decision, who))
    said = voices.say(tx, decision, who.person, Stance.NOT_YET, reason)
    asks.answered(tx, rules.approve_key(decision))
    audit.note(tx, who.person, "decision.not_yet", str(decision.reference), version=decision.version)
    if decision.details.driver != who.person:
        key = f"decision.not_yet:{decision.number}:{who.person}:{said}"
        tell(tx, decision, decision.details.driver, key, letters.not_yet(cards.card(tx, decision), reason))
    cards.draw(tx, decision)
    return Done(decision)


def answer(tx: Tx, number: int, stance: Stance, reason: str | None, who: Who) -> Done | None:
    """A contributor says their view; the last one counts."""
    decision = cards.see(tx, number, who)
    if decision is None or not rules.may_answer(decision, who.person):
        return None if decision is None else Done(decision, _why_not(decision, who))
    voices.say(tx, decision, who.person, stance, reason)
    asks.answered(tx, rules.view_key(decision, who.person))
    audit.note(tx, who.person, "decision.answered", str(decision.reference), stance=stance)
    cards.draw(tx, decision)
    return Done(decision)


def keep(tx: Tx, number: int, seen: int, review_on: date | None, who: Who) -> Done | None:
    """It still holds, and is looked at again on another day, or never."""
    decision = cards.see(tx, number, who)
    if decision is None:
        return None
    holds = decision.state is DecisionState.DECIDED
    if not holds or not rules.may_change(decision, who.person, admin=who.admin):
        return Done(decision, Refusal.NOT_THEIRS if holds else Refusal.ALREADY)
    details, title = replace(decision.details, review_on=review_on), rules.title_of(decision.details.what)
    if decision.version != seen or not changes.save(
        tx, decision, details, decision.state, who.person, title, again=False
    ):
        return Done(decision, Refusal.CHANGED)
    asks.answered(tx, rules.review_key(decision))
    audit.note(tx, who.person, "decision.kept", str(decision.reference))
    now = decisions.must(tx, number)
    follow(tx, now, who.person, decision)
    return Done(now)


def withdraw(tx: Tx, number: int, who: Who) -> Done | None:
    """It does not count any more; nobody is asked about it."""
    decision = cards.see(tx, number, who)
    if decision is None or decision.state is DecisionState.WITHDRAWN:
        return None if decision is None else Done(decision, Refusal.ALREADY)
    if not rules.may_withdraw(decision, who.person, admin=who.admin):
        return Done(decision, Refusal.NOT_THEIRS)
    if not changes.withdraw(tx, decision, who.person, rules.title_of(decision.details.what)):
        return Done(decision, Refusal.CHANGED)
    audit.note(tx, who.person, "decision.withdrawn", str(decision.reference))
    now = decisions.must(tx, number)
    follow(tx, now, who.person, decision)
    _let_stand(tx, now)
    return Done(now)


# ---------------------------------------------------------------------------------------------------------


def _why_not(decision: Decision, who: Who) -> Refusal:
    over = decision.state is not DecisionState.PROPOSED
    theirs = who.person in (decision.details.approver, *decision.details.contributors)
    return Refusal.ALREADY if over and theirs else Refusal.NOT_THEIRS


def _successor(old: Decision, what: str, who: Who) -> NewDecision:
    """The old one's people are taken over, its contributors are not asked again; one person decides alone."""
    details = replace(
        placed(old.details), what=what, why=None, options=None, contributors=(), due_on=None, review_on=None
    )
    state = rules.state_of(details, who.person)
    return NewDecision(details, state, who.person, old.channel, None, old.number)


def _audience_after(tx: Tx, old: Decision, who: Who) -> Audience:
    """Whoever could see the old one sees what replaces it, and nobody else."""
    found = things.audience(tx, old.reference)
    if found.kind is AudienceKind.PEOPLE:
        return Audience.of_people(*sorted({*found.people, old.details.driver, who.person}))
    return found


def _let_stand(tx: Tx, withdrawn: Decision) -> None:
    """What it was to replace has no successor any more."""
    if withdrawn.replaces is not None and changes.forget_heir(tx, withdrawn.replaces, withdrawn.number):
        rearrange(tx, decisions.must(tx, withdrawn.replaces))


def _ask_link(tx: Tx, decision: Decision) -> None:
    source = decision.source
    assert source is not None
    arguments: dict[str, Json] = {"channel": source.channel, "message_ts": source.ts}
    about: dict[str, Json] = {"number": decision.number}
    key = f"link:{decision.reference}"
    enqueue(tx, Call(key, "chat.getPermalink", arguments, then="decisions.linked", about=about))
