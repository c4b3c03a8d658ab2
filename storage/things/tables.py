"""Tables of things, their named people, the counters of their numbers, and what links them."""

from datetime import datetime

from sqlalchemy import Index, String, column
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json

_PART = column("part_of").is_not(None)


class ThingRow(Scoped, Base):
    """One thing."""

    __tablename__ = "things"
    __table_args__ = (
        Index("things_owned", "workspace", "owner", "letter", "number"),
        Index("things_parts", "workspace", "letter", "part_of", sqlite_where=_PART, postgresql_where=_PART),
    )

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
    folded: Mapped[str | None]
    """The title as search reads it."""
    part_of: Mapped[int | None]
    """The one it was merged into; where that was merged, too, the last of them."""


class AudienceRow(Scoped, Base):
    """Somebody a thing with a named audience is open to."""

    __tablename__ = "thing_audience"

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)


class FollowerRow(Scoped, Base):
    """Somebody who wants to hear what becomes of a thing."""

    __tablename__ = "thing_followers"
    __table_args__ = (Index("thing_followers_of", "workspace", "person", "letter", "number"),)

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)


class CounterRow(Scoped, Base):
    """The last number given out for a letter."""

    __tablename__ = "counters"

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    last: Mapped[int]


class LinkRow(Scoped, Base):
    """Two things that belong together; the one that comes first by letter and number stands first."""

    __tablename__ = "links"
    __table_args__ = (Index("links_back", "workspace", "other_letter", "other_number"),)

    letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    other_letter: Mapped[str] = mapped_column(String(2), primary_key=True)
    other_number: Mapped[int] = mapped_column(primary_key=True)
    how: Mapped[str]
    state: Mapped[str]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class RippleRow(Scoped, Base):
    """A change that more people are to be told than one work tells; those up to `after` have been."""

    __tablename__ = "ripples"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    letter: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    headline: Mapped[str]
    words: Mapped[str]
    known: Mapped[list[Json]]
    apart: Mapped[list[Json]]
    after: Mapped[str] = mapped_column(String(32))
