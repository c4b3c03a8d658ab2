"""Runs one part in a process of its own, shows how far it is, and gives it up when its time is over."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.figures import Figure
from tests.proof.parts import Part
from tests.proof.scale import Tell

GRACE = 30.0
"""Seconds a part that was told to stop may take to tidy up."""
LONGEST_LINE = 1 << 20


class NotMeasured(Exception):
    """A part did not come to its end; says why."""


async def measured(part: Part, share: float, log: Path, tell: Tell, spent: float = 0.0) -> list[Figure]:
    """All its figures; what it says in words goes to the log. The parts before it took `spent` minutes."""
    minutes = part.minutes_after(spent)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as words:
        async with _started(part, share, words.fileno()) as process:
            try:
                async with asyncio.timeout(minutes * 60):
                    figures = await _heard(process, tell)
                    code = await process.wait()
            except TimeoutError:
                raise NotMeasured(f"not done after {minutes:.1f} minutes") from None
    if figures is None or code != 0:
        raise NotMeasured(f"ended with {code}; {log} says why")
    return figures


@asynccontextmanager
async def _started(part: Part, share: float, words: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process; whatever is left of it and its children in the end is told to stop, then killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.proof.parts", part.module, str(share)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=words,
        start_new_session=True,
        limit=LONGEST_LINE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            await _stopped(process)


async def _stopped(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        async with asyncio.timeout(GRACE):
            await process.wait()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _heard(process: asyncio.subprocess.Process, tell: Tell) -> list[Figure] | None:
    assert process.stdout is not None
    async for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        if "figures" in said:
            return [Figure(**one) for one in said["figures"]]
        tell(said["what"], said["done"], said["of"])
    return None
