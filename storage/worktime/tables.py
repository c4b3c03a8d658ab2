"""Tables of working time and of being away."""

from datetime import date, datetime, time

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class WorkTimeRow(Scoped, Base):
    """What a person set; no row where they never did. `workdays` are ISO weekdays."""

    __tablename__ = "worktimes"

    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    zone: Mapped[str | None]
    workdays: Mapped[list[Json]]
    start: Mapped[time]
    end: Mapped[time]
    quiet_start: Mapped[time | None]
    quiet_end: Mapped[time | None]
    country: Mapped[str | None]
    asks_a_day: Mapped[int]
    tells_a_day: Mapped[int]
    set_at: Mapped[datetime]


class AwayRow(Scoped, Base):
    """Somebody is not there from `first` to `last`, both included, by their own calendar."""

    __tablename__ = "aways"

    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date]
    cover: Mapped[str | None]
    set_by: Mapped[str | None]
    set_at: Mapped[datetime]
