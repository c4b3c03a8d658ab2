"""A round begins: each is asked in their own morning, with what they need first, and reminded once."""

from datetime import date, datetime

from handlers.asks import service as asks
from handlers.checkins import blocking, letters, places, rules
from handlers.checkins.letters import News
from handlers.checkins.pausing import stop
from storage.checkins import blockers, rounds
from storage.checkins import queries as checkins
from storage.checkins.values import CheckIn, Round, RoundState
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
            _remind(tx, number, on, person, at + rules.BEFORE_THE_END)
    return bool(due)


# ---------------------------------------------------------------------------------------------------------


def _ask(tx: Tx, checkin: CheckIn, one: Occurrence, person: PersonId, there: Availability) -> None:
    planned = rules.closes(checkin.settings, one.on, tx.now)
    found = rounds.open_round(tx, checkin.number, one.on, checkin.settings.questions, planned)
    answered = rounds.answer_of(tx, found.number, found.on, person) is not None
    if answered or found.state is not RoundState.OPEN:
        return
    where, news = places.where(tx, checkin.channel), _news(tx, found, person, there)
    said = letters.prompt(checkin, found, where, there.zone, news)
    key, about = rules.ask_key(found.number, found.on, person), str(checkin.reference)
    until = found.closes_at + rules.LATE_FOR
    asks.ask(tx, person, key, said.summary, said.blocks, due=tx.now, until=until, about=about)
    if (at := rules.remind_at(there, tx.now, found.closes_at)) is not None:
        rounds.remind(tx, found, person, at)
    boards.touch_home(tx, person)


def _remind(tx: Tx, number: int, on: date, person: PersonId, until: datetime) -> None:
    found = rounds.find(tx, number, on)
    if found is None:
        return
    where, zone = places.where(tx, checkins.must(tx, number).channel), worktimes.of(tx, person).zone
    asks.nudge(tx, rules.ask_key(number, on, person), until, letters.reminder(found, where, zone))


def _news(tx: Tx, found: Round, person: PersonId, there: Availability) -> News:
    """What has waited on them since an earlier day, once a day, and what was said in this round.

    Nothing else they are told in a message of its own: that something was cleared for them, or what they are only
    now asked to clear, stands beside this with its own buttons.
    """
    said, today = rounds.answers(tx, found)[:SHOWN], there.midnight(tx.now)
    waiting = blockers.waiting_on(tx, person, SHOWN)
    waiting = [one for one in waiting if asks.sent_before(tx, blocking.ask_key(one), today)]
    if waiting and asks.queued_since(tx, person, rules.ASKS, today):
        waiting = []
    others = [one.blocked for one in waiting] + [one.person for one in said]
    return News(waiting, said, places.names(tx, others))
