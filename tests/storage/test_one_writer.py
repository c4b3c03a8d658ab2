"""Why SQLite's WAL-reset bug cannot bite (docs/adr/0002-one-writer.md): only one connection ever commits."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from storage.database import Clock, Database
from storage.settings import queries as settings
from tests.storage.works import A, B, on_sqlite, put

WRITING = ("INSERT", "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA WAL_CHECKPOINT", "VACUUM")
"""What lets SQLite write to the file or begin a checkpoint."""

Seen = set[tuple[str, int, str]]


@contextmanager
def watching() -> Iterator[Seen]:
    """Every statement SQLite runs on a connection opened meanwhile: its thread, its connection, its first words."""
    seen: Seen = set()

    def watch(connection: sqlite3.Connection, _record: object) -> None:
        def note(statement: str) -> None:
            words = " ".join(statement.split()[:2]).upper()
            seen.add((threading.current_thread().name, id(connection), words))

        connection.set_trace_callback(note)

    event.listen(Engine, "connect", watch)
    try:
        yield seen
    finally:
        event.remove(Engine, "connect", watch)


@on_sqlite
async def test_only_one_connection_commits_and_checkpoints(database_url: str) -> None:
    """Under load, with readers beside it and works that fail, one connection on one thread does all of it."""
    with watching() as seen:
        database = Database(database_url, Clock())
        await asyncio.gather(*(busy(database, number) for number in range(200)), return_exceptions=True)
        await database.close()
    writers = {(thread, one) for thread, one, words in seen if words.startswith(WRITING)}
    assert len(writers) == 1
    assert {thread for thread, _ in writers} == {"sqlite-writer"}
    readers = {words for thread, _, words in seen if thread.startswith("sqlite-reader")}
    assert {words for words in readers if not words.startswith("PRAGMA")} == {
        "BEGIN",
        "SELECT SETTINGS.VALUE",
        "ROLLBACK",
    }
    assert "PRAGMA QUERY_ONLY=ON" in readers


async def busy(database: Database, number: int) -> None:
    """A work that is kept, one that fails, and a look, in two workspaces."""
    workspace = A if number % 2 else B
    await asyncio.gather(
        database.transact(workspace, lambda tx: put(tx, f"s{number}")),
        database.read(workspace, lambda tx: settings.find(tx, f"s{number}")),
        database.transact(workspace, lambda _: number // (number % 5)),
    )
