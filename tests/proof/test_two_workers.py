"""Two workers on one PostgreSQL ask 2,000 people who are due at once, through to Slack's side: 0 double, 0 missing."""

from pathlib import Path

from tests import databases
from tests.proof.crowd import asked_by_two
from tests.proof.stores import PostgresStore


async def test_two_thousand_are_asked_once_though_a_worker_dies(
    postgres_template: str, tmp_path: Path
) -> None:
    """Both ask; one is killed when half have been written to, and in the end everybody has one message."""
    with databases.copy_of_template(postgres_template, "crowd") as url:
        left, worked = await asked_by_two(PostgresStore(url), tmp_path)
    assert (left.lost, left.double, left.broken) == (0, 0, [])
    assert left.deaths == 1
    assert all("asks.send" in jobs for jobs in worked), "one of them did nothing: this proves nothing"
