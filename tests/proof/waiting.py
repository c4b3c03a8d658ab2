"""Waiting for a descriptor or a condition, on whichever event loop is running, never for ever."""

import asyncio
import os
import time
from collections.abc import Callable

GLANCE = 0.005


async def readable(descriptor: int) -> None:
    """Return once something can be read there, or its other end is gone."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    copy = os.dup(descriptor)  # several may wait for the same one; a loop knows a descriptor once
    loop.add_reader(copy, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(copy)
        os.close(copy)


async def until(condition: Callable[[], bool], patience: float, complaint: str) -> None:
    """Return once the condition holds; an error that says `complaint` after so many seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(complaint)
        await asyncio.sleep(GLANCE)
