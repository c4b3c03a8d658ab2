"""The table of installations."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class InstallationRow(Scoped, Base):
    """One workspace."""

    __tablename__ = "installations"

    bot_user: Mapped[str | None]
    bot_id: Mapped[str | None]
    state: Mapped[str]
    installed_at: Mapped[datetime] = mapped_column()
