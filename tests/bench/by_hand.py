"""What asking everybody who is due costs by hand: the driver, set statements, and nothing that could be left out.

The rows are those our own path has written, with other people's names in them. A script like this has to find who is
due, compose each message as JSON and write the rows, five hundred people at a time so that nobody waits long for the
writer. It decides nothing: not whether somebody is away, was asked elsewhere, has had enough for today, or covers.
"""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from sqlalchemy.engine import make_url

from tests.bench.teams import Company

AT_ONCE = 500

_DUE = """
    SELECT z.workspace, z.series, z.zone, z.next_date, c.number, p.id, p.dm
    FROM series_zones z
    JOIN series s ON s.workspace = z.workspace AND s.key = z.series AND s.state = 'active'
    JOIN checkins c ON c.workspace = z.workspace AND c.series = z.series
    JOIN series_people sp ON sp.workspace = z.workspace AND sp.series = z.series
    JOIN people p ON p.workspace = sp.workspace AND p.id = sp.person AND p.zone = z.zone
    WHERE z.workspace = 'T0BENCH' AND z.due_at <= ?
    ORDER BY c.number
"""
_WRITTEN = {
    "occurrences": "SELECT * FROM occurrences WHERE state = 'done' LIMIT 1",
    "checkin_rounds": "SELECT * FROM checkin_rounds LIMIT 1",
    "checkin_reminders": "SELECT * FROM checkin_reminders LIMIT 1",
    "asks": "SELECT * FROM asks WHERE state = 'sent' LIMIT 1",
    "outbox": "SELECT * FROM outbox WHERE method = 'chat.postMessage' AND state = 'pending' LIMIT 1",
}
_DRAW = "UPDATE boards SET wanted = wanted + 1, stale = ? WHERE workspace = ? AND key = ?"
_MOVE_ON = "UPDATE series_zones SET next_date = ?, due_at = ? WHERE workspace = ? AND series = ? AND zone = ?"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One row of each table as our own path wrote it, and where a series that was due stands now."""

    rows: Mapping[str, Row]
    next_date: Any
    due_at: Any


def written(url: str) -> Written:
    """Look at what our own path has written."""
    with _Driver(url) as driver:
        rows = {table: driver.row(sql) for table, sql in _WRITTEN.items()}
        zone = driver.row("SELECT next_date, due_at FROM series_zones WHERE series = 'checkin:1'")
    return Written(rows, zone["next_date"], zone["due_at"])


def ask(url: str, company: Company, like: Written) -> float:
    """Ask everybody who is due, and write what our own path writes; the seconds it took."""
    with _Driver(url) as driver:
        began = time.perf_counter()
        due = driver.due(company)
        for first in range(0, len(due), AT_ONCE):
            _write(driver, due[first : first + AT_ONCE], like)
            driver.commit()
        return time.perf_counter() - began


def _write(driver: "_Driver", people: Sequence[Any], like: Written) -> None:
    rows: dict[str, list[Row]] = {table: [] for table in _WRITTEN}
    series = {}
    for workspace, key, zone, on, number, person, dm in people:
        new = {"series": key, "number": number, "recipient": person, "person": person}
        if key not in series:
            series[key] = (like.next_date, like.due_at, workspace, key, zone)
            rows["checkin_rounds"].append(_like(like, "checkin_rounds", new))
        asked = f"checkin:{number}:{on}:{person}"
        letter = f"asks:{person}:{asked}"
        rows["occurrences"].append(_like(like, "occurrences", new))
        rows["checkin_reminders"].append(_like(like, "checkin_reminders", new))
        rows["asks"].append(
            _like(like, "asks", new | {"key": asked, "letter": letter, "about": f"C-{number}"})
        )
        rows["outbox"].append(_outgoing(like.rows["outbox"], letter, asked, person, dm))
    for table, those in rows.items():
        driver.insert(table, those)
    driver.many(_DRAW, [(driver.true, one[0], f"home:{one[5]}") for one in people])
    driver.many(_MOVE_ON, list(series.values()))


def _like(like: Written, table: str, new: Row) -> Row:
    row = like.rows[table]
    return {**row, **{name: value for name, value in new.items() if name in row}}


def _outgoing(row: Row, letter: str, asked: str, person: str, dm: str) -> Row:
    return {
        **row,
        "id": f"{time.time_ns():016x}{len(asked):06x}",
        "key": letter,
        "arguments": {**row["arguments"], "channel": dm},
        "plainer": {**row["plainer"], "channel": dm},
        "lane": f"post:{dm}",
        "thread": f"dm:{person}",
        "to": person,
        "about": {"keys": [asked], "letter": letter, "recipient": person},
    }


class _Driver:
    """A connection of either kind, used as bare as it comes."""

    def __init__(self, url: str) -> None:
        self._lite = url.startswith("sqlite")
        self._connection: Any
        if self._lite:
            self._connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN IMMEDIATE")
        else:
            self._connection = psycopg.connect(url)
        self.true = 1 if self._lite else True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def row(self, sql: str) -> Row:
        """One row, its JSON read."""
        cursor = self._connection.execute(sql)
        names = [one[0] for one in cursor.description]
        return {name: _read(value) for name, value in zip(names, cursor.fetchone(), strict=True)}

    def due(self, company: Company) -> Sequence[Any]:
        """Everybody who is due."""
        at: Any = company.morning
        if self._lite:
            at = company.morning.isoformat(" ", "microseconds")[:26]
        found: list[Any] = self._connection.execute(self._sql(_DUE), (at,)).fetchall()
        return found

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add these rows."""
        if rows:
            names = ", ".join(f'"{one}"' for one in rows[0])
            sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' for _ in rows[0])})"  # noqa: S608 - our own names
            self.many(sql, [[_plain(value) for value in row.values()] for row in rows])

    def many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """The same statement for each of these values."""
        self._connection.cursor().executemany(self._sql(sql), values)

    def commit(self) -> None:
        """Make it durable, and go on."""
        if self._lite:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
        else:
            self._connection.commit()

    def _sql(self, sql: str) -> str:
        return sql if self._lite else sql.replace("?", "%s")


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value
