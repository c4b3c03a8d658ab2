"""What every table is made of: the declarative base, the workspace key, and instants.

Statements name a row's workspace by `OURS`: a bound value that only the transaction fills in
(`storage.database.tx`), so a statement cannot be pointed at another workspace by mistake.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BindParameter, DateTime, Dialect, String, bindparam
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from storage.values import Json, aware

WORKSPACE_BIND = "our_workspace"
OURS: BindParameter[str] = bindparam(WORKSPACE_BIND, type_=String)
"""The transaction's own workspace; the only value a scoped table may be compared with."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC: `timestamptz` on PostgreSQL, text without a zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant = aware(value).astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Tables are declared on this; they are used through statements, never through a session."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        dict[str, Json]: JSON(none_as_null=True),
        list[Json]: JSON(none_as_null=True),
    }


class Scoped:
    """A table whose every row belongs to one workspace, first in its key."""

    workspace: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=-99)


def scoped_names() -> frozenset[str]:
    """The tables whose rows belong to a workspace."""
    return frozenset(name for name, table in Base.metadata.tables.items() if "workspace" in table.c)
