"""The audit table."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class AuditRow(Scoped, Base):
    """One thing that was done; `actor` is None when Throughline did it by itself."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_thing", "workspace", "thing", "id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str | None]
    verb: Mapped[str]
    thing: Mapped[str]
    details: Mapped[dict[str, Json]]
