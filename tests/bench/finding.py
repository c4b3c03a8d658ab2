"""Finding feedback among a million: the newest, by words, and one card, each beside SQL written by hand.

Both are run in one thread on one connection, without the way to the database's own thread. What is written by hand
asks for the same rows under the same condition of who may see them, and makes nothing of them.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from rapidfuzz import fuzz, process, utils
from sqlalchemy.engine import make_url

from handlers.feedback import cards, probing
from handlers.feedback.likeness import OFFERED
from handlers.kit.requests import Who
from storage.database import Clock, Database, Tx
from storage.feedback import finding
from storage.feedback import queries as feedbacks
from storage.feedback.values import Filters
from storage.search import queries as search
from storage.search.words import sought_in
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind
from tests.bench.subjects import NotMeasured
from tests.bench.tools import Tools
from tests.bench.workspace import TEAM
from tests.figures import Figure
from tests.handlers.feedback import pairs

KINDS = ("sqlite", "postgresql")
KEPT, COMPARED = 1_000_000, 100_000
FIRST = 5_000_000
"""Numbers begin here, above those of the furnished database."""
ROUNDS, TIMES = 5, 12
SHOWN = 20
MOST_BY_HAND, MOST_OF_A_SCAN = 3.0, 2.0
SEARCHED = ("kettles", "rusty bridges", "zeppelin")
"""A word of one in twelve, two that are together in one of a hundred and fifty, and one of few."""
RARE = 5_000
"""One in so many has the rare word."""
WHO = Who(TEAM, PersonId("U0FINDER"), PersonKind.MEMBER, "UTC", admin=False)
VIEWER = Viewer(WHO.person, WHO.kind)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
Row = tuple[Any, ...]
Measured = dict[str, list[float]]

THINGS = (
    "workspace", "letter", "number", "title", "state", "owner", "version", "audience", "audience_channel",
    "created_at", "folded",
)  # fmt: skip
FEEDBACK = (
    "workspace", "number", "kind", "state", "words", "words_state", "source", "captured_by", "captured_at",
    "touched", "version",
)  # fmt: skip
SUPPORT = ("workspace", "number", "person", "since")
SEARCH = ("workspace", "number", "at", "words")

SEEN = """(t.audience = 'workspace' OR t.owner = :me OR t.audience_channel = :me
 OR EXISTS (SELECT 1 FROM channel_members m WHERE m.workspace = :ws AND m.channel = t.audience_channel AND m.person = :me)
 OR EXISTS (SELECT 1 FROM thing_audience a WHERE a.workspace = :ws AND a.letter = t.letter AND a.number = t.number
            AND a.person = :me))"""
WHOLE = """SELECT f.number, f.kind, f.state, f.words, f.words_state, c.name, f.source, f.channel, f.message_ts, t.permalink,
 f.author, f.captured_by, f.captured_at, f.touched, f.version, f.account_state, f.area
 FROM feedback f JOIN things t ON t.workspace = f.workspace AND t.letter = 'F' AND t.number = f.number
 LEFT JOIN accounts c ON c.workspace = f.workspace AND c.id = f.account"""
STANDS = "f.state IN ('new', 'triaged', 'planned', 'in_progress', 'shipped', 'declined', 'answered')"
NEWEST = f"{WHOLE} WHERE f.workspace = :ws AND {STANDS} AND {SEEN} ORDER BY f.number DESC LIMIT 20"
BY_WORDS = {
    "sqlite": f"""{WHOLE} JOIN feedback_search_fts s ON (s.rowid & 2147483647) = f.number
 WHERE feedback_search_fts MATCH :sought AND f.workspace = :ws AND {STANDS} AND {SEEN}
 ORDER BY s.rowid DESC LIMIT 20""",
    "postgresql": f"""{WHOLE} JOIN feedback_search s ON s.workspace = f.workspace AND s.number = f.number
 WHERE s.words @@ CAST(:sought AS tsquery) AND s.workspace = :ws AND {STANDS} AND {SEEN}
 ORDER BY s.number DESC LIMIT 20""",
}
ONE_CARD = (
    f"{WHOLE} WHERE f.workspace = :ws AND f.number = :number AND {SEEN}",
    "SELECT id, name, kind, admin FROM people WHERE workspace = :ws AND id IN (:me, 'U0CAPTOR')",
    "SELECT count(DISTINCT person) FROM feedback_supporters WHERE workspace = :ws AND number = :number",
    """SELECT count(DISTINCT c.id) FROM accounts c WHERE c.workspace = :ws AND c.id IN
 (SELECT account FROM feedback WHERE workspace = :ws AND number = :number
  UNION SELECT account FROM feedback_asked WHERE workspace = :ws AND number = :number)""",
    """SELECT t.letter, t.number, t.title, t.state FROM links l JOIN things t ON t.workspace = l.workspace
 AND t.letter = l.other_letter AND t.number = l.other_number
 WHERE l.workspace = :ws AND l.letter = 'F' AND l.number = :number""",
    "SELECT number FROM things WHERE workspace = :ws AND letter = 'F' AND part_of = :number",
    "SELECT id, name, owner, deputy FROM areas WHERE workspace = :ws ORDER BY id",
    "SELECT account, words, at FROM feedback_asked WHERE workspace = :ws AND number = :number ORDER BY at",
    "SELECT zone, workdays, start FROM worktimes WHERE workspace = :ws AND person = :me",
    "SELECT first, last, cover FROM aways WHERE workspace = :ws AND person = :me",
)
"""What stands on a card: itself, who is on it, how many and which accounts want it, its links, parts, area and asks, and
which day it is where the reader is."""


def run(tools: Tools) -> list[Figure]:
    """Each on both databases."""
    found = []
    for kind in KINDS:
        tools.tell(f"a million pieces of feedback, {kind}")
        found += _among(tools, kind, tools.of(KEPT, 2_000))
        tools.tell(f"what was said before, {kind}")
        found.append(_probe(tools, kind, tools.of(COMPARED, 2_000)))
    return found


# ---------------------------------------------------------------------------------------------------------


def _among(tools: Tools, kind: str, count: int) -> list[Figure]:
    url = tools.databases.fresh(kind)
    try:
        _fill(url, _wishes(count))
        ours, by_hand = asyncio.run(_rounds(url, kind, count))
    finally:
        tools.databases.drop(url)
    figures = []
    for name, seconds in ours.items():
        ratio = median(one / other for one, other in zip(seconds, by_hand[name], strict=True))
        floor, own = (median(one) * 1e3 for one in (by_hand[name], seconds))
        unit = "times SQL by hand"
        figures.append(
            Figure(f"feedback.{name}_{kind}", ratio, unit, floor, MOST_BY_HAND, at_most=True, ours=own)
        )
    return figures


async def _rounds(url: str, kind: str, count: int) -> tuple[Measured, Measured]:
    """The seconds ours and what is written by hand take, in turn."""
    ours: Measured = {}
    by_hand: Measured = {}
    database = Database(url, Clock())
    try:
        with _connected(url) as connection:
            deeds = _by_hand(connection, kind, count)
            for _ in range(ROUNDS):
                _add(ours, await database.read(TEAM, lambda tx: _measured(_deeds(tx, count))))
                _add(by_hand, _measured(deeds))
    finally:
        await database.close()
    return ours, by_hand


def _deeds(tx: Tx, count: int) -> dict[str, Callable[[int], object]]:
    def card(time: int) -> object:
        feedback = feedbacks.see(tx, _number(time, count), VIEWER)
        if feedback is None:
            raise NotMeasured("a card is not there")
        return cards.card(tx, feedback, WHO.person)

    def search_for(time: int) -> object:
        found, _ = finding.find(tx, VIEWER, Filters(words=SEARCHED[time % len(SEARCHED)]), SHOWN)
        return _some(found)

    return {
        "list": lambda _: _some(finding.find(tx, VIEWER, Filters(), SHOWN)[0]),
        "search": search_for,
        "card": card,
    }


def _by_hand(connection: Any, kind: str, count: int) -> dict[str, Callable[[int], object]]:
    values = {"ws": TEAM, "me": WHO.person}
    token = f'"{search._token(TEAM)}"' if kind == "sqlite" else f"'{search._token(TEAM)}'"

    def run(sql: str, **more: object) -> Sequence[Row]:
        rows: Sequence[Row] = connection.execute(_sql(sql, kind), {**values, **more}).fetchall()
        return rows

    def search_for(time: int) -> object:
        sought = sought_in(SEARCHED[time % len(SEARCHED)])
        assert sought is not None
        written = search._written(sought, search._SQLITE if kind == "sqlite" else search._POSTGRESQL)
        join = " AND " if kind == "sqlite" else " & "
        return _some(run(BY_WORDS[kind], sought=f"{token}{join}{written}"))

    def card(time: int) -> object:
        return [run(one, number=_number(time, count)) for one in ONE_CARD]

    return {"list": lambda _: _some(run(NEWEST)), "search": search_for, "card": card}


def _measured(deeds: dict[str, Callable[[int], object]]) -> dict[str, float]:
    """The seconds one takes, once all were done before."""
    found = {}
    for name, deed in deeds.items():
        for time_ in range(TIMES):
            deed(time_)
        began = time.perf_counter()
        for time_ in range(TIMES):
            deed(time_)
        found[name] = (time.perf_counter() - began) / TIMES
    return found


def _add(found: Measured, seconds: dict[str, float]) -> None:
    for name, one in seconds.items():
        found.setdefault(name, []).append(one)


def _some(found: Sequence[Any]) -> Sequence[Any]:
    if not found:
        raise NotMeasured("nothing was found where there is something")
    return found


def _number(time: int, count: int) -> int:
    """Every tenth is private, and none of those is even."""
    return FIRST + (time * 7919) % count // 2 * 2


def _probe(tools: Tools, kind: str, count: int) -> Figure:
    """One look for what was said before, by a bare scan of the same texts."""
    wishes = pairs.wishes()
    texts = [*(one.words for one in wishes), *pairs.around(count - len(wishes))]
    asked = [one.same[0] for one in wishes[:: len(wishes) // TIMES]]
    url = tools.databases.fresh(kind)
    try:
        _fill(url, iter(texts))
        ours, bare = asyncio.run(_probes(url, asked, texts))
    finally:
        tools.databases.drop(url)
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    own, floor = median(ours) * 1e3, median(bare) * 1e3
    name = f"feedback.probe_{kind}"
    return Figure(name, ratio, "times a bare scan", floor, MOST_OF_A_SCAN, at_most=True, ours=own)


async def _probes(url: str, asked: Sequence[str], texts: Sequence[str]) -> tuple[list[float], list[float]]:
    ours, bare = [], []
    database = Database(url, Clock())

    def work(tx: Tx) -> float:
        probing.near(tx, WHO, asked[0], None)  # each thread makes its statements ready first
        began = time.perf_counter()
        for said in asked:
            probing.near(tx, WHO, said, None)
        return (time.perf_counter() - began) / len(asked)

    try:
        await database.read(TEAM, work)
        for _ in range(ROUNDS):
            ours.append(await database.read(TEAM, work))
            bare.append(_scans(asked, texts))
    finally:
        await database.close()
    return ours, bare


def _scans(asked: Sequence[str], texts: Sequence[str]) -> float:
    began = time.perf_counter()
    for said in asked:
        process.extract(
            said, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=OFFERED
        )
    return (time.perf_counter() - began) / len(asked)


# -- rows -------------------------------------------------------------------------------------------------


def _wishes(count: int) -> Iterator[str]:
    draw = random.Random(pairs.SEED)
    for at in range(count):
        words = " ".join(draw.choice(part) for part in pairs._PARTS)
        yield f"{words} zeppelin" if at % RARE == 0 else words


def _fill(url: str, texts: Iterator[str]) -> None:
    """Rows as the program would have written them; every tenth is private to a channel of others."""
    with _connected(url) as connection:
        put = _put_sqlite if isinstance(connection, sqlite3.Connection) else _put_postgresql
        put(connection, enumerate(texts, start=FIRST))


def _rows(numbered: Sequence[tuple[int, str]]) -> dict[str, tuple[Sequence[str], list[Row]]]:
    things, kept, wanted, words = [], [], [], []
    for number, text in numbered:
        private = number % 10 == 1
        at = AT + timedelta(seconds=number - FIRST)
        where = ("channel", "C0OTHERS") if private else ("workspace", None)
        things.append((TEAM, "F", number, text[:80], "new", "U0CAPTOR", 1, *where, at, text[:80].casefold()))
        kept.append((TEAM, number, "idea", "new", text, "known", "command", "U0CAPTOR", at, False, 1))
        wanted.append((TEAM, number, "U0CAPTOR", at))
        row = search._row(TEAM, number, search._words([text]))
        words.append((TEAM, number, row["at"], row["words"]))
    return {
        "things": (THINGS, things),
        "feedback": (FEEDBACK, kept),
        "feedback_supporters": (SUPPORT, wanted),
        "feedback_search": (SEARCH, words),
    }


def _some_at_once(
    numbered: Iterator[tuple[int, str]],
) -> Iterator[dict[str, tuple[Sequence[str], list[Row]]]]:
    while some := [*islice(numbered, 20_000)]:
        yield _rows(some)


def _put_sqlite(connection: Any, numbered: Iterator[tuple[int, str]]) -> None:
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    for tables in _some_at_once(numbered):
        for table, (columns, rows) in tables.items():
            places = ", ".join("?" * len(columns))
            plain = [[_instant(one) for one in row] for row in rows]
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", plain)  # noqa: S608 - our own names
    connection.execute("INSERT INTO feedback_search_fts(feedback_search_fts) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")


def _instant(value: object) -> object:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _put_postgresql(connection: Any, numbered: Iterator[tuple[int, str]]) -> None:
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("DROP INDEX feedback_search_words")
    for tables in _some_at_once(numbered):
        for table, (columns, rows) in tables.items():
            with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
    connection.execute("CREATE INDEX feedback_search_words ON feedback_search USING gin (words)")
    connection.execute("VACUUM ANALYZE")


def _connected(url: str) -> Any:
    if url.startswith("sqlite"):
        return _Closing(sqlite3.connect(Path(make_url(url).database or ""), isolation_level=None))
    return _Closing(psycopg.connect(url, autocommit=True))


class _Closing:
    """Closes it; both drivers' own contexts end a transaction instead, or as well."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __enter__(self) -> Any:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _sql(sql: str, kind: str) -> str:
    """Named values as the driver takes them; SQLite, which has counted nothing, is told to go by number."""
    if kind == "sqlite":
        return sql.replace("f.state IN", "+f.state IN").replace(" JOIN things t", " CROSS JOIN things t")
    for name in ("ws", "me", "sought", "number"):
        sql = sql.replace(f":{name}", f"%({name})s")
    return sql
