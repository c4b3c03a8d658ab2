"""`throughline verify`: four weeks of a company's life keep every promise, and each one broken on purpose is found."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, select

from bot.seeding.stage import database_in, stage
from bot.verify import CHECKS, UNSEEN, in_words, verify
from migrations.models import metadata
from storage.checks import apart
from storage.checks.check import Invariant
from tests import databases
from tests.bot.seeding.breaks import BREAKS
from tests.processes import throughline

LOOSE = {
    "sqlite": "CREATE TABLE o AS SELECT * FROM outbox; DROP TABLE outbox; ALTER TABLE o RENAME TO outbox",
    "postgresql": "ALTER TABLE outbox DROP CONSTRAINT outbox_workspace_key_key",
}
"""What lets a key be there twice."""


@pytest.fixture(params=["sqlite", "postgresql"])
def company(request: pytest.FixtureRequest, kept: Path, tmp_path: Path) -> Iterator[str]:
    """The company's database, of each kind in turn."""
    source = shutil.copy(Path(database_in(kept).removeprefix("sqlite:///")), tmp_path / "throughline.db")
    if request.param == "sqlite":
        yield f"sqlite:///{source}"
        return
    server: str = request.getfixturevalue("postgres_template")
    with databases.copy_of_template(server, f"t{abs(hash(tmp_path))}") as url:
        carry_over(f"sqlite:///{source}", url)
        yield url


def carry_over(source: str, target: str) -> None:
    """Every row of one database into an empty one."""
    old, new = (create_engine(url, poolclass=NullPool) for url in (source, target))
    with old.connect() as reading, new.begin() as writing:
        for table in metadata.sorted_tables:
            if rows := [row._asdict() for row in reading.execute(select(table))]:
                writing.execute(table.insert(), rows)


def execute(url: str, statements: str) -> None:
    """As somebody with a shell on the database would."""
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statements.encode())
        return
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as sqlite:
        for statement in statements.split(";"):
            sqlite.exec_driver_sql(statement)


async def test_four_weeks_keep_every_promise(company: str) -> None:
    """Whatever people did and the clock did, nothing is lost, double, crossed or forgotten; and all was looked at."""
    heard: list[tuple[int, int]] = []
    report = await verify(company, lambda done, whole, _: heard.append((done, whole)))
    assert report.violations == []
    assert report.looked == heard[-1][0] == heard[-1][1] == len(heard) - 1
    assert "no broken promises" in in_words(report)[0]


async def test_every_break_is_found(company: str) -> None:
    """Each look finds what was broken for it; nothing that was never broken is reported."""
    kind = "sqlite" if company.startswith("sqlite") else "postgresql"
    on_sqlite = kind == "sqlite"
    breaks = {name: found for name, found in BREAKS.items() if not (on_sqlite and name == "I5 fences")}
    execute(company, LOOSE[kind])
    for _, statements in breaks.values():
        execute(company, statements)
    report = await verify(company)
    found = {one.check: [place.what for place in one.places] for one in report.violations}
    assert found.keys() == breaks.keys()
    for name, (words, _) in breaks.items():
        assert any(re.search(words, place) for place in found[name]), (name, found[name])
    assert report.waiting["unknown"] == 2
    assert any("C0ONE 1.1" in line for line in in_words(report))


def test_every_look_is_broken_above() -> None:
    """A look that nothing breaks may look at nothing; and of each promise it is said what cannot be seen."""
    looks = {f"{one.invariant} {one.name}" for one in [*CHECKS, *apart.ON_POSTGRESQL]}
    assert looks == BREAKS.keys() - {"schema"}
    assert {one.invariant for one in CHECKS} == set(Invariant) == UNSEEN.keys()


async def test_it_looks_beside_a_running_bot(kept: Path, tmp_path: Path) -> None:
    """The bot goes on meanwhile; the command prints the promises and ends with 0, or with 1 where one is broken."""
    folder = tmp_path / "demo"
    shutil.copytree(kept, folder)
    async with stage(folder) as place:
        said = await throughline("verify", env={"THROUGHLINE_DATA_DIR": str(folder)})
        assert (said.code, said.out) == (0, "")
        assert "no broken promises" in said.err
        assert "I3: how often a message stands in Slack" in said.err
        await place.slack.command("/throughline", "help", as_="sam")
    execute(database_in(folder), BREAKS["I1 state and owner"][1])
    said = await throughline("verify", env={"THROUGHLINE_DATA_DIR": str(folder)})
    assert said.code == 1
    assert "I1 state and owner: broken." in said.err
    assert "  T0NORTHWIND L-1" in said.err


async def test_a_broken_file_is_told(kept: Path, tmp_path: Path) -> None:
    """Bytes that are not what was written are found by SQLite itself; no row is believed then."""
    path = tmp_path / "throughline.db"
    shutil.copy(Path(database_in(kept).removeprefix("sqlite:///")), path)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 40_960] = bytes(40_960)
    path.write_bytes(raw)
    report = await verify(f"sqlite:///{path}")
    assert [one.check for one in report.violations] == ["file"]


async def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    """Nothing is made, and the way to one is named."""
    said = await throughline("verify", env={"THROUGHLINE_DATA_DIR": str(tmp_path)})
    assert said.code == 2
    assert "the first start makes it" in said.err
    assert sorted(os.listdir(tmp_path)) == []  # noqa: PTH208 - in an async test
