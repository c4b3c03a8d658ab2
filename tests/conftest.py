"""Databases for tests: a SQLite file and a real PostgreSQL that pip installed, each made anew per test.

`make test` runs them in several processes. What shares something costly (a file's fixtures, a database of one
kind) stays together in one of them, and what takes longest begins first.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import migrations
from storage.database import Clock, Database
from storage.values import WorkspaceId
from storage.worktime import public_holidays
from tests import databases
from tests.front import FrontDoor, front_door

WORKSPACE = WorkspaceId("T0NORTHWIND")
BEGINS = datetime(2026, 11, 29, 12, tzinfo=UTC)
"""A Sunday in winter, when it is a public holiday nowhere in the company for almost four weeks."""
HEAVIEST_WORK = 0.25
"""Seconds of its thread's own time a work may take; nothing holds the writer."""


LONGEST = (
    "tests/proof/",
    "tests/bot/seeding/",
    "tests/simulation/",
    "tests/bot/sandbox/test_page",
    "tests/test_house",
    "tests/bot/test_cli",
    "tests/handlers/",
)
"""What should begin first, so that no process ends long after the others."""
DATABASES = ("sqlite", "postgresql")
ONE_COMPANY = "tests/bot/seeding/"
"""All of it looks at one company, which takes a minute to make."""


def pytest_configure() -> None:
    """Everything is written to memory where there is enough of it: nobody pulls the plug of a test's machine.

    Holidays are read in as a process does it when it starts.
    """
    public_holidays.load()
    if databases.MEMORY is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(databases.MEMORY))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name what stays together, and put the longest first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_together(item.nodeid)))
    items.sort(key=lambda item: [not item.nodeid.startswith(one) for one in LONGEST])


def _together(name: str) -> str:
    """What stays in one process."""
    if name.startswith(ONE_COMPANY):
        return ONE_COMPANY
    kinds = [one for one in DATABASES if one in name.partition("[")[2]]
    return "-".join([name.partition("::")[0], *kinds])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server on a socket in a temporary directory."""
    try:
        with databases.postgres_server() as url:
            yield url
    except databases.NoPostgres as missing:
        pytest.skip(f"no PostgreSQL here: {missing}")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The same server, with a migrated database to copy."""
    databases.make_template(postgres_server)
    return postgres_server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "throughline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgres_template")
    with databases.copy_of_template(server, f"t{abs(hash(tmp_path))}") as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database; fails the test when a work held its thread for too long."""
    database = Database(database_url, Clock())
    yield database
    await database.close()
    slowest, name = database.slowest
    assert slowest <= HEAVIEST_WORK, f"{name} held the database thread for {slowest:.3f} s"


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[FrontDoor]:
    """Throughline in a workspace of the local Slack, on each database in turn."""
    async with front_door(database_url, begins=BEGINS) as door:
        yield door
        slowest, name = door.app.database.slowest
    assert slowest <= HEAVIEST_WORK, f"{name} held the database thread for {slowest:.3f} s"
