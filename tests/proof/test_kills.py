"""A kill at any instant changes nothing of the thread: on SQLite and on PostgreSQL, exhaustively."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import databases
from tests.proof.kills import Rehearsed, kill_everywhere, rehearse
from tests.proof.life import At, Side
from tests.proof.scenes import SCENES
from tests.proof.stores import PostgresStore, SqliteStore, Store

MOMENTS: tuple[tuple[At, Side], ...] = (
    ("commit", "before"),
    ("commit", "after"),
    ("call", "before"),
    ("call", "after"),
)

LANES = 3
"""Runs at a time for each kind of moment."""


@dataclass(frozen=True, slots=True)
class Theatre:
    """The rehearsed scenes, and databases for each kind of moment to die at."""

    parts: dict[str, Rehearsed]
    stores: list[Store]
    folder: Path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def theatre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """Databases of a kind, and the thread as it goes when nobody dies."""
    folder = tmp_path_factory.mktemp("theatre")
    with ExitStack() as stack:
        stores: list[Store] = []
        for number in range(len(MOMENTS) * LANES):
            if request.param == "sqlite":
                path = folder / f"{number}.db"
                shutil.copy(request.getfixturevalue("sqlite_template"), path)
                stores.append(SqliteStore(path))
            else:
                server = request.getfixturevalue("postgres_template")
                url = stack.enter_context(databases.copy_of_template(server, f"theatre{number}"))
                stores.append(PostgresStore(url))
        rehearsed = asyncio.run(rehearse(SCENES, stores[0], folder))
        yield Theatre({part.scene.name: part for part in rehearsed}, stores, folder)


@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
async def test_a_kill_changes_nothing(theatre: Theatre, name: str) -> None:
    """Before and after every commit and every call, the end is the same as if nobody had died."""
    part, died = theatre.parts[name], []

    async def everywhere(number: int) -> None:
        stores = theatre.stores[number :: len(MOMENTS)]
        died.append(await kill_everywhere(part, *MOMENTS[number], stores, theatre.folder))

    async with asyncio.TaskGroup() as kinds:
        for number in range(len(MOMENTS)):
            kinds.create_task(everywhere(number))
    assert all(died), "nobody died of one kind of moment: the harness proves nothing"
