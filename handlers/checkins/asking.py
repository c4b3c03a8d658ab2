"""A round begins: each is asked in their own morning, with what they need first, and reminded once."""

from handlers.asks import service as asks
from handlers.checkins import letters, places, rules
from handlers.checkins.letters import News
from handlers.checkins.pausing import stop
from storage.checkins import blockers, rounds
from storage.checkins import queries as checkins
from storage.checkins.values import Answer, CheckIn, Round, RoundState
from storage.database import Tx
from storage.outbox import boards
from storage.people import queries as people
from storage.schedules import queries as schedules
from storage.schedules.values import Occurrence, Why
from storage.values import PersonId
from storage.worktime import queries as worktimes
from storage.worktime.values import Availability

AT_ONCE = 50
"""Reminders in one work."""
SHOWN = 4


def ask(tx: Tx, one: Occurrence) -> Why | None:
    """Ask one person in a round, or why not; whoever left the channel is not asked any more."""
    checkin = checkins.get(tx, int(str(one.series.subject["number"])))
    person = one.recipient
    if checkin is None or person is None:
        return None
    if (found := places.trouble(people.channel(tx, checkin.channel))) is not None:
        stop(tx, checkin, found)
        return Why.NOWHERE
    if not people.is_member(tx, checkin.channel, person):
        schedules.remove_people(tx, checkin.series, [person])
        return Why.NOT_IN_IT
    there = worktimes.of(tx, person)
    if there.today(there.moment_from(tx.now)) != there.today(tx.now):
        return Why.HOURS
    _ask(tx, checkin, one, person, there)
    return None


def remind(tx: Tx) -> bool:
    """Remind those who have not answered; whether there may be more."""
    due = rounds.reminders_due(tx, AT_ONCE)
    for number, on, person, at in due:
        if rounds.take_reminder(tx, number, on, person) and rules.worth_reminding(at, tx.now):
            asks.nudge(tx, rules.ask_key(number, on, person), until=at + rules.BEFORE_THE_END)
    return bool(due)


# ---------------------------------------------------------------------------------------------------------


def _ask(tx: Tx, checkin: CheckIn, one: Occurrence, person: PersonId, there: Availability) -> None:
    planned = rules.closes(checkin.settings, one.on, tx.now)
    found = rounds.open_round(tx, checkin.number, one.on, checkin.settings.questions, planned)
    answered = rounds.answer_of(tx, found.number, found.on, person) is not None
    if answered or found.state is not RoundState.OPEN:
        return
    where, news = places.where(tx, checkin.channel), _news(tx, checkin, found, person)
    said = letters.prompt(checkin, found, where, there.zone, news)
    key, about = rules.ask_key(found.number, found.on, person), str(checkin.reference)
    asks.ask(tx, person, key, said.summary, said.blocks, due=tx.now, about=about)
    if (at := rules.remind_at(there, tx.now, found.closes_at)) is not None:
        rounds.remind(tx, found, person, at)
    boards.touch_home(tx, person)


def _news(tx: Tx, checkin: CheckIn, found: Round, person: PersonId) -> News:
    """What was cleared for them since they answered last, what waits on them, what was said in this round."""
    last = rounds.last_answer(tx, checkin.number, found.on, person)
    since = found.opened_at if last is None else last[1].at
    cleared = blockers.cleared_since(tx, person, since, SHOWN)
    waiting = blockers.waiting_on(tx, person, SHOWN)
    said: list[Answer] = rounds.answers(tx, found)[:SHOWN]
    others = (
        [one.changed_by for one in cleared] + [one.blocked for one in waiting] + [one.person for one in said]
    )
    return News(cleared, waiting, said, places.names(tx, others))
