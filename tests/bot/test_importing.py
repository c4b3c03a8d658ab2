"""`throughline import`: what is shown first, what is taken in, what is said of what cannot be."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import migrations
from bot import sheets
from bot.importing import AccountImport
from storage.accounts import queries as accounts_kept
from storage.accounts.values import AccountState
from storage.database import Clock, Database
from storage.people import queries as people_kept
from storage.people.values import Person
from storage.values import PersonId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces
from tests import processes
from tests.processes import Ended, throughline

HERE = WorkspaceId("T0NORTHWIND")
MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
SHEET = """Title,Details,Company,Status,Created,Votes,URL
Export to Excel,"We need this
for auditors",Acme,Under Review,2026-03-03T10:00:00.000Z,12,https://x/1
SSO,,Globex,planned,"Mar 5, 2026",3,https://x/2
,,Initech,open,2026-03-05,3,https://x/3
Dark mode,Please,,parked,4/4/2026,3,https://x/4
Late,,Acme,open,someday,3,https://x/5
"""


@pytest.fixture
async def here(tmp_path: Path) -> dict[str, str]:
    """The environment of a Throughline that knows its workspace."""
    url = f"sqlite:///{tmp_path / 'throughline.db'}"
    migrations.upgrade(url)
    database = Database(url, Clock())
    await database.transact(HERE, lambda tx: workspaces.remember(tx, PersonId("U0US"), "B0US"))
    await database.close()
    return {"THROUGHLINE_DATA_DIR": str(tmp_path)}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text(SHEET)
    return path


def kept(folder: dict[str, str], columns: str = "words", more: str = "") -> list[tuple[Any, ...]]:
    path = Path(folder["THROUGHLINE_DATA_DIR"]) / "throughline.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT {columns} FROM feedback {more} ORDER BY number").fetchall()  # noqa: S608 - of this file


def write(file: Path, content: str) -> None:
    file.write_text(content)


async def take(here: dict[str, str], file: Path, *options: str) -> Ended:
    return await throughline("import", "feedback", str(file), *options, env=here)


async def test_a_look_changes_nothing(here: dict[str, str], sheet: Path) -> None:
    """It shows what each column is taken as, the first rows as they would be, and each row that cannot be."""
    said = await take(here, sheet, "--dry-run")
    assert said.code == 3
    assert "Company  account: the account it is for" in said.err
    assert "Votes    left out" in said.err
    assert "We need this for auditors" in said.err
    assert "2 rows cannot be taken in:" in said.err
    assert "  line 5: nothing was said in it; fill in its words, or take the row out." in said.err
    assert "  line 7: “someday” is no date I can read; write it as 2026-03-31." in said.err
    assert "I know no status “parked” (in 1): taken as new." in said.err
    assert "3 rows can be taken in.\nEverybody in the workspace will see it; nobody is told." in said.err
    assert "this was only a look" in said.err
    assert kept(here) == []


async def test_what_is_mended_comes_in_later(here: dict[str, str], sheet: Path) -> None:
    """The good rows come in at once; the same sheet, mended, brings in what was missing, and nothing twice."""
    first = await take(here, sheet, "--yes")
    assert (first.code, "3 taken in: F-1 to F-3. Nobody was told." in first.err) == (3, True)
    write(sheet, SHEET.replace(",,Initech", "A wish,,Initech").replace("someday", "2026-04-01"))
    mended = await take(here, sheet, "--yes")
    assert (mended.code, "2 taken in: F-4 to F-5. There already: 3." in mended.err) == (0, True)
    again = await take(here, sheet, "--yes")
    assert (again.code, "0 taken in. There already: 5." in again.err) == (0, True)
    assert [words for (words,) in kept(here)][3:] == ["A wish", "Late"]


async def test_columns_mean_what_one_says(here: dict[str, str], tmp_path: Path) -> None:
    """Any sheet: as Excel writes it in Germany, with headings nobody could guess."""
    path = tmp_path / "wünsche.csv"
    path.write_bytes("Wunsch;Kunde\nBitte Umlaute: äöü;Bäckerei\n".encode("cp1252"))
    refused = await take(here, path, "--yes")
    assert "No column holds what was said" in refused.err
    assert kept(here) == []
    said = await take(here, path, "--yes", "--map", "words=Wunsch", "--map", "account=kunde")
    assert said.code == 0
    assert kept(here) == [("Bitte Umlaute: äöü",)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "Save the sheet as CSV"),
        (b'Words\n"never closed\n' + b"x" * (1 << 21), "look for a quote that does not end"),
    ],
)
async def test_what_is_no_sheet_is_refused(
    here: dict[str, str], tmp_path: Path, content: bytes, words: str
) -> None:
    """One sentence says what to do, and nothing is taken in."""
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    said = await take(here, path, "--yes")
    assert (said.code, words in said.err, "Traceback" in said.err) == (2, True, False)
    assert kept(here) == []


async def test_it_needs_a_word_a_file_and_a_stopped_bot(
    here: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    """Without --yes a script is told what to say; a missing file, a database in use and two workspaces are named."""
    assert "Say --yes" in (await take(here, sheet)).err
    assert "There is no file" in (await take(here, tmp_path / "none.csv", "--yes")).err
    assert "in no such workspace" in (await take(here, sheet, "--workspace", "T0OTHER")).err
    database = Database(f"sqlite:///{tmp_path / 'throughline.db'}", Clock())
    try:
        said = await take(here, sheet, "--yes")
        assert (said.code, "in use by another Throughline process" in said.err) == (2, True)
        assert (await take(here, sheet, "--dry-run")).code == 3
    finally:
        await database.close()


def until_kept(here: dict[str, str], count: int, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None and len(kept(here)) < count:
        time.sleep(0.01)


@contextlib.contextmanager
def started(here: dict[str, str], file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = processes.command("import", "feedback", str(file), "--yes")
    with subprocess.Popen(
        command, cwd=processes.ROOT, env=processes.environment(here), stderr=subprocess.DEVNULL
    ) as one:
        try:
            yield one
        finally:
            one.kill()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
async def test_killed_and_begun_again_nothing_comes_twice(
    here: dict[str, str], tmp_path: Path, how: signal.Signals
) -> None:
    """However far it was, all that is there is whole, and the same command brings in the rest."""
    path, rows = tmp_path / "many.csv", 2_400
    path.write_text(
        "Words,Account\n" + "".join(f"Wish {number},Account {number % 90}\n" for number in range(rows))
    )
    seen = 0
    for _ in range(2):
        with started(here, path) as process:
            await asyncio.to_thread(until_kept, here, seen + 360, process)
            process.send_signal(how)
            process.wait()
        seen = len(kept(here))
    assert 0 < seen < rows, "it was killed in the middle"
    said = await take(here, path, "--yes")
    assert (said.code, f"There already: {seen:,}." in said.err) == (0, True)
    assert sorted(words for (words,) in kept(here)) == sorted(f"Wish {number}" for number in range(rows))
    assert (await throughline("verify", env=here)).code == 0


ACCOUNTS = """Company,ARR,CSM,Status,Segment,Lead
Acme,"€120,000.00",Maya Ortiz,customer,Enterprise,@sam
Globex,9.000,U0SAM,,
acme,1,,,
Initech,lots,,,
Hooli,1,Nobody,,
Umbrella,1,,,Enterprise
"""


@pytest.fixture
async def company(database: Database) -> Database:
    """Somebody who can own an account, on each database in turn."""
    known = [Person(MAYA, "Maya Ortiz", PersonKind.MEMBER), Person(SAM, "Sam", PersonKind.MEMBER)]
    await database.transact(HERE, lambda tx: people_kept.learn(tx, known))
    return database


async def accounts_of(company: Database, file: Path, content: str) -> AccountImport:
    write(file, content)
    return await AccountImport.begin(company, HERE, sheets.look(file))


def unheard(_done: int) -> None:
    """Nobody looks on."""


async def test_accounts_show_what_would_change(company: Database, tmp_path: Path) -> None:
    """New ones, changed ones with both values, and those that stay; an empty cell leaves what is known."""
    path = tmp_path / "accounts.csv"
    what = await accounts_of(company, path, ACCOUNTS)
    looked = await what.look(company, unheard)
    assert [(one.line, one.words) for one in looked.problems] == [
        (4, "line 2 speaks of the same account; take one of them out"),
        (5, "“lots” is no value; write a whole number up to 2,000,000,000, like 120000"),
        (6, "nobody here is called “Nobody”; write the id from their profile in Slack (U…)"),
    ]
    assert looked.findings == ["New: 3 · changed: 0 · as they are: 0."]
    assert await what.take(company, MAYA, unheard) == "Accounts: 3 new, 0 changed. Nobody was told."

    what = await accounts_of(company, path, "name,owner,value,state\nACME,,130000,renewal\nGlobex,,9000,\n")
    looked = await what.look(company, unheard)
    assert looked.findings == ["New: 0 · changed: 1 · as they are: 1."]
    assert looked.sample == [("Acme", "changed", "", "120000 → 130000", "", "", "active → renewal")]
    await what.take(company, MAYA, unheard)
    kept_ = await company.read(HERE, lambda tx: accounts_kept.by_names(tx, ["acme", "globex", "umbrella"]))
    assert [
        (one.name, one.segment, one.value, one.owner, one.lead, one.state) for _, one in sorted(kept_.items())
    ] == [
        ("Acme", "Enterprise", 130000, MAYA, SAM, AccountState.RENEWAL),
        ("Globex", None, 9000, SAM, None, None),
        ("Umbrella", "Enterprise", 1, None, None, None),
    ]


async def test_what_columns_mean_is_agreed_at_the_terminal(here: dict[str, str], tmp_path: Path) -> None:
    """Somebody looks at the first rows, says what a column means, looks again, and says yes."""
    path = tmp_path / "any.csv"
    write(path, "Wunsch,Kunde\nExcel,Acme\n")
    said = await asyncio.to_thread(
        at_a_terminal, here, path, ["words=Wünsche", "words=Wunsch", "account=Kunde", "yes"]
    )
    assert "There is no column “Wünsche”. There are: Wunsch, Kunde." in said
    assert "1 taken in: F-1." in said
    assert kept(here) == [("Excel",)]
    said = await asyncio.to_thread(at_a_terminal, here, path, ["words=Wunsch", "no"])
    assert "Nothing was taken in." in said


def at_a_terminal(here: dict[str, str], file: Path, answers: list[str]) -> str:
    """What somebody reads who types these answers."""
    ours, theirs = os.openpty()
    command = processes.command("import", "feedback", str(file))
    environment = processes.environment({**here, "TERM": "dumb"})
    with subprocess.Popen(
        command, cwd=processes.ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        said = ""
        for answer in answers:
            said += until(ours, "Heading:")
            os.write(ours, f"{answer}\n".encode())
        said += until(ours, None)
        process.wait(processes.PATIENCE)
    os.close(ours)
    return said


def until(terminal: int, words: str | None) -> str:
    """What is read up to these words, or to the end."""
    said = b""
    while words is None or words.encode() not in said:
        try:
            some = os.read(terminal, 4096)
        except OSError:
            break
        if not some:
            break
        said += some
    return said.decode().replace("\r\n", "\n")
