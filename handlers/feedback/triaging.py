"""Sorting what came in: whose it is, what waits, and doing the same with several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.feedback import answering, cards, outcomes, rules
from handlers.feedback.outcomes import Outcome
from handlers.kit.requests import Who
from storage.areas import queries as areas
from storage.areas.values import Area
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import themes, triage
from storage.feedback.triage import Whose
from storage.feedback.values import TRIAGED_KINDS, Feedback, FeedbackState, Kept
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind, folded
from storage.worktime import queries as worktimes

COUNTED = 100
"""Nobody counts how many more wait."""
LATER = timedelta(days=7)
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one person: the next ones, and how many in all, up to `COUNTED`."""

    next: Sequence[Feedback]
    count: int


def whose(tx: Tx, who: Who) -> Whose:
    """What this person sorts: of the areas they look after, of all as an admin, and of those that are nobody's."""
    every, member = areas.every(tx), who.kind is PersonKind.MEMBER
    theirs = [one for one in every if rules.may_say(who.person, one, member=member, admin=who.admin)]
    unsaid = every[0] in theirs if every else rules.may_say(who.person, None, member=member, admin=who.admin)
    return Whose(areas.family(tx, *(one.id for one in theirs)), unsaid)


def of_area(tx: Tx, area: Area) -> Whose:
    """What is said of one area; the first one has what nobody said more of."""
    return Whose(areas.family(tx, area.id), areas.every(tx)[0].id == area.id)


def looks_after(tx: Tx, person: PersonId) -> bool:
    """Whether somebody looks after an area."""
    return any(person in (one.owner, one.deputy) for one in areas.every(tx))


def anybody(tx: Tx) -> bool:
    """Whether anybody looks after anything; on the first days nobody does, and admins are shown what waits."""
    return any(one.owner is not None for one in areas.every(tx))


def queue(tx: Tx, who: Who, limit: int) -> Queue:
    """What waits for this person, the oldest first."""
    theirs, viewer, today = whose(tx, who), Viewer(who.person, who.kind), worktimes.today(tx, who.person)
    found = triage.waiting(tx, viewer, theirs, today, limit)
    count = len(found) if len(found) < limit else triage.count(tx, viewer, theirs, today, COUNTED)
    return Queue(found, count)


def find(tx: Tx, who: Who, number: int) -> Feedback | None:
    """One that this person may sort, and nobody has yet; held until they are done."""
    feedback = feedbacks.see_to_change(tx, number, Viewer(who.person, who.kind))
    if feedback is None or not waits(feedback) or not outcomes.may(tx, feedback, who):
        return None
    return feedback


def waits(feedback: Feedback) -> bool:
    """Whether it waits to be sorted."""
    return feedback.state is FeedbackState.NEW and feedback.kind in TRIAGED_KINDS


def decide(tx: Tx, who: Who, numbers: Sequence[int], outcome: Outcome) -> list[Feedback]:
    """The same becomes of each of these; what was sorted meanwhile, or cannot come to that, is left out."""
    done: list[Feedback] = []
    for number in numbers:
        feedback = find(tx, who, number)
        if feedback is not None and outcome.state in rules.ENDS[feedback.kind]:
            done.append(outcomes.say(tx, feedback, outcome).feedback)
    return done


def postpone(tx: Tx, who: Who, numbers: Sequence[int]) -> tuple[list[Feedback], date]:
    """Nobody is shown these before that day."""
    until = worktimes.today(tx, who.person) + LATER
    done = [one for one in (find(tx, who, number) for number in numbers) if one is not None]
    for one in done:
        triage.postpone(tx, one.number, until)
        audit.note(tx, who.person, "feedback.postponed", str(one.reference))
        cards.sorted_anew(tx, one)
    return done, until


def name_theme(tx: Tx, who: Who, numbers: Sequence[int], written: str | None) -> None:
    """What these are about: the theme that is called so where they may be seen, or a new one.

    One that has an area gives it to what nobody said an area of.
    """
    for number in numbers if written else ():
        feedback, now = find(tx, who, number), themes.of(tx, number)
        if feedback is None or not written or (now is not None and folded(now[1]) == folded(written)):
            continue
        place = themes.place_of(tx, things.audience(tx, feedback.reference), who.person)
        theme = themes.named(tx, written, place, who.person)
        triage.name_theme(tx, number, theme.id, written)
        if theme.area is not None and feedback.area is None:
            feedbacks.set_area(tx, number, theme.area)
        audit.note(tx, who.person, "feedback.theme", str(feedback.reference))


def may_name(tx: Tx, who: Who) -> bool:
    """Whether this person sorts anything: who does, and admins, say what themes there are."""
    theirs = whose(tx, who)
    return who.kind is PersonKind.MEMBER and (who.admin or bool(theirs.areas) or theirs.unsaid)


def kept(tx: Tx, area: Area) -> Kept | None:
    """How the promise was kept of an area somebody looks after, of all that everybody may see."""
    found = answering.keeper(tx, area)
    if found is None:
        return None
    before = answering.overdue_before(tx, found[1])
    return triage.kept(tx, of_area(tx, area), tx.now - LATELY, before)
