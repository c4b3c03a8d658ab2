"""Search: the same words find the same on both databases, newest first, and never another workspace's."""

from collections.abc import Sequence

import pytest

from storage.database import Database, Tx
from storage.search import queries as search
from storage.search.words import AllOf, AnyOf, OneOf, sought_in
from storage.values import WorkspaceId
from tests.storage.works import A, B

NEWEST = 2**31 - 1


async def keep(database: Database, workspace: WorkspaceId, texts: Sequence[str]) -> None:
    def work(tx: Tx) -> None:
        for number, text in enumerate(texts, start=1):
            search.keep(tx, number, [text])

    await database.transact(workspace, work)


async def find(database: Database, typed: str, workspace: WorkspaceId = A) -> list[int]:
    sought = sought_in(typed)
    assert sought is not None
    return await database.read(workspace, lambda tx: search.newest(tx, sought, 100, NEWEST))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Acme’s invoices in Euro", "acme invoice EURO"),
        ("We export reports", "exporting report"),
        ("Several currencies", "currency"),
        ("Überweisung nach Zürich", "uberweisung zurich"),
        ("naïve café", "CAFÉ naive"),
        ("請求書をユーロで", "請求書"),
        ("فواتير باليورو", "فواتير"),
        ("Support for BP and 3M", "bp 3m"),
        ("a_snake@example.com costs 'a lot' & \"more\"", "example lot more"),
    ],
)
async def test_words_are_found_as_people_type_them(database: Database, text: str, typed: str) -> None:
    """Case, accents, signs, endings, and the end of a word do not matter; in any writing."""
    await keep(database, A, [text, "Something else"])
    assert await find(database, typed) == [1]


@pytest.mark.parametrize("typed", ["", "  ", "!!", "'", "_", "\x00", "\ue000"])
def test_nothing_is_looked_for_without_a_word(typed: str) -> None:
    """Signs alone are no search."""
    assert sought_in(typed) is None


@pytest.mark.parametrize(
    "typed", ['euro" OR "1', "euro' | 'a", "euro) OR (a", "euro*:NEAR", "@t0a euro", "words:euro"]
)
async def test_no_sign_is_a_command(database: Database, typed: str) -> None:
    """Whatever somebody types is words: it can neither widen a search nor break it."""
    await keep(database, A, ["Euro", "Dollar"])
    assert set(await find(database, typed)) <= {1}


async def test_the_newest_come_first_a_page_at_a_time(database: Database) -> None:
    """Below the number asked for, and no more than asked for."""
    await keep(database, A, ["Euro"] * 7)
    sought = AnyOf(("euro",))
    assert await database.read(A, lambda tx: search.newest(tx, sought, 3, NEWEST)) == [7, 6, 5]
    assert await database.read(A, lambda tx: search.newest(tx, sought, 3, 5)) == [4, 3, 2]
    assert await database.read(A, lambda tx: search.newest(tx, sought, 3, 2)) == [1]


async def test_what_changed_is_found_by_what_it_says_now(database: Database) -> None:
    """And what has no words any more by none; nothing of the old words is left in the table."""
    await keep(database, A, ["Euro", "Dollar"])
    await database.transact(A, lambda tx: search.keep(tx, 1, ["Yen"]))
    await database.transact(A, lambda tx: search.forget(tx, 2))
    assert [await find(database, word) for word in ("euro", "yen", "dollar")] == [[], [1], []]
    await database.transact(A, lambda tx: search.keep(tx, 1, ["…"]))
    assert await find(database, "yen") == []


async def test_some_of_several(database: Database) -> None:
    """All of, any of, and one of several all of."""
    await keep(database, A, ["euro invoice", "euro", "invoice report", "report"])
    either = OneOf((AllOf((AnyOf(("euro",)), AnyOf(("inv*",)))), AllOf((AnyOf(("report", "nothing")),))))
    assert await database.read(A, lambda tx: search.newest(tx, either, 9, NEWEST)) == [4, 3, 1]


async def test_no_workspace_finds_anothers(database: Database) -> None:
    """Not by the same words and numbers, nor by naming the other in a search or a text."""
    await keep(database, A, ["Euro", f"@{B} {B}"])
    await keep(database, B, ["Dollar", f"Euro @{A} {A}"])
    assert await find(database, "euro") == [1]
    assert await find(database, "euro", B) == [2]
    assert await find(database, "dollar") == []
    assert await find(database, f"dollar @{A}", A) == []
    assert await find(database, f"@{A} euro", A) == []


async def test_a_search_in_many_is_quick_to_the_newest(database: Database) -> None:
    """What is common among the newest, and what only the oldest say, are both found."""
    await keep(database, A, ["rare", *["common"] * 400])
    assert (await find(database, "common"))[:2] == [401, 400]
    assert await find(database, "rare") == [1]
