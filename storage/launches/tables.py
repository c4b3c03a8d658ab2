"""Tables of launches: the launch, its items, its functions' leads, its dates and its votes."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class LaunchRow(Scoped, Base):
    """One launch; its name, permalink and audience are the thing's."""

    __tablename__ = "launches"
    __table_args__ = (
        Index("launches_by_state", "workspace", "state", "on"),
        Index("launches_to_tell", "workspace", "tell_at"),
        Index("launches_in_channel", "workspace", "channel"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    tier: Mapped[str]
    state: Mapped[str]
    owner: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str | None] = mapped_column(String(32))
    told_on: Mapped[date]
    tell_at: Mapped[datetime | None]
    gate: Mapped[str]
    round: Mapped[int]
    required: Mapped[list[Json]]
    outcome: Mapped[str | None]
    decision: Mapped[int | None]
    shown_on: Mapped[date]
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    version: Mapped[int]


class ItemRow(Scoped, Base):
    """One readiness item; numbered within its launch."""

    __tablename__ = "launch_items"
    __table_args__ = (
        Index("launch_items_owner", "workspace", "owner", "state"),
        Index("launch_items_ask", "workspace", "ask_on"),
    )

    launch: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    function: Mapped[str | None]
    owner: Mapped[str | None] = mapped_column(String(32))
    t_minus: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[str]
    reason: Mapped[str | None]
    condition: Mapped[bool]
    ask_on: Mapped[date | None]
    asked: Mapped[str]
    round: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    version: Mapped[int]


class LeadRow(Scoped, Base):
    """Who sees to a function's part of a launch, and the notice the function needs."""

    __tablename__ = "launch_leads"
    __table_args__ = (Index("launch_leads_of", "workspace", "person", "launch"),)

    launch: Mapped[int] = mapped_column(primary_key=True)
    function: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str | None] = mapped_column(String(32))
    notice: Mapped[int]
    told: Mapped[bool]


class MoveRow(Scoped, Base):
    """A launch got another date, and whether that was undone at once."""

    __tablename__ = "launch_moves"

    launch: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[date]
    after: Mapped[date]
    reason: Mapped[str]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    undone: Mapped[bool]


class VoteRow(Scoped, Base):
    """A function voted; never changed, the last one counts."""

    __tablename__ = "launch_votes"

    launch: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    function: Mapped[str] = mapped_column(String(32))
    person: Mapped[str] = mapped_column(String(32))
    vote: Mapped[str]
    reason: Mapped[str | None]
    item: Mapped[int | None]
    at: Mapped[datetime]
