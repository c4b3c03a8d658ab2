"""Tables of decisions: the decision, its wordings, the people in it, what they said, drafts and dates."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class DecisionRow(Scoped, Base):
    """One decision; its title, owner (the driver) and audience are the thing's, its words are in `TextRow`."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("decisions_driver", "workspace", "driver", "number"),
        Index("decisions_approver", "workspace", "approver", "state"),
        Index("decisions_source", "workspace", "channel", "message_ts", "number"),
        Index("decisions_decided", "workspace", "state", "decided_at"),
        Index("decisions_review", "workspace", "review_on"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    driver: Mapped[str] = mapped_column(String(32))
    approver: Mapped[str | None] = mapped_column(String(32))
    functions: Mapped[list[Json]]
    due_on: Mapped[date | None]
    review_on: Mapped[date | None]
    channel: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    recorded_by: Mapped[str] = mapped_column(String(32))
    recorded_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None]
    replaces: Mapped[int | None]
    replaced_by: Mapped[int | None]
    round: Mapped[int]
    text_version: Mapped[int]
    changed_by: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]


class TextRow(Scoped, Base):
    """One wording of a decision: a new row with each change of its words. `folded` is what search reads."""

    __tablename__ = "decision_texts"

    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    why: Mapped[str | None]
    options: Mapped[str | None]
    folded: Mapped[str]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class RoleRow(Scoped, Base):
    """A contributor, or somebody to be informed: `role` is the rule they follow.

    `known_as` is the role they are named in, where that is not the first of its rule.
    """

    __tablename__ = "decision_people"
    __table_args__ = (Index("decision_people_of", "workspace", "person", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    known_as: Mapped[str | None] = mapped_column(String(32))


class StanceRow(Scoped, Base):
    """What somebody who was asked said last, and in which round of asking; `version` counts how often."""

    __tablename__ = "decision_stances"

    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    stance: Mapped[str]
    reason: Mapped[str | None]
    round: Mapped[int]
    at: Mapped[datetime]
    version: Mapped[int]


class DraftRow(Scoped, Base):
    """Somebody's changes that are not saved yet."""

    __tablename__ = "decision_drafts"
    __table_args__ = (Index("decision_drafts_of", "workspace", "person", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen: Mapped[int]
    changes: Mapped[dict[str, Json]]
    begun_at: Mapped[datetime]


class DueRow(Scoped, Base):
    """Whom to remind of a decision, and on which day of their own calendar; gone once they have been."""

    __tablename__ = "decision_dues"
    __table_args__ = (Index("decision_dues_day", "workspace", "due_on"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(32))
    due_on: Mapped[date]
