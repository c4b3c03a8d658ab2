"""What a worker that died or stood still leaves half done, another one finishes, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import CallFault
from tests import databases
from tests.proof.drain import RESETS, drain, fenced, taken_over
from tests.proof.send_storm import Size
from tests.proof.stores import PostgresStore, Store
from tests.proof.storms import BREEZY

BRIEF = replace(BREEZY, settle=timedelta(seconds=0.5), lease=timedelta(seconds=4))


@pytest.fixture
def store(postgres_template: str) -> Iterator[Store]:
    """A PostgreSQL of its own."""
    with databases.copy_of_template(postgres_template, "interrupted") as url:
        yield PostgresStore(url)


async def test_what_a_dead_worker_was_sending_is_taken_over(store: Store, tmp_path: Path) -> None:
    """Once its lease is over, and soon after that."""
    found = await taken_over(store, tmp_path, BRIEF)
    assert found.left.broken == []
    assert found.seconds <= BRIEF.lease.total_seconds() + 10


@pytest.mark.parametrize("fault", [None, RESETS], ids=["Slack did it", "Slack did nothing"])
async def test_a_worker_stopped_past_its_lease_is_fenced(
    store: Store, tmp_path: Path, fault: CallFault | None
) -> None:
    """What it records when it goes on changes nothing, and the letter stands in Slack once."""
    found = await fenced(store, tmp_path, BRIEF, fault)
    assert (found.left.broken, found.overwritten) == ([], 0)


async def test_three_workers_say_everything_once(store: Store, tmp_path: Path) -> None:
    """All is due at once, and one after the other is killed."""
    size = Size(sends=1_000, channels=20, threads=9, kills=3)
    left = (await drain(store, tmp_path, 3, size)).left
    assert (left.lost, left.double, left.broken) == (0, 0, [])
    assert left.deaths == size.kills
