"""What the clock calls: reminding people of what a decision's dates ask."""

from handlers.asks import service as asks
from handlers.decisions import cards, letters, rules
from handlers.decisions.following import ask
from handlers.decisions.letters import Reached
from storage.audit import queries as audit
from storage.calendar import known_zone, local_date
from storage.database import Tx
from storage.decisions import dues
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, DecisionState, Due, Reminder
from storage.worktime import queries as worktimes

AT_ONCE = 50
"""Reminders in one work."""


def remind(tx: Tx) -> bool:
    """Remind people of what is due where they are; whether there may be more."""
    due = [one for zone in dues.zones(tx) for one in _due_in(tx, zone)][:AT_ONCE]
    for number, one in due:
        if dues.take(tx, number, one.kind):
            _remind(tx, number, one)
    return bool(due)


# ---------------------------------------------------------------------------------------------------------


def _due_in(tx: Tx, zone: str) -> list[tuple[int, Due]]:
    there = zone if known_zone(zone) else "UTC"
    return dues.due(tx, zone, local_date(tx.now, there), AT_ONCE)


def _remind(tx: Tx, number: int, due: Due) -> None:
    decision = decisions.get(tx, number)
    if decision is None:
        return
    audit.note(tx, None, f"decision.reminded_{due.kind}", str(decision.reference), person=due.person)
    shown = cards.card(tx, decision)
    if due.kind is Reminder.REVIEW and decision.state is DecisionState.DECIDED:
        ask(tx, decision, due.person, rules.review_key(decision), letters.review(shown), tx.now)
    elif decision.state is not DecisionState.PROPOSED:
        return
    elif due.kind is Reminder.DRIVER or rules.refused(decision, shown.voices):
        said = letters.stuck(shown, _reached(tx, decision))
        ask(tx, decision, decision.details.driver, rules.stuck_key(decision), said, tx.now)
    else:
        _remind_approver(tx, decision, due)


def _remind_approver(tx: Tx, decision: Decision, due: Due) -> None:
    """Once, if they have been asked; who has not been is not reminded, and nobody is told that they were."""
    key, there = rules.approve_key(decision), worktimes.of(tx, due.person)
    asks.nudge(tx, key)
    asked = asks.arrived(tx, key)
    then = rules.after_reminder(decision, due, there.today(tx.now), there, asked=asked)
    if then is not None:
        dues.add(tx, decision.number, then)


def _reached(tx: Tx, decision: Decision) -> Reached:
    """How far the question has got with its approver."""
    approver, key = decision.details.approver, rules.approve_key(decision)
    assert approver is not None
    there = worktimes.of(tx, approver)
    away = there.away_on(there.today(tx.now))
    return Reached(asks.arrived(tx, key), asks.reminded(tx, key), None if away is None else away.last)
