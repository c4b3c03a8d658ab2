"""PostgreSQL's own troubles: connections that are lost, races that are lost; nothing is kept by halves, nobody waits."""

import asyncio
import threading
import time
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from storage.database import Clock, Database, NotCommitted, Tx
from storage.database.postgres import FORSAKEN
from storage.settings import queries as settings
from tests.storage.works import A, kept, put
from tests.wire import wire_to_socket

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def terminate(url: str) -> None:
    """End the database's connections as a restart of the server would."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def clients(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert found is not None
    return int(found[0])


async def test_a_connection_lost_in_a_work_keeps_nothing(database: Database) -> None:
    """The caller is told so, and the next work finds a new connection by itself."""

    def cut(tx: Tx) -> None:
        put(tx, "cut")
        terminate(database.url)
        put(tx, "more")

    with pytest.raises(NotCommitted):
        await database.transact(A, cut)
    await asyncio.gather(*(database.transact(A, partial(put, name=f"n{n}")) for n in range(8)))
    assert await kept(database, ["cut", "more", "n0", "n7"]) == ["n0", "n7"]


async def test_a_connection_lost_before_the_commit_keeps_nothing(database: Database) -> None:
    """The work was done and only the COMMIT did not get through."""

    def cut(tx: Tx) -> None:
        put(tx, "cut")
        terminate(database.url)

    with pytest.raises(NotCommitted):
        await database.transact(A, cut)
    assert await kept(database, ["cut"]) == []


async def test_connections_lost_while_idle_are_nobody_s_trouble(database: Database) -> None:
    """After a restart of the server between two works, no caller hears of it."""
    for turn in range(3):
        names = [f"{turn}-{number}" for number in range(12)]
        await asyncio.gather(*(database.transact(A, partial(put, name=name)) for name in names))
        assert await kept(database, names) == names
        terminate(database.url)


async def test_closing_leaves_no_connection(database_url: str) -> None:
    """A stopped process holds nothing on the server."""
    database = Database(database_url, Clock())
    await asyncio.gather(*(database.transact(A, partial(put, name=f"n{n}")) for n in range(20)))
    assert clients(database_url) > 0
    await database.close()

    for _ in range(100):  # the server takes a moment to see them go
        if not clients(database_url):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{clients(database_url)} connections were left behind")


@pytest.mark.parametrize("code", ["40001", "40P01", "23505"])
async def test_a_lost_race_is_run_again(database: Database, code: str) -> None:
    """A deadlock, a serialization failure, or a row somebody else made first: the second run settles it."""
    runs: list[str] = []

    def losing(tx: Tx) -> str:
        put(tx, f"run{len(runs)}")
        runs.append(code)
        if len(runs) < 3:
            lose(tx, code)
        return "done"

    assert await database.transact(A, losing) == "done"
    assert len(runs) == 3
    assert await kept(database, ["run0", "run1", "run2"]) == ["run2"]


async def test_who_always_loses_is_told(database: Database) -> None:
    """After a few runs the error reaches the caller, and the connection is fit for the next."""
    with pytest.raises(DBAPIError, match="lost"):
        await database.transact(A, partial(lose, code="40001"))
    await asyncio.gather(*(database.transact(A, partial(put, name=f"n{n}")) for n in range(8)))


def lose(tx: Tx, code: str) -> None:
    tx._connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '{code}'; END $$")


async def test_two_works_that_lock_each_other_both_happen(database_url: str) -> None:
    """A real deadlock ends by itself, and neither caller hears of it."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L',"
                           " current_database(), '20ms'); END $$")  # fmt: skip
    database = Database(database_url, Clock())
    await asyncio.gather(*(database.transact(A, partial(put, name=name)) for name in ("one", "two")))
    meeting, met = threading.Barrier(2), threading.local()

    def both(tx: Tx, first: str, second: str) -> None:
        put(tx, first, {"by": first})
        if not getattr(met, "once", False):
            met.once = True
            meeting.wait(10)
        put(tx, second, {"by": first})

    await asyncio.gather(
        database.transact(A, partial(both, first="one", second="two")),
        database.transact(A, partial(both, first="two", second="one")),
    )

    found = await database.read(A, lambda tx: [settings.find(tx, "one"), settings.find(tx, "two")])
    assert found[0] == found[1]
    await database.close()


async def test_a_process_stopped_in_a_transaction_blocks_nobody_for_long(database_url: str) -> None:
    """What it has locked the server frees; when it goes on, its work happens all the same, once."""
    stopped, other = Database(database_url, Clock()), Database(database_url, Clock())
    await stopped.transact(A, partial(put, name="row"))
    locked, goes_on = threading.Event(), threading.Event()
    runs: list[str] = []

    def stops_midway(tx: Tx) -> None:
        runs.append("run")
        put(tx, "row", {"by": "stopped"})
        settings.find(tx, "row")  # so that the server has it
        locked.set()
        goes_on.wait(FORSAKEN * 3)
        put(tx, "after")

    work = stopped.transact(A, stops_midway)
    await asyncio.to_thread(locked.wait)
    began = time.monotonic()
    await other.transact(A, partial(put, name="row", value={"by": "other"}))
    waited = time.monotonic() - began
    goes_on.set()
    await work

    assert waited < FORSAKEN * 2
    assert len(runs) == 2
    assert await kept(other, ["row", "after"]) == ["row", "after"]
    await asyncio.gather(stopped.close(), other.close())


async def test_who_hears_late_that_it_was_forsaken_runs_again(database_url: str, tmp_path: Path) -> None:
    """The server's word that it gave the transaction up comes as the answer to COMMIT: nothing was kept by then."""
    address = make_url(database_url)
    there, name = Path(str(address.query["host"])), ".s.PGSQL.5432"
    runs: list[str] = []

    async with wire_to_socket(there / name, tmp_path / name) as wire:
        through = address.update_query_dict({"host": str(tmp_path)})
        database = Database(through.render_as_string(hide_password=False), Clock())

        def forsaken(tx: Tx) -> None:
            runs.append("run")
            put(tx, f"run{len(runs)}")
            if len(runs) == 1:
                say = tx._connection.exec_driver_sql
                say("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
                wire.hide_the_end()
                until_nobody_is_idle(database_url)

        await database.transact(A, forsaken)
        assert await kept(database, ["run1", "run2"]) == ["run2"]
        assert runs == ["run", "run"]
        await database.close()


def until_nobody_is_idle(url: str) -> None:
    """Until the server has given up each transaction in which nothing happens."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(200):
            found = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state LIKE 'idle in transaction%'"
            ).fetchone()
            if found == (0,):
                return
            time.sleep(0.05)
    pytest.fail("the server never gave it up")
