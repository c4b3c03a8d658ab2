"""When somebody may be asked or told. Pure."""

from datetime import datetime, timedelta

from storage.calendar import Hours, next_working_moment, next_working_morning

WORTH_SENDING = timedelta(hours=8)
"""An ask that could not be delivered on its day waits for the next one."""


def ask_at(now: datetime, zone: str) -> datetime:
    """An ask waits for the person's next working morning: it costs them nothing today."""
    return next_working_morning(now, Hours(zone=zone))


def tell_at(now: datetime, zone: str) -> datetime:
    """A telling goes at once in working hours, else when they next begin."""
    return next_working_moment(now, Hours(zone=zone))
