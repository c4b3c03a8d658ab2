"""What becomes of feedback: said by whoever looks after it, told to whoever it matters to, re-opened by itself."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from handlers.asks import service as asks
from handlers.feedback import answering, cards, rules, saying_views
from handlers.kit.requests import Who
from storage.audit import queries as audit
from storage.calendar import local_instant
from storage.database import Tx
from storage.feedback import asking, closing, reopenings, standings, triage
from storage.feedback import queries as feedbacks
from storage.feedback.values import (
    CARRIED,
    KEPT,
    OPEN,
    Feedback,
    FeedbackState,
    MessageRef,
    Reopening,
    Standing,
    Turn,
)
from storage.outbox import letters
from storage.people import queries as people
from storage.values import PersonId
from storage.worktime import queries as worktimes

IN_ONE = timedelta(minutes=10)
"""What is said within this time of a person's feedback reaches them in one message."""
AT_LEAST = timedelta(days=1)
"""What was declined is looked at again so often, whatever happens meanwhile."""
AT_ONCE = 20
THREAD = re.compile(r"[?&]thread_ts=([0-9]+\.[0-9]+)")
"""Where a message's address says in which thread it stands."""
NEVER = Reopening()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody says becomes of it, and when it is looked at again if it is declined."""

    state: FeedbackState
    said: Standing
    again: Reopening = NEVER


@dataclass(frozen=True, slots=True)
class Said:
    """As it stands now, and whether whoever it matters to is told."""

    feedback: Feedback
    told: bool


def sayable(feedback: Feedback) -> bool:
    """Whether somebody can still say what becomes of it."""
    kept = feedback.state in KEPT and feedback.state is not FeedbackState.SHIPPED
    return kept and bool(rules.ENDS[feedback.kind])


def may(tx: Tx, feedback: Feedback, who: Who) -> bool:
    """Whether this person may say what becomes of it."""
    return answering.may_say(tx, feedback, who.person, who.kind, admin=who.admin)


def say(tx: Tx, feedback: Feedback, outcome: Outcome) -> Said:
    """It stands so from now on, and no emoji taken away undoes it. Whoever says it holds the feedback."""
    number, said = feedback.number, outcome.said
    news = rules.is_news(feedback.state, standings.find(tx, number), outcome.state, said.planned_for)
    turn = standings.put(tx, number, outcome.state, said)
    if feedback.state is FeedbackState.NEW:
        triage.first(tx, number, tx.now, in_time=answering.in_time(tx, feedback))
    if outcome.state is FeedbackState.TRIAGED:
        triage.take(tx, number, said.by)
    _look_again(tx, number, outcome)
    feedbacks.mark_touched(tx, number)
    if outcome.state not in OPEN:  # for whom it was matters as long as it is open
        asks.withdraw(tx, rules.account_key(number))
    asks.answered(tx, rules.question_key(number))
    moved = feedbacks.set_state(tx, feedback, outcome.state, rules.title_of(feedback.words, feedback.kind))
    audit.note(tx, said.by, f"feedback.{outcome.state}", str(feedback.reference))
    if news:
        _name(tx, feedback, turn, outcome)
    cards.changed(tx, feedback)
    cards.sorted_anew(tx, feedback)
    stands = replace(feedback, state=outcome.state, touched=True, version=feedback.version + moved)
    return Said(stands, news)


def may_take_back(tx: Tx, feedback: Feedback, who: Who) -> bool:
    """Whether this person may say that it has not shipped after all."""
    last = next(iter(standings.turns(tx, feedback.number, 1)), None)
    return rules.may_take_back(feedback, last, tx.now) and may(tx, feedback, who)


def take_back(tx: Tx, feedback: Feedback, by: PersonId) -> tuple[Feedback, int]:
    """It has not shipped, and stands as before; how many had been told, who read one line that corrects it.

    Whoever says it holds the feedback.
    """
    number = feedback.number
    shipped, *earlier = standings.turns(tx, number, 2)
    before = earlier[0] if earlier else Turn(0, FeedbackState.NEW, shipped.said)
    kept = before.said if earlier else Standing(None, None, None, by, tx.now)
    turn = standings.put(tx, number, before.state, replace(kept, by=by, at=tx.now))
    wrong = [
        one
        for one, key in closing.how_told(tx, number, shipped.number).items()
        if not _unsaid(tx, number, key)
    ]
    closing.tell(tx, number, turn, wrong, tx.now)
    feedbacks.set_state(tx, feedback, before.state, rules.title_of(feedback.words, feedback.kind))
    audit.note(tx, by, "feedback.taken_back", str(feedback.reference))
    cards.changed(tx, feedback)
    cards.sorted_anew(tx, feedback)
    return replace(feedback, state=before.state, version=feedback.version + 1), len(wrong)


def true_of(tx: Tx, feedback: Feedback, again: Reopening, today: date) -> Reopening | None:
    """What of when it is looked at again has come true."""
    return rules.came_true(again, asking.reach(tx, feedback.number, feedback.captured_by), today)


def look(tx: Tx) -> bool:
    """The job: re-open what was declined, as soon as what was said then comes true; whether there may be more."""
    due = reopenings.due(tx, AT_ONCE)
    for number in due:
        feedback, kept = feedbacks.hold(tx, number), reopenings.hold(tx, number)
        if feedback is None or kept is None or feedback.state is not FeedbackState.DECLINED:
            reopenings.forget(tx, number)
            continue
        true = true_of(tx, feedback, kept.when, worktimes.today(tx, kept.by))
        if true is None:
            reopenings.look_again(tx, number, _next_look(tx, kept.when, kept.by))
        else:
            _reopen(tx, feedback, true, kept.by)
    return len(due) == AT_ONCE


# ---------------------------------------------------------------------------------------------------------


def _unsaid(tx: Tx, number: int, key: str) -> bool:
    """Whether a telling that only tells of it has not left yet; then it never does."""
    return rules.tells_only_of(key, number) and asks.take_back(tx, key)


def _name(tx: Tx, feedback: Feedback, turn: int, outcome: Outcome) -> None:
    """Whoever it matters to is told; an answer at once, to whoever asked, too, and where they asked."""
    answered = outcome.state is FeedbackState.ANSWERED
    author = [feedback.author] if answered and feedback.author is not None else []
    due = tx.now if answered else tx.now + IN_ONE
    closing.name(tx, feedback.number, turn, outcome.said.by, due, author)
    if answered and outcome.said.sentence is not None and feedback.message is not None:
        _answer_there(tx, feedback, feedback.message, turn, outcome.said)


def _answer_there(tx: Tx, feedback: Feedback, message: MessageRef, turn: int, said: Standing) -> None:
    """In the thread where it was asked, if we are there and nobody from outside is."""
    if cards.open_channel(tx, message.channel) is None:
        return
    known = people.person(tx, said.by)
    by = known.name if known is not None and known.name else "A colleague"
    letter = saying_views.answer(feedback, said.sentence or "", by)
    found = THREAD.search(feedback.permalink or "")
    thread = message.ts if found is None else found.group(1)
    key = f"feedback.answer:{feedback.number}.{turn}"
    letters.post(tx, key, message.channel, letter.text, letter.blocks, thread_ts=thread)


def _look_again(tx: Tx, number: int, outcome: Outcome) -> None:
    if outcome.again:
        by = outcome.said.by
        reopenings.put(tx, number, outcome.again, by, _next_look(tx, outcome.again, by))
    else:
        reopenings.forget(tx, number)


def _next_look(tx: Tx, again: Reopening, by: PersonId) -> datetime:
    """When its day begins where whoever declined it is, but at least once a day."""
    latest = tx.now + AT_LEAST
    if again.on is None:
        return latest
    begins = local_instant(again.on, time(), worktimes.of(tx, by).zone).astimezone(UTC)
    return min(latest, max(begins, tx.now))


def _reopen(tx: Tx, feedback: Feedback, true: Reopening, by: PersonId) -> None:
    """It is new again; whoever looks after it and whoever it belongs to hear why."""
    number = feedback.number
    declined = standings.find(tx, number)
    turn = standings.put(tx, number, FeedbackState.NEW, Standing(None, None, None, by, tx.now))
    reopenings.forget(tx, number)
    closing.overtake(tx, number, turn)
    feedbacks.set_state(tx, feedback, FeedbackState.NEW, rules.title_of(feedback.words, feedback.kind))
    audit.note(tx, by, "feedback.reopened", str(feedback.reference))
    cards.changed(tx, feedback)
    cards.sorted_anew(tx, feedback)
    found = answering.keeper(tx, answering.area_of(tx, feedback))
    keeper = by if found is None else found[0]
    for person in sorted({keeper} | ({feedback.captured_by} if feedback.source not in CARRIED else set())):
        today = worktimes.today(tx, person)
        why = declined.reason if declined is not None and person == keeper else None
        summary, blocks = saying_views.reopened(feedback, true, today, why)
        key = f"{rules.reopened_prefix(number)}{turn}:{person}"
        asks.tell(tx, person, key, summary, blocks, about=str(feedback.reference))
