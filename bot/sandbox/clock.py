"""The two times: real time signs and stamps, civil time is what people see and can move."""

import asyncio
import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.errors import Refused

_SPAN = re.compile(r"(\d+) (second|minute|hour|day|week)s?")


class Clock:
    """Civil time is real time plus an offset; each move gives it a new version."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset
        self.version = 1
        self.followed = 0
        """The newest version an app has said it knows; 0 while none follows."""
        self._moved = asyncio.Event()
        self._stepped = asyncio.Event()

    def now(self) -> datetime:
        """The civil time."""
        return datetime.now(UTC) + self.offset

    def advance(self, step: timedelta) -> None:
        """Move civil time and wake everybody who waits for a move."""
        self.offset += step
        self.version += 1
        for waited_for in (self._moved, self._stepped):
            waited_for.set()
        self._moved, self._stepped = asyncio.Event(), asyncio.Event()

    async def moved_since(self, version: int, wait: float) -> None:
        """Return once the version differs, or after `wait` seconds."""
        if self.version != version:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._moved.wait()

    async def wait(self, seconds: float) -> None:
        """Let so much civil time go by; whoever moves the clock need not wait for it."""
        until = self.now() + timedelta(seconds=seconds)
        while (left := (until - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._stepped.wait()

    def release(self) -> None:
        """Let everybody go who waits: the sandbox stops."""
        self._moved.set()


class Stamps:
    """Message ids: real time in microseconds, strictly increasing whatever the machine's clock does."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """A ts nobody had before."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def after(self, ts: str) -> None:
        """Continue behind a ts that was given out in an earlier run."""
        seconds, _, micros = ts.partition(".")
        self._last = max(self._last, int(seconds) * 1_000_000 + int(micros))


def step_to(words: str, now: datetime, zone: str) -> timedelta:
    """How far to move for "3 hours", "next morning" or "next monday" in somebody's zone."""
    if words in {"next morning", "next monday"}:
        return _nine_o_clock(now, zone, monday=words == "next monday") - now
    found = _SPAN.fullmatch(words)
    if found is None:
        raise Refused(
            f"“{words}” is no step of time: try “1 hour”, “1 day”, “next morning” or “next monday”."
        )
    return timedelta(**{found[2] + "s": int(found[1])})


def _nine_o_clock(now: datetime, zone: str, *, monday: bool) -> datetime:
    local = now.astimezone(ZoneInfo(zone))
    for days in range(10):
        at = (local + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
        right_day = at.weekday() == 0 if monday else at.weekday() < 5
        if right_day and at.astimezone(UTC) - now >= timedelta(hours=1):
            return at.astimezone(UTC)
    raise AssertionError("ten days always hold a Monday")
