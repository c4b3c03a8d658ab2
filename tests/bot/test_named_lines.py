"""Every line of the log names its workspace and request wherever they are known, on whatever thread it is written."""

import time
from collections.abc import Iterator, MutableMapping
from typing import Any

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.testing import capture_logs

from storage.database import Clock, Database, NotCommitted, Tx
from tests.alone import alone
from tests.bot.sandbox.waiting import until
from tests.bot.test_two_workspaces import event, happening
from tests.front import HERE, SECRET, FrontDoor
from tests.signed import send

Line = MutableMapping[str, Any]
THEIRS = {"workspace": HERE, "request": "event:Ev1"}


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    """What is logged, with what its context names."""
    with capture_logs([merge_contextvars]) as logs:
        yield logs


async def test_a_slow_work_says_whose_it_is(database_url: str, lines: list[Line]) -> None:
    """A work that held its thread is reported with the request that caused it."""
    database = Database(database_url, Clock())
    with bound_contextvars(**THEIRS):
        await database.transact(HERE, _slow)
        await database.read(HERE, _slow)
    await database.close()

    assert [_names(one) for one in lines if one["action"] == "database.slow"] == [THEIRS, THEIRS]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_could_not_be_committed_says_whose_it_is(database_url: str, lines: list[Line]) -> None:
    """A connection that is lost under a work: the line names the request that gets a 503."""
    database = Database(database_url, Clock())

    def lose(tx: Tx) -> None:
        tx.settle()
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
            )

    with bound_contextvars(**THEIRS), pytest.raises(NotCommitted):
        await database.transact(HERE, lose)
    await database.close()

    assert [_names(one) for one in lines if one["action"] == "database.commit"] == [THEIRS]


async def test_what_no_listener_took_says_whose_it_is(database_url: str, lines: list[Line]) -> None:
    """A kind of payload nobody has heard of, and a request that met a broken house, are named."""
    async with alone(database_url, HERE) as app:
        new = {"type": "never_heard_of", "team_id": HERE, "event_id": "Ev1"}
        assert (await send(app.url, SECRET, new)).status == 200
        engine = create_engine(database_url, poolclass=NullPool)
        app.app.installations.forget()
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE installations RENAME TO elsewhere")
        assert (await send(app.url, SECRET, event(HERE, happening("app_mention"), "2"))).status == 500

    told = {one["action"]: _names(one) for one in lines if one["action"] in {"listen.unknown", "listen.bolt"}}
    assert told == {
        "listen.unknown": {"workspace": HERE, "request": "Ev1"},
        "listen.bolt": {"workspace": HERE, "request": "Ev2"},
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_outcome_that_cannot_be_kept_says_whose_it_is(door: FrontDoor, lines: list[Line]) -> None:
    """What the courier could not record is named by its workspace and its row in the outbox."""
    engine = create_engine(door.app.settings.database, poolclass=NullPool)
    refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON outbox WHEN NEW.state = 'unknown' BEGIN SELECT RAISE(ABORT, 'no'); END"
    with engine.begin() as connection:
        connection.exec_driver_sql(refuse)
    await door.slack.faults([{"method": "chat.postMessage", "fault": "500"}])
    await send(door.url, SECRET, event(HERE, {**happening("message"), "channel": "D0SAM"}, "1"))
    await until(lambda: any(one["event"] == "failed" for one in lines))

    failed = next(one for one in lines if one["event"] == "failed")
    assert failed["action"] == "courier.deliver"
    assert failed["workspace"] == HERE
    assert failed["request"].startswith("outbox:")


def _slow(tx: Tx) -> None:
    del tx
    until = time.thread_time() + 0.06
    while time.thread_time() < until:
        pass


def _names(line: Line) -> dict[str, str]:
    return {"workspace": line.get("workspace", "-"), "request": line.get("request", "-")}
