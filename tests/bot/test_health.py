"""The pages a supervisor asks: alive, ready or why not, and the numbers."""

import asyncio
import contextlib
import json
import math
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import Application, Roles
from bot.metrics import Metrics
from handlers.registry import registry
from storage.outbox import calls
from storage.outbox.values import Call, State
from storage.values import WorkspaceId
from tests.alone import NOWHERE, Alone, alone
from tests.front import SECRET, FrontDoor, serving, settings_for
from tests.processes import ROOT
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


@pytest.mark.parametrize(("seconds", "way"), [(-400, "ahead of"), (400, "behind")])
async def test_a_wrong_clock_is_told_and_forgotten_once_it_is_right(
    app: Alone, seconds: int, way: str
) -> None:
    """A right signature of another time says how far we are off, which way, since when, and what it costs."""
    for _ in range(2):
        old = {"Content-Type": JSON, **sign(SECRET, EVENT, time.time() + seconds)}
        assert (await post(app.url, EVENT, old)).status == 401
    status, state = await ready(app.url)
    assert status == 503
    (problem,) = state["problems"]
    assert re.match(
        rf"this machine's clock is (399|400|401) s {way} Slack's since \d{{4}}-\d\d-\d\dT\S+Z,", problem
    )
    assert "Slack's requests are refused for it (2 so far)" in problem

    assert (await post(app.url, EVENT, {"Content-Type": JSON, **sign(SECRET, EVENT)})).status == 200
    assert (await ready(app.url))[0] == 200


async def test_a_clock_that_drifts_is_told_before_anything_is_refused(app: Alone) -> None:
    """A minute off is no harm yet; the page says what will happen."""
    early = {"Content-Type": JSON, **sign(SECRET, EVENT, time.time() - 90)}
    assert (await post(app.url, EVENT, early)).status == 200
    status, state = await ready(app.url)
    assert status == 503
    assert "beyond 300 s Slack's requests are refused" in state["problems"][0]


async def test_a_forger_cannot_make_us_look_ill(app: Alone) -> None:
    """An old stamp under a wrong signature is nobody's clock; it is counted as what it is."""
    forged = {"Content-Type": JSON, **sign("not the secret", EVENT, time.time() - 400)}
    assert (await post(app.url, EVENT, forged)).status == 401
    assert (await ready(app.url))[0] == 200
    assert (await figures(app.url))['throughline_refused_total{reason="old_timestamp"}'] == 1


async def figures(url: str, headers: Mapping[str, str] | None = None) -> dict[str, float]:
    """What `/metrics` says."""
    async with aiohttp.ClientSession(headers=headers) as session, session.get(f"{url}/metrics") as answer:
        assert answer.status == 200
        text = await answer.text()
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


async def test_the_numbers(door: FrontDoor) -> None:
    """What was asked, answered, taken and sent, what waits and for how long, and what runs here."""
    await door.slack.dm("sam", "They want it blue")
    await door.slack.command("/throughline", "help", as_="sam")
    told = await figures(door.url)
    assert told['throughline_outbox{state="sent"}'] > 0
    assert told["throughline_outbox_oldest_seconds"] == 0
    assert told['throughline_requests_total{kind="event",outcome="answered"}'] > 0
    assert told['throughline_requests_total{kind="command",outcome="answered"}'] == 1
    answered = sum(count for name, count in told.items() if name.startswith("throughline_requests_total"))
    assert told["throughline_ack_seconds_count"] == answered
    assert told["throughline_claims_total"] >= told['throughline_sends_total{verdict="done"}'] > 0
    assert abs(told["throughline_clock_skew_seconds"]) < 2
    assert told["throughline_database_queue"] >= 0
    for loop in ("writer", "courier", "clock"):
        assert 0 <= told[f'throughline_loop_silent_seconds{{loop="{loop}"}}'] < 60
    build = next(name for name in told if name.startswith("throughline_build_info"))
    assert f'database="{door.app.database.dialect}"' in build
    assert not any("U0" in name or "C0" in name for name in told)


async def test_the_age_of_what_waits(app: Alone) -> None:
    """The oldest call not yet done, by when it was wanted; what is done counts no longer."""
    call = Call("one", "chat.postMessage", {"channel": "C0SALES", "text": "Hello"})
    await app.app.database.transact(WorkspaceId("T1"), lambda tx: calls.enqueue(tx, call))
    app.app.database.clock.moved += timedelta(minutes=5)
    assert 300 <= (await figures(app.url))["throughline_outbox_oldest_seconds"] < 330


@on_sqlite
async def test_the_numbers_without_a_database(app: Alone) -> None:
    """What needs none is still told; of the rest there is no figure rather than an old one."""
    with contextlib.closing(sqlite3.connect(app.database_url.removeprefix("sqlite:///"))) as other:
        other.execute("ALTER TABLE outbox RENAME TO outbox_away")
        told = await figures(app.url)
    assert math.isnan(told["throughline_outbox_oldest_seconds"])
    assert not any(name.startswith("throughline_outbox{") for name in told)
    assert "throughline_clock_skew_seconds" in told


async def test_the_numbers_stay_on_this_machine(app: Alone) -> None:
    """Whoever asks through a proxy, which says so, is told no, whatever it says; the other pages are for everybody."""
    for headers in ({"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": "::1"}):
        async with aiohttp.ClientSession(headers=headers) as session:
            async with session.get(f"{app.url}/metrics") as answer:
                assert answer.status == 403
            for page in ("healthz", "readyz"):
                async with session.get(f"{app.url}/{page}") as answer:
                    assert answer.status == 200


async def test_the_numbers_for_whoever_has_the_token(database_url: str) -> None:
    """With a token they can be read from anywhere, through a proxy too; nobody reads them without it."""
    settings = settings_for(database_url, NOWHERE).model_copy(
        update={"metrics_token": SecretStr("a-long-word")}
    )
    async with serving(Application(settings, registry(), roles=Roles(worker=False))) as url:
        away = {"X-Forwarded-For": "203.0.113.7"}
        assert await figures(url, {**away, "Authorization": "Bearer a-long-word"})
        for wrong in ({}, {"Authorization": "Bearer another"}, {"Authorization": "a-long-word"}):
            async with (
                aiohttp.ClientSession(headers=wrong) as session,
                session.get(f"{url}/metrics") as answer,
            ):
                assert answer.status == 403
                assert "THROUGHLINE_METRICS_TOKEN" in await answer.text()


def test_every_figure_is_explained() -> None:
    """docs/operations.md has a line for each."""
    metrics = Metrics()
    metrics.built("sqlite")
    metrics.socket_silent(0)
    page = (ROOT / "docs" / "operations.md").read_text()
    for family in metrics.registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert f"`{name}" in page, name


async def test_many_who_ask_at_once_are_all_answered(app: Alone) -> None:
    """A supervisor's question is small and never waits behind another."""
    answers = await asyncio.gather(*(ready(app.url) for _ in range(50)))
    assert {status for status, _ in answers} == {200}
