"""What the clock calls: reminding people of what a decision's dates ask."""

from handlers.asks import service as asks
from handlers.decisions import cards, letters, rules
from handlers.decisions.following import ask
from storage.audit import queries as audit
from storage.calendar import known_zone, local_date
from storage.database import Tx
from storage.decisions import dues
from storage.decisions import queries as decisions
from storage.decisions.values import DecisionState, Due, Reminder

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
        ask(tx, decision, decision.details.driver, rules.stuck_key(decision), letters.stuck(shown), tx.now)
    else:
        asks.nudge(tx, rules.approve_key(decision))
        if then := rules.then_driver(decision, due):
            dues.add(tx, number, then)
