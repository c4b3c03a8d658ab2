"""What a change of a decision leads to: who is asked, who is told, what is due, what is drawn again.

Called after every change. Each ask and telling has a key of its own, so calling it again repeats nothing.
"""

from datetime import datetime

from handlers.asks import service as asks
from handlers.decisions import cards, letters, rules
from handlers.decisions.letters import Said
from handlers.decisions.views import Card
from handlers.links import service as links
from handlers.links.service import Change
from storage.audit import queries as audit
from storage.database import Tx
from storage.decisions import changes, dues
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, DecisionState
from storage.outbox import letters as posts
from storage.values import PersonId
from storage.worktime import queries as worktimes


def follow(tx: Tx, now: Decision, actor: PersonId, before: Decision | None = None) -> None:
    """Ask, tell and plan what the decision as it stands now calls for; `before` is how it stood."""
    shown = cards.card(tx, now)
    _ask(tx, shown)
    _tell_driver(tx, shown, actor, before)
    if before is not None:
        _tell_passed_over(tx, shown, actor, before)
        _tell_withdrawn(tx, shown, actor, before)
    if now.state is DecisionState.DECIDED:
        _take_effect(tx, shown, actor)
        _tell_informed(tx, shown, actor)
    rearrange(tx, now, before)


def rearrange(tx: Tx, now: Decision, before: Decision | None = None) -> None:
    """What is due, what is still asked and what is drawn, as the decision stands now."""
    approver = now.details.approver
    dues.plan(tx, now.number, rules.dues(now, None if approver is None else worktimes.of(tx, approver)))
    if before is not None:
        for key in sorted(rules.open_keys(before) - rules.open_keys(now)):
            asks.withdraw(tx, key)
    cards.draw(tx, now, *(() if before is None else before.involved))


def tell(tx: Tx, decision: Decision, person: PersonId, key: str, said: Said) -> None:
    """Tell somebody, once."""
    asks.tell(tx, person, key, said.summary, said.blocks, about=str(decision.reference))


def ask(tx: Tx, about: Decision, person: PersonId, key: str, said: Said, due: datetime | None = None) -> None:
    """Ask somebody, once, at `due` or on their next working morning; what is not sent yet is said as it reads now."""
    if not asks.ask(tx, person, key, said.summary, said.blocks, due=due, about=str(about.reference)):
        asks.reword(tx, key, said.summary, said.blocks)


# ---------------------------------------------------------------------------------------------------------


def _ask(tx: Tx, shown: Card) -> None:
    decision, approver = shown.decision, shown.decision.details.approver
    if decision.state is DecisionState.PROPOSED and approver is not None:
        ask(tx, decision, approver, rules.approve_key(decision), letters.approve(shown))
    if rules.hears(decision):
        for person in rules.unheard(decision, shown.voices):
            ask(tx, decision, person, rules.view_key(decision, person), letters.view(shown))


def _tell_driver(tx: Tx, shown: Card, actor: PersonId, before: Decision | None) -> None:
    """Whoever drives it hears when somebody else made them its driver, and when its approver decided.

    What replaces another decision is told to its driver like to everybody who knew the old one.
    """
    decision, driver = shown.decision, shown.decision.details.driver
    if driver == actor:
        return
    named = decision.replaces is None if before is None else before.details.driver != driver
    newly = before is not None and before.state is DecisionState.PROPOSED and rules.approved(decision)
    if named:
        tell(tx, decision, driver, f"decision.driver:{decision.number}:{driver}", letters.driving(shown))
    elif newly and decision.replaces is None:
        tell(tx, decision, driver, f"decision.approved:{decision.number}", letters.approved(shown))


def _tell_informed(tx: Tx, shown: Card, actor: PersonId) -> None:
    """Everybody it informs and, of what it was decided for, whoever wants or owns that: once."""
    decision = shown.decision
    said = letters.decided(shown) if decision.replaces is None else letters.replaced(shown)
    informed = _informed(tx, decision)
    for person in sorted(informed - {actor, decision.decided_by}):
        tell(tx, decision, person, f"decision.decided:{decision.number}:{person}", said)
    if decision.replaces is None:
        known = [one for one in (*informed, decision.details.driver, decision.decided_by) if one is not None]
        change = Change(
            f"decided:{decision.reference}", said.summary, decision.details.what, by=actor, known=known
        )
        links.ripple(tx, decision.reference, change)


def _informed(tx: Tx, decision: Decision) -> set[PersonId]:
    """Whom it informs; what replaces another one, everybody who knew that, too."""
    if decision.replaces is None:
        return {*decision.details.informed} - {decision.details.driver}
    old = decisions.must(tx, decision.replaces)
    both = (*decision.details.informed, *old.details.informed)
    return {*both, old.details.driver, decision.details.driver}


def _tell_passed_over(tx: Tx, shown: Card, actor: PersonId, before: Decision) -> None:
    """Somebody who was asked and need not answer any more is told, unless the ask never reached them."""
    approver, now = before.details.approver, shown.decision
    still_asked = now.state is DecisionState.PROPOSED and now.details.approver == approver
    if before.state is not DecisionState.PROPOSED or approver in (None, actor, now.decided_by) or still_asked:
        return
    assert approver is not None
    if any(one.delivered_at is not None for one in asks.report(tx, rules.approve_key(before))):
        key = f"decision.passed_over:{before.number}:{approver}:{before.round}"
        tell(tx, now, approver, key, letters.passed_over(shown))


def _tell_withdrawn(tx: Tx, shown: Card, actor: PersonId, before: Decision) -> None:
    """Whoever was told that it is decided hears that it is not."""
    decision = shown.decision
    if before.state is DecisionState.DECIDED and decision.state is DecisionState.WITHDRAWN:
        said = letters.withdrawn(shown)
        told = sorted({*decision.details.informed, decision.details.driver} - {actor})
        for person in told:
            tell(tx, decision, person, f"decision.withdrawn:{decision.number}:{person}", said)
        key = f"withdrawn:{decision.reference}"
        change = Change(key, said.summary, decision.details.what, by=actor, known=told)
        links.ripple(tx, decision.reference, change)


def _take_effect(tx: Tx, shown: Card, actor: PersonId) -> None:
    """What it replaces holds no longer, and the thread where that was decided says so."""
    now = shown.decision
    old = None if now.replaces is None else decisions.get(tx, now.replaces)
    if old is None or not changes.supersede(tx, old, now.number, actor, rules.title_of(old.details.what)):
        return
    audit.note(tx, actor, "decision.superseded", str(old.reference), by=str(now.reference))
    for key in sorted(rules.open_keys(old)):
        asks.withdraw(tx, key)
    dues.plan(tx, old.number, ())
    thread = cards.thread_of(tx, old)
    if thread is not None:
        letter = letters.in_thread(shown)
        key = f"decision.superseded:{old.number}"
        posts.post(tx, key, thread[0], letter.text, letter.blocks, thread_ts=thread[1])
    _ripple_on(tx, shown, old, actor)
    cards.draw(tx, old)


def _ripple_on(tx: Tx, shown: Card, old: Decision, actor: PersonId) -> None:
    """Whoever has something linked to the old one hears what holds now, and what holds is linked to it, too."""
    now, known = shown.decision, [*_informed(tx, shown.decision)]
    if now.decided_by is not None:
        known.append(now.decided_by)
    headline = letters.replaced(shown).summary
    change = Change(f"superseded:{old.reference}", headline, now.details.what, by=actor, known=known)
    links.ripple(tx, old.reference, change)
    links.inherit(tx, old.reference, now.reference, actor)
