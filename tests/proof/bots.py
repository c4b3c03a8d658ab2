"""Throughlines in processes of their own: started in a blink, killed by pid, watched until they are gone."""

import asyncio
import functools
import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any
from urllib.parse import urlsplit

from storage.database import Tx
from tests.proof.life import PATIENCE, Do, Fatal, Order, Settle, Tell, live
from tests.proof.waiting import readable

LONG_ENOUGH = 2.0
"""Seconds for an answer of one that lives, on a busy machine."""


class Died(Exception):
    """The process was killed before it could answer."""


@functools.cache
def _nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "tests.proof.warm"])
    return context


class Bot:
    """One process. `start` it, talk to it, `kill` it or `stop` it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.url = ""
        self._line: Connection
        self._line, theirs = _nursery().Pipe()
        self._process = _nursery().Process(target=live, args=(order, theirs), daemon=True)
        self._theirs = theirs

    async def start(self) -> str:
        """Fork it; the address it answers at. Raises Died when it was killed on the way."""
        self._process.start()
        self._theirs.close()
        self.url = await self._answer()
        return self.url

    async def answers(self) -> bool:
        """Whether it answers over HTTP: one that was killed may take its time to die, and its port with it."""
        address = urlsplit(self.url)
        try:
            async with asyncio.timeout(LONG_ENOUGH):
                reader, writer = await asyncio.open_connection(address.hostname, address.port)
                writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
                said = await reader.readline()
                writer.close()
        except (TimeoutError, OSError):
            return False
        return b" 200 " in said

    async def arm(self, fatal: Fatal) -> None:
        """Let it die at a commit, counted from now."""
        await self._ask(fatal)

    async def settled(self, moved: timedelta, patience: float) -> None:
        """Wait so many seconds at most until nothing is due there on a clock moved so far; raises Died."""
        await self._ask(Settle(moved, patience), PATIENCE + patience)

    async def do(self, work: Callable[[Tx], object]) -> None:
        """Have it done there in a transaction; raises Died when that may or may not have been committed."""
        await self._ask(Do(work))

    async def worked(self) -> frozenset[str]:
        """The jobs that had something to do there so far."""
        self._line.send(Tell())
        found: frozenset[str] = await self._answer()
        return found

    def kill(self) -> None:
        """SIGKILL, by pid."""
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it stand still until `thaw`, whatever it is at."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on, as if no time had passed."""
        self._signal(signal.SIGCONT)

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        assert self._process.pid is not None, "it was started"
        return self._process.pid

    async def gone(self) -> None:
        """Wait until the process has ended, however it did."""
        await readable(self._process.sentinel)

    async def stop(self) -> None:
        """Hang up, and wait until it has ended in order."""
        self._line.close()
        async with asyncio.timeout(PATIENCE):
            await self.gone()

    def bury(self) -> int | None:
        """How it ended; minus the signal's number where one ended it."""
        self._line.close()
        self._process.join(PATIENCE)
        return self._process.exitcode

    def _signal(self, which: signal.Signals) -> None:
        if self._process.pid is not None and self._process.is_alive():
            os.kill(self._process.pid, which)

    async def _ask(self, question: Any, patience: float = PATIENCE) -> None:
        try:
            self._line.send(question)
        except OSError:
            raise Died from None
        if await self._answer(patience) != question:
            raise AssertionError("the process answered something else")

    async def _answer(self, patience: float = PATIENCE) -> Any:
        try:
            async with asyncio.timeout(patience):
                await readable(self._line.fileno())
            return self._line.recv()
        except TimeoutError:
            raise
        except (EOFError, OSError):  # also when whoever buried it was quicker than we
            await self.gone()
            raise Died from None
