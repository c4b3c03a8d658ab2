"""Waiting for something another program does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import ClientError


async def until(condition: Callable[[], object], seconds: float = 3.0) -> None:
    """Return once the condition holds; fail after a while."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the other side has no event to set
            await asyncio.sleep(0.005)


async def until_async(attempt: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Return once the other program answers."""
    async with asyncio.timeout(seconds):
        while True:
            try:
                await attempt()
            except ClientError:
                await asyncio.sleep(0.02)
            else:
                return


async def follow(url: str, notices: list[dict[str, Any]]) -> None:
    """Collect what Maya's open page hears, until it is cancelled."""
    async with (
        aiohttp.ClientSession() as page,
        page.get(f"{url}/sandbox/stream?as=U0MAYA") as stream,
    ):
        async for line in stream.content:
            notices += [json.loads(line[6:])] if line.startswith(b"data: ") else []
