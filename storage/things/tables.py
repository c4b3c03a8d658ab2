"""Tables of things, their named people, and the counters of their numbers."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class ThingRow(Scoped, Base):
    """One thing."""

    __tablename__ = "things"
    __table_args__ = (Index("things_owned", "workspace", "owner", "letter", "number"),)

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str]
    owner: Mapped[str | None]
    permalink: Mapped[str | None]
    version: Mapped[int]
    audience: Mapped[str]
    audience_channel: Mapped[str | None]
    created_at: Mapped[datetime]


class AudienceRow(Scoped, Base):
    """Somebody a thing with a named audience is open to."""

    __tablename__ = "thing_audience"

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)


class FollowerRow(Scoped, Base):
    """Somebody who wants to hear what becomes of a thing."""

    __tablename__ = "thing_followers"

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)


class CounterRow(Scoped, Base):
    """The last number given out for a letter."""

    __tablename__ = "counters"

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    last: Mapped[int]
