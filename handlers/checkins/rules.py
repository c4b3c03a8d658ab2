"""What check-ins decide: what is proposed, when a round closes, who is reminded, what an answer needs. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from handlers.checkins import ids
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten
from storage.calendar import local_instant
from storage.checkins.values import CheckIn, Party, Round, RoundState, Settings, Waits
from storage.people.values import Person
from storage.recurrence import next_slot, weekdays
from storage.schedules.values import SeriesState
from storage.values import ChannelId, FunctionId, PersonId, PersonKind
from storage.worktime.values import Availability

DONE, NEXT, IN_THE_WAY = "What did you get done?", "What is next?", "Is anything in your way?"
QUESTIONS = (DONE, NEXT, IN_THE_WAY)
MOST_QUESTIONS = 5
QUESTION_LIMIT = 150
NAME_LIMIT = 60
WORDS_LIMIT = 1500
"""Characters of one answer: five of them fit into one reply."""
PARTY_LIMIT = 100

NINE, ONE_O_CLOCK = time(9), time(13)
TO_ANSWER = timedelta(hours=1)
"""What everybody has at least between being asked and the end of the round."""
COULD_ACT = timedelta(hours=2)
LAST_HOURS = timedelta(hours=4)
"""Whoever could not reach us within these before the end of a round could not act."""
BEFORE_THE_END = timedelta(hours=1)
LATE_FOR = timedelta(days=7)
"""So long after a round something can be added in its thread."""

_NOTHING = frozenset(
    {
        "no",
        "none",
        "nope",
        "nothing",
        "nothing at all",
        "not really",
        "n/a",
        "na",
        "no blockers",
        "no blocker",
        "-",
        "–",
        "—",
    }
)
CAN_ANSWER = frozenset({PersonKind.MEMBER, PersonKind.GUEST})


# -- settings ---------------------------------------------------------------------------------------------


def who_can(members: Iterable[Person]) -> list[Person]:
    """The people of a channel who can take part."""
    return [one for one in members if one.kind in CAN_ANSWER]


def proposed(channel: ChannelId, zones: Collection[str], zone: str, now: datetime) -> Settings:
    """A daily check-in, complete: at each person's nine, summed up at one o'clock where all have had the time."""
    recurrence = weekdays(first_date(NINE, zones, now), NINE)
    closes_zone = zone if not too_late(recurrence.start, NINE, ONE_O_CLOCK, zone, zones) else _last(zones)
    return Settings("Daily check-in", channel, QUESTIONS, recurrence, ONE_O_CLOCK, closes_zone)


def first_date(at: time, zones: Collection[str], now: datetime, fixed: str | None = None) -> date:
    """The first date on which everybody can be asked, wherever they are."""
    probe = weekdays(date(2000, 1, 3), at, fixed)
    return max(next_slot(probe, now, zone)[0] for zone in (zones or {fixed or "UTC"}))


def too_late(day: date, at: time, closes_at: time, closes_zone: str, zones: Iterable[str]) -> list[str]:
    """The zones whose people would be asked less than an hour before the summary, or after it."""
    end = local_instant(day, closes_at, closes_zone)
    return [zone for zone in sorted(zones) if end - local_instant(day, at, zone) < TO_ANSWER]


def may_manage(checkin: CheckIn, person: PersonId, *, admin: bool) -> bool:
    """Who runs it, and admins."""
    return admin or person == checkin.owner


# -- rounds -----------------------------------------------------------------------------------------------


def closes(settings: Settings, on: date, now: datetime) -> datetime:
    """When the round of a date is summed up; two hours from now where that would be too soon."""
    planned = local_instant(on, settings.closes_at, settings.closes_zone)
    return planned if planned - now >= TO_ANSWER else now + COULD_ACT


def remind_at(there: Availability, now: datetime, closes_at: datetime) -> datetime | None:
    """When to remind somebody asked now: in the last hour they can act, if that is not at once."""
    ends = local_instant(there.today(now), there.hours.end, there.zone)
    at = min(closes_at, ends) - BEFORE_THE_END
    return at if at - now >= BEFORE_THE_END else None


def worth_reminding(remind_at: datetime, now: datetime) -> bool:
    """A reminder that comes much later than planned may come when the round is over."""
    return now - remind_at < BEFORE_THE_END


ASKS = "checkin:"
"""What the keys of all that asks somebody in a round begin with."""


def ask_key(number: int, on: date, person: PersonId) -> str:
    """The key of what somebody is asked in a round."""
    return f"{round_prefix(number, on)}{person}"


def round_prefix(number: int, on: date) -> str:
    """What the keys of all asks of a round begin with."""
    return f"{ASKS}{number}:{on}:"


# -- answers ----------------------------------------------------------------------------------------------


def prefilled(
    questions: Sequence[str], own: Sequence[str | None] | None, last: Mapping[str, str]
) -> list[str | None]:
    """What stands in each field: what they said in this round, else what they wanted to do next as done."""
    if own is not None:
        return list(own)
    return [last.get(NEXT) if one == DONE else None for one in questions]


def answer_errors(words: Sequence[str | None], blocker: str | None, party: Party | None) -> dict[str, str]:
    """What is missing in an answer, by field."""
    stuck = blocker is not None and not is_nothing(blocker)
    if party is not None and not stuck:
        return {ids.BLOCK_BLOCKER: "Say in a few words what is in your way, or clear the field below."}
    if stuck and party is None:
        return {
            ids.WAITS_ON: "Choose who it waits on: a function, a person, or type the name of somebody outside."
        }
    if not any(words) and blocker is None:
        return {ids.block_question(0): "Answer one of them at least; a word is enough."}
    return {}


def is_nothing(words: str) -> bool:
    """Whether an answer to “Is anything in your way?” says no."""
    return " ".join(words.casefold().strip(" .!").split()) in _NOTHING


def takes_late(found: Round, now: datetime) -> bool:
    """Whether something can still be added to a round that is over."""
    return found.state is RoundState.OPEN or now - (found.closed_at or found.closes_at) <= LATE_FOR


def can_run(checkin: CheckIn) -> bool:
    """Whether it asks at all at the moment."""
    return checkin.state is SeriesState.ACTIVE


# -- blockers ---------------------------------------------------------------------------------------------


def party_of(value: str) -> Party | None:
    """The party a menu's value stands for."""
    kind, _, rest = value.partition(":")
    if kind == "f" and (function := FUNCTIONS.chosen(rest)):
        return Party(Waits.FUNCTION, function=function)
    if kind == "p" and rest:
        return Party(Waits.PERSON, person=PersonId(rest))
    if kind == "o" and rest.strip():
        return Party(Waits.OUTSIDE, outside=shorten(one_line(rest), PARTY_LIMIT))
    return None


def value_of(party: Party) -> str:
    """The value that stands for a party in a menu."""
    if party.kind is Waits.FUNCTION:
        return f"f:{party.function}"
    return f"p:{party.person}" if party.kind is Waits.PERSON else f"o:{party.outside}"


def to_ask(
    party: Party,
    blocked: PersonId,
    there: Sequence[Person],
    everywhere: Sequence[Person],
    away: Collection[PersonId],
) -> PersonId | None:
    """The one person to ask: the one named, or of a function the first by name, those of the channel first."""
    if party.kind is Waits.PERSON:
        return party.person
    if party.kind is Waits.OUTSIDE:
        return None
    here = [one for one in there if works_in(one, party.function) and one.kind in CAN_ANSWER]
    found = [one.id for one in [*here, *everywhere] if one.id != blocked]
    return next((one for one in found if one not in away), found[0] if found else None)


def works_in(person: Person, function: FunctionId | None) -> bool:
    """Whether somebody works in this function, or in one that counts under it."""
    there = FUNCTIONS.in_use(person.function)
    return there is not None and there == FUNCTIONS.in_use(function)


def title_of(words: str) -> str:
    """What a list calls a blocker."""
    return shorten(one_line(words), 120)


# ---------------------------------------------------------------------------------------------------------


def _last(zones: Collection[str]) -> str:
    """The zone where a wall clock shows a time last."""
    day = date(2026, 1, 5)
    return max(sorted(zones), key=lambda zone: local_instant(day, NINE, zone))
