"""`throughline export`: a sheet in which no formula hides, and lines of JSON that lose nothing."""

import asyncio
import csv
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import sheets
from bot.exporting import Export
from bot.importing import FeedbackImport, WholeImport
from bot.sheets import NotRead
from bot.verify import verify
from handlers.feedback import exchange
from handlers.feedback.columns import Unreadable
from storage.accounts import queries as accounts
from storage.accounts.values import AccountState
from storage.areas import queries as areas
from storage.database import Clock, Database, Tx
from storage.feedback import asking, exporting, merging, standings, themes, triage
from storage.feedback import queries as feedbacks
from storage.feedback.values import (
    FeedbackState,
    Kind,
    Merge,
    MessageRef,
    NewFeedback,
    Source,
    Standing,
)
from storage.search import queries as searching
from storage.search.words import AnyOf
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import Audience, ChannelId, PersonId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.processes import throughline

HERE = WorkspaceId("T0NORTHWIND")
MAYA, SAM, BEN = PersonId("U0MAYA"), PersonId("U0SAM"), PersonId("U0BEN")
SALES = ChannelId("C0SALES")
ODD = '=HYPERLINK("http://x","y")'
WORDS = [
    "Export to Excel",
    ODD,
    "+1",
    "-1",
    "@sum",
    "'quoted",
    'two\nlines, and "quotes"',
    "עברית 👍🏽 <!channel>",
]


def furnish(tx: Tx) -> None:
    """Feedback of every sort: asked for again, planned, seen by few, merged words, odd words, taken back."""
    area = areas.add(tx, "Payments")
    for number, words in enumerate(WORDS):
        new = NewFeedback(Kind.IDEA, Source.COMMAND, MAYA, words, "Acme" if number % 2 else None)
        feedbacks.add(tx, new, words[:80], Audience.workspace())
    acme = accounts.by_name(tx, "Acme")
    assert acme is not None
    accounts.change(tx, replace(acme, state=AccountState.RENEWAL, value=9))
    message = MessageRef(SALES, "1790000000.000100")
    new = NewFeedback(Kind.PROBLEM, Source.EMOJI, SAM, "It hangs", "Acme", message, BEN, area.id, "PAY-12")
    full = feedbacks.add(tx, new, "It hangs", Audience.workspace())
    things.link(tx, full.reference, "https://northwind.example/p1")
    theme(tx, full.number, "=Speed", "")
    feedbacks.support(tx, full.number, BEN)
    things.follow(tx, full.reference, MAYA)
    asking.ask(tx, full, BEN, "Globex", "It hangs for us, too")
    for state in (FeedbackState.PLANNED, FeedbackState.DECLINED):
        said = Standing(date(2026, 12, 10), "It comes.", "Because", MAYA, tx.now + timedelta(seconds=1))
        standings.put(tx, full.number, state, said)
        feedbacks.set_state(tx, full, state, "It hangs")
    for audience in (Audience.of_channel(SALES), Audience.of_people(SAM, BEN)):
        secret = feedbacks.add(
            tx, NewFeedback(Kind.CHURN_RISK, Source.TYPED, SAM, "Secret"), "Secret", audience
        )
        feedbacks.support(tx, secret.number, BEN)
        theme(tx, secret.number, "Project Zebra", SAM)
    renamed, whole = themes.called(tx, "=speed", ""), themes.add(tx, "=Performance", "", MAYA)
    assert renamed is not None
    themes.change(tx, replace(renamed, part_of=whole.id))
    merge(tx, 2, 1)
    merge(tx, 1, 9)
    gone = feedbacks.add(tx, NewFeedback(Kind.IDEA, Source.TYPED, SAM, "Gone"), "Gone", Audience.workspace())
    feedbacks.set_state(tx, gone, FeedbackState.UNDONE, "Gone")
    feedbacks.add(tx, NewFeedback(Kind.PRAISE, Source.TYPED, SAM, "Last"), "Last", Audience.workspace())


def theme(tx: Tx, number: int, name: str, place: str) -> None:
    triage.name_theme(tx, number, themes.named(tx, name, place, SAM).id, name)


def merge(tx: Tx, number: int, into: int) -> None:
    found = feedbacks.get(tx, number)
    assert found is not None
    feedbacks.set_state(tx, found, FeedbackState.MERGED, found.words or "")
    merging.join(tx, Merge(number, into, found.state, MAYA, tx.now))


US = PersonId("U0US")


@pytest.fixture
async def full(database: Database) -> Database:
    """A database with feedback of every sort in it."""
    await database.transact(HERE, install)
    await database.transact(HERE, furnish)
    return database


@pytest.fixture
async def empty(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Database]:
    """Another Throughline of the same workspace, in which nothing is."""
    path = tmp_path / "other.db"
    await asyncio.to_thread(shutil.copy, sqlite_template, path)
    database = Database(f"sqlite:///{path}", Clock())
    await database.transact(HERE, install)
    yield database
    await database.close()


def install(tx: Tx) -> None:
    workspaces.remember(tx, US, "B0US")


def unheard(_done: int) -> None:
    """Nobody looks on."""


async def export(database: Database, file: Path, *, everything: bool = False) -> str:
    """What the file holds then."""
    await Export(file, everything).write(database, HERE, unheard)
    return await asyncio.to_thread(file.read_text)


async def take(database: Database, file: Path) -> str:
    """What came of taking it in."""
    sheet = sheets.look(file)
    if sheet.lines:
        return await WholeImport(HERE, sheet).take(database, US, unheard)
    what = await FeedbackImport.begin(database, HERE, sheet, day_first=None)
    return await what.take(database, US, unheard)


async def searched(database: Database) -> list[int]:
    """Where words are found that were merged and merged again."""
    return await database.read(HERE, lambda tx: searching.newest(tx, AnyOf(("hyperlink",)), 5, 1_000))


async def test_what_was_exported_comes_in_again_equal(
    full: Database, empty: Database, tmp_path: Path
) -> None:
    """All of it, in an empty Throughline and with its numbers; a second time there is nothing new."""
    first = await export(full, tmp_path / "first.jsonl", everything=True)
    assert len(first.splitlines()) == 12
    assert '"Gone"' not in first
    looked = await WholeImport(HERE, sheets.look(tmp_path / "first.jsonl")).look(empty, unheard)
    assert (looked.good, looked.bad) == (12, 0)
    assert "Only some may see 2 of them." in looked.findings

    assert (await take(empty, tmp_path / "first.jsonl")).startswith("12 taken in: F-1 to F-13.")
    assert await export(empty, tmp_path / "again.jsonl", everything=True) == first
    assert await searched(full) == await searched(empty) == [9]
    for database in (empty, full):
        assert "0 taken in. There already: 12." in await take(database, tmp_path / "first.jsonl")
    assert await export(full, tmp_path / "still.jsonl", everything=True) == first
    await empty.close()
    assert (await verify(empty.url)).violations == []


async def test_a_theme_is_in_the_file_of_whoever_may_read_its_name(full: Database) -> None:
    """What Sam wrote for himself stands in his own file, and in one of everything; not in Maya's, nor in one for all."""
    await full.transact(HERE, lambda tx: theme(tx, 9, "Zebra", SAM))

    def found(tx: Tx) -> list[str | None]:
        files = [exporting.of(tx, [9], Viewer(one, PersonKind.MEMBER)) for one in (SAM, MAYA)]
        files += [exporting.page(tx, 8, everything=everything) for everything in (True, False)]
        return [next(one.theme for one in file if one.number == 9) for file in files]

    assert await full.read(HERE, found) == ["Zebra", None, "Zebra", None]


async def test_numbers_that_are_taken_are_others(full: Database, empty: Database, tmp_path: Path) -> None:
    """Into a Throughline in use it comes under new numbers, and what was merged is merged there, too."""
    new = NewFeedback(Kind.IDEA, Source.TYPED, MAYA, "Mine")
    for _ in range(20):
        await empty.transact(HERE, lambda tx: feedbacks.add(tx, new, "Mine", Audience.workspace()))
    content = await export(full, tmp_path / "all.jsonl", everything=True)
    elsewhere = content.replace(HERE, "T0ELSEWHERE")
    await asyncio.to_thread((tmp_path / "all.jsonl").write_text, elsewhere)
    assert (await take(empty, tmp_path / "all.jsonl")).startswith("12 taken in: F-21 to F-32.")
    assert await searched(empty) == [29]


async def test_a_sheet_holds_no_formula_and_comes_back(
    full: Database, empty: Database, tmp_path: Path
) -> None:
    """Whatever people wrote is text to a spreadsheet; what comes back to where it is from is there already."""
    file = tmp_path / "all.csv"
    content = await export(full, file)
    rows = list(csv.DictReader(content.splitlines(keepends=True)))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(exchange.FORMULAS)]
    assert "Secret" not in content
    one = next(row for row in rows if row["key"] == "PAY-12")
    assert (one["account"], one["people"], one["accounts"], one["area"]) == ("Acme", "2", "2", "Payments")
    assert one["theme"] == "'=Performance"
    assert f"0 taken in. There already: {len(rows)}." in await take(full, file)

    await take(empty, file)
    again = csv.DictReader((await export(empty, tmp_path / "again.csv")).splitlines(keepends=True))
    assert [(row["words"], row["theme"]) for row in again] == [(row["words"], row["theme"]) for row in rows]


async def test_the_command_says_what_it_wrote(sqlite_template: Path, tmp_path: Path) -> None:
    """How many there are and what was left out; nothing is overwritten, and no half file stays."""
    await asyncio.to_thread(shutil.copy, sqlite_template, tmp_path / "throughline.db")
    database = Database(f"sqlite:///{tmp_path / 'throughline.db'}", Clock())
    await database.transact(HERE, install)
    await database.transact(HERE, furnish)
    file, env = tmp_path / "all.csv", {"THROUGHLINE_DATA_DIR": str(tmp_path)}
    said = await throughline("export", "feedback", str(file), env=env)  # beside whoever has it open
    await database.close()
    assert (said.code, "holds 10 pieces of feedback. Left out is what only some" in said.err) == (0, True)
    again = await throughline("export", "feedback", str(file), env=env)
    assert (again.code, "overwrites nothing" in again.err) == (2, True)
    assert {one for one in await asyncio.to_thread(names, tmp_path) if "csv" in one} == {"all.csv"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("all.xlsx", "End the name with .csv"), ("there.csv", "overwrites nothing"), ("no/a.csv", "no folder")],
)
def test_a_file_that_cannot_be_is_named(tmp_path: Path, name: str, words: str) -> None:
    """Before anything is read."""
    (tmp_path / "there.csv").write_text("mine")
    with pytest.raises(NotRead, match=words):
        Export(tmp_path / name, everything=True).check()


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


WHOLE = {
    "id": "T1/F-1", "number": 1, "kind": "idea", "state": "new", "title": "x", "words": "x", "words_state": "known",
    "source": "typed", "captured_by": "U1", "captured_at": "2026-03-03T10:00:00+00:00",
    "audience": {"kind": "workspace"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "rant"}, "kind: "),
        ({"captured_at": "2026-03-03T10:00:00"}, "a time has no zone"),
        ({"captured_by": "U" * 33}, "captured_by has more than 32"),
        ({"words": "a\x00b"}, "NUL"),
        ({"words": "x" * 40_001}, "words is too long"),
        ({"number": 2**31}, "number or version"),
        ({"audience": {"kind": "everybody"}}, "audience.kind"),
        ({"followers": [""]}, "somebody's id"),
        ({"mood": "sunny"}, "I know no mood"),
        ({"supporters": [{"person": "U1", "since": "2026-03-03T10:00:00+00:00"}] * 2}, "twice"),
    ],
)
def test_a_line_that_is_none_of_ours_is_refused(changed: dict[str, object], words: str) -> None:
    """What no Throughline wrote is told and not kept."""
    assert exchange.read(json.dumps(WHOLE))[1].number == 1
    with pytest.raises(Unreadable, match=words):
        exchange.read(json.dumps({**WHOLE, **changed}))
    with pytest.raises(Unreadable):
        exchange.read("{")
