"""The table of roles."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped
from storage.values import Json


class DecisionRoleRow(Scoped, Base):
    """One role of a workspace that changed any; one that changed none has no rows. `folded` is its name as compared."""

    __tablename__ = "decision_roles"
    __table_args__ = (Index("decision_roles_named", "workspace", "folded", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    rule: Mapped[str] = mapped_column(String(16))
    place: Mapped[int]
    part_of: Mapped[str | None] = mapped_column(String(32))
    retired: Mapped[bool]
    past: Mapped[list[Json]]
    version: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(String(32))
