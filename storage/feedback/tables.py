"""Tables of feedback, its supporters, the reactions that made it, and the channels that capture."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class FeedbackRow(Scoped, Base):
    """One piece of feedback; its title, owner and audience are the thing's."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("feedback_message", "workspace", "channel", "message_ts", unique=True),
        Index("feedback_by", "workspace", "captured_by", "state", "number"),
        Index("feedback_author", "workspace", "author", "state", "number"),
        Index("feedback_captured", "workspace", "state", "captured_at"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    words: Mapped[str | None]
    words_state: Mapped[str]
    account: Mapped[str | None]
    source: Mapped[str]
    channel: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    author: Mapped[str | None] = mapped_column(String(32))
    captured_by: Mapped[str] = mapped_column(String(32))
    captured_at: Mapped[datetime]
    touched: Mapped[bool]
    version: Mapped[int]


class SupporterRow(Scoped, Base):
    """Somebody who wants it too."""

    __tablename__ = "feedback_supporters"

    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    since: Mapped[datetime]


class ReactionRow(Scoped, Base):
    """The last we heard of one person's emoji on one message; the newest event wins, whatever comes first."""

    __tablename__ = "feedback_reactions"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    message_ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    emoji: Mapped[str] = mapped_column(String(64), primary_key=True)
    active: Mapped[bool]
    event_ts: Mapped[str] = mapped_column(String(32))


class ListeningRow(Scoped, Base):
    """A channel where capturing was switched on or off."""

    __tablename__ = "feedback_listening"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
