"""Databases of both kinds for parts of `make proof`, where no fixture makes them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import migrations
from storage.worktime import public_holidays
from tests import databases
from tests.proof.stores import PostgresStore, SqliteStore, Store

KINDS = ("sqlite", "postgresql")
CONNECTIONS = 500
"""Each play keeps warm processes for a dozen databases at once, and a process has five connections."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """A folder that is thrown away, and a PostgreSQL that is stopped."""

    folder: Path
    _server: str
    _stack: ExitStack

    def store(self, kind: str, name: str) -> Store:
        """A new migrated database."""
        if kind == "sqlite":
            path = self.folder / f"{name}.db"
            shutil.copy(self.folder / "template", path)
            return SqliteStore(path)
        return PostgresStore(self._stack.enter_context(databases.copy_of_template(self._server, name)))


@contextmanager
def grounds() -> Iterator[Grounds]:
    """Both kinds, ready to be copied."""
    public_holidays.load()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="tl-proof-", dir=databases.MEMORY))
        )
        server = stack.enter_context(databases.postgres_server(CONNECTIONS))
        databases.make_template(server)
        migrations.upgrade(f"sqlite:///{folder / 'template'}")
        yield Grounds(folder, server, stack)
