"""Statements made ready once: SQLAlchemy says their SQL and their types, the driver runs them.

Called by the transaction. Our statements are constants, but SQLAlchemy finds each one's SQL and builds a
result for it at every run, which costs six times what SQLite takes to answer. Here what it found is kept, from
the first run on: finding it costs more than a hundred runs, so it is not done twice. A statement with a list of
any length has different SQL each time: for those `ready` is None, and SQLAlchemy runs them as ever.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]
Key = tuple[str, ...]
"""The database's dialect and the names of the values that are given."""

_met: WeakKeyDictionary[Executable, dict[Key, "Prepared | None"]] = WeakKeyDictionary()


def ready(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
    """The statement made ready for these values' names, or None where SQLAlchemy has to run it."""
    known = _met.setdefault(statement, {})
    key = (dialect.name, *values)
    if key not in known:
        known[key] = _prepare(statement, dialect, values)
    return known[key]


def readied(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
    """The same, made ready now by this very dialect, whether or not it was before."""
    prepared = _prepare(statement, dialect, values)
    _met.setdefault(statement, {})[dialect.name, *values] = prepared
    return prepared


class Prepared:
    """One statement's SQL for one kind of database, and what its values and columns pass through."""

    __slots__ = ("_fixed", "_into", "_out_of", "_row", "_sql")

    def __init__(self, sql: str, fixed: dict[str, Any], into: dict[str, Convert], columns: "Columns") -> None:
        self._sql = sql
        self._fixed = fixed
        self._into = tuple(into.items())
        self._out_of = tuple((place, one) for place, (_, one) in enumerate(columns) if one is not None)
        names = [name or "" for name, _ in columns]
        self._row: Callable[[Sequence[Any]], Any] | None = None
        if columns:
            self._row = namedtuple("Row", names, rename=True)._make  # type: ignore[attr-defined]  # noqa: PYI024 - names are data

    def run(
        self, connection: Connection, values: dict[str, Any] | list[dict[str, Any]]
    ) -> tuple[Sequence[Any], int]:
        """Its rows and how many it touched; run once for each of several sets of values."""
        cursor = connection.connection.cursor()
        try:
            if isinstance(values, dict):
                cursor.execute(self._sql, self._bound(values))
            else:
                cursor.executemany(self._sql, [self._bound(each) for each in values])
            return self._rows(cursor), cursor.rowcount
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(error, connection, self._sql) from error
        finally:
            cursor.close()

    def _bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        bound = {**self._fixed, **values}
        for name, convert in self._into:
            bound[name] = convert(bound[name])
        return bound

    def _rows(self, cursor: Any) -> list[Any]:
        if self._row is None:
            return []
        found: list[Sequence[Any]] = cursor.fetchall()
        return [self._row(self._converted(row) if self._out_of else row) for row in found]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self._out_of:
            values[place] = convert(values[place])
        return values


Columns = Sequence[tuple[str | None, Convert | None]]


def _prepare(statement: Any, dialect: Dialect, values: Mapping[str, Any]) -> Prepared | None:
    compiled = statement.compile(dialect=dialect, column_keys=[*values])
    if any(bind.expanding and bind.required for bind in compiled.binds.values()):
        return None
    expanded = compiled.construct_expanded_state(values)
    into = {name: to for bind, name in compiled.bind_names.items() if (to := _into(bind.type, dialect))}
    into |= expanded.processors
    said = {**compiled.params, **expanded.additional_parameters}
    fixed = {name: value for name, value in said.items() if name not in values}
    fixed |= {name: into.pop(name)(fixed[name]) for name in fixed.keys() & into.keys()}
    return Prepared(expanded.statement, fixed, into, _columns(statement, dialect))


def _columns(statement: Any, dialect: Dialect) -> Columns:
    if hasattr(statement, "returning_column_descriptions"):
        described = statement.returning_column_descriptions
    else:
        described = statement.column_descriptions
    return [
        (one["name"], one["type"].dialect_impl(dialect).result_processor(dialect, None)) for one in described
    ]


def _into(type_: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _told(error: Any, connection: Connection, sql: str) -> DBAPIError:
    """The driver's error as SQLAlchemy tells it; a connection that is lost is given up."""
    raw = connection.connection.dbapi_connection
    lost = connection.dialect.is_disconnect(error, raw, None)
    if lost:
        connection.invalidate(error)
    told = DBAPIError.instance(
        sql,
        None,
        error,
        connection.dialect.loaded_dbapi.Error,
        connection_invalidated=lost,
        dialect=connection.dialect,
    )
    assert isinstance(told, DBAPIError)
    return told
