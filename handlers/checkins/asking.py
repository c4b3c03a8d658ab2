"""A round begins: each is asked in their own morning, with what they need first, and reminded once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.asks import service as asks
from handlers.checkins import blocking, letters, places, rules
from handlers.checkins.letters import News, Said
from handlers.checkins.pausing import stop
from storage.asks.values import AskKind, NewAsk
from storage.checkins import blockers, rounds
from storage.checkins import queries as checkins
from storage.checkins.values import Answer, Blocker, CheckIn, Round, RoundState
from storage.database import Tx
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
    there = {} if one.recipient is None else worktimes.of_many(tx, [one.recipient])
    return ask_together(tx, [one], there)[0]


def ask_together(
    tx: Tx, those: Sequence[Occurrence], there: Mapping[PersonId, Availability]
) -> list[Why | None]:
    """The same for several people in any rounds."""
    due: dict[tuple[int, date], dict[PersonId, Availability]] = {}
    for one in those:
        if one.recipient is not None:
            due.setdefault(_round_of(one), {})[one.recipient] = there[one.recipient]
    asking = _Asking(tx, due)
    became = {which: asking.ask(*which, asked) for which, asked in due.items()}
    asking.queue()
    return [None if one.recipient is None else became[_round_of(one)].get(one.recipient) for one in those]


def remind(tx: Tx) -> bool:
    """Remind those who have not answered; whether there may be more."""
    due = rounds.reminders_due(tx, AT_ONCE)
    for number, on, person, at in due:
        if rounds.take_reminder(tx, number, on, person) and rules.worth_reminding(at, tx.now):
            _remind(tx, number, on, person, at + rules.BEFORE_THE_END)
    return bool(due)


# ---------------------------------------------------------------------------------------------------------


def _round_of(one: Occurrence) -> tuple[int, date]:
    return int(str(one.series.subject["number"])), one.on


class _Asking:
    """Asks the people of several rounds: what each needs is looked up for all of them, and written for all of them."""

    def __init__(self, tx: Tx, due: Mapping[tuple[int, date], Mapping[PersonId, Availability]]) -> None:
        self._tx = tx
        asked = sorted({person for those in due.values() for person in those})
        self._checkins = checkins.some(tx, sorted({number for number, _ in due})) if due else {}
        where = sorted({one.channel for one in self._checkins.values()})
        self._channels = people.channels(tx, where) if where else {}
        self._members = people.members_among(tx, where, asked) if where else set()
        self._waited_for = blockers.waited_for(tx, asked) if asked else set()
        self._queued: list[NewAsk] = []
        self._reminders: list[tuple[Round, PersonId, datetime]] = []

    def ask(self, number: int, on: date, there: Mapping[PersonId, Availability]) -> dict[PersonId, Why]:
        """Ask these people in a round; why not, for those who are not asked."""
        tx, checkin = self._tx, self._checkins.get(number)
        if checkin is None:
            return {}
        channel = self._channels.get(checkin.channel)
        if (found := places.trouble(channel)) is not None:
            stop(tx, checkins.must(tx, number), found)
            return dict.fromkeys(there, Why.NOWHERE)
        left = [one for one in there if (checkin.channel, one) not in self._members]
        schedules.remove_people(tx, checkin.series, left)
        why = dict.fromkeys(left, Why.NOT_IN_IT)
        for one, each in there.items():
            if one not in why and each.today(each.moment_from(tx.now)) != each.today(tx.now):
                why[one] = Why.HOURS
        now = {one: each for one, each in there.items() if one not in why}
        if now:
            self._ask(checkin, on, places.called(channel), now)
        return why

    def queue(self) -> None:
        """Have all of it sent."""
        rounds.remind(self._tx, self._reminders)
        asks.ask_now(self._tx, self._queued)

    def _ask(self, checkin: CheckIn, on: date, where: str, there: Mapping[PersonId, Availability]) -> None:
        tx, planned = self._tx, rules.closes(checkin.settings, on, self._tx.now)
        begun = rounds.begin(tx, checkin.number, on, checkin.settings.questions, planned)
        found = begun or rounds.find(tx, checkin.number, on)
        if found is None or found.state is not RoundState.OPEN:
            return
        answers = [] if begun else rounds.answers(tx, found)
        answered = {one.person for one in answers}
        prompts = _Prompts(tx, checkin, found, where, answers[:SHOWN])
        until, about = found.closes_at + rules.LATE_FOR, str(checkin.reference)
        for person, each in there.items():
            if person in answered:
                continue
            said = prompts.to(person, each, waited_for=person in self._waited_for)
            self._waited_for.discard(person)  # once a day: not again in another round that begins now
            key = rules.ask_key(found.number, found.on, person)
            self._queued.append(
                NewAsk(
                    key, person, AskKind.ASK, said.summary, said.blocks, tx.now, person, until, about=about
                )
            )
            if (at := rules.remind_at(each, tx.now, found.closes_at)) is not None:
                self._reminders.append((found, person, at))


class _Prompts:
    """What the people of a round are asked with: alike for all in one zone on whom nothing waits."""

    def __init__(self, tx: Tx, checkin: CheckIn, found: Round, where: str, said: Sequence[Answer]) -> None:
        self._tx = tx
        self._checkin = checkin
        self._round = found
        self._where = where
        self._said = said
        self._alike: dict[str, Said] = {}

    def to(self, person: PersonId, there: Availability, *, waited_for: bool) -> Said:
        """What this person is asked with."""
        waiting = _waiting_on(self._tx, person, there) if waited_for else []
        if waiting:
            return self._made(there.zone, waiting)
        if there.zone not in self._alike:
            self._alike[there.zone] = self._made(there.zone, [])
        return self._alike[there.zone]

    def _made(self, zone: str, waiting: Sequence[Blocker]) -> Said:
        others = [one.blocked for one in waiting] + [one.person for one in self._said]
        news = News(waiting, self._said, places.names(self._tx, others) if others else {})
        return letters.prompt(self._checkin, self._round, self._where, zone, news)


def _remind(tx: Tx, number: int, on: date, person: PersonId, until: datetime) -> None:
    found = rounds.find(tx, number, on)
    if found is None:
        return
    where, zone = places.where(tx, checkins.must(tx, number).channel), worktimes.of(tx, person).zone
    asks.nudge(tx, rules.ask_key(number, on, person), until, letters.reminder(found, where, zone))


def _waiting_on(tx: Tx, person: PersonId, there: Availability) -> list[Blocker]:
    """What has waited on them since an earlier day, once a day.

    Nothing else they are told in a message of its own: that something was cleared for them, or what they are only
    now asked to clear, stands beside this with its own buttons.
    """
    today = there.midnight(tx.now)
    waiting = blockers.waiting_on(tx, person, SHOWN)
    waiting = [one for one in waiting if asks.sent_before(tx, blocking.ask_key(one), today)]
    return [] if waiting and asks.queued_since(tx, person, rules.ASKS, today) else waiting
