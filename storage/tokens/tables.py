"""The table of tokens."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class TokenRow(Scoped, Base):
    """One token; only its digest is kept."""

    __tablename__ = "tokens"
    __table_args__ = (Index("tokens_written", "workspace", "digest", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    by: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
