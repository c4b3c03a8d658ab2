"""Everything is due at once and several workers send it; one of them dies, or is stopped past its lease."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.app import Roles
from bot.courier.courier import Timing
from bot.sandbox import CallMoment
from bot.sandbox.faults import CallFault, Faults, Plan
from storage.outbox.values import State
from tests.proof.house import House, open_house
from tests.proof.reaper import Reaper, instants
from tests.proof.scale import Tell, quietly
from tests.proof.send_storm import AT_ONCE, Letters, Progress, Size, counted, found_channels
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, PATIENCE, SLOWEST, Aftermath, aftermath, settle_in

WEB, WORKER = Roles(worker=False), Roles(web=False)
HURRIED = replace(BREEZY, pace=0.0)
"""How many are sent at a time is what matters here, not Slack's pace."""
SEED = 31
FIRST, SECOND = 1, 2
A_MOMENT = 0.2
HANGS = CallFault(method="chat.postMessage", nth=1, when="before", fault="timeout")
RESETS = CallFault(method="chat.postMessage", nth=1, when="before", fault="reset")
SUBJECT = Size(sends=1, channels=1, threads=0, kills=0)


@dataclass(frozen=True, slots=True)
class Drained:
    """What is left, and how many seconds it took to send it all."""

    left: Aftermath
    seconds: float


async def drain(store: Store, folder: Path, workers: int, size: Size, tell: Tell = quietly) -> Drained:
    """So many workers send it all; one at a time is killed, where there is another one."""
    async with open_house(store, folder, timing=HURRIED) as house:
        found_channels(house.sandbox, size)
        await settle_in(house, (WEB, WORKER))
        await house.move_out()
        await house.move_in((WEB,))
        for first in range(0, size.sends, AT_ONCE):
            await house.do(Letters(first, min(first + AT_ONCE, size.sends), size.places))
        reaper = Reaper(house, SEED, instants(SEED, size.kills, size.sends))
        progress = Progress(reaper)
        house.sandbox.on_call = progress.on_call
        began = time.monotonic()
        await house.move_in([WORKER] * workers)
        reaping = asyncio.create_task(reaper.reap())
        for number in range(0, size.sends, AT_ONCE):
            await progress.past(number)
            tell(f"{workers} workers, {house.deaths} kills among sends", number, size.sends)
        seconds = time.monotonic() - began
        await reaping
        await house.calm(PATIENCE + size.sends / SLOWEST)
        return Drained(aftermath(house, counted(house, size)), seconds)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What is left of one letter whose sender was interrupted."""

    left: Aftermath
    seconds: float
    """Until another one had sent it, or found it sent."""
    overwritten: int
    """Rows that say something else once the first one went on."""


async def taken_over(store: Store, folder: Path, timing: Timing) -> Interrupted:
    """A worker is killed while Slack leaves it without an answer, and has done nothing: another one sends it."""
    async with _one_letter(store, folder, timing, HANGS, "before") as house:
        began = time.monotonic()
        house.kill(FIRST)
        await _said(house, timing)
        return await _left(house, time.monotonic() - began)


async def fenced(store: Store, folder: Path, timing: Timing, fault: CallFault | None) -> Interrupted:
    """A worker is stopped past its lease, after Slack has done it or without that, and goes on when all is over."""
    async with _one_letter(store, folder, timing, fault, "after") as house:
        began = time.monotonic()
        house.freeze(FIRST)
        await _said(house, timing)
        seconds, before = time.monotonic() - began, _row(house)
        house.thaw(FIRST)
        await asyncio.sleep(timing.timeout)
        found = await _left(house, seconds)
        return replace(found, overwritten=int(_row(house) != before))


@asynccontextmanager
async def _one_letter(
    store: Store, folder: Path, timing: Timing, fault: CallFault | None, when: str
) -> AsyncIterator[House]:
    """The first worker is at the call, the second one was asleep till now."""
    async with open_house(store, folder, timing=timing) as house:
        found_channels(house.sandbox, SUBJECT)
        await settle_in(house, (WEB, WORKER, WORKER))
        at_the_call = asyncio.Event()

        async def on_call(moment: CallMoment) -> None:
            if (moment.method, moment.when) == ("chat.postMessage", when) and not at_the_call.is_set():
                at_the_call.set()
                await asyncio.sleep(A_MOMENT)  # no answer before whoever waits for this has done its part

        house.sandbox.faults = Faults(Plan(calls=() if fault is None else (fault,)))
        house.sandbox.on_call = on_call
        house.freeze(SECOND)
        await house.do(Letters(0, 1, SUBJECT.places))
        await asyncio.wait_for(at_the_call.wait(), PATIENCE)
        house.thaw(SECOND)
        yield house


async def _said(house: House, timing: Timing) -> None:
    """Until its row says so."""
    async with asyncio.timeout(timing.lease.total_seconds() + PATIENCE):
        while _row(house)["state"] != State.SENT:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def _left(house: House, seconds: float) -> Interrupted:
    await house.calm(PATIENCE)
    return Interrupted(aftermath(house, counted(house, SUBJECT)), seconds, 0)


def _row(house: House) -> Mapping[str, Any]:
    rows = house.store.tables("outbox")["outbox"]
    return next(one for one in rows if one["key"] == "storm:0")
