"""A commit in one process wakes the loops of another at once; without the wake they come round by themselves."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

import psycopg
import pytest

from bot.app import Application, Roles
from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig, running
from handlers.registry import registry
from storage.database import Clock, Database, Tx
from storage.outbox import calls
from storage.outbox.values import Call
from tests.front import HERE, QUICK, SECRET, TOKEN, serving, settings_for, until_known

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

RARELY = replace(QUICK, tick=6.0)
"""A courier that looks by itself every six seconds."""


def say(tx: Tx, words: str) -> None:
    """Something is to be posted."""
    arguments = {"channel": "C0GENERAL", "text": words}
    calls.enqueue(tx, Call(words, "chat.postMessage", {**arguments}, lane=words))


@pytest.fixture
async def slack() -> AsyncIterator[RunningSandbox]:
    """A local Slack."""
    async with running(SandboxConfig(manifest(registry(), "http://127.0.0.1"), SECRET, TOKEN)) as place:
        yield place


@pytest.fixture
async def worker(database_url: str, slack: RunningSandbox) -> AsyncIterator[Application]:
    """A worker that knows who it is and has nothing to do."""
    app = Application(
        settings_for(database_url, slack.api_url), registry(), roles=Roles(web=False), timing=RARELY
    )
    async with serving(app):
        await until_known(app)
        yield app


@pytest.fixture
async def web(worker: Application) -> AsyncIterator[Database]:
    """Another process's view of the database; its loops run elsewhere."""
    database = Database(worker.settings.database, Clock())
    await database.read(HERE, lambda _: None)
    yield database
    await database.close()


async def until_posted(slack: RunningSandbox, words: str) -> float:
    """Seconds until it stands in Slack."""
    began = time.monotonic()
    async with asyncio.timeout(30):
        while not any(  # noqa: ASYNC110 - the worker works by itself
            call.method == "chat.postMessage" and call.arguments.get("text") == words
            for call in slack.sandbox.history.calls
        ):
            await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_a_commit_elsewhere_wakes_the_courier(web: Database, slack: RunningSandbox) -> None:
    """Well before it would have looked by itself: what a web process takes in is answered at once."""
    await asyncio.sleep(0.5)  # the worker rests
    for number in range(3):
        await web.transact(HERE, partial(say, words=f"n{number}"))
        assert await until_posted(slack, f"n{number}") < 2


async def test_without_the_wake_it_comes_round(
    web: Database, slack: RunningSandbox, database_url: str
) -> None:
    """A row that nobody was woken for is found at the next look."""
    await asyncio.sleep(0.5)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT set_config('throughline.workspace', '*', false)")
        await web.transact(HERE, lambda tx: say(tx, "later"))
        assert await until_posted(slack, "later") < 2
        connection.execute(
            "UPDATE outbox SET key = 'again', state = 'pending', arguments ="
            """ '{"channel": "C0GENERAL", "text": "again"}' WHERE key = 'later'"""
        )
    assert await until_posted(slack, "again") < 10


async def test_a_cut_connection_is_sought_anew(
    web: Database, slack: RunningSandbox, database_url: str
) -> None:
    """After a restart of the server wakes are heard again, and what was said meanwhile is not left waiting."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
    await web.transact(HERE, lambda tx: say(tx, "meanwhile"))
    assert await until_posted(slack, "meanwhile") < 4
    await asyncio.sleep(1)
    await web.transact(HERE, lambda tx: say(tx, "afterwards"))
    assert await until_posted(slack, "afterwards") < 2


async def test_what_is_undone_wakes_nobody(web: Database, database_url: str) -> None:
    """A notice belongs to the commit."""

    def failing(tx: Tx) -> None:
        say(tx, "never")
        raise LookupError

    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("LISTEN throughline")
        with pytest.raises(LookupError):
            await web.transact(HERE, failing)
        await web.transact(HERE, lambda tx: say(tx, "said"))
        heard = [one.payload for one in connection.notifies(timeout=1, stop_after=1)]
        heard += [one.payload for one in connection.notifies(timeout=0.5)]
    assert heard == ["courier"]


async def test_who_runs_the_loop_tells_nobody_else(worker: Application, database_url: str) -> None:
    """A worker's own commits wake its own loops; others need not come for what it does itself."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("LISTEN throughline")
        await worker.database.transact(HERE, lambda tx: say(tx, "mine"))
        assert [one.payload for one in connection.notifies(timeout=1)] == []
