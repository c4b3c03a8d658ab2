"""`throughline backup` and `throughline restore`: a copy that was looked at before it counts as one.

For SQLite. PostgreSQL has tools of its own, which are named.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from sqlite3 import DatabaseError

import migrations
from bot.verify import Report, verify
from storage.database import Clock, file_of
from storage.database.backup import copy, exchange, settle, size
from storage.database.sqlite import unsound

Progress = Callable[[int, int], None]
GLANCE = 0.1
"""Seconds between two looks at how far the copy is."""


class NotDone(Exception):
    """Nothing was changed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that stands: where, how large, of which schema, and what a look at its rows came to."""

    path: Path
    size: int
    schema: str
    report: Report
    aside: Path | None = None
    """Where the file is kept whose place it took."""


def backup(url: str, target: Path, progress: Progress = lambda *_: None) -> Made:
    """Copy the database at `url` to `target`, beside a running bot; nothing is ever overwritten."""
    source = _file(url, f"pg_dump --format=custom --enable-row-security --file {target}")
    if not source.exists():
        raise NotDone(
            f"There is no database at {source} yet. Set THROUGHLINE_DATA_DIR, or start the bot once."
        )
    if target.exists():
        raise NotDone(f"{target} exists already, and a backup overwrites nothing. Give another name.")
    made = _copied(source, target.parent, target.name, progress)
    try:
        schema = _looked_at(made)
        report = _verified(made)
        settle(made, target)
    except FileExistsError:
        raise NotDone(f"{target} was made by somebody else meanwhile and is left alone.") from None
    finally:
        made.unlink(missing_ok=True)
    return Made(target, target.stat().st_size, schema, report)


def restore(url: str, source: Path, progress: Progress = lambda *_: None) -> Made:
    """Put the copy `source` in the place of the database at `url`, which is kept aside; the bot is stopped."""
    path = _file(url, f"pg_restore --no-owner {source} --dbname")
    if not source.is_file():
        raise NotDone(f"There is no file {source}.")
    _looked_at(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = _copied(source, path.parent, path.name, progress)
    aside = _unused(path.with_name(f"{path.name}.before-restore-{Clock().now():%Y%m%dT%H%M%SZ}"))
    had = path.exists()
    try:
        schema = _looked_at(made)
        report = _verified(made)
        exchange(made, path, aside)
    finally:
        made.unlink(missing_ok=True)
    return Made(path, path.stat().st_size, schema, report, aside if had else None)


def _file(url: str, instead: str) -> Path:
    """The SQLite file at `url`; NotDone with PostgreSQL's own command instead."""
    path = file_of(url)
    if path is not None:
        return path
    tool = instead.partition(" ")[0]
    there = (
        "" if shutil.which(tool) else f" {tool} is not installed here; PostgreSQL's client programs have it."
    )
    raise NotDone(
        f"For PostgreSQL its own tool does this; give it the address of your database:\n\n"
        f"  PGOPTIONS='-c throughline.workspace=*' {instead} ADDRESS\n\n"
        f"docs/operations.md tells the rest.{there}"
    )


def _unused(name: Path) -> Path:
    """The name, or with a number behind it the next that nobody has."""
    numbered = (name.with_name(f"{name.name}-{number}") for number in count(2))
    return next(one for one in chain([name], numbered) if not one.exists())


def _copied(source: Path, folder: Path, name: str, progress: Progress) -> Path:
    """A finished copy under a name of its own, readable by nobody else."""
    try:
        handle, made = tempfile.mkstemp(".part", f"{name}.", folder)
    except OSError as error:
        raise NotDone(
            f"Nothing can be written to {folder} ({error.strerror}). Choose another folder."
        ) from None
    os.close(handle)
    part, whole = Path(made), size(source)
    try:
        with ThreadPoolExecutor(1, "backup") as pool:
            copying = pool.submit(copy, source, part)
            while not copying.done():
                progress(part.stat().st_size, whole)
                wait([copying], GLANCE)
            copying.result()
    except (DatabaseError, OSError) as error:
        part.unlink(missing_ok=True)
        raise NotDone(f"No copy was made: {error}. Look for room on the disk, then try again.") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _looked_at(path: Path) -> str:
    """The schema of a copy; NotDone when it is not sound, or not one this version can run on."""
    if wrong := unsound(path):
        raise NotDone(f"{path} is not sound ({wrong[0]}). Use another backup.")
    found = migrations.state(f"sqlite:///{path}")
    if found.current is None:
        raise NotDone(f"{path} is no database of Throughline's.")
    if found.newer:
        raise NotDone(
            f"A newer Throughline made {path} (schema {found.current}); this version knows {found.wanted}."
            " Use that version."
        )
    return found.current


def _verified(made: Path) -> Report:
    """What its rows say; of an older schema this version cannot ask."""
    url = f"sqlite:///{made}"
    return asyncio.run(verify(url)) if migrations.state(url).ready else Report()
