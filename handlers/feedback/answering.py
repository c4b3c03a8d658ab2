"""Looking up what is known of feedback: who asked, who looks after it and until when they answer, how it stands."""

from datetime import date

from handlers.feedback import rules
from handlers.feedback.answers import Answer
from storage.areas import queries as areas
from storage.areas.values import Area, AreaId
from storage.database import Tx
from storage.feedback import asking, standings
from storage.feedback.values import Closing, Feedback, FeedbackState
from storage.people import queries as people
from storage.settings import queries as settings
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes

PROMISE = "feedback.promise"
DAYS = 5
"""Working days within which whoever looks after an area answers, until somebody sets another number."""


def known(tx: Tx, feedback: Feedback, viewer: PersonId, closed: Closing | None = None) -> Answer:
    """What is known of it, as this person is told."""
    standing = None if feedback.state is FeedbackState.NEW else standings.find(tx, feedback.number)
    sentence = standing.sentence if standing is not None else None
    answer = Answer(
        today(tx, viewer),
        asking.reach(tx, feedback.number, viewer),
        None if standing is None else standing.planned_for,
        closed.sentence if closed is not None else sentence,
        _customer(tx, feedback, viewer),
    )
    return answer if feedback.state is not FeedbackState.NEW else _awaited(tx, feedback, answer, viewer)


def area_of(tx: Tx, feedback: Feedback) -> Area | None:
    """The area it is about: the first one where nobody said; None where there is none yet."""
    found = None if feedback.area is None else areas.find(tx, feedback.area)
    return found or next(iter(areas.every(tx)), None)


def area_in(tx: Tx, channel: ChannelId | None) -> AreaId | None:
    """The area that what is said in this channel is about, if somebody said so."""
    found = None if not channel else areas.of_channel(tx, channel)
    return None if found is None else found.id


def area_chosen(tx: Tx, chosen: str | None, channel: ChannelId | None) -> AreaId | None:
    """The area somebody chose, else the one of the channel."""
    found = None if not chosen else areas.find(tx, AreaId(chosen))
    return area_in(tx, channel) if found is None else found.id


def today(tx: Tx, person: PersonId) -> date:
    """Which day it is where this person is."""
    return worktimes.of(tx, person).today(tx.now)


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
    mine = feedback.account if feedback.captured_by == viewer else None
    return theirs[-1] if theirs else mine


def _awaited(tx: Tx, feedback: Feedback, answer: Answer, viewer: PersonId) -> Answer:
    """Who looks after it, and by when they answer: so many of their own working days from the capture."""
    area = area_of(tx, feedback)
    if area is None or area.owner is None:
        return answer
    people_of = [one for one in (area.owner, area.deputy) if one is not None]
    times = worktimes.of_many(tx, people_of)
    away = [one for one in people_of if times[one].away_on(times[one].today(tx.now)) is not None]
    keeper = rules.keeper(people_of, away)
    known = people.person(tx, keeper)
    several = len(areas.every(tx)) > 1
    begun = times[keeper].today(feedback.captured_at)
    return Answer(
        answer.today,
        answer.reach,
        sentence=answer.sentence,
        customer=answer.customer,
        area=area.name if several else None,
        keeper=known.name if known is not None and known.name else "a colleague",
        mine=keeper == viewer,
        promised=times[keeper].workdays_after(begun, promise(tx)),
    )
