"""Tables of the outbox: calls, the pace of their lanes, and boards."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class OutboxRow(Scoped, Base):
    """One call. Times that say when to act are steady times; `last_moment` is civil.

    `attempt` only grows and fences what a courier may record; `tries` are the attempts that count.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        Index("outbox_due", "state", "wake_at"),
        Index("outbox_thread", "workspace", "thread", "state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255))
    method: Mapped[str]
    arguments: Mapped[dict[str, Json]]
    plainer: Mapped[dict[str, Json] | None]
    was_plainer: Mapped[bool]
    lane: Mapped[str | None]
    thread: Mapped[str | None]
    to: Mapped[str | None]
    state: Mapped[str]
    wake_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    last_moment: Mapped[datetime | None]
    attempt: Mapped[int]
    tries: Mapped[int]
    first_sent_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]
    code: Mapped[str | None]
    ts: Mapped[str | None]
    then: Mapped[str | None]
    about: Mapped[dict[str, Json]]
    created_at: Mapped[datetime]


class PaceRow(Scoped, Base):
    """When a lane may be used again (steady time)."""

    __tablename__ = "paces"

    lane: Mapped[str] = mapped_column(String(128), primary_key=True)
    free_at: Mapped[datetime]


class BoardRow(Scoped, Base):
    """One board. It wants rendering while `wanted` is ahead of `sent` and nothing of it is on its way."""

    __tablename__ = "boards"
    __table_args__ = (Index("boards_wanting", "stale", "on_its_way"),)

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    renderer: Mapped[str]
    subject: Mapped[dict[str, Json]]
    place: Mapped[str]
    person: Mapped[str | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    wanted: Mapped[int]
    sent: Mapped[int]
    stale: Mapped[bool]
    on_its_way: Mapped[bool]
    gone: Mapped[bool]
    digest: Mapped[str | None]
