"""Tables of check-ins: the check-in, its rounds, who was asked, answers and their wordings, blockers."""

from datetime import date, datetime, time

from sqlalchemy import Index, String, column
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json

_ABOUT, _SETTLED = column("about").is_not(None), column("settled_at").is_not(None)


class CheckInRow(Scoped, Base):
    """One check-in; its name and audience are the thing's, when it asks and whom is the series'."""

    __tablename__ = "checkins"
    __table_args__ = (Index("checkins_channel", "workspace", "channel", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(128))
    channel: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(32))
    questions: Mapped[list[Json]]
    closes_at: Mapped[time]
    closes_zone: Mapped[str]
    created_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]


class RoundRow(Scoped, Base):
    """One local date of a check-in; the questions are kept as they were when it began."""

    __tablename__ = "checkin_rounds"
    __table_args__ = (Index("checkin_rounds_due", "workspace", "state", "closes_at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    questions: Mapped[list[Json]]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    moved: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    summary_ts: Mapped[str | None]


class ReminderRow(Scoped, Base):
    """Somebody was asked in a round and is to be reminded, once; gone once they have been, or need not be."""

    __tablename__ = "checkin_reminders"
    __table_args__ = (Index("checkin_reminders_due", "workspace", "remind_at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    remind_at: Mapped[datetime]


class AnswerRow(Scoped, Base):
    """Somebody answered in a round; `version` is their last wording."""

    __tablename__ = "checkin_answers"
    __table_args__ = (Index("checkin_answers_of", "workspace", "person", "number", "on_date"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime]
    late: Mapped[bool]


class AnswerTextRow(Scoped, Base):
    """The words to one question in one wording of an answer."""

    __tablename__ = "checkin_answer_texts"

    number: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]


class BlockerRow(Scoped, Base):
    """Something in somebody's way; its words are in `BlockerTextRow`."""

    __tablename__ = "blockers"
    __table_args__ = (
        Index("blockers_blocked", "workspace", "blocked", "state"),
        Index("blockers_asked", "workspace", "asked", "state"),
        Index("blockers_round", "workspace", "checkin", "on_date", "number"),
        Index("blockers_state", "workspace", "state", "number"),
        Index("blockers_about", "workspace", "about", sqlite_where=_ABOUT, postgresql_where=_ABOUT),
        Index(
            "blockers_settled", "workspace", "settled_at", sqlite_where=_SETTLED, postgresql_where=_SETTLED
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    checkin: Mapped[int | None]
    on_date: Mapped[date | None]
    channel: Mapped[str] = mapped_column(String(32))
    blocked: Mapped[str] = mapped_column(String(32))
    waits: Mapped[str]
    function: Mapped[str | None]
    person: Mapped[str | None] = mapped_column(String(32))
    asked: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str]
    since: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    changed_by: Mapped[str] = mapped_column(String(32))
    times: Mapped[int]
    version: Mapped[int]
    about: Mapped[str | None]


class BlockerTextRow(Scoped, Base):
    """The words about a blocker from one version on: what it is, the party outside, what was said last."""

    __tablename__ = "blocker_texts"

    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    outside: Mapped[str | None]
    note: Mapped[str | None]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
