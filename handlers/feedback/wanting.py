"""Whoever wants something by an emoji, after somebody else captured it, is answered, too: told what is known of it.

The answer is no part of the event: it comes some minutes later, so that what was taken back by then is not answered
and several set in a row are one message, and only in working hours.
"""

from datetime import timedelta

from handlers.asks import service as asks
from handlers.feedback import answering, rules, wanting_views
from storage.database import Tx
from storage.feedback import family, wanting
from storage.feedback import queries as feedbacks
from storage.feedback.values import KEPT
from storage.people import queries as people
from storage.people.values import Person
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

AT_ONCE = 15
"""People answered in one work."""
IN_ONE = 8
"""Answers to one person in one work, as many as stand in one message."""
WORTH_READING = timedelta(days=2)
"""An answer that could not be given by then is of no use."""
HEAR = (PersonKind.MEMBER, PersonKind.GUEST)


def answer_some(tx: Tx) -> bool:
    """The job: answer some of those who are due; whether there may be more."""
    due = wanting.waiting(tx, AT_ONCE)
    for person in due:
        people.hold(tx, person)  # a second worker must not answer them as well
        _answer(tx, person)
    return len(due) == AT_ONCE


# ---------------------------------------------------------------------------------------------------------


def _answer(tx: Tx, person: PersonId) -> None:
    known, there = people.person(tx, person), worktimes.of(tx, person)
    if there.busy_at(tx.now) is not None:
        wanting.put_off(tx, person, there.moment_from(tx.now))
        return
    for number in wanting.of(tx, person, IN_ONE):
        wanting.answered(tx, number, person)
        if known is not None and known.kind in HEAR:
            _tell(tx, number, known)


def _tell(tx: Tx, number: int, person: Person) -> None:
    """What is known of it, or of what it was merged into, as far as they may see that."""
    feedback = feedbacks.see(tx, family.whole(tx, number), Viewer(person.id, person.kind))
    if feedback is None or feedback.state not in KEPT:
        return
    supporters = feedbacks.supporter_count(tx, feedback.number)
    known = answering.known(tx, feedback, person.id)
    summary, blocks = wanting_views.answer(feedback, supporters, known)
    key, until = f"{rules.wanted_prefix(feedback.number)}{person.id}", tx.now + WORTH_READING
    asks.tell(tx, person.id, key, summary, blocks, until=until, about=str(feedback.reference))
