"""Keep the words of things, and find things by words; the two databases each in their own way, with one answer.

Features keep the words of what is theirs by number (`keep`, `forget`) in the transaction that changes them, and ask
for the numbers of what has some words, newest first (`newest`); who may see it is theirs to look at. Words are made
alike before either database has them, so both find the same. Each workspace's rows carry it as a token of the index
itself, which no text can contain.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer, String, bindparam, cast, column, delete, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from storage.database import OURS, Tx
from storage.search.tables import FOUND, INDEX, SearchRow
from storage.search.words import AllOf, AnyOf, OneOf, Sought, words_in
from storage.values import WorkspaceId

_MOST_KEPT = 3_000
"""Different words of one text that are kept: the longest message has fewer."""
_NEAR, _FURTHER, _OFTEN = 2_000, 50_000, 8
"""PostgreSQL walks so many of the newest before it asks its index, which knows no order and reads out all it has: what is
common is met walking. Where less than one in `_OFTEN` of a page is met at once, the words are rare, and the index is quick.
"""
_BITS = 31
"""Bits of a number; the higher ones of an index row's id are its workspace's."""

_put = insert(SearchRow).values(workspace=OURS)
_KEEP = _put.on_conflict_do_update(
    index_elements=["workspace", "number"], set_={"words": _put.excluded.words}
)
_FORGET = delete(SearchRow).where(SearchRow.workspace == OURS, SearchRow.number == bindparam("which"))

_index = table(INDEX, column("rowid", BigInteger), column(INDEX, String))
_number = _index.c.rowid.op("&", return_type=Integer())((1 << _BITS) - 1)
_IN_SQLITE = (
    select(_number.label("number"))
    .where(
        _index.c[INDEX].op("MATCH", is_comparison=True)(bindparam("sought")),
        _index.c.rowid >= bindparam("first"),
        _index.c.rowid < bindparam("before"),
    )
    .order_by(_index.c.rowid.desc())
    .limit(bindparam("limit"))
)
_found = table(FOUND, column("workspace", String), column("number", Integer), column("words", TSVECTOR))
_ours = _found.c.workspace == OURS
_has = cast(bindparam("sought", type_=String), TSQUERY)
_recent = (
    select(_found.c.number, _found.c.words)
    .where(_ours, _found.c.number < bindparam("before"))
    .order_by(_found.c.number.desc())
    .limit(bindparam("window"))
    .subquery("recent")
)
_NEAR_BY = (
    select(_recent.c.number)
    .where(_recent.c.words.op("@@", is_comparison=True)(_has))
    .order_by(_recent.c.number.desc())
    .limit(bindparam("limit"))
)
_everywhere = (
    select(_found.c.number)
    .where(
        _ours,
        _found.c.words.op("@@", is_comparison=True)(_has),
        _found.c.number < bindparam("before"),
    )
    .cte("found")
    .prefix_with("MATERIALIZED")
)
_FAR_OFF = select(_everywhere.c.number).order_by(_everywhere.c.number.desc()).limit(bindparam("limit"))


def keep(tx: Tx, number: int, texts: Iterable[str]) -> None:
    """These are its words from now on."""
    words = _words(texts)
    if words:
        tx.put(_KEEP, **_row(tx.workspace, number, words))
    else:
        forget(tx, number)


def keep_new(tx: Tx, texts: Mapping[int, str]) -> None:
    """The words of things that are new, by number."""
    found = {number: _words([text]) for number, text in texts.items()}
    tx.run_many(_KEEP, [_row(tx.workspace, number, words) for number, words in found.items() if words])


def forget(tx: Tx, number: int) -> None:
    """It has no words any more."""
    tx.put(_FORGET, which=number)


def newest(tx: Tx, sought: Sought, limit: int, before: int, *, rare: bool = False) -> list[int]:
    """The numbers below `before` of what has these words, newest first; `rare` where few of the newest will have them."""
    if tx.dialect == "sqlite":
        said = f'"{_token(tx.workspace)}" AND {_written(sought, _SQLITE)}'
        values = {
            "first": _place(tx.workspace, 0),
            "before": _place(tx.workspace, min(before, (1 << _BITS) - 1)),
        }
        return [row.number for row in tx.all(_IN_SQLITE, sought=said, limit=limit, **values)]
    said = f"'{_token(tx.workspace)}' & {_written(sought, _POSTGRESQL)}"
    near = {"sought": said, "limit": limit, "before": before}
    found = [] if rare else tx.all(_NEAR_BY, **near, window=_NEAR)
    if limit // _OFTEN <= len(found) < limit:
        found = tx.all(_NEAR_BY, **near, window=_FURTHER)
    if len(found) < limit:
        found = tx.all(_FAR_OFF, **near)
    return [row.number for row in found]


# ---------------------------------------------------------------------------------------------------------


def _words(texts: Iterable[str]) -> list[str]:
    return sorted({one for text in texts for one in words_in(text)})[:_MOST_KEPT]


def _row(workspace: WorkspaceId, number: int, words: list[str]) -> dict[str, object]:
    return {
        "number": number,
        "at": _place(workspace, number),
        "words": " ".join([_token(workspace), *words]),
    }


def _token(workspace: WorkspaceId) -> str:
    """A workspace as a word of the index; no text has such a word, for it has no such sign."""
    return f"@{workspace.casefold()}"


def _place(workspace: WorkspaceId, number: int) -> int:
    """The row of SQLite's index: by number within a workspace, so that the newest are found first.

    Two workspaces of one file whose digests begin alike (once in four thousand million) would share rows; their
    tokens keep them apart all the same.
    """
    digest = hashlib.blake2b(workspace.encode(), digest_size=4).digest()
    return (int.from_bytes(digest) << _BITS | number) & ((1 << 63) - 1)


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a database writes what is sought."""

    quote: str
    begins: str
    both: str
    either: str


_SQLITE = _Signs('"', "*", " AND ", " OR ")
_POSTGRESQL = _Signs("'", ":*", " & ", " | ")


def _written(sought: Sought, signs: _Signs) -> str:
    match sought:
        case AnyOf(words):
            beginnings = [(one.removesuffix("*"), signs.begins if one.endswith("*") else "") for one in words]
            parts, sign = [f"{signs.quote}{one}{signs.quote}{end}" for one, end in beginnings], signs.either
        case AllOf(needed):
            parts, sign = [_written(one, signs) for one in needed], signs.both
        case OneOf(enough):
            parts, sign = [_written(one, signs) for one in enough], signs.either
    return f"({sign.join(parts)})"
