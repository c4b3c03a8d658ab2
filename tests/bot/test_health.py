"""The pages a supervisor asks: alive, ready or why not, and the numbers."""

import asyncio
import contextlib
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from storage.outbox.values import State
from tests.alone import Alone, alone
from tests.front import SECRET, FrontDoor
from tests.signed import JSON, post, sign
from tests.storage.works import on_sqlite

EVENT = json.dumps(
    {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": {"type": "x"}}
).encode()


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Alone]:
    """The running app, with no Slack to call."""
    async with alone(database_url, "T1") as running:
        yield running


async def get(url: str, page: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/{page}") as answer:
        return answer.status, await answer.text()


async def ready(url: str) -> tuple[int, dict[str, Any]]:
    status, body = await get(url, "readyz")
    return status, json.loads(body)


async def test_a_well_bot_is_ready(door: FrontDoor) -> None:
    """Alive, and everything it needs is named as well."""
    assert await get(door.url, "healthz") == (200, "ok")
    status, state = await ready(door.url)
    assert status == 200
    assert (state["slack"], state["database"], state["problems"]) == ("ok", "ok", [])
    assert set(state["outbox"]) == {str(one) for one in State}
    assert abs(state["clock_skew_seconds"]) < 2


async def test_a_bot_without_slack_is_ready_for_slack(app: Alone) -> None:
    """Slack's requests can be answered while its API is away, so this is no reason to restart us."""
    status, state = await ready(app.url)
    assert (status, state["slack"], state["problems"]) == (200, "not asked yet", [])


@on_sqlite
async def test_a_broken_database_is_told(app: Alone) -> None:
    """Not ready, and why; alive all the same; the numbers that do not need it are still told."""
    with contextlib.closing(sqlite3.connect(app.database_url.removeprefix("sqlite:///"))) as other:
        other.execute("ALTER TABLE outbox RENAME TO outbox_away")
        status, state = await ready(app.url)
        assert (status, state["problems"]) == (503, ["the database does not answer"])
        assert (await get(app.url, "healthz"))[0] == 200
        other.execute("ALTER TABLE outbox_away RENAME TO outbox")
    assert (await ready(app.url))[0] == 200


async def test_a_wrong_clock_is_told_and_forgotten_once_it_is_right(app: Alone) -> None:
    """A rightly signed request of another time says by how much we are off; the next right one heals it."""
    old = {"Content-Type": JSON, **sign(SECRET, EVENT, time.time() - 400)}
    assert (await post(app.url, EVENT, old)).status == 401
    status, state = await ready(app.url)
    assert status == 503
    assert "differs from Slack's by 400 s" in state["problems"][0] or "by 401 s" in state["problems"][0]

    assert (await post(app.url, EVENT, {"Content-Type": JSON, **sign(SECRET, EVENT)})).status == 200
    assert (await ready(app.url))[0] == 200


async def test_the_numbers(door: FrontDoor) -> None:
    """Outbox rows by state, signed requests, and the clock, as Prometheus reads them."""
    await door.slack.dm("sam", "They want it blue")
    status, text = await get(door.url, "metrics")
    assert status == 200
    told = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(told['throughline_outbox{state="sent"}']) > 0
    assert float(told["throughline_requests_total"]) > 0
    assert abs(float(told["throughline_clock_skew_seconds"])) < 2


async def test_the_numbers_stay_on_this_machine(app: Alone) -> None:
    """Whoever asks from elsewhere, or through a proxy that says so, is told no."""
    headers = {"X-Forwarded-For": "203.0.113.7"}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{app.url}/metrics", headers=headers) as answer:
            assert answer.status == 403
        for page in ("healthz", "readyz"):
            async with session.get(f"{app.url}/{page}", headers=headers) as answer:
                assert answer.status == 200


async def test_many_who_ask_at_once_are_all_answered(app: Alone) -> None:
    """A supervisor's question is small and never waits behind another."""
    answers = await asyncio.gather(*(ready(app.url) for _ in range(50)))
    assert {status for status, _ in answers} == {200}
