"""Statements made ready once: SQLAlchemy says their SQL and their types, the driver runs them.

Called by the transaction. Our statements are constants, but SQLAlchemy finds each one's SQL and builds a
result for it at every run, which costs six times what SQLite takes to answer. Here what it found is kept, from
the first run on: finding it costs more than a hundred runs, so it is not done twice. A list in an `IN` may be of any
length, and each length is other SQL: so lists are filled up, by repeating their last value, to the next of a few
lengths. Only for a list longer than the longest is `ready` None, and SQLAlchemy runs the statement as ever.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any
from weakref import ref

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]
Key = tuple[str | int | None, ...]
"""The database's dialect, the names of the values that are given, and how long the lists among them are."""
Places = Sequence[tuple[str, Convert | None]]
"""The values' names in the order of their places, and what each passes through."""
Lists = Mapping[str, Sequence[str]]
"""The lists among the values: their names, and those of the places in the SQL that they fill."""

LENGTHS = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

_VALUE = {"sqlite": re.compile(r":(\w+)"), "postgresql": re.compile(r"%\((\w+)\)s")}
_SIGN = {"sqlite": "?", "postgresql": "$"}
"""How SQLAlchemy writes a value's place for each database's driver, and how the database itself numbers them."""

PLAIN = re.compile("[A-Za-z0-9_]*")
"""Constants without any sign that means something in SQL."""

_known: dict[int, "Known"] = {}
"""By the statement's identity: comparing two statements makes a third."""


class Known:
    """What was found out about one statement, as long as it lives. `passed` is for whoever watches it."""

    __slots__ = ("_alive", "_lists", "_made", "passed")

    def __init__(self, statement: Executable) -> None:
        at = id(statement)
        self._alive = ref(statement, lambda _: _known.pop(at, None))
        self._lists: tuple[str, ...] | None = None
        self._made: dict[Key, Prepared] = {}
        self.passed = False

    def ready(self, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
        """The statement made ready for these values' names, or None where SQLAlchemy has to run it."""
        if self._lists:
            lengths = _lengths(values, self._lists)
            if None in lengths:
                return None
            prepared = self._made.get((dialect.name, *values, *lengths))
        else:
            prepared = self._made.get((dialect.name, *values))
        return prepared or self.readied(dialect, values)

    def readied(self, dialect: Dialect, values: Mapping[str, Any]) -> "Prepared | None":
        """The same, made ready now by this very dialect, whether or not it was before."""
        statement = self._alive()
        compiled: Any = statement.compile(dialect=dialect, column_keys=[*values])  # type: ignore[union-attr]  # whoever asks holds it
        lists = tuple(name for name, bind in compiled.binds.items() if bind.expanding and bind.required)
        self._lists, lengths = lists, _lengths(values, lists)
        if None in lengths:
            return None
        prepared = _prepare(statement, compiled, dialect, _filled(values, lists), lists)
        self._made[dialect.name, *values, *lengths] = prepared
        return prepared


def known(statement: Executable) -> Known:
    """What is known of this statement."""
    found = _known.get(id(statement))
    if found is None:
        found = _known[id(statement)] = Known(statement)
    return found


class Prepared:
    """One statement's SQL for one kind of database, and what its values and columns pass through."""

    __slots__ = ("_fixed", "_into", "_lists", "_out_of", "_pick", "_row", "sql")

    def __init__(
        self, sql: str, places: Places, fixed: Mapping[str, Any], lists: Lists, columns: "Columns"
    ) -> None:
        self.sql = sql
        names = [name for name, _ in places]
        self._pick: Callable[[Mapping[str, Any]], Sequence[Any]] = _none
        if names:
            self._pick = itemgetter(*names) if len(names) > 1 else _only(names[0])
        self._into = tuple((place, one) for place, (_, one) in enumerate(places) if one is not None)
        self._fixed = {name: fixed[name] for name in names if name in fixed}
        self._lists = lists
        self._out_of = tuple((place, one) for place, (_, one) in enumerate(columns) if one is not None)
        self._row: Callable[[Sequence[Any]], Any] | None = None
        if columns:
            named = namedtuple("Row", [name or "" for name, _ in columns], rename=True)  # type: ignore[misc]  # noqa: PYI024 - names are data
            self._row = partial(tuple.__new__, named)  # what `_make` does, without asking how many there are

    def run(
        self, connection: Connection, raw: Any, values: dict[str, Any] | list[dict[str, Any]]
    ) -> tuple[Sequence[Any], int]:
        """Its rows and how many it touched, by SQLite's driver, which is the connection's `raw` one.

        It is run once for each of several sets of values.
        """
        try:
            if isinstance(values, dict):
                cursor = raw.execute(self.sql, self.bound(values))
            else:
                cursor = raw.executemany(self.sql, [self.bound(each) for each in values])
            return self.made(cursor.fetchall()) if self._row else [], cursor.rowcount
        except connection.dialect.loaded_dbapi.Error as error:
            raise told(error, connection, self.sql) from error

    def bound(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """The values in the order of their places, as the driver takes them."""
        if self._fixed:
            values = {**self._fixed, **values}
        if self._lists:
            values = filled = _filled(values, self._lists)
            for name, places in self._lists.items():
                filled.update(zip(places, filled.pop(name), strict=True))
        if not self._into:
            return self._pick(values)
        bound = [*self._pick(values)]
        for place, convert in self._into:
            bound[place] = convert(bound[place])
        return bound

    def made(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The driver's rows as ours."""
        if self._row is None:
            return []
        if not self._out_of:
            return [*map(self._row, rows)]
        return [self._row(self._converted(row)) for row in rows]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self._out_of:
            values[place] = convert(values[place])
        return values


def _none(_values: Mapping[str, Any]) -> Sequence[Any]:
    return ()


def _only(name: str) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    return lambda values: (values[name],)


Columns = Sequence[tuple[str | None, Convert | None]]


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
    sql = _written_in(expanded.statement, fixed, _VALUE[dialect.name])
    sql, order = _numbered(sql, {*said, *given}, dialect.name)
    return Prepared(
        sql, tuple((name, into.get(name)) for name in order), fixed, places, _columns(statement, dialect)
    )


def _written_in(sql: str, fixed: Mapping[str, Any], value: re.Pattern[str]) -> str:
    """With our own constants in the SQL itself: a plan made once for all values knows how rare an open one is."""
    written = {
        name: f"'{each}'" if isinstance(each, str) else str(each)
        for name, each in fixed.items()
        if isinstance(each, bool | int) or (isinstance(each, str) and PLAIN.fullmatch(each))
    }
    return value.sub(lambda found: written.get(found[1], found[0]), sql)


def _numbered(sql: str, names: Container[str], dialect: str) -> tuple[str, Sequence[str]]:
    """The SQL with `?1` or `$1` … for its values, which spares the driver looking for names, and their order."""
    value, sign = _VALUE[dialect], _SIGN[dialect]
    order = list(dict.fromkeys(name for name in value.findall(sql) if name in names))
    places = {name: f"{sign}{place}" for place, name in enumerate(order, start=1)}
    sql = value.sub(lambda found: places.get(found[1], found[0]), sql)
    return sql.replace("%%", "%") if dialect == "postgresql" else sql, order


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
