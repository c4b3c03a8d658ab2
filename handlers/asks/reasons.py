"""In plain words what became of an ask, and why it was not sent when it was due. Pure.

`to_me` and `of_occurrence` are what its recipient reads under `/throughline why`; `to_owner` and `of_theirs` what
the one reads who wanted it asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handlers.kit.dates import say_day, say_time
from storage.asks.values import TELLINGS, Ask, AskState, Held
from storage.calendar import local_date, local_time
from storage.schedules.values import Occurrence, OccurrenceState, Outage, Why
from storage.values import PersonId


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, when and by whose clocks, and what to call other people."""

    person: PersonId
    zone: str
    now: datetime
    names: Mapping[PersonId, str]

    def at(self, moment: datetime) -> str:
        """A moment by the reader's clocks; the day only where it is not today."""
        clock = say_time(local_time(moment, self.zone))
        day = local_date(moment, self.zone)
        return clock if day == local_date(self.now, self.zone) else f"{say_day(day)} {clock}"

    def name(self, person: PersonId) -> str:
        """What to call somebody."""
        return self.names.get(person) or "a colleague"


def to_me(one: Ask, reader: Reader) -> str:
    """What became of something for me, or that went to me for somebody away."""
    if one.person == reader.person and one.recipient != reader.person:
        return f"{_where(one, reader)}; {reader.name(one.recipient)} covered for you"
    if one.recipient == reader.person and one.person != reader.person:
        return f"{_where(one, reader)}; you covered for {reader.name(one.person)}"
    return _where(one, reader, "your")


def to_owner(one: Ask, reader: Reader) -> str:
    """What became of something somebody was to be asked."""
    covered = "" if one.person == one.recipient else f"; {reader.name(one.recipient)} covered"
    return f"{_where(one, reader)}{covered}"


def held(one: Ask) -> bool:
    """Whether something was in the way when it was due, and it has not been sent since."""
    return one.held is not None and one.sent_at is None and one.state is not AskState.ANSWERED


def of_occurrence(one: Occurrence, reader: Reader, outage: Outage | None) -> str | None:
    """Why a date of what recurs did not come; None where it did."""
    if one.state is OccurrenceState.WAITING:
        return f"comes {reader.at(one.due_at)}"
    if one.why is None:
        return None
    if one.why is Why.WE_WERE_DOWN and outage is not None and outage.began <= one.due_at <= outage.ended:
        return f"not asked: I was not running from {reader.at(outage.began)} to {reader.at(outage.ended)}"
    return f"not asked: {_NOT_ASKED[one.why]}"


def of_theirs(one: Occurrence, reader: Reader, outage: Outage | None) -> str | None:
    """The same of somebody else's, for who runs it."""
    if one.why is None or one.state is OccurrenceState.WAITING or one.why is Why.WE_WERE_DOWN:
        return of_occurrence(one, reader, outage)
    return _THEIRS[one.why]


_NOT_ASKED = {
    Why.ASKED_TO_SKIP: "it was left out for everybody",
    Why.MOVED_ZONE: "you had been asked less than twelve hours before, in another time zone",
    Why.AWAY: "you were away",
    Why.HOLIDAY: "it was a public holiday of yours",
    Why.DAY_OFF: "it was no working day of yours",
    Why.HOURS: "your working day was over",
    Why.NOT_IN_IT: "you had left its channel",
    Why.GONE: "you were not here",
    Why.WE_WERE_DOWN: "I was not running",
    Why.ERROR: "something went wrong on our side",
    Why.QUIET: "there was nothing to say",
    Why.NOWHERE: "it could not be said there any more",
    Why.SENT_TODAY: "it had been sent earlier that day",
    Why.OFF: "it is switched off in this workspace",
}

_THEIRS = {
    Why.ASKED_TO_SKIP: "it was left out for everybody",
    Why.MOVED_ZONE: "asked less than twelve hours before, in another time zone",
    Why.AWAY: "away",
    Why.HOLIDAY: "a public holiday",
    Why.DAY_OFF: "no working day",
    Why.HOURS: "their working day was over",
    Why.NOT_IN_IT: "not in its channel any more",
    Why.GONE: "not in this workspace any more",
    Why.ERROR: "something went wrong on our side",
    Why.OFF: "it is switched off in this workspace",
    Why.QUIET: "there was nothing to say",
    Why.NOWHERE: "it could not be said there any more",
    Why.SENT_TODAY: "it had been sent earlier that day",
}


def _where(one: Ask, reader: Reader, whose: str = "their") -> str:
    waited = "" if one.held is None else _because(one, whose)
    if one.state is AskState.WAITING:
        return _waits(one, reader, waited)
    if one.sent_at is None:
        never = "not needed any more" if one.state is AskState.WITHDRAWN else "over before it could be sent"
        never = "answered before it was due" if one.state is AskState.ANSWERED else never
        return f"not sent: {waited or never}"
    said = f"sent {reader.at(one.delivered_at or one.sent_at)}"
    if one.delivered_at is None:
        said = f"on its way since {reader.at(one.sent_at)}"
    after = f" (it waited: {waited})" if waited else ""
    ended = {AskState.ANSWERED: ", and answered", AskState.WITHDRAWN: ", and not needed any more"}
    return f"{said}{after}{ended.get(one.state, '')}"


def _waits(one: Ask, reader: Reader, waited: str) -> str:
    comes = reader.at(one.due_at)
    return f"waits until {comes}: {waited}" if waited else f"comes {comes}"


def _because(one: Ask, whose: str) -> str:
    assert one.held is not None
    note = one.held_note or {}
    if one.held is Held.BUDGET:
        what = "notes" if one.kind in TELLINGS else "questions"
        return f"{whose} {note.get('limit', 3)} {what} for the day were used"
    if one.held is Held.AWAY:
        until = note.get("until")
        return "away" if until is None else f"away until {say_day(date.fromisoformat(str(until)))}"
    return _HELD[one.held]


_HELD = {
    Held.HOLIDAY: "a public holiday",
    Held.DAY_OFF: "no working day",
    Held.HOURS: "outside working hours",
    Held.QUIET: "quiet hours",
    Held.UNDELIVERED: "Slack could not deliver it in time",
    Held.GONE: "not in this workspace any more",
    Held.OFF: "switched off in this workspace",
}
