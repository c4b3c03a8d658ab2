"""Changes that go to PostgreSQL in one statement: `WITH c0 AS (INSERT …), c1 AS (UPDATE …) SELECT 1`.

Each way to the database and back costs more than what most changes do there. They share one statement only where
they cannot meet: all parts of a statement see the rows as they were before it. Called by the transaction.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from storage.database.prepared import Prepared, told

Change = tuple[Prepared, Mapping[str, Any]]
"""A change and its values."""

_CHANGED = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
_VALUE = re.compile(r"%\((\w+)\)s")


def change(connection: Connection, changes: Sequence[Change]) -> None:
    """Make these changes, as if one after the other."""
    for group in _groups(changes):
        sql = group[0][0].sql if len(group) == 1 else _joined(tuple(one for one, _ in group))
        cursor = connection.connection.cursor()
        try:
            cursor.execute(sql, group[0][0].bound(group[0][1]) if len(group) == 1 else _values(group))
        except connection.dialect.loaded_dbapi.Error as error:
            raise told(error, connection, sql) from error
        finally:
            cursor.close()


def _groups(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """As few as may be. No two in one touch the same table, unless both only add rows to it."""
    group: list[Change] = []
    added: set[str] = set()
    changed: set[str] = set()
    for one in changes:
        table, adds = _touches(one[0])
        if table in changed or (table in added and not adds):
            yield group
            group, added, changed = [], set(), set()
        group.append(one)
        (added if adds else changed).add(table)
    if group:
        yield group


@cache
def _touches(prepared: Prepared) -> tuple[str, bool]:
    """The table it changes, and whether it only adds rows."""
    found = _CHANGED.match(prepared.sql)
    if found is None or "SELECT" in prepared.sql:
        raise ValueError(f"it is put, but may read what others change: {prepared.sql[:200]}")
    return found[2], found[1] == "INSERT INTO" and "DO UPDATE" not in prepared.sql


@cache
def _joined(several: tuple[Prepared, ...]) -> str:
    """One statement that makes several changes; its values are named after their change's place in it."""
    parts = (f"c{at} AS ({_VALUE.sub(_name(at), one.sql)})" for at, one in enumerate(several))
    return f"WITH {', '.join(parts)} SELECT 1"


def _name(at: int) -> str:
    return rf"%(c{at}_\1)s"


def _values(group: Sequence[Change]) -> dict[str, Any]:
    return {
        f"c{at}_{name}": value
        for at, (prepared, values) in enumerate(group)
        for name, value in prepared.bound(values).items()
    }
