"""All threads of a busy process on one processor, where the system can do that (Linux).

Python runs one thread at a time. Where its threads are on several processors, each hand-over from one to the other
wakes a sleeping processor and moves what it works on into another cache; docs/adr/0013-one-processor.md has what that
costs. Which processor it is stays the system's choice, and is asked for again and again: one that others have taken
meanwhile is left. A process that has time to spare is let go: then nobody waits, and a database that answers is better
met wherever it happens to run.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

LOOK = 0.25
"""Seconds between two looks at how busy we are."""
BUSY = 0.75
"""The share of one processor's time from which on we are; somebody alone who asks again and again takes less."""
AGAIN = 5.0
"""Seconds on one processor before the system may choose another one, until the next look."""
_TASKS = Path("/proc/self/task")
_LAST_ON = 36
"""Where a thread's line says on which processor it ran last, counted from behind its name (proc(5), field 39)."""


@asynccontextmanager
async def one(again: float = AGAIN) -> AsyncIterator[None]:
    """Keep busy threads together inside; nothing is done where there is one processor, or no way to choose."""
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
    chosen: float | None = None
    while True:
        began, spent = time.perf_counter(), time.process_time()
        await asyncio.sleep(LOOK)
        now = time.perf_counter()
        busy = time.process_time() - spent > BUSY * (now - began)
        if chosen is not None and (not busy or now - chosen > again):
            _put(allowed)
            chosen = None
        elif chosen is None and busy:
            _put({_last_on()} & allowed or allowed)
            chosen = now


def _put(on: Iterable[int]) -> None:
    for thread in _TASKS.iterdir():
        with suppress(OSError):  # it has ended, or whoever runs us does not let us choose
            os.sched_setaffinity(int(thread.name), on)


def _last_on() -> int:
    """Where the event loop's thread, which is the process's first, is."""
    line = (_TASKS / str(os.getpid()) / "stat").read_text()
    return int(line.rpartition(")")[2].split()[_LAST_ON])
