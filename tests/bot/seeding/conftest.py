"""The company of the demo, made once for all who look at it."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import migrations
from bot.seeding import days, history
from bot.seeding.stage import database_in

ENOUGH = 60
"""Seconds it should take at most: measured and printed, since a machine may have other things to do."""


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has lived through its four weeks, as the demo keeps it."""
    folder = tmp_path_factory.mktemp("demo")
    migrations.upgrade(database_in(folder))
    heard: list[tuple[int, str]] = []
    began = time.monotonic()
    asyncio.run(history.make(folder, datetime.now(UTC), lambda week, day: heard.append((week, day))))
    print(f"four weeks in {time.monotonic() - began:.0f} s; {ENOUGH} s are enough")  # noqa: T201 - a measurement
    assert {week for week, _ in heard} == set(range(1, days.WEEKS + 1))
    assert heard == sorted(heard, key=lambda at: (at[0], days.DAYS.index(at[1])))
    return folder
