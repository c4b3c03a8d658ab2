"""The table of deliveries."""

from datetime import datetime

from sqlalchemy import Index, String, column
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json

_REPLY = column("reply").is_not(None)


class DeliveryRow(Scoped, Base):
    """One delivery that had its effect; `reply` is the answer it got, None for the empty one."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("deliveries_replies", "workspace", "at", sqlite_where=_REPLY, postgresql_where=_REPLY),
    )

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    reply: Mapped[dict[str, Json] | None]
    at: Mapped[datetime] = mapped_column(index=True)
