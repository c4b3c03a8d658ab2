"""The storage floor on a clock of its own."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.database.clock import VirtualClock
from tests.storage.world import MORNING, World


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """An empty database of each kind on a Wednesday morning that lasts."""
    clock = VirtualClock(MORNING)
    database = Database(database_url, clock)
    yield World(database, clock)
    await database.close()
