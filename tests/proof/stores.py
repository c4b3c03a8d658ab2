"""A database the harness can look into, save and put back, beside the process that uses it."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import Connection, create_engine, or_, select
from sqlalchemy.pool import NullPool
from typing_extensions import override

import migrations.models
from storage.outbox.tables import BoardRow, OutboxRow
from storage.outbox.values import OPEN

Rows = Sequence[Mapping[str, Any]]
Tables = Mapping[str, Rows]

SOME = 5
TABLES = migrations.models.metadata.tables

_OPEN_CALLS = select(OutboxRow.key, OutboxRow.state).where(OutboxRow.state.in_(OPEN)).limit(SOME)
_OPEN_BOARDS = (
    select(BoardRow.key).where(or_(BoardRow.stale, BoardRow.on_its_way), BoardRow.gone.is_(False)).limit(SOME)
)


_EMPTIED = "; ".join(
    ["SET session_replication_role = replica", *(f'DELETE FROM "{name}"' for name in TABLES)]  # noqa: S608 - names of our own tables
)
"""In one go, and in any order; so few rows are gone sooner than `TRUNCATE` has made new files."""


class Store(Protocol):
    """One database, of either kind."""

    url: str

    def tables(self, *names: str) -> Tables:
        """What stands in these tables, or in all of them."""

    def unfinished(self) -> list[str]:
        """Some of the calls and boards that are not done yet, in words."""

    def save(self) -> object:
        """Everything in it; nobody else may be writing."""

    def restore(self, saved: Any) -> None:
        """Make it what it was; nobody else may have it open."""

    def close(self) -> None:
        """Let go of it."""


class _Store:
    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._connection: Connection | None = None

    def tables(self, *names: str) -> Tables:
        connection = self._connected()
        return {
            name: [dict(row) for row in connection.execute(select(TABLES[name])).mappings()]
            for name in names or TABLES
        }

    def unfinished(self) -> list[str]:
        connection = self._connected()
        calls = [f"{key} is {state}" for key, state in connection.execute(_OPEN_CALLS)]
        return [*calls, *(f"the board {key} is not drawn" for (key,) in connection.execute(_OPEN_BOARDS))]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._prepare(self._connection)
        return self._connection

    def _prepare(self, connection: Connection) -> None:
        """Before the first look."""


class SqliteStore(_Store):
    """A SQLite file, looked at over a connection that never checkpoints: that is its owner's to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite:///{path}")
        self._path = path

    def save(self) -> bytes:
        self.close()
        connection = sqlite3.connect(self._path)
        try:
            return connection.serialize()
        finally:
            connection.close()

    def restore(self, saved: bytes) -> None:
        self.close()
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._path.write_bytes(saved)

    @override
    def _prepare(self, connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")


class PostgresStore(_Store):
    """A PostgreSQL database; rows are saved as COPY writes them."""

    def save(self) -> dict[str, bytes]:
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            saved = {}
            for name in TABLES:
                with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                    saved[name] = b"".join(bytes(part) for part in copy)
            return saved

    def restore(self, saved: dict[str, bytes]) -> None:
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(_EMPTIED)
            for name, rows in saved.items():
                if rows:
                    with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                        copy.write(rows)
