"""What every child is forked from: all modules loaded and each statement made ready; no event loop, no thread.

A process that was just started checks and compiles each statement at its first run. That is most of the work
of a life of two seconds, and the proofs need a thousand lives: so the scenes are played here once, unkilled.
"""

import asyncio
import gc
import tempfile
from dataclasses import dataclass

import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto
import uvicorn.protocols.websockets.auto

import migrations
from bot import logs
from bot.sandbox.driver import Slack
from tests import databases
from tests.front import FrontDoor, front_door
from tests.proof import life
from tests.proof.job_scenes import PLAY, grow
from tests.proof.scenes import SCENES
from tests.proof.stage import Stage

LOADED = (
    uvicorn.lifespan.on,
    uvicorn.loops.auto,
    uvicorn.protocols.http.auto,
    uvicorn.protocols.websockets.auto,
    life,
)


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    """Everything in this process; the driver itself waits until nothing is under way."""

    slack: Slack

    async def calm(self) -> None:
        """It is."""


async def _rehearse(folder: str) -> None:
    for number, play in enumerate((SCENES, PLAY)):
        url = f"sqlite:///{folder}/{number}.db"
        migrations.upgrade(url)
        async with front_door(url, everything_on=False) as door:
            grow(door.sandbox.sandbox.world)
            await _midweek(door)
            stage = Stage(_Rehearsal(door.slack))
            for scene in play:
                await scene.play(stage)


async def _midweek(door: FrontDoor) -> None:
    await door.slack.advance("next monday", as_="sam")
    for _ in range(2):
        await door.slack.advance("1 day", as_="sam")


logs.configure("ERROR")
with tempfile.TemporaryDirectory(dir=databases.MEMORY) as folder:
    asyncio.run(_rehearse(folder))
gc.collect()
gc.freeze()
