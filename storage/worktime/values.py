"""A person's working time as they set it, and what follows for a day or a moment of theirs. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from storage.calendar import (
    WEEKDAYS,
    Hours,
    is_working,
    local_date,
    local_instant,
    local_time,
    next_working_moment,
    next_working_morning,
    workdays_after,
)
from storage.values import PersonId

ASKS_A_DAY = 3
TELLS_A_DAY = 3


class Off(StrEnum):
    """Why a day is not a working day, or a moment not a good one."""

    AWAY = "away"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    HOURS = "hours"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when nothing is sent, by the person's own clock; past midnight where it ends earlier."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether it is quiet at that time of day."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class WorkTime:
    """What a person set, or what holds until they do.

    `zone` None follows Slack; `country` is for holidays, and until they set anything it is that of their zone.
    """

    zone: str | None = None
    workdays: frozenset[int] = WEEKDAYS
    start: time = time(9)
    end: time = time(17)
    quiet: Quiet | None = None
    country: str | None = None
    asks_a_day: int = ASKS_A_DAY
    tells_a_day: int = TELLS_A_DAY

    def __post_init__(self) -> None:
        quiet = self.quiet
        if quiet is not None and quiet.covers(self.start) and not self.start < quiet.end < self.end:
            raise ValueError("Quiet hours must leave some of the working hours.")


@dataclass(frozen=True, slots=True)
class Away:
    """Not there, both days included; `cover` is asked meanwhile what can be asked of somebody else."""

    first: date
    last: date
    cover: PersonId | None = None
    set_by: PersonId | None = None

    def on(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Availability:
    """A person's working time with everything looked up: their zone, their holidays, when they are away."""

    worktime: WorkTime
    zone: str
    aways: tuple[Away, ...] = ()
    holidays: frozenset[date] = field(default=frozenset(), repr=False)

    @property
    def hours(self) -> Hours:
        """Their working hours, for `storage.calendar`."""
        return Hours(self.zone, self.worktime.workdays, self.worktime.start, self.worktime.end)

    @property
    def days_off(self) -> frozenset[date]:
        """Holidays and days away, for `storage.calendar`."""
        return self.holidays | {
            one.first + timedelta(days=ahead)
            for one in self.aways
            for ahead in range((one.last - one.first).days + 1)
        }

    def today(self, now: datetime) -> date:
        """Which day it is where they are."""
        return local_date(now, self.zone)

    def away_on(self, day: date) -> Away | None:
        """Whether they are away that day, and until when."""
        return next((one for one in self.aways if one.on(day)), None)

    def off_on(self, day: date) -> Off | None:
        """Why that day is no working day of theirs; None where it is one."""
        if self.away_on(day) is not None:
            return Off.AWAY
        if day in self.holidays:
            return Off.HOLIDAY
        return None if day.isoweekday() in self.worktime.workdays else Off.DAY_OFF

    def workdays_after(self, day: date, number: int) -> date:
        """The day so many of their working days later."""
        return workdays_after(day, number, self.worktime.workdays, self.days_off)

    def busy_at(self, now: datetime) -> Off | None:
        """Why this is not a moment to say something to them; None where it is."""
        off = self.off_on(self.today(now))
        if off is not None:
            return off
        if not is_working(now, self.hours):
            return Off.HOURS
        return Off.QUIET if self._quiet(now) else None

    def morning_after(self, now: datetime) -> datetime:
        """When they next begin to work, and it is not quiet."""
        return self._not_quiet(next_working_morning(now, self.hours, self.days_off))

    def moment_from(self, now: datetime) -> datetime:
        """The first good moment to say something to them: now, if it is one."""
        return self._not_quiet(next_working_moment(now, self.hours, self.days_off))

    def midnight(self, now: datetime) -> datetime:
        """When their day began."""
        return local_instant(self.today(now), time(), self.zone)

    def _not_quiet(self, moment: datetime) -> datetime:
        quiet = self.worktime.quiet
        while quiet is not None and self._quiet(moment):
            ended = local_instant(self.today(moment), quiet.end, self.zone)
            if ended <= moment:
                ended = local_instant(self.today(moment) + timedelta(days=1), quiet.end, self.zone)
            moment = next_working_moment(ended, self.hours, self.days_off)
        return moment

    def _quiet(self, now: datetime) -> bool:
        if self.worktime.quiet is None:
            return False
        return self.worktime.quiet.covers(local_time(now, self.zone))
