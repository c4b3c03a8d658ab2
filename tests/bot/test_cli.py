"""The command line, started as people start it: what it needs, what it says, how it stops."""

import contextlib
import json
import shutil
import signal
import sqlite3
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

import migrations
from storage.database import Clock, Database
from storage.outbox import claims
from storage.outbox.calls import enqueue
from storage.outbox.values import Call, Ended, Pace, State
from storage.values import WorkspaceId
from tests.alone import NOWHERE
from tests.front import SECRET, TOKEN
from tests.processes import ROOT, free_port, running, throughline
from tests.signed import send


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Enough to run, with nobody at the other end."""
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": NOWHERE,
        "THROUGHLINE_DATA_DIR": str(folder),
        **more,
    }


async def test_the_manifest_needs_neither_settings_nor_database(tmp_path: Path) -> None:
    """It is the first thing one needs, before there is anything else; it prints JSON and nothing more."""
    said = await throughline(
        "manifest", "--url", "https://throughline.northwind.example", env={"HOME": str(tmp_path)}
    )
    assert (said.code, said.err) == (0, "")
    made = json.loads(said.out)
    assert (
        made["features"]["slash_commands"][0]["url"] == "https://throughline.northwind.example/slack/events"
    )
    socket = await throughline("manifest", "--socket", "--prefix", "tl-")
    assert json.loads(socket.out)["settings"]["socket_mode_enabled"]
    assert '"/tl-capture"' in socket.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--url https://…"),
        (("--url", "http://throughline.northwind.example"), "begin with https://"),
        (("--socket", "--prefix", "tl"), "one hyphen at the end"),
    ],
)
async def test_a_manifest_that_cannot_be_is_explained(arguments: tuple[str, ...], words: str) -> None:
    """What is missing or wrong is said in one sentence, and nothing is printed that could be pasted."""
    said = await throughline("manifest", *arguments)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert "Traceback" not in said.err


async def test_the_outbox_is_listed_without_words_and_put_back(tmp_path: Path) -> None:
    """Beside a running bot it lists; what is dead and has its words is put back, once the bot is stopped."""
    folder = environment(tmp_path)
    url = f"sqlite:///{tmp_path / 'throughline.db'}"
    migrations.upgrade(url)
    database = Database(url, Clock())
    call = Call("k", "chat.postMessage", {"channel": "C1", "text": "quokka"})
    await database.transact(WorkspaceId("T1"), lambda tx: enqueue(tx, call))
    assert "Everything got through" in (await throughline("outbox", env=folder)).err
    (row,) = await database.transact_everywhere(
        lambda tx: claims.claim(tx, 5, timedelta(seconds=60), lambda _: Pace(timedelta(0)))
    )
    ended = [Ended(row, State.DEAD, "no_text")]
    await database.transact(WorkspaceId("T1"), lambda tx: claims.finish(tx, ended))

    said = await throughline("outbox", env=folder)
    assert said.code == 0
    assert all(words in said.out for words in (row.id, "chat.postMessage", "dead", "no_text", "0 min"))
    assert "quokka" not in said.out + said.err
    refused = await throughline("outbox", "--requeue", env=folder)
    assert (refused.code, "in use" in refused.err) == (2, True)
    await database.close()

    done = await throughline("outbox", "--requeue", env=folder)
    assert (done.code, "1 will be tried again" in done.err, "unknown" in done.out) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("run",), "SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET"),
        (("run", "--socket"), "SLACK_BOT_TOKEN, SLACK_APP_TOKEN"),
    ],
)
async def test_run_names_what_is_not_set(tmp_path: Path, arguments: tuple[str, ...], missing: str) -> None:
    """Without its tokens it stops at once, names them and says where to look; no file is made."""
    said = await throughline(*arguments, env={"THROUGHLINE_DATA_DIR": str(tmp_path / "data")})
    assert said.code == 2
    assert f"Not set: {missing}." in said.err
    assert "README" in said.err
    assert not (tmp_path / "data").exists()


async def test_a_wrong_setting_is_named_and_not_repeated(tmp_path: Path) -> None:
    """The name and what is right are said; the value, which may be a secret in the wrong place, is not."""
    said = await throughline("run", env=environment(tmp_path, SLACK_API_URL="xoxb-quokka"))
    assert said.code == 2
    assert "SLACK_API_URL" in said.err
    assert "/api/" in said.err
    assert "quokka" not in said.err


@pytest.mark.parametrize("role", ["web", "worker"])
async def test_several_processes_need_postgresql(tmp_path: Path, role: str) -> None:
    """A SQLite file belongs to one process; the sentence names both ways out."""
    said = await throughline(role, env=environment(tmp_path))
    assert said.code == 2
    assert "THROUGHLINE_DATABASE_URL" in said.err
    assert "throughline run" in said.err


async def test_run_fills_an_empty_database_answers_and_stops_on_sigterm(tmp_path: Path) -> None:
    """From nothing to an answered request, while Slack cannot be reached; SIGTERM ends it with 0."""
    folder = tmp_path / "not" / "there" / "yet"
    async with running(tmp_path, "run", env=environment(folder)) as process:
        event = {"type": "app_home_opened", "user": "U0MAYA", "tab": "home"}
        envelope = {"type": "event_callback", "team_id": "T0NORTHWIND", "event_id": "Ev1", "event": event}
        assert (await send(process.url, SECRET, envelope)).status == 200
        said = await process.stop()
    assert said.code == 0
    assert json.loads(said.err.splitlines()[-1])["event"].startswith("Finished")
    with contextlib.closing(sqlite3.connect(folder / "throughline.db")) as database:
        assert database.execute("SELECT count(*) FROM deliveries").fetchone() == (1,)


async def test_ctrl_c_stops_as_cleanly(tmp_path: Path) -> None:
    """SIGINT is how people at a terminal stop it: no traceback, and it ends with 0."""
    async with running(tmp_path, "run", env=environment(tmp_path)) as process:
        said = await process.stop(signal.SIGINT)
    assert said.code == 0
    assert "Traceback" not in said.err


async def test_a_second_process_on_one_file_is_refused(tmp_path: Path) -> None:
    """The second one names PostgreSQL and leaves; the first goes on."""
    async with running(tmp_path, "run", env=environment(tmp_path)) as process:
        said = await throughline("run", env=environment(tmp_path, PORT=str(free_port())))
        assert said.code == 2
        assert "in use by another Throughline process" in said.err
        assert "PostgreSQL" in said.err
        assert await health(process.url) == 200


def stamped(folder: Path, revision: str) -> Path:
    """A database that says it is at this revision."""
    folder.mkdir(exist_ok=True)
    path = folder / "throughline.db"
    migrations.upgrade(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        database.commit()
    return path


NEXT = """\"\"\"The next version's step.\"\"\"

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9001", {head!r}, None, None


def upgrade() -> None:
    \"\"\"One more table.\"\"\"
    op.create_table("next_things", sa.Column("id", sa.Integer(), primary_key=True))
"""


async def test_an_older_schema_is_migrated_only_when_asked(tmp_path: Path) -> None:
    """The next version refuses to run on this one's database, names `throughline migrate`, and that does it."""
    data, house = tmp_path / "data", tmp_path / "house"
    for floor in ("bot", "handlers", "storage", "migrations"):
        shutil.copytree(ROOT / floor, house / floor, ignore=shutil.ignore_patterns("__pycache__", "static"))
    head = migrations.state("sqlite://").wanted
    assert (await throughline("migrate", env=environment(data))).code == 0
    (house / "migrations" / "versions" / "9001_next.py").write_text(NEXT.format(head=head))

    refused = await throughline("run", env=environment(data), house=house)
    assert refused.code == 2
    assert f"has schema {head}, this version wants 9001" in refused.err
    assert "run `throughline migrate`" in refused.err

    looked = await throughline("doctor", env=environment(data), house=house)
    assert (looked.code, f"✗ Database: schema {head}, wanted 9001\n  → Make a backup" in looked.err) == (
        1,
        True,
    )
    migrated = await throughline("migrate", env=environment(data), house=house)
    assert (migrated.code, f"Migrated from {head} to 9001." in migrated.err) == (0, True)


async def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    """A version this one does not know is not run on and not migrated; both say what to do."""
    stamped(tmp_path, "9999")
    for command in ("run", "migrate"):
        said = await throughline(command, env=environment(tmp_path))
        assert said.code == 2
        assert "A newer Throughline wrote this database (schema 9999)" in said.err


async def test_somebody_else_s_database_is_left_alone(tmp_path: Path) -> None:
    """Tables that are not ours are not joined by ours."""
    with contextlib.closing(sqlite3.connect(tmp_path / "throughline.db")) as database:
        database.execute("CREATE TABLE invoices (id INTEGER PRIMARY KEY)")
    for command in ("run", "migrate"):
        said = await throughline(command, env=environment(tmp_path))
        assert said.code == 2
        assert "a database of its own" in said.err


async def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    """On an empty database it makes the schema, on a current one nothing; `run` needs it no more."""
    wanted = migrations.state(f"sqlite:///{tmp_path}/none.db").wanted
    first = await throughline("migrate", env=environment(tmp_path))
    assert (first.code, f"Migrated from empty to {wanted}." in first.err) == (0, True)
    again = await throughline("migrate", env=environment(tmp_path))
    assert (again.code, "up to date" in again.err) == (0, True)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://throughline:quokka@127.0.0.1:9/throughline?connect_timeout=2",
        "mysql+nothing://throughline:quokka@127.0.0.1/throughline",
        "not a url quokka",
    ],
)
async def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    """The sentence says where it looked and which setting to check."""
    said = await throughline("run", env=environment(tmp_path, THROUGHLINE_DATABASE_URL=url))
    assert said.code == 2
    assert "Check THROUGHLINE_DATABASE_URL" in said.err
    assert "quokka" not in said.err
    assert "Traceback" not in said.err


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file in the way of the data folder is no reason for a traceback."""
    (tmp_path / "file").touch()
    said = await throughline("run", env=environment(tmp_path / "file" / "data"))
    assert said.code == 2
    assert "THROUGHLINE_DATA_DIR" in said.err


async def test_a_taken_port_ends_it_with_the_reason(tmp_path: Path) -> None:
    """It does not hang or pretend: it says which address is taken and ends with an error."""
    async with running(tmp_path, "run", env=environment(tmp_path / "one")) as process:
        port = process.url.rsplit(":", 1)[1]
        said = await throughline("run", env=environment(tmp_path / "two", PORT=port))
    assert said.code not in {0, -11}
    assert f"('127.0.0.1', {port})" in said.err


async def test_the_two_names_of_the_program_are_one() -> None:
    """`python -m bot --help` lists every command with what it does."""
    said = await throughline("--help")
    for command in ("run", "web", "worker", "migrate", "manifest", "doctor", "demo"):
        assert command in said.out
    assert "Open a local Slack" in said.out


async def health(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/healthz") as answer:
        return answer.status
