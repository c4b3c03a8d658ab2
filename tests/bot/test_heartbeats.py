"""A loop that hangs is noticed within a minute, by the process that can do its work no more."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from bot.app import Application, Roles
from bot.heartbeats import SILENT, Heartbeats
from handlers.registry import registry
from storage.database import Tx
from tests.alone import NOWHERE
from tests.front import serving, settings_for


@dataclass
class Seconds:
    """Seconds that go by when a test says so."""

    now: float = 1_000.0

    def __call__(self) -> float:
        """How many."""
        return self.now


def test_a_loop_that_goes_round_is_never_silent() -> None:
    """Each beat counts for a minute; who is not expected to beat is not missed."""
    seconds = Seconds()
    hearts = Heartbeats(seconds)
    courier, _clock = hearts.expect("courier"), hearts.expect("clock")
    seconds.now += SILENT
    courier()
    assert hearts.problems() == []
    seconds.now += 1
    assert hearts.silent() == {"clock": 61.0}
    assert hearts.problems() == ["the clock has not moved for 61 s: restart this process"]


@asynccontextmanager
async def running(
    database_url: str, roles: Roles, seconds: Seconds
) -> AsyncIterator[tuple[Application, str]]:
    """A process of these roles, with no Slack to call."""
    app = Application(settings_for(database_url, NOWHERE), registry(), roles=roles, seconds=seconds)
    async with serving(app) as url:
        yield app, url


async def problems(url: str) -> tuple[int, list[str]]:
    """What readiness says."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        return answer.status, json.loads(await answer.text())["problems"]


async def until_well(url: str) -> None:
    """Until nothing is wrong."""
    async with asyncio.timeout(20):
        while (await problems(url))[0] != 200:  # noqa: ASYNC110 - readiness is asked, as a supervisor asks
            await asyncio.sleep(0.1)


WEB, WORKER = Roles(worker=False), Roles(web=False)


@pytest.mark.parametrize("roles", [WEB, WORKER], ids=["web", "worker"])
async def test_a_minute_without_a_beat_is_told_by_role(database_url: str, roles: Roles) -> None:
    """Once every loop has gone round again the process is well; a web process has no courier to miss."""
    seconds = Seconds()
    async with running(database_url, roles, seconds) as (_, url):
        assert (await problems(url))[0] == 200
        async with asyncio.timeout(30):
            stuck: set[str] = set()
            while stuck != ({"writer"} if roles is WEB else {"clock", "courier", "writer"}):
                seconds.now += SILENT + 1  # again where a beat came in between
                status, found = await problems(url)
                stuck = {one.split()[1] for one in found}
        assert status == 503
        await until_well(url)


async def test_a_writer_that_hangs_is_noticed(database_url: str) -> None:
    """Nothing can be confirmed while it hangs, so a web process is not ready; afterwards it is again."""
    seconds, hold = Seconds(), threading.Event()

    def hang(_: Tx) -> None:
        hold.wait(30)

    async with running(database_url, WEB, seconds) as (app, url):
        stuck = [asyncio.ensure_future(app.database.transact_everywhere(hang)) for _ in range(4)]
        await asyncio.sleep(2.5)  # the last beat that got through is over by now
        seconds.now += SILENT + 1
        await asyncio.sleep(2.5)
        assert not stuck[0].done()
        silent = app.heartbeats.silent()
        hold.set()
        assert set(silent) == {"writer"}
        await asyncio.gather(*stuck)
        await until_well(url)


async def test_a_courier_that_hangs_is_noticed(database_url: str) -> None:
    """A worker whose loop stands still is red, though the process lives and its database answers."""
    seconds = Seconds()
    async with running(database_url, WORKER, seconds) as (app, url):
        await app.courier.stop(1)
        seconds.now += SILENT + 1
        async with asyncio.timeout(20):
            while set(app.heartbeats.silent()) != {"courier"}:  # noqa: ASYNC110 - the others beat by themselves
                await asyncio.sleep(0.1)
        assert await problems(url) == (503, ["the courier has not moved for 61 s: restart this process"])
