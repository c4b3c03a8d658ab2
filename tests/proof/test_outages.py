"""Whatever goes wrong on a morning: everybody is asked once, and what people saw saved is kept."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import Roles
from tests import databases
from tests.proof.morning import morning
from tests.proof.outages import OUTAGES, SQLITE_ONLY
from tests.proof.stores import PostgresStore, SqliteStore, Store
from tests.proof.storms import ALONE, SPLIT

SECONDS = 4.0
"""`make proof` takes longer."""
CASES = [
    (kind, name)
    for kind in ("sqlite", "postgresql")
    for name in OUTAGES
    if kind == "sqlite" or name not in SQLITE_ONLY
]


@pytest.mark.parametrize(("kind", "name"), CASES)
async def test_a_morning_on_which_something_goes_wrong(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, name: str
) -> None:
    """Nothing is asked twice, no answer is lost, and Slack never finds us too fast."""
    with _place(request, tmp_path, kind) as (store, roles):
        left = await morning(store, tmp_path, roles, OUTAGES[name], SECONDS)
    assert left.broken == []
    assert (left.lost, left.double, left.deaths) == (0, 0, 0)


@contextmanager
def _place(
    request: pytest.FixtureRequest, folder: Path, kind: str
) -> Iterator[tuple[Store, Sequence[Roles]]]:
    """One process on a SQLite file, or three on a PostgreSQL."""
    if kind == "sqlite":
        path = folder / "throughline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield SqliteStore(path), ALONE
        return
    with databases.copy_of_template(request.getfixturevalue("postgres_template"), "morning") as url:
        yield PostgresStore(url), SPLIT
