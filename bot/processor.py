"""All threads of this process on one processor, where the system can do that (Linux).

Python runs one thread at a time. Where its threads are on several processors, each hand-over from one to the other
wakes a sleeping processor and moves what it works on into another cache; docs/adr/0013-one-processor.md has what that
costs. Which processor it is stays the system's choice, and is asked for again and again: one that others have taken
meanwhile is left.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

AGAIN = 5.0
"""Seconds on one processor before the system may choose another one."""
CHOOSING = 0.05
"""Seconds in which it may: those who wait for a busy processor are taken over by one that has nothing to do."""

_TASKS = Path("/proc/self/task")
_LAST_ON = 36
"""Where a thread's line says on which processor it ran last, counted from behind its name (proc(5), field 39)."""


@asynccontextmanager
async def one(again: float = AGAIN) -> AsyncIterator[None]:
    """Keep the threads together inside; nothing is done where there is one processor, or no way to choose."""
    allowed = os.sched_getaffinity(0) if sys.platform == "linux" else set[int]()
    if len(allowed) < 2:
        yield
        return
    keeping = asyncio.create_task(_keep(allowed, again))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        _put(allowed)


async def _keep(allowed: set[int], again: float) -> None:
    while True:
        _put(allowed)
        await asyncio.sleep(CHOOSING)
        _put({_last_on()} & allowed or allowed)
        await asyncio.sleep(again)


def _put(on: Iterable[int]) -> None:
    for thread in _TASKS.iterdir():
        with suppress(OSError):  # it has ended, or whoever runs us does not let us choose
            os.sched_setaffinity(int(thread.name), on)


def _last_on() -> int:
    """Where the event loop's thread, which is the process's first, is."""
    line = (_TASKS / str(os.getpid()) / "stat").read_text()
    return int(line.rpartition(")")[2].split()[_LAST_ON])
