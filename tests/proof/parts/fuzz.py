"""What may come in, drawn at random: raw HTTP, words behind commands, and every listener's payloads made wrong."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator

from tests.alone import alone
from tests.conftest import BEGINS
from tests.figures import Figure
from tests.front import HERE, front_door
from tests.fuzz.commands import type_much
from tests.fuzz.guard import besiege
from tests.fuzz.listeners import Found, fuzz
from tests.fuzz.recording import record, unheard
from tests.handlers.links.acts import capture
from tests.proof.grounds import KINDS, Grounds, grounds
from tests.proof.scale import Scale

WRONG = 20_000
"""Payloads for each database."""
SECONDS = 150
"""For raw requests, and for commands."""
ENDLESS = 10**9


def run(scale: Scale) -> list[Figure]:
    """Payloads on each database; the rest, which never gets so far, on one."""
    figures: list[Figure] = []
    with grounds() as ground:
        for number, kind in enumerate(KINDS):
            scale.tell(f"wrong payloads on {kind}", number, 4)
            found = asyncio.run(_listeners(ground.store(kind, "fuzz").url, scale.of(WRONG)))
            figures += _told(f"listeners_{kind}", found.sent, "payloads", found.broken, scale.of(WRONG))
        scale.tell("raw requests", 2, 4)
        figures += asyncio.run(_raw(ground, scale.share * SECONDS))
        scale.tell("commands", 3, 4)
        figures += asyncio.run(_commands(ground, scale.share * SECONDS))
    return figures


async def _listeners(url: str, number: int) -> Found:
    async with front_door(url, begins=BEGINS) as door:
        recorded = await record(door)
        assert not unheard(recorded)
        return await fuzz(door, recorded, seed=number, number=number)


async def _raw(ground: Grounds, seconds: float) -> list[Figure]:
    async with alone(ground.store("sqlite", "raw").url, HERE) as app:
        return await _counted("raw", "requests", lambda: besiege(app.url, ENDLESS, _after(seconds)).total())


async def _commands(ground: Grounds, seconds: float) -> list[Figure]:
    async with front_door(ground.store("sqlite", "typed").url, begins=BEGINS) as door:
        await capture(door.slack)
        loop = asyncio.get_running_loop()
        return await _counted("commands", "commands", lambda: type_much(door, loop, ENDLESS, _after(seconds)))


async def _counted(what: str, unit: str, drawing: Callable[[], int]) -> list[Figure]:
    """How many were drawn; one that broke something ends it, in its shortest form."""
    try:
        return list(_told(what, await asyncio.to_thread(drawing), unit, [], 1))
    except AssertionError as error:
        return list(_told(what, 0, unit, [str(error)], 1))


def _told(what: str, number: int, unit: str, broken: list[str], least: int) -> Iterator[Figure]:
    for one in broken:
        print(f"fuzz, {what}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
    yield Figure(f"fuzz.{what}", number, unit, demand=least)
    yield Figure(f"fuzz.{what}_broken", len(broken), unit, demand=0, at_most=True)


def _after(seconds: float) -> Callable[[], bool]:
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() > ends
