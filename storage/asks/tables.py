"""The table of asks."""

from datetime import datetime

from sqlalchemy import Index, String, column, literal
from sqlalchemy.orm import Mapped, mapped_column

from storage.asks.values import AskState
from storage.database import Base, Scoped
from storage.values import Json

_WAITS = column("state") == literal(AskState.WAITING.value, String, literal_execute=True)


class AskRow(Scoped, Base):
    """One ask or telling; all times are civil, `letter` is the key of the message it went out in.

    Keys sort by their bytes, so that all with one beginning stand together in the index.
    """

    __tablename__ = "asks"
    __table_args__ = (
        Index("asks_due", "workspace", "due_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("asks_of", "workspace", "recipient", "state", "kind"),
        Index("asks_sent", "workspace", "recipient", "sent_at"),
        Index("asks_person", "workspace", "person", "created_at", "key"),
    )

    key: Mapped[str] = mapped_column(
        String(255).with_variant(String(255, collation="C"), "postgresql"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(32))
    recipient: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str]
    summary: Mapped[str]
    blocks: Mapped[list[Json]]
    about: Mapped[str | None]
    covered: Mapped[bool]
    due_at: Mapped[datetime]
    until: Mapped[datetime | None]
    state: Mapped[str]
    held: Mapped[str | None]
    held_note: Mapped[dict[str, Json] | None]
    letter: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
