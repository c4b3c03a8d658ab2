"""Copies of a SQLite file: one consistent moment of it, made beside whoever is writing, and one put in its place.

Called by `bot/backup.py`. A copy is made by SQLite itself (VACUUM INTO): it holds no deleted words, and the writer
never waits for it.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.database.sqlite import locked

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is open: part of its data is there."""


def copy(source: Path, target: Path) -> None:
    """Write one moment of `source` to `target`, an empty file or none, and see that it is on disk."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("VACUUM INTO ?", (str(target),))
    _to_disk(target)


def size(source: Path) -> int:
    """Bytes a copy will have at the most."""
    return sum(one.stat().st_size for one in (source, *_beside(source)) if one.exists())


def settle(made: Path, target: Path) -> None:
    """Give a finished copy its name; FileExistsError where something has it already, which stays."""
    os.link(made, target)
    made.unlink()
    _to_disk(target.parent)


def exchange(made: Path, path: Path, aside: Path) -> None:
    """Put a finished copy in the place of the file at `path`, and keep what was there as `aside`, a name not in use.

    FileInUse while a bot has it. Killed at any moment, the old data is whole in one of the two places.
    """
    with locked(path):
        _keep(path, aside)
        made.replace(path)
        _to_disk(path.parent)


def _keep(path: Path, aside: Path) -> None:
    if path.exists():
        with suppress(sqlite3.DatabaseError):  # a broken file is kept as it is, with what is beside it
            _fold(path)
    for one in (*_beside(path), path):
        if one.exists():
            _name_too(one, aside.with_name(aside.name + one.name.removeprefix(path.name)))
    _to_disk(path.parent)
    for one in _beside(path):
        one.unlink(missing_ok=True)  # of the old file: SQLite would take it for the new one's


def _name_too(path: Path, name: Path) -> None:
    """Give a file a second name, or a copy under it where the file system knows no second names."""
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, name)
        _to_disk(name)


def _fold(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in BESIDE]


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
