"""Small works, and the databases they run on: what the tests of the storage floor share."""

from collections.abc import Sequence
from typing import Any

import pytest

from storage.database import Database, Tx
from storage.settings import queries as settings
from storage.values import WorkspaceId

A, B = WorkspaceId("TA"), WorkspaceId("TB")

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def put(tx: Tx, name: str, value: dict[str, Any] | None = None) -> None:
    """Something to keep."""
    settings.put(tx, name, value or {}, None)


async def kept(database: Database, names: Sequence[str]) -> list[str]:
    """Which of them were kept."""
    return await database.read(A, lambda tx: [n for n in names if settings.find(tx, n) is not None])
