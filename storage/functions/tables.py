"""The table of functions."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class FunctionRow(Scoped, Base):
    """One function of a workspace that changed any; one that changed none has no rows.

    `folded` is its name as it is compared. Planned launches numbered below `unsettled` may still show it as it was
    before it changed.
    """

    __tablename__ = "functions"
    __table_args__ = (Index("functions_named", "workspace", "folded", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    place: Mapped[int]
    part_of: Mapped[str | None] = mapped_column(String(32))
    retired: Mapped[bool]
    takes: Mapped[list[Json]]
    past: Mapped[list[Json]]
    version: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(String(32))
    unsettled: Mapped[int | None]
