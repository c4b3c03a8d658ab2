"""What the database promises when it cannot: nobody is told their work is kept that is not, nobody waits for ever."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Busy, Clock, Database, NotCommitted, Tx
from storage.database.sqlite import GROUP, WAITING
from storage.settings import queries as settings
from storage.workspaces import queries as workspaces
from tests.storage.works import A, kept, on_sqlite, put

BIG = {"words": "x" * 20_000}


async def together(database: Database, works: list[Callable[[Tx], Any]]) -> list[Any]:
    """Let works wait for the writer, so that they share a commit."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(_tx: Tx) -> None:
        begun.set()
        go_on.wait(10)

    holding = database.transact(A, hold)
    await asyncio.to_thread(begun.wait, 10)
    waiting = [database.transact(A, work) for work in works]
    go_on.set()
    await holding
    return await asyncio.gather(*waiting, return_exceptions=True)


def pages(tx: Tx, more: int) -> None:
    connection = tx._connection
    used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={used + more}")


@on_sqlite
async def test_a_full_disk_is_told_to_everybody_who_shared_the_commit(database: Database) -> None:
    """One work too many for the disk: none of its group is kept, all are told, and freed space is used at once."""
    await database.transact(A, partial(pages, more=3))
    names = [f"n{number}" for number in range(12)]

    outcomes = await together(
        database, [partial(put, name=name, value=BIG if name == "n7" else None) for name in names]
    )

    assert [type(one) for one in outcomes] == [NotCommitted] * 12
    assert await kept(database, names) == []
    await database.transact(A, partial(pages, more=1000))
    await asyncio.gather(*(database.transact(A, partial(put, name=name, value=BIG)) for name in names))
    assert await kept(database, names) == names


@on_sqlite
async def test_whatever_a_full_disk_let_through_is_there(database: Database) -> None:
    """Works in many groups on a disk that fills up: what was reported kept is kept, and nothing else."""
    await database.transact(A, partial(pages, more=500))
    names = [f"n{number}" for number in range(4 * GROUP)]

    outcomes = await asyncio.gather(
        *(database.transact(A, partial(put, name=name, value=BIG)) for name in names), return_exceptions=True
    )

    said = [name for name, outcome in zip(names, outcomes, strict=True) if outcome is None]
    assert {type(one) for one in outcomes} == {type(None), NotCommitted}
    assert await kept(database, names) == said


FILLING = """
import asyncio, json, resource, sys
from storage.database import Clock, Database, NotCommitted
from storage.settings import queries as settings

async def main(url, limit):
    database, said = Database(url, Clock()), {}
    async def put(name):
        try:
            await database.transact("TA", lambda tx: settings.put(tx, name, {"words": "x" * 5000}, None))
            said[name] = True
        except NotCommitted:
            said[name] = False
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for turn in range(40):
        await asyncio.gather(*(put(f"full{turn}-{number}") for number in range(10)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await asyncio.gather(*(put(f"freed{number}") for number in range(10)))
    print("said:" + json.dumps(said), flush=True)
    sys.stdin.read()  # killed here: nothing is closed in good order

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def test_a_disk_that_takes_no_more_bytes(sqlite_template: Path, tmp_path: Path) -> None:
    """The operating system refuses the write of the commit itself; a kill later the file holds what was reported."""
    path = tmp_path / "small.db"
    path.write_bytes(sqlite_template.read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", FILLING, f"sqlite:///{path}", str(600_000)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as child:
        assert child.stdout is not None
        line = next(line for line in child.stdout if line.startswith("said:"))
        child.send_signal(signal.SIGKILL)
    said: dict[str, bool] = json.loads(line.removeprefix("said:"))

    with sqlite3.connect(path) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM settings")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()

    assert found == {name for name, kept in said.items() if kept}
    assert Counter(name[:4] for name, kept in said.items() if not kept).keys() == {"full"}
    assert all(said[f"freed{number}"] for number in range(10))


@on_sqlite
async def test_a_commit_that_fails_is_told_to_the_whole_group(database: Database) -> None:
    """The works were fine, the COMMIT was not: nobody is told that theirs is kept."""
    path = database.url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE child (of INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    connection.close()

    def orphan(tx: Tx) -> None:
        tx._connection.exec_driver_sql("INSERT INTO child VALUES (7)")

    outcomes = await together(database, [partial(put, name="before"), orphan, partial(put, name="after")])

    assert [type(one) for one in outcomes] == [NotCommitted] * 3
    assert await kept(database, ["before", "after"]) == []
    await database.transact(A, partial(put, name="later"))
    assert await kept(database, ["later"]) == ["later"]


async def test_too_many_waiting_is_said_at_once(database: Database) -> None:
    """The queue has an end; who comes after it is refused without waiting, and who waits is served."""
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def hold(_tx: Tx) -> None:
        begun.release()
        go_on.wait(30)

    holders = 1 if database.dialect == "sqlite" else 4
    waiting = [database.transact(A, hold) for _ in range(holders)]
    for _ in range(holders):
        await asyncio.to_thread(begun.acquire)
    room = WAITING if database.dialect == "sqlite" else WAITING - holders
    waiting += [database.transact(A, lambda tx: None) for _ in range(room)]

    with pytest.raises(Busy, match="too much waiting"):
        await database.transact(A, lambda tx: None)

    go_on.set()
    await asyncio.gather(*waiting)
    await database.transact(A, lambda tx: None)


@on_sqlite
async def test_too_many_readers_are_told_so_too(database: Database) -> None:
    """Reading has the same end."""
    go_on = threading.Event()
    waiting = [database.read(A, lambda tx: go_on.wait(30)) for _ in range(WAITING)]

    with pytest.raises(Busy, match="too much waiting"):
        await database.read(A, lambda tx: None)

    go_on.set()
    assert all(await asyncio.gather(*waiting))


class Unheard(BaseException):
    """Something that is no Exception."""


@pytest.mark.parametrize(
    ("odd", "heard"),
    [
        (Unheard, Unheard),
        (asyncio.CancelledError, asyncio.CancelledError),
        (sqlite3.OperationalError, sqlite3.OperationalError),
        (StopIteration, RuntimeError),
    ],
)
async def test_no_odd_error_leaves_anybody_waiting(
    database: Database, odd: type[BaseException], heard: type[BaseException]
) -> None:
    """Whatever a work raises reaches its own caller, and the others of its group are served."""

    def strange(_tx: Tx) -> None:
        raise odd

    outcomes = await asyncio.wait_for(
        together(database, [partial(put, name="before"), strange, partial(put, name="after")]), 10
    )
    read = await asyncio.wait_for(asyncio.gather(database.read(A, strange), return_exceptions=True), 10)

    assert [type(one) for one in outcomes] == [type(None), heard, type(None)]
    assert [type(one) for one in read] == [heard]
    assert await kept(database, ["before", "after"]) == ["before", "after"]


async def test_a_refused_statement_fails_the_work_even_when_swallowed(database: Database) -> None:
    """PostgreSQL keeps nothing of such a work, so on neither database is it reported as kept."""

    def swallowing(tx: Tx) -> str:
        put(tx, "lost")
        try:
            settings.put(tx, "nameless", None, None)  # type: ignore[arg-type] # the database refuses it
        except IntegrityError:
            return "all is well"
        return "it was taken"

    with pytest.raises(IntegrityError):
        await database.transact(A, swallowing)
    assert await kept(database, ["lost"]) == []


async def test_a_savepoint_is_the_way_to_go_on_after_a_refusal(database: Database) -> None:
    """Inside a savepoint the same refusal undoes only itself."""

    def careful(tx: Tx) -> None:
        put(tx, "first")
        try:
            with tx.savepoint():
                settings.put(tx, "nameless", None, None)  # type: ignore[arg-type] # the database refuses it
        except IntegrityError:
            put(tx, "second")

    await database.transact(A, careful)
    assert await kept(database, ["first", "second"]) == ["first", "second"]


async def test_after_the_end_a_work_is_refused(database_url: str) -> None:
    """What was queued before `close` is committed, what comes later is refused, nobody waits for ever."""
    database = Database(database_url, Clock())
    queued = [database.transact(A, partial(put, name=f"n{number}")) for number in range(50)]
    closing = asyncio.ensure_future(database.close())
    await asyncio.sleep(0)

    with pytest.raises(NotCommitted, match="closed"):
        await database.transact(A, partial(put, name="late"))

    await closing
    await asyncio.gather(*queued)
    again = Database(database_url, Clock())
    assert len(await kept(again, [f"n{number}" for number in range(50)])) == 50
    await again.close()


async def test_a_file_that_is_no_database_is_an_error_at_once(tmp_path: Path) -> None:
    """Neither the writer nor a reader leaves its callers waiting for it."""
    path = tmp_path / "letter.db"
    path.write_text("Dear database, " * 500)
    url = f"sqlite:///{path}"

    with pytest.raises(DBAPIError, match="not a database"):
        Database(url, Clock())
    reader = Database(url, Clock(), reading_only=True)
    with pytest.raises(DBAPIError, match="not a database"):
        await asyncio.wait_for(reader.read_everywhere(workspaces.every), 10)
    await reader.close()
