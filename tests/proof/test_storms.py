"""Two thousand events in, two thousand messages out, and again and again a process dies: 0 lost, 0 double."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.app import Roles
from tests import databases
from tests.proof.event_storm import events
from tests.proof.send_storm import TWO_THOUSAND, sends
from tests.proof.stores import PostgresStore, SqliteStore, Store
from tests.proof.storms import ALONE, SPLIT

DEATHS = 10
REPEATED = 100
SPOILT = TWO_THOUSAND.sends // 8
"""So many calls at least, for 15 % of them are expected to fail."""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Sequence[Roles]]]:
    """A SQLite file with its one process, or a PostgreSQL with a web process and two workers."""
    if request.param == "sqlite":
        path = tmp_path / "throughline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield SqliteStore(path), ALONE
        return
    with databases.copy_of_template(request.getfixturevalue("postgres_template"), "storm") as url:
        yield PostgresStore(url), SPLIT


async def test_every_event_has_one_effect(place: tuple[Store, Sequence[Roles]], tmp_path: Path) -> None:
    """2,000 signed events, repeated as Slack does, while a process dies twelve times: none lost, none twice."""
    left = await events(place[0], tmp_path, place[1])
    assert (left.lost, left.double, left.broken) == (0, 0, [])
    assert left.deaths >= DEATHS
    assert left.repeated >= REPEATED


async def test_every_message_is_said_once(place: tuple[Store, Sequence[Roles]], tmp_path: Path) -> None:
    """2,000 messages at 15 % faults, while a process dies twelve times: each stands in Slack, and once."""
    left = await sends(place[0], tmp_path, place[1])
    assert (left.lost, left.double, left.broken) == (0, 0, [])
    assert left.deaths >= DEATHS
    assert left.spoilt >= SPOILT
