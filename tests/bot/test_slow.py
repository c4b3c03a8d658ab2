"""Whoever is slow holds nothing: neither a thread, nor memory, nor those who are quick."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

import migrations
from bot.app import Application, Roles
from bot.patience import Impatient
from bot.sandbox.connection import listener
from bot.serving import http_server
from handlers.registry import registry
from tests.alone import NOWHERE
from tests.front import SECRET, settings_for
from tests.signed import JSON, sign
from tests.signed import post as send

EVENT = json.dumps(
    {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": {"type": "x"}}
).encode()
CROWD = 300
HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
STAMPED = b"X-Slack-Request-Timestamp: 1750000000\r\nX-Slack-Signature: v0=" + b"0" * 64 + b"\r\n"
HEADERS_ONLY = HEAD + b"X-Slow: "
BODY_ONLY = HEAD + STAMPED + b"Content-Length: 1048576\r\n\r\n"


class Hasty(Impatient):
    """As in earnest, only quicker."""

    patience = 0.5


@asynccontextmanager
async def served(folder: Path, *, hasty: bool = True) -> AsyncIterator[tuple[str, Application]]:
    """The server as `run` makes it, in this very process."""
    url = f"sqlite:///{folder}/throughline.db"
    migrations.upgrade(url)
    app = Application(settings_for(url, NOWHERE), registry(), roles=Roles(worker=False))
    server = http_server(app, "127.0.0.1", 0)
    assert server.config.http is Impatient
    server.config.http = Hasty if hasty else Impatient
    with listener() as ear:
        task = asyncio.create_task(server.serve(sockets=[ear]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{ear.getsockname()[1]}", app
        server.should_exit = True
        await task


@asynccontextmanager
async def dripping(url: str, beginning: bytes) -> AsyncIterator[list[asyncio.StreamReader]]:
    """A crowd that begins a request each and goes on with a byte now and then."""
    port = int(url.rsplit(":", 1)[1])
    pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CROWD)]
    for _, writer in pairs:
        writer.write(beginning)

    async def drip() -> None:
        while True:
            await asyncio.sleep(0.1)
            for _, writer in pairs:
                writer.write(b"x" if beginning else b"")

    task = asyncio.create_task(drip())
    try:
        yield [reader for reader, _ in pairs]
    finally:
        task.cancel()
        for _, writer in pairs:
            writer.close()


async def ends(reader: asyncio.StreamReader) -> bytes:
    """All that was answered until the server hung up."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


def refused(app: Application) -> float | None:
    """How many bodies were too slow."""
    return app.metrics.registry.get_sample_value("throughline_refused_total", {"reason": "slow_body"})


async def quick(url: str) -> float:
    """Seconds a request of Slack's takes meanwhile."""
    began = time.perf_counter()
    assert (await send(url, EVENT, {"Content-Type": JSON, **sign(SECRET, EVENT)})).status == 200
    return time.perf_counter() - began


@pytest.mark.parametrize(
    ("beginning", "within", "answered"),
    [(HEADERS_ONLY, 3.0, 0), (b"", 3.0, 0), (BODY_ONLY, 9.0, CROWD)],
    ids=["headers", "nothing", "body"],
)
async def test_a_crowd_that_drips(tmp_path: Path, beginning: bytes, within: float, answered: int) -> None:
    """Three hundred who never finish are all sent away in time, and Slack is answered among them."""
    us = psutil.Process()
    async with served(tmp_path, hasty=not answered) as (url, app):
        await quick(url)
        threads, memory = us.num_threads(), us.memory_info().rss
        async with dripping(url, beginning) as readers, asyncio.timeout(within):
            assert await quick(url) < 1
            assert us.num_threads() == threads
            said = await asyncio.gather(*map(ends, readers))
        assert {one[:12] for one in said} <= {b"", b"HTTP/1.1 408"}  # who still talks may not hear it
        assert (refused(app) or 0) == answered
        assert us.memory_info().rss - memory < CROWD * 100_000
        assert await quick(url) < 1


async def test_a_later_request_on_the_same_connection_is_hurried_too(tmp_path: Path) -> None:
    """A good first request buys no patience for the second."""
    async with served(tmp_path) as (url, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
        writer.write(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        async with asyncio.timeout(3):
            assert await ends(reader) == b""
        writer.close()
