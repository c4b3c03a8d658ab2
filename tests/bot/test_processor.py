"""A busy process keeps its threads on one processor, which stays the system's choice."""

import asyncio
import os
import threading
import time
from pathlib import Path

import pytest

from bot import processor

several = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="there is one processor, or no way to choose",
)


def where() -> set[frozenset[int]]:
    """The processors each thread of ours may be on."""
    threads = [int(one.name) for one in Path("/proc/self/task").iterdir()]
    return {frozenset(os.sched_getaffinity(one)) for one in threads}


async def until(*, together: bool, busy: bool = True) -> None:
    """Until all threads are on one processor, or again on any; meanwhile we work, or wait."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        if ([len(one) for one in where()] == [1]) is together:
            return
        await asyncio.sleep(0 if busy else 0.005)
    pytest.fail("nothing was chosen")


@several
async def test_threads_are_kept_together_and_let_go() -> None:
    """Threads that were there and threads that come later share one processor while we are busy, and at the end any."""
    allowed, end = os.sched_getaffinity(0), threading.Event()
    threads = [threading.Thread(target=end.wait, daemon=True) for _ in range(2)]
    threads[0].start()
    try:
        async with processor.one():
            await until(together=True)
            threads[1].start()
            assert [len(one) for one in where()] == [1]
            await until(together=False, busy=False)
            await until(together=True)
    finally:
        end.set()
    assert where() == {frozenset(allowed)}


@several
async def test_the_system_is_asked_again() -> None:
    """From time to time any processor may take us, and then we stay there."""
    async with processor.one(again=0.1):
        for _ in range(2):
            await until(together=True)
            await until(together=False)


@several
async def test_whoever_was_given_one_processor_keeps_it() -> None:
    """What the operator has chosen is not chosen anew."""
    allowed = os.sched_getaffinity(0)
    one = {min(allowed)}
    os.sched_setaffinity(0, one)
    try:
        async with processor.one():
            await asyncio.sleep(2 * processor.LOOK)
            assert os.sched_getaffinity(0) == one
        assert os.sched_getaffinity(0) == one
    finally:
        os.sched_setaffinity(0, allowed)
