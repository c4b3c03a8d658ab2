"""The table of settings."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class SettingRow(Scoped, Base):
    """One setting of a workspace; the value is whatever its model says."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[dict[str, Json]]
    set_by: Mapped[str | None]
    set_at: Mapped[datetime]
