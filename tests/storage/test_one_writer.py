"""Why SQLite's WAL-reset bug cannot bite (docs/adr/0002-one-writer.md): only one connection ever commits."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from storage.database import Database
from storage.settings import queries as settings
from storage.values import WorkspaceId

A, B = WorkspaceId("TA"), WorkspaceId("TB")
CHECKPOINTS = ("COMMIT", "RELEASE", "PRAGMA WAL_CHECKPOINT", "VACUUM")
"""What lets SQLite write to the file or begin a checkpoint."""

Seen = set[tuple[str, int, str]]


@contextmanager
def watching() -> Iterator[Seen]:
    """Every statement any connection executes: its thread, its connection, its first words."""
    seen: Seen = set()

    def note(connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
        words = " ".join(statement.split()[:2]).upper()
        seen.add((threading.current_thread().name, id(connection.connection.dbapi_connection), words))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_one_connection_commits_and_checkpoints(database: Database) -> None:
    """Under load, with readers beside it and works that fail, one connection on one thread does all of it."""
    with watching() as seen:
        await asyncio.gather(*(busy(database, number) for number in range(200)), return_exceptions=True)
    writers = {(thread, one) for thread, one, words in seen if words.startswith(("INSERT", *CHECKPOINTS))}
    assert len(writers) == 1
    assert {thread for thread, _ in writers} == {"sqlite-writer"}
    readers = {words for thread, _, words in seen if thread.startswith("sqlite-reader")}
    assert readers <= {"PRAGMA QUERY_ONLY=ON", "BEGIN", "SELECT SETTINGS.VALUE", "ROLLBACK"}
    assert "SELECT SETTINGS.VALUE" in readers


async def busy(database: Database, number: int) -> None:
    """A work that is kept, one that fails, and a look, in two workspaces."""
    workspace = A if number % 2 else B
    await asyncio.gather(
        database.transact(workspace, lambda tx: settings.put(tx, f"s{number}", {"n": number}, None)),
        database.read(workspace, lambda tx: settings.find(tx, f"s{number}")),
        database.transact(workspace, lambda _: number // (number % 5)),
    )
