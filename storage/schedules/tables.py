"""Tables of series, the zones they are due in, their people, and their occurrences."""

from datetime import date, datetime, time

from sqlalchemy import Index, String, column, literal
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.schedules.values import OccurrenceState
from storage.values import Json

_MISSED = column("missed_from").is_not(None)
_WAITS = column("state") == literal(OccurrenceState.WAITING.value, String, literal_execute=True)


class SeriesRow(Scoped, Base):
    """One series. `skips` are dates nobody is to be asked on; `missed_*` span what its owner was not told of."""

    __tablename__ = "series"
    __table_args__ = (
        Index("series_owned", "workspace", "owner"),
        Index("series_missed", "workspace", "owner", "key", sqlite_where=_MISSED, postgresql_where=_MISSED),
    )

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    rule: Mapped[str]
    start: Mapped[date]
    at: Mapped[time]
    zone: Mapped[str | None]
    per_person: Mapped[bool]
    subject: Mapped[dict[str, Json]]
    owner: Mapped[str | None]
    state: Mapped[str]
    skips: Mapped[list[Json]]
    missed_from: Mapped[date | None]
    missed_until: Mapped[date | None]
    created_at: Mapped[datetime]


class SeriesZoneRow(Scoped, Base):
    """A series in one zone in use: its next date there and when that is due (civil time)."""

    __tablename__ = "series_zones"
    __table_args__ = (Index("series_zones_due", "workspace", "due_at"),)

    series: Mapped[str] = mapped_column(String(128), primary_key=True)
    zone: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_date: Mapped[date]
    due_at: Mapped[datetime]


class SeriesPersonRow(Scoped, Base):
    """Somebody the series asks."""

    __tablename__ = "series_people"
    __table_args__ = (Index("series_people_of", "workspace", "person", "series"),)

    series: Mapped[str] = mapped_column(String(128), primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)


class OccurrenceRow(Scoped, Base):
    """One date of a series for one recipient; the recipient is empty where it is for nobody in particular.

    `due_at` is when it was due, `wake_at` when it is next tried.
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        Index("occurrences_due", "workspace", "wake_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("occurrences_of", "workspace", "recipient", "due_at"),
    )

    series: Mapped[str] = mapped_column(String(128), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(32), primary_key=True)
    zone: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime]
    wake_at: Mapped[datetime]
    tries: Mapped[int]
    state: Mapped[str]
    why: Mapped[str | None]
    settled_at: Mapped[datetime | None]
