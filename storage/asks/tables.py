"""The table of asks."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class AskRow(Scoped, Base):
    """One ask or telling; `due_at` is civil time, `letter` the key of the message it went out in."""

    __tablename__ = "asks"
    __table_args__ = (
        Index("asks_due", "workspace", "state", "due_at"),
        Index("asks_of", "workspace", "person", "state", "kind"),
    )

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    person: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str]
    summary: Mapped[str]
    blocks: Mapped[list[Json]]
    due_at: Mapped[datetime]
    state: Mapped[str]
    letter: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
