"""Tables of product areas and of the channels that belong to one."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class AreaRow(Scoped, Base):
    """One area; `folded` is its name as it is compared, `carded` the last day that had one card for all.

    What counts under another one is `part_of` it. Cards of feedback numbered below `redraw` say of it what was before.
    """

    __tablename__ = "areas"
    __table_args__ = (Index("areas_named", "workspace", "folded", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    owner: Mapped[str | None] = mapped_column(String(32))
    deputy: Mapped[str | None] = mapped_column(String(32))
    triage: Mapped[str | None] = mapped_column(String(32))
    cards: Mapped[str | None]
    carded: Mapped[date | None]
    part_of: Mapped[str | None] = mapped_column(String(32))
    retired: Mapped[bool]
    version: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(String(32))
    redraw: Mapped[int | None]


class AreaChannelRow(Scoped, Base):
    """What is said in this channel is about that area."""

    __tablename__ = "area_channels"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    area: Mapped[str] = mapped_column(String(32))
