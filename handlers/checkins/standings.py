"""How people stand to a round that is about to close: who could act, who was away, who was asked. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handlers.checkins.rules import LAST_HOURS, TO_ANSWER
from storage.asks.values import Ask, AskState, Held
from storage.calendar import local_instant
from storage.checkins.values import Moved, Round
from storage.schedules.values import WORTH_ASKING, Occurrence, OccurrenceState, Outage, Why
from storage.values import PersonId
from storage.worktime.values import Availability, Off


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a round that is about to close.

    `to_come` is when they are still to be asked, if they are.
    """

    person: PersonId
    there: Availability
    occurrence: Occurrence | None
    ask: Ask | None
    answered: bool
    to_come: datetime | None = None


def moved(
    found: Round, standings: Iterable[Standing], now: datetime, outage: Outage | None
) -> tuple[Moved, datetime] | None:
    """Why a round must not close yet, and until when; None where everybody could act, or it was moved before.

    It is moved once, to the end of the working day of those concerned.
    """
    if found.moved is not None:
        return None
    concerned: dict[Moved, list[Standing]] = {}
    for one in standings:
        if not one.answered and (why := _could_not(one, found, now, outage)) is not None:
            concerned.setdefault(why, []).append(one)
    if not concerned:
        return None
    until = max(end_of_day(one.there, now) for several in concerned.values() for one in several)
    return next(why for why in Moved if why in concerned), until


def end_of_day(there: Availability, now: datetime) -> datetime:
    """When somebody's working day ends: today's where they work and it is not over, else the next one's."""
    day = there.today(there.morning_after(now))
    today = there.today(now)
    ends = local_instant(today, there.hours.end, there.zone)
    if there.off_on(today) is None and now < ends:
        return ends
    return local_instant(day, there.hours.end, there.zone)


def away(standings: Iterable[Standing]) -> list[PersonId]:
    """Who was away, by day or by what they told us since; a day off is nobody's business."""
    return [one.person for one in standings if not one.answered and _is_away(one)]


def asked(standings: Iterable[Standing]) -> int:
    """How many were asked, or answered unasked."""
    return sum(
        one.answered or (one.occurrence is not None and one.occurrence.state is OccurrenceState.DONE)
        for one in standings
        if one.answered or not _is_away(one)
    )


def missed(standings: Iterable[Standing]) -> int:
    """How many were not asked because we were not running."""
    return sum(not one.answered and _was_missed(one) for one in standings)


# ---------------------------------------------------------------------------------------------------------


def _could_not(one: Standing, found: Round, now: datetime, outage: Outage | None) -> Moved | None:
    """Why somebody could not act yet and still can; what nobody can be asked for any more moves nothing."""
    its_day = one.there.today(now) == found.on
    if _was_missed(one):
        works = local_instant(found.on, one.there.hours.end, one.there.zone) > now
        return Moved.WE_WERE_DOWN if its_day and works else None
    if one.to_come is not None and one.there.off_on(found.on) is None:
        return (
            Moved.NOT_ASKED if now - one.to_come <= WORTH_ASKING and (its_day or one.to_come > now) else None
        )
    if one.ask is None or _is_away(one):
        return None
    if one.ask.delivered_at is None:
        return _undelivered(one.ask)
    return Moved.WE_WERE_DOWN if _down_at_the_end(found, outage) else None


def _undelivered(ask: Ask) -> Moved | None:
    """Not what the person set themselves holds it back: their budget, or their absence."""
    if ask.state is AskState.SENT or (ask.state is AskState.WAITING and ask.held in (None, Held.UNDELIVERED)):
        return Moved.NOT_DELIVERED
    early = ask.state is AskState.WAITING and ask.held in (Held.HOURS, Held.QUIET)
    return Moved.NOT_ASKED if early else None


def _down_at_the_end(found: Round, outage: Outage | None) -> bool:
    """Whether we were down for an hour or more of the last four in which they could have answered."""
    if outage is None:
        return False
    began = max(outage.began, found.closes_at - LAST_HOURS, found.opened_at)
    return min(outage.ended, found.closes_at) - began >= TO_ANSWER


def _was_missed(one: Standing) -> bool:
    return one.occurrence is not None and one.occurrence.state is OccurrenceState.MISSED


def _is_away(one: Standing) -> bool:
    skipped = one.occurrence is not None and one.occurrence.why is Why.AWAY
    held = one.ask is not None and one.ask.delivered_at is None and one.ask.held is Held.AWAY
    on = None if one.occurrence is None else one.there.off_on(one.occurrence.on)
    return skipped or held or (on is Off.AWAY and one.ask is None)
