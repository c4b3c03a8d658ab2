"""Tables of feedback, its supporters, the reactions that made it, the channels that capture, and what shipped."""

from datetime import date, datetime

from sqlalchemy import Index, String, column
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json

_PART = column("part_of").is_not(None)
_REDRAW = column("redraw").is_not(None)
_UNANSWERED = column("answer_at").is_not(None)


def _where_said(name: str, *columns: str) -> Index:
    """An index of the rows that have one: most have none, and pay nothing for it."""
    has = column(columns[0]).is_not(None)
    return Index(name, "workspace", *columns, sqlite_where=has, postgresql_where=has)


class FeedbackRow(Scoped, Base):
    """One piece of feedback; its title, owner and audience are the thing's.

    `account_state` is how its account stood when it was named, `same` what two of the same words have in common.
    `outside` is the key of the same work in another tracker (`PAY-12`).
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("feedback_message", "workspace", "channel", "message_ts", unique=True),
        Index("feedback_by", "workspace", "captured_by", "state", "number"),
        Index("feedback_author", "workspace", "author", "state", "number"),
        Index("feedback_captured", "workspace", "state", "captured_at"),
        _where_said("feedback_for", "account", "number"),
        _where_said("feedback_same", "same"),
        Index("feedback_stands", "workspace", "state", "number"),
        Index("feedback_about", "workspace", "area", "number"),
        _where_said("feedback_outside", "outside", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    words: Mapped[str | None]
    words_state: Mapped[str]
    account: Mapped[str | None] = mapped_column(String(32))
    source: Mapped[str]
    channel: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    author: Mapped[str | None] = mapped_column(String(32))
    captured_by: Mapped[str] = mapped_column(String(32))
    captured_at: Mapped[datetime]
    touched: Mapped[bool]
    version: Mapped[int]
    account_state: Mapped[str | None]
    area: Mapped[str | None] = mapped_column(String(32))
    same: Mapped[str | None] = mapped_column(String(64))
    outside: Mapped[str | None] = mapped_column(String(80))


class MergeRow(Scoped, Base):
    """It was merged `into` another one: how it stood before, and the links the other one has by it alone."""

    __tablename__ = "feedback_merges"
    __table_args__ = (Index("feedback_merges_into", "workspace", "into"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    into: Mapped[int]
    was: Mapped[str]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    links: Mapped[list[Json]]


class OriginRow(Scoped, Base):
    """Feedback that came from elsewhere: what comes with the same `origin` again is the same."""

    __tablename__ = "feedback_origins"

    origin: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]


class SupporterRow(Scoped, Base):
    """Somebody who wants it too; whoever only set an emoji is told what is known of it from `answer_at` on, once."""

    __tablename__ = "feedback_supporters"
    __table_args__ = (
        Index("feedback_supporters_of", "workspace", "person", "number"),
        Index(
            "feedback_unanswered",
            "workspace",
            "person",
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime]
    answer_at: Mapped[datetime | None]


class AskedRow(Scoped, Base):
    """Somebody asked for the same in their own words, which are kept as they were said; `account` is for whom."""

    __tablename__ = "feedback_asked"
    __table_args__ = (
        Index("feedback_asked_of", "workspace", "number"),
        Index("feedback_asked_for", "workspace", "account"),
        Index("feedback_asked_by", "workspace", "person", "number"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int]
    person: Mapped[str] = mapped_column(String(32))
    account: Mapped[str | None] = mapped_column(String(32))
    account_state: Mapped[str | None]
    words: Mapped[str | None]
    at: Mapped[datetime]


class StandingRow(Scoped, Base):
    """What somebody said becomes of it: for when, what a customer may be told, and why, which stays inside.

    Each time is a `turn`, the last one holds.
    """

    __tablename__ = "feedback_standings"

    number: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    planned_for: Mapped[date | None]
    sentence: Mapped[str | None]
    reason: Mapped[str | None]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class ReopeningRow(Scoped, Base):
    """What was declined, to be looked at again once one of these comes true; `by` said so."""

    __tablename__ = "feedback_reopenings"
    __table_args__ = (Index("feedback_reopenings_due", "workspace", "look_at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    accounts: Mapped[int | None]
    on: Mapped[date | None]
    value: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(32))
    look_at: Mapped[datetime]


class TriageRow(Scoped, Base):
    """How it was sorted: who took it, when it first was and whether in the time promised, and the parts of its score.

    Until `later` nobody is shown it again. `theme` is what somebody wrote that day, `about` the theme it is. `spurned` is
    what somebody said to the offer that it is the same as another one.
    """

    __tablename__ = "feedback_triage"
    __table_args__ = (
        Index("feedback_triage_at", "workspace", "triaged_at"),
        Index("feedback_triage_theme", "workspace", "about", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    taken_by: Mapped[str | None] = mapped_column(String(32))
    triaged_at: Mapped[datetime | None]
    in_time: Mapped[bool | None]
    later: Mapped[date | None]
    theme: Mapped[str | None]
    about: Mapped[str | None]
    impact: Mapped[int | None]
    confidence: Mapped[int | None]
    effort: Mapped[int | None]
    spurned: Mapped[str | None] = mapped_column(String(8))


class ThemeRow(Scoped, Base):
    """What feedback is about, in the workspace's own words; `folded` is its name as it is compared.

    `place` says who reads the name: everybody here where it is empty, else a channel's members, or one person.
    What counts under another one is `part_of` it. Cards of feedback numbered below `redraw` show an older name yet.
    """

    __tablename__ = "themes"
    __table_args__ = (
        Index("themes_named", "workspace", "place", "folded", unique=True),
        Index("themes_parts", "workspace", "part_of", sqlite_where=_PART, postgresql_where=_PART),
        Index("themes_redraw", "workspace", sqlite_where=_REDRAW, postgresql_where=_REDRAW),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    place: Mapped[str] = mapped_column(String(32))
    area: Mapped[str | None] = mapped_column(String(32))
    part_of: Mapped[str | None] = mapped_column(String(32))
    retired: Mapped[bool]
    version: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(String(32))
    redraw: Mapped[int | None]


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


class ShipmentRow(Scoped, Base):
    """A launch that has shipped."""

    __tablename__ = "feedback_shipments"

    launch: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class ClosingRow(Scoped, Base):
    """What was wanted has shipped, and the sentence for those who wanted it."""

    __tablename__ = "feedback_closings"
    __table_args__ = (Index("feedback_closed", "workspace", "at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    launch: Mapped[int]
    sentence: Mapped[str]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


_UNTOLD = column("telling").is_(None)


class ToldRow(Scoped, Base):
    """Somebody who hears, once, of a turn of it (0: that it shipped), from `due` on; `telling` is the key of how."""

    __tablename__ = "feedback_told"
    __table_args__ = (
        Index("feedback_untold", "workspace", "person", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    telling: Mapped[str | None]
    due: Mapped[datetime]
