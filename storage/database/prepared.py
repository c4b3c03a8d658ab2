"""Statements made ready once: SQLAlchemy says their SQL and their types, the driver runs them.

Called by the transaction. Our statements are constants, but SQLAlchemy finds each one's SQL and builds a
result for it at every run, which costs six times what SQLite takes to answer. Here what it found is kept, from
the first run on: finding it costs more than a hundred runs, so it is not done twice. A list in an `IN` may be of any
length, and each length is other SQL: so lists are filled up, by repeating their last value, to the next of a few
lengths. Only for a list longer than the longest is `ready` None, and SQLAlchemy runs the statement as ever.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]
Key = tuple[str | int | None, ...]
"""The database's dialect, the names of the values that are given, and how long the lists among them are."""
Lists = Mapping[str, Sequence[str]]
"""The lists among the values: their names, and those of the places in the SQL that they fill."""

LENGTHS = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

_VALUE = re.compile(r"%\((\w+)\)s")

PLAIN = re.compile("[A-Za-z0-9_]*")
"""Constants without any sign that means something in SQL."""

_known: WeakKeyDictionary[Executable, tuple[tuple[str, ...], dict[Key, "Prepared"]]] = WeakKeyDictionary()
"""Of each statement the lists among its values, and what was made of it."""


def ready(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
    """The statement made ready for these values' names, or None where SQLAlchemy has to run it."""
    found = _known.get(statement)
    if found is not None:
        lists, made = found
        lengths = _lengths(values, lists) if lists else ()
        if None in lengths:
            return None
        prepared = made.get((dialect.name, *values, *lengths))
        if prepared is not None:
            return prepared
    return readied(statement, dialect, values)


def readied(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
    """The same, made ready now by this very dialect, whether or not it was before."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=[*values])  # type: ignore[attr-defined]  # all of ours have it
    lists = tuple(name for name, bind in compiled.binds.items() if bind.expanding and bind.required)
    _, made = _known.setdefault(statement, (lists, {}))
    lengths = _lengths(values, lists)
    if None in lengths:
        return None
    prepared = _prepare(statement, compiled, dialect, _filled(values, lists), lists)
    made[dialect.name, *values, *lengths] = prepared
    return prepared


class Prepared:
    """One statement's SQL for one kind of database, and what its values and columns pass through."""

    __slots__ = ("_fixed", "_into", "_lists", "_out_of", "_row", "numbered", "order", "sql")

    def __init__(
        self, sql: str, fixed: dict[str, Any], into: dict[str, Convert], lists: Lists, columns: "Columns"
    ) -> None:
        self.sql = sql
        self.numbered, self.order = _numbered(sql)
        self._fixed = fixed
        self._lists = lists
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
        cursor: Any = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]  # it is open
        try:
            if isinstance(values, dict):
                cursor.execute(self.sql, self.bound(values))
            else:
                cursor.executemany(self.sql, [self.bound(each) for each in values])
            return self.made(cursor.fetchall() if self._row else ()), cursor.rowcount
        except connection.dialect.loaded_dbapi.Error as error:
            raise told(error, connection, self.sql) from error
        finally:
            cursor.close()

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the driver takes them."""
        bound = {**self._fixed, **values}
        if self._lists:
            bound = _filled(bound, self._lists)
            for name, places in self._lists.items():
                bound.update(zip(places, bound.pop(name), strict=True))
        for name, convert in self._into:
            bound[name] = convert(bound[name])
        return bound

    def made(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The driver's rows as ours."""
        if self._row is None:
            return []
        return [self._row(self._converted(row) if self._out_of else row) for row in rows]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self._out_of:
            values[place] = convert(values[place])
        return values


Columns = Sequence[tuple[str | None, Convert | None]]


def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The SQL with `$1`, `$2` … for its values, as PostgreSQL itself wants them, and their names in that order."""
    order = tuple(dict.fromkeys(_VALUE.findall(sql)))
    places = {name: f"${place}" for place, name in enumerate(order, start=1)}
    return _VALUE.sub(lambda found: places[found[1]], sql).replace("%%", "%"), order


def _lengths(values: Mapping[str, Any], lists: Iterable[str]) -> list[int | None]:
    """How long these lists are made; None for one that is longer than any we keep a statement for."""
    return [_length(len(values[name])) for name in lists]


def _length(count: int) -> int | None:
    return next((length for length in LENGTHS if length >= count), None)


def _filled(values: Mapping[str, Any], lists: Iterable[str]) -> dict[str, Any]:
    """The values with these lists filled up; saying a value twice asks for the same rows."""
    filled = dict(values)
    for name in lists:
        given = list(filled[name])
        filled[name] = given + given[-1:] * ((_length(len(given)) or 0) - len(given))
    return filled


def _prepare(
    statement: Any, compiled: Any, dialect: Dialect, values: Mapping[str, Any], lists: Iterable[str]
) -> Prepared:
    expanded = compiled.construct_expanded_state(values)
    places = {name: expanded.parameter_expansion[name] for name in lists}
    given = {*values, *(place for filled in places.values() for place in filled)}
    into = {name: to for bind, name in compiled.bind_names.items() if (to := _into(bind.type, dialect))}
    into = {name: to for name, to in into.items() if name not in places} | dict(expanded.processors)
    said = {**compiled.params, **expanded.additional_parameters}
    fixed = {name: value for name, value in said.items() if name not in given}
    fixed |= {name: into.pop(name)(fixed[name]) for name in fixed.keys() & into.keys()}
    sql = expanded.statement
    if dialect.name == "postgresql":
        sql = _written_in(sql, fixed)
    return Prepared(sql, fixed, into, places, _columns(statement, dialect))


def _written_in(sql: str, fixed: Mapping[str, Any]) -> str:
    """With our own constants in the SQL itself: a plan made once for all values knows how rare an open one is."""
    for name, value in fixed.items():
        if isinstance(value, bool | int) or (isinstance(value, str) and PLAIN.fullmatch(value)):
            written = f"'{value}'" if isinstance(value, str) else str(value)
            sql = sql.replace(f"%({name})s", written)
    return sql


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


def say(connection: Connection, sql: str) -> None:
    """Run a statement without values or rows by the driver itself, which takes a fifth of SQLAlchemy's time."""
    raw: Any = connection.connection.dbapi_connection
    try:
        raw.execute(sql)
    except connection.dialect.loaded_dbapi.Error as error:
        raise told(error, connection, sql) from error


def told(error: Any, connection: Connection, sql: str, *, lost: bool = False) -> DBAPIError:
    """The driver's error as SQLAlchemy tells it; a connection that is lost is given up."""
    raw = connection.connection.dbapi_connection
    lost = lost or connection.dialect.is_disconnect(error, raw, None)
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
