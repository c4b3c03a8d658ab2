"""Tables of the outbox: calls, the pace of their lanes, and boards."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    and_,
    column,
    false,
    literal,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from storage.database import Base, Scoped
from storage.outbox.values import DOABLE, DONE, OPEN, State
from storage.values import Json


def is_in(
    state: ColumnElement[str] | InstrumentedAttribute[str], states: Iterable[State]
) -> ColumnElement[bool]:
    """Whether a row is in one of these states.

    They are written out, not bound: a partial index serves only a query that says the same words.
    """
    return state.in_([literal(one.value, String, literal_execute=True) for one in states])


_OPEN, _DOABLE, _DONE = (is_in(column("state"), states) for states in (OPEN, DOABLE, DONE))
_PARKED, _BLOCKED, _DEAD = (
    is_in(column("state"), [state]) for state in (State.PARKED, State.BLOCKED, State.DEAD)
)
_WANTING = and_(column("stale") == true(), column("on_its_way") == false(), column("gone") == false())


class OutboxRow(Scoped, Base):
    """One call. Times that say when to act are steady times; `last_moment` is civil.

    `attempt` only grows and fences what a courier may record; `tries` are the attempts that count. The indexes
    hold what is not finished, so that two weeks of sent rows cost the courier nothing.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        Index(
            "outbox_lanes",
            "workspace",
            "method",
            "lane",
            "id",
            sqlite_where=_DOABLE,
            postgresql_where=_DOABLE,
        ),
        Index("outbox_wakes", "wake_at", sqlite_where=_DOABLE, postgresql_where=_DOABLE),
        Index("outbox_thread", "thread", "workspace", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("outbox_parked", "workspace", "to", sqlite_where=_PARKED, postgresql_where=_PARKED),
        Index("outbox_blocked", "workspace", "id", sqlite_where=_BLOCKED, postgresql_where=_BLOCKED),
        Index("outbox_dead", "workspace", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
        Index("outbox_done", "created_at", sqlite_where=_DONE, postgresql_where=_DONE),
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
    __table_args__ = (Index("paces_free", "free_at"),)

    lane: Mapped[str] = mapped_column(String(128), primary_key=True)
    free_at: Mapped[datetime]


class BoardRow(Scoped, Base):
    """One board. It wants rendering while `wanted` is ahead of `sent` and nothing of it is on its way."""

    __tablename__ = "boards"
    __table_args__ = (
        Index("boards_wanting", "workspace", "key", sqlite_where=_WANTING, postgresql_where=_WANTING),
        Index("boards_about", "workspace", "about"),
    )

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
    pin: Mapped[bool] = mapped_column(server_default=false())
    about: Mapped[str | None] = mapped_column(String(32))
    """The thing it shows (`F-12`)."""
