"""What every table is made of: the declarative base, the workspace key, and instants.

Statements name a row's workspace by `OURS`: a bound value that only the transaction fills in
(`storage.database.tx`), so a statement cannot be pointed at another workspace by mistake.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Exists,
    Select,
    String,
    TableValuedAlias,
    bindparam,
    column,
    exists,
    func,
    literal,
    true,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.sql.functions import FunctionElement
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
        return None if value is None else aware(value).astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLAlchemy's own way to text and back takes five times as long, and every row has some of these."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=4096)  # what is written together is mostly of the same few moments
def _to_text(value: datetime | None) -> str | None:
    return None if value is None else aware(value).astimezone(UTC).isoformat(" ", "microseconds")[:26]


@lru_cache(maxsize=4096)
def _from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


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


class _Given(FunctionElement[Any]):
    inherit_cache = True
    name = "given"


def given(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The column, which SQLite is to know by then: it begins with its table, and not with the one it is compared to.

    SQLite has counted nothing: it takes a workspace for ten rows, and all its things of a letter for fewer than what
    an index finds of a channel or a state. PostgreSQL counts by itself, and has to see the bare column.
    """
    return _Given(column)


def looked_up(*such: ColumnElement[bool]) -> Exists:
    """Whether there is such a row, looked up for each row around it alone.

    PostgreSQL would else join the two or read the whole workspace into a table of its own, whenever it takes that for
    small, and a plan is kept.
    """
    return exists(Select(literal(1)).where(*such).offset(0))


def rows_given(name: str) -> TableValuedAlias:
    """What a statement is given under that name, row by row: a JSON object's keys, and under each a list of values.

    One UPDATE for many rows costs PostgreSQL a few times less than one for each.
    """
    each = func.json_each(bindparam(name, type_=JSON))
    return each.table_valued(column("key", String), column("value", JSON), name=name)


def insert_each(row: type[Base], **picked: ColumnElement[Any]) -> Insert:
    """Adds one row for each that is given, if it is not there: what is `picked` of it, the rest by the column's name."""
    columns = row.__table__.c
    values = {
        one.name: picked.get(one.name, bindparam(one.name, type_=one.type))
        for one in columns
        if one.name != "workspace"
    }
    each: Select[Any] = Select(OURS, *values.values())
    each = each.where(true())  # without it SQLite takes ON CONFLICT for a join's
    return Insert(row).from_select(["workspace", *values], each).on_conflict_do_nothing()


@compiles(_Given)
def _as_it_is(given: _Given, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(given.clauses, **kw))


@compiles(_Given, "sqlite")
def _without_its_index(given: _Given, compiler: Any, **kw: Any) -> str:
    return f"+{compiler.process(given.clauses, **kw)}"


def scoped_names() -> frozenset[str]:
    """The tables whose rows belong to a workspace."""
    return frozenset(name for name, table in Base.metadata.tables.items() if "workspace" in table.c)
