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

MOST = 16
"""Changes in one statement: enough for what a person does, and few enough to be planned once and kept."""

_CHANGED = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
_VALUE = re.compile(r"%\((\w+)\)s")


def change(connection: Connection, changes: Sequence[Change]) -> None:
    """Make these changes, as if one after the other."""
    raw: Any = connection.connection.dbapi_connection
    for group in _groups(changes):
        sql, places = _joined(tuple(one for one, _ in group))
        bound = [one.bound(values) for one, values in group]
        cursor = connection.dialect.loaded_dbapi.RawCursor(raw)
        try:
            cursor.execute(sql, [bound[at][name] for at, name in places])
        except connection.dialect.loaded_dbapi.Error as error:
            raise told(error, connection, sql.decode()) from error
        finally:
            cursor.close()


def _groups(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """As few as may be, of at most MOST changes. No two in one touch the same table, unless both only add rows to it."""
    group: list[Change] = []
    added: set[str] = set()
    changed: set[str] = set()
    for one in changes:
        table, adds = _touches(one[0])
        if len(group) == MOST or table in changed or (table in added and not adds):
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
def _joined(several: tuple[Prepared, ...]) -> tuple[bytes, list[tuple[int, str]]]:
    """One statement that makes several changes, and of which change its nth value is which.

    It has numbers for its values, as the server does: so large a statement the driver would otherwise read anew
    each time, looking for their names.
    """
    places: list[tuple[int, str]] = []
    parts = []
    for at, one in enumerate(several):
        sql = one.sql
        for name in dict.fromkeys(_VALUE.findall(sql)):
            places.append((at, name))
            sql = sql.replace(f"%({name})s", f"${len(places)}")
        parts.append(f"c{at} AS ({sql.replace('%%', '%')})")
    return f"WITH {', '.join(parts)} SELECT 1".encode(), places
