"""Tables of people, channels and memberships."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class PersonRow(Scoped, Base):
    """A person; `learned_at` is None while only an id is known."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    admin: Mapped[bool]
    zone: Mapped[str]
    dm: Mapped[str | None]
    learned_at: Mapped[datetime | None]
    function: Mapped[str | None]
    own_function: Mapped[str | None]


class ChannelRow(Scoped, Base):
    """A channel."""

    __tablename__ = "channels"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    shared: Mapped[bool]
    archived: Mapped[bool]
    ours: Mapped[bool]


class MemberRow(Scoped, Base):
    """Somebody is in a channel; no row means not known to be."""

    __tablename__ = "channel_members"
    __table_args__ = (Index("channel_members_of", "workspace", "person", "channel"),)

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
