"""The form of a check-in: what stands in it, and what somebody chose or what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from handlers.checkins import ids, places, rules
from handlers.checkins.modals import OWN_CLOCK, Choosing
from handlers.checkins.rules import IN_THE_WAY, MOST_QUESTIONS, QUESTION_LIMIT
from handlers.kit.mrkdwn import one_line
from handlers.kit.recurrences import parse_recurrence
from handlers.kit.requests import SubmitRequest, Who
from storage.calendar import known_zone
from storage.checkins.values import MOST_PEOPLE, CheckIn, Settings
from storage.database import Tx
from storage.people import queries as people
from storage.recurrence import Recurrence
from storage.schedules import queries as schedules
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes

MOST_ZONES = 90


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose, with nothing wrong in it."""

    settings: Settings
    people: tuple[PersonId, ...]


def form_of(
    tx: Tx, settings: Settings, checkin: CheckIn | None, who: Who, asked: Sequence[PersonId] = ()
) -> Choosing:
    """The form as it opens."""
    those = asked if checkin is None else schedules.people_of(tx, checkin.series)
    kept = {settings.closes_zone, settings.recurrence.zone or who.zone}
    zones = [*sorted(kept), *sorted(places.zones(tx, [*those, who.person]) - kept)][:MOST_ZONES]
    return Choosing(settings, those, zones, places.where(tx, settings.channel))


def chosen(
    tx: Tx, request: SubmitRequest, before: CheckIn | None, channel: ChannelId
) -> Chosen | dict[str, str]:
    """What was chosen, or what is wrong by field."""
    wanted = request.people(ids.BLOCK_PEOPLE)
    questions = _questions(request)
    errors = _questions_wrong(questions) | _people_wrong(tx, wanted, channel)
    at, closes_at = request.time_of_day(ids.BLOCK_AT), request.time_of_day(ids.BLOCK_CLOSES)
    name, closes_zone = request.text(ids.BLOCK_NAME), request.choice(ids.BLOCK_ZONE)
    clock = request.choice(ids.BLOCK_CLOCK) or OWN_CLOCK
    fixed = None if clock == OWN_CLOCK else clock
    for block, missing in ((ids.BLOCK_AT, at is None), (ids.BLOCK_CLOSES, closes_at is None)):
        if missing:
            errors[block] = "Choose a time."
    if errors or at is None or closes_at is None or closes_zone is None or name is None:
        return errors or {ids.BLOCK_NAME: "Give it a name."}
    zones = {fixed} if fixed else places.zones(tx, wanted)
    recurrence = _recurrence(tx, request, at, fixed, zones, before)
    if recurrence is None:
        return {
            ids.BLOCK_OFTEN: "I do not understand that. Try: every weekday, every other monday, first tuesday."
        }
    late = rules.too_late(recurrence.start, at, closes_at, closes_zone, zones)
    if late:
        return {ids.BLOCK_CLOSES: _late(tx, late, wanted, fixed)}
    return Chosen(
        Settings(one_line(name), channel, (*questions, IN_THE_WAY), recurrence, closes_at, closes_zone),
        wanted,
    )


# ---------------------------------------------------------------------------------------------------------


def _questions(request: SubmitRequest) -> list[str]:
    lines = (request.text(ids.BLOCK_QUESTIONS) or "").splitlines()
    return [said for said in map(one_line, lines) if said and said != IN_THE_WAY]


def _questions_wrong(questions: Sequence[str]) -> dict[str, str]:
    most = MOST_QUESTIONS - 1
    if not questions:
        return {ids.BLOCK_QUESTIONS: "Write one question at least."}
    if len(questions) > most:
        return {ids.BLOCK_QUESTIONS: f"At most {most} questions; these are {len(questions)}."}
    if len(set(questions)) < len(questions):
        return {ids.BLOCK_QUESTIONS: "One question is there twice."}
    longest = max(map(len, questions))
    if longest > QUESTION_LIMIT:
        return {
            ids.BLOCK_QUESTIONS: f"A question has at most {QUESTION_LIMIT} characters; one has {longest}."
        }
    return {}


def _people_wrong(tx: Tx, wanted: Sequence[PersonId], channel: ChannelId) -> dict[str, str]:
    if not wanted:
        return {ids.BLOCK_PEOPLE: "Choose one person at least."}
    if len(wanted) > MOST_PEOPLE:
        return {ids.BLOCK_PEOPLE: f"At most {MOST_PEOPLE} people; these are {len(wanted)}."}
    here = {one.id for one in places.in_channel(tx, channel)}
    strangers = [one for one in wanted if one not in here]
    if not strangers:
        return {}
    known = people.people(tx, strangers)
    names = ", ".join(
        known[one].name if one in known and known[one].name else "somebody" for one in strangers
    )
    return {
        ids.BLOCK_PEOPLE: f"Not in {places.where(tx, channel)}: {names}. What is said comes there; invite them first."
    }


def _recurrence(
    tx: Tx, request: SubmitRequest, at: time, fixed: str | None, zones: set[str], before: CheckIn | None
) -> Recurrence | None:
    """What the words mean; every other Monday stays on its Mondays where only something else was changed."""
    if fixed is not None and not known_zone(fixed):
        return None
    start = rules.first_date(at, zones, tx.now, fixed)
    found = parse_recurrence(request.text(ids.BLOCK_OFTEN) or "", start, at, fixed)
    kept = None if before is None else before.settings.recurrence
    if found is None or kept is None or found.rule != kept.rule:
        return found
    return Recurrence(kept.rule, kept.start, found.at, fixed)


def _late(tx: Tx, late: Sequence[str], wanted: Sequence[PersonId], fixed: str | None) -> str:
    if fixed is not None:
        return "The summary would come less than an hour after everybody is asked. Choose a later time."
    theirs, known = worktimes.of_many(tx, list(wanted)), people.people(tx, list(wanted))
    names = [known[one].name for one in wanted if one in known and theirs[one].zone in late]
    return (
        f"That is before {', '.join(names[:5]) or 'somebody'} had an hour to answer. Choose a later time, or the"
        " clocks of the person who begins last."
    )
