"""The table of digests; when each is due is its series' to know."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class DigestRow(Scoped, Base):
    """A channel's digest, and until when it has told what happened."""

    __tablename__ = "digests"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    told_until: Mapped[datetime]
