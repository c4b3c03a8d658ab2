"""What becomes of an occurrence whose time has come. Pure."""

from collections.abc import Collection
from datetime import date, datetime

from storage.calendar import local_date
from storage.schedules.values import APART, WORTH_ASKING, Late, OccurrenceState, Why
from storage.worktime.values import Availability, Off

Becomes = tuple[OccurrenceState, Why | None]

_OFF = {Off.AWAY: Why.AWAY, Off.HOLIDAY: Why.HOLIDAY, Off.DAY_OFF: Why.DAY_OFF}


def of_slot(
    now: datetime, on: date, due_at: datetime, zone: str, late: Late, skips: Collection[date]
) -> Becomes:
    """Run it, leave it out because somebody said so, or admit that it is too late."""
    if on in skips:
        return OccurrenceState.SKIPPED, Why.ASKED_TO_SKIP
    if late is Late.PROMPT and (
        now - due_at > WORTH_ASKING or local_date(now, zone) != local_date(due_at, zone)
    ):
        return OccurrenceState.MISSED, Why.WE_WERE_DOWN
    return OccurrenceState.WAITING, None


def of_person(becomes: Becomes, due_at: datetime, asked_elsewhere: datetime | None) -> Becomes:
    """The same for one person; who has just moved here is not asked twice within half a day."""
    waiting = becomes[0] is OccurrenceState.WAITING
    if waiting and asked_elsewhere is not None and due_at - asked_elsewhere < APART:
        return OccurrenceState.SKIPPED, Why.MOVED_ZONE
    return becomes


def day_off(there: Availability, on: date) -> Why | None:
    """Why a person is not asked on a date; None where they are."""
    off = there.off_on(on)
    return None if off is None else _OFF[off]
