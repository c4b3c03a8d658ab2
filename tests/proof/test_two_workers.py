"""Two workers on one PostgreSQL ask 2,000 people who are due at once, through to Slack's side: 0 double, 0 missing."""

from pathlib import Path

import pytest

from tests import databases
from tests.proof.crowd import asked_by_two
from tests.proof.stores import PostgresStore

TRIES = 3


async def test_two_thousand_are_asked_once_though_a_worker_dies(
    postgres_template: str, tmp_path: Path
) -> None:
    """Both ask; one is killed when half have been written to, and in the end everybody has one message."""
    for again in range(TRIES):
        with databases.copy_of_template(postgres_template, f"crowd{again}") as url:
            left, worked = await asked_by_two(PostgresStore(url), tmp_path)
        assert (left.lost, left.double, left.broken) == (0, 0, [])
        assert left.deaths == 1
        if all("asks.send" in jobs for jobs in worked):
            return  # where one of them came too late for any of it, nothing is proved
    pytest.fail(f"in {TRIES} mornings one of them always did nothing: this proves nothing")
