"""The table of accounts."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Scoped


class AccountRow(Scoped, Base):
    """One account; `folded` is its name as it is compared."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index("accounts_named", "workspace", "folded", unique=True),
        Index("accounts_owned", "workspace", "owner"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    public: Mapped[bool]
    segment: Mapped[str | None]
    value: Mapped[int | None]
    owner: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str | None]
    lead: Mapped[str | None] = mapped_column(String(32))
