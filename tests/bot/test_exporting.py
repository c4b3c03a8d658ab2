"""`throughline export`: a sheet in which no formula hides, and lines of JSON that lose nothing."""

import asyncio
import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import migrations
from handlers.feedback import exchange
from handlers.feedback.columns import Unreadable
from storage.accounts import queries as accounts
from storage.accounts.values import AccountState
from storage.areas import queries as areas
from storage.database import Clock, Database, Tx
from storage.feedback import asking, standings
from storage.feedback import queries as feedbacks
from storage.feedback.values import (
    FeedbackState,
    Kind,
    MessageRef,
    NewFeedback,
    Source,
    Standing,
)
from storage.things import queries as things
from storage.values import Audience, ChannelId, PersonId, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.processes import Ended, throughline

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
    gone = feedbacks.add(tx, NewFeedback(Kind.IDEA, Source.TYPED, SAM, "Gone"), "Gone", Audience.workspace())
    feedbacks.set_state(tx, gone, FeedbackState.UNDONE, "Gone")
    feedbacks.add(tx, NewFeedback(Kind.PRAISE, Source.TYPED, SAM, "Last"), "Last", Audience.workspace())


async def workspace(url: str, *, furnished: bool) -> dict[str, str]:
    """A Throughline in this database."""
    database = Database(url, Clock())
    await database.transact(HERE, lambda tx: workspaces.remember(tx, PersonId("U0US"), "B0US"))
    if furnished:
        await database.transact(HERE, furnish)
    await database.close()
    return {"THROUGHLINE_DATABASE_URL": url}


async def export(env: dict[str, str], file: Path, *options: str) -> Ended:
    return await throughline("export", "feedback", str(file), *options, env=env)


async def test_what_was_exported_comes_in_again_equal(database_url: str, tmp_path: Path) -> None:
    """All of it, in an empty Throughline and with its numbers; a second time there is nothing new."""
    here = await workspace(database_url, furnished=True)
    first = tmp_path / "first.jsonl"
    said = await export(here, first, "--all")
    assert (said.code, "holds 12 pieces of feedback." in said.err) == (0, True)
    assert '"Gone"' not in first.read_text()

    url = f"sqlite:///{tmp_path / 'other.db'}"
    await asyncio.to_thread(migrations.upgrade, url)
    there = await workspace(url, furnished=False)
    looked = await throughline("import", "feedback", str(first), "--dry-run", env=there)
    assert (looked.code, "Only some may see 2 of them." in looked.err) == (0, True)
    done = await throughline("import", "feedback", str(first), "--yes", env=there)
    assert "12 taken in: F-1 to F-13." in done.err
    again = tmp_path / "again.jsonl"
    await export(there, again, "--all")
    assert again.read_text() == first.read_text()
    assert (
        "0 taken in. There already: 12."
        in (await throughline("import", "feedback", str(first), "--yes", env=there)).err
    )
    assert (await throughline("verify", env=there)).code == 0


async def test_a_sheet_holds_no_formula_and_comes_back(database_url: str, tmp_path: Path) -> None:
    """Whatever people wrote is text to a spreadsheet; what comes back to where it is from is there already."""
    here = await workspace(database_url, furnished=True)
    file = tmp_path / "all.csv"
    said = await export(here, file)
    assert "Left out is what only some here may see" in said.err
    rows = list(csv.DictReader(file.read_text().splitlines(keepends=True)))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(exchange.FORMULAS)]
    assert "Secret" not in file.read_text()
    full = next(row for row in rows if row["key"] == "PAY-12")
    assert (full["account"], full["people"], full["accounts"], full["area"]) == ("Acme", "2", "2", "Payments")
    there = await throughline("import", "feedback", str(file), "--yes", env=here)
    assert f"0 taken in. There already: {len(rows)}." in there.err

    url = f"sqlite:///{tmp_path / 'other.db'}"
    await asyncio.to_thread(migrations.upgrade, url)
    other = await workspace(url, furnished=False)
    database = Database(url, Clock())
    await database.transact(HERE, lambda tx: tx.wake("nobody"))
    await database.close()
    assert (await throughline("import", "feedback", str(file), "--yes", env=other)).code == 0
    again = tmp_path / "again.csv"
    await export(other, again)
    assert [row["words"] for row in csv.DictReader(again.read_text().splitlines(keepends=True))] == [
        row["words"] for row in rows
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("all.xlsx", "End the name with .csv"),
        ("there.csv", "overwrites nothing"),
        ("no/all.csv", "There is no folder"),
    ],
)
async def test_a_file_that_cannot_be_is_named(
    sqlite_template: Path, tmp_path: Path, name: str, words: str
) -> None:
    """Nothing is overwritten and nothing half a file stays."""
    await asyncio.to_thread((tmp_path / "there.csv").write_text, "mine")
    here = await workspace(f"sqlite:///{sqlite_template}", furnished=False)
    said = await export(here, tmp_path / name)
    assert (said.code, words in said.err) == (2, True)
    assert await asyncio.to_thread(names, tmp_path) == ["there.csv"]


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
