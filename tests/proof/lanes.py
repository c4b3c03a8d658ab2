"""Databases for plays: as many of one kind as are played on at a time."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.proof.stores import PostgresStore, SqliteStore, Store
from tests.proof.theatre import LANES


@contextmanager
def stores_for(request: pytest.FixtureRequest, folder: Path) -> Iterator[Sequence[Store]]:
    """Of the kind that is asked for."""
    with ExitStack() as stack:
        yield [_store(request, stack, folder, number) for number in range(LANES)]


def _store(request: pytest.FixtureRequest, stack: ExitStack, folder: Path, number: int) -> Store:
    if request.param == "sqlite":
        path = folder / f"{number}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return SqliteStore(path)
    server = request.getfixturevalue("postgres_template")
    return PostgresStore(stack.enter_context(databases.copy_of_template(server, f"{folder.name}{number}")))
