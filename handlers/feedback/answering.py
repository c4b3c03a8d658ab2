"""Looking up what is known of feedback: who asked, who looks after it and until when they answer, how it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from handlers.asks import service as asks
from handlers.feedback import rules
from handlers.feedback.answers import Answer
from storage.accounts import queries as accounts
from storage.areas import queries as areas
from storage.areas.values import Area, AreaId
from storage.calendar import local_instant, workdays_before
from storage.database import Tx
from storage.feedback import accounts as accounts_of
from storage.feedback import asking, family, reopenings, standings, triage
from storage.feedback.values import Closing, Feedback, FeedbackState, Kind, Source
from storage.people import queries as people
from storage.settings import queries as settings
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import ChannelId, PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import Availability

PASSED_ON = (Kind.PRAISE, Kind.CHURN_RISK)
"""Kinds that are passed on to those they are for; nobody promises an answer."""
PROMISE = "feedback.promise"
DAYS = 5
"""Working days within which whoever looks after an area answers, until somebody sets another number."""


def known(
    tx: Tx, feedback: Feedback, viewer: PersonId, closed: Closing | None = None, *, new: bool = False
) -> Answer:
    """What is known of it, as this person is told; `new` is what they captured just now, which nobody else asked for."""
    day, reach = worktimes.asked_today(tx, viewer), asking.asked_reach(tx, feedback.number, viewer)
    standing = None if feedback.state is FeedbackState.NEW else standings.find(tx, feedback.number)
    sentence = standing.sentence if standing is not None else None
    answer = Answer(
        day(),
        reach(),
        None if standing is None else standing.planned_for,
        closed.sentence if closed is not None else sentence,
        feedback.account if new else _customer(tx, feedback, viewer),
    )
    match feedback.state:
        case FeedbackState.NEW if feedback.kind in PASSED_ON:
            told = asks.report(tx, rules.passed_prefix(feedback))
            return replace(answer, passed_to=tuple(_name(tx, one.person) for one in told))
        case FeedbackState.NEW:
            return _awaited(tx, feedback, answer, viewer)
        case FeedbackState.TRIAGED:
            return _taken(tx, feedback, answer, viewer)
        case FeedbackState.DECLINED:
            again = reopenings.find(tx, feedback.number)
            return answer if again is None else replace(answer, again=again.when)
    return answer


def keeper(tx: Tx, area: Area | None) -> tuple[PersonId, Availability] | None:
    """Who looks after an area now, and when they can be reached; None while nobody does."""
    if area is None or area.owner is None:
        return None
    people_of = [one for one in (area.owner, area.deputy) if one is not None]
    times = worktimes.of_many(tx, people_of)
    away = [one for one in people_of if times[one].away_on(times[one].today(tx.now)) is not None]
    found = rules.keeper(people_of, away)
    return found, times[found]


def may_say(tx: Tx, feedback: Feedback, person: PersonId, kind: PersonKind, *, admin: bool) -> bool:
    """Whether this person may say what becomes of it; of a churn risk whose account it is, and who leads them, too."""
    if rules.may_say(person, area_of(tx, feedback), member=kind is PersonKind.MEMBER, admin=admin):
        return True
    number = accounts_of.of(tx, feedback.number) if feedback.kind is Kind.CHURN_RISK else None
    account = None if number is None else accounts.find(tx, number)
    return account is not None and person in (account.owner, account.lead)


def promised(tx: Tx, feedback: Feedback, there: Availability) -> date:
    """By which day whoever is reached so answers: so many working days from when it was captured, or reopened."""
    again = standings.find(tx, feedback.number) if feedback.state is FeedbackState.NEW else None
    begun = feedback.captured_at if again is None else again.at
    return there.workdays_after(there.today(begun), promise(tx))


def overdue_before(tx: Tx, there: Availability) -> datetime:
    """What was captured before then should have been answered by now."""
    today, days = there.today(tx.now), promise(tx)
    first = workdays_before(today, days, there.worktime.workdays, there.days_off)
    return local_instant(first, time(), there.zone)


def in_time(tx: Tx, feedback: Feedback) -> bool | None:
    """Whether it is answered in time if that is done now; None where nobody promised, as of what was imported."""
    found = None if feedback.source is Source.IMPORT else keeper(tx, area_of(tx, feedback))
    return None if found is None else found[1].today(tx.now) <= promised(tx, feedback, found[1])


def area_of(tx: Tx, feedback: Feedback) -> Area | None:
    """The area it is about: the first one where nobody said; None where there is none yet."""
    found = None if feedback.area is None else areas.find(tx, feedback.area)
    return found or next(iter(areas.every(tx)), None)


def areas_for(tx: Tx, feedback: Feedback) -> list[Area]:
    """The areas it can be about, the one it is about first."""
    now = area_of(tx, feedback)
    others = [one for one in areas.every(tx) if not one.retired and (now is None or one.id != now.id)]
    return others if now is None else [now, *others]


def area_in(tx: Tx, channel: ChannelId | None) -> AreaId | None:
    """The area that what is said in this channel is about, if somebody said so."""
    found = None if not channel else areas.of_channel(tx, channel)
    return None if found is None else found.id


def area_chosen(tx: Tx, chosen: str | None, channel: ChannelId | None) -> Callable[[], AreaId | None]:
    """The area somebody chose, else the one of the channel; asked now and taken later."""
    where = areas.asked_of_channel(tx, channel) if channel else lambda: None

    def area() -> AreaId | None:
        found = (areas.find(tx, AreaId(chosen)) if chosen else None) or where()
        return None if found is None else found.id

    return area


def promise(tx: Tx) -> int:
    """How many working days whoever looks after an area takes to answer."""
    kept = settings.find(tx, PROMISE)
    days = DAYS if kept is None else kept["days"]
    return days if isinstance(days, int) else DAYS


# ---------------------------------------------------------------------------------------------------------


def _customer(tx: Tx, feedback: Feedback, viewer: PersonId) -> str | None:
    """The account this person asked for last."""
    theirs = [
        one.account for one in asking.asked(tx, feedback.number) if one.person == viewer and one.account
    ]
    if theirs:
        return theirs[-1]
    if feedback.captured_by == viewer:
        return feedback.account
    captured = family.captured(tx, feedback.number, viewer)
    return None if captured is None else captured[0]


def _awaited(tx: Tx, feedback: Feedback, answer: Answer, viewer: PersonId) -> Answer:
    """Who looks after it, and by when they answer: so many of their own working days from the capture."""
    area = area_of(tx, feedback)
    found = keeper(tx, area)
    if area is None or found is None:
        return answer
    whose, there = found
    if not _sees(tx, feedback, whose):
        return answer
    several = len(areas.every(tx)) > 1
    return replace(
        answer,
        area=area.name if several else None,
        keeper=_name(tx, whose),
        mine=whose == viewer,
        promised=promised(tx, feedback, there),
    )


def _sees(tx: Tx, feedback: Feedback, person: PersonId) -> bool:
    known = people.person(tx, person)
    return known is not None and things.visible(tx, feedback.reference, Viewer(known.id, known.kind))


def _taken(tx: Tx, feedback: Feedback, answer: Answer, viewer: PersonId) -> Answer:
    """Who took it."""
    taken = triage.find(tx, feedback.number).taken_by
    return answer if taken is None else replace(answer, keeper=_name(tx, taken), mine=taken == viewer)


def _name(tx: Tx, person: PersonId) -> str:
    known = people.person(tx, person)
    return known.name if known is not None and known.name else "a colleague"
