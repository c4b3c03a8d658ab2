"""How fast the app may call: about one message a second and channel, and a number a minute per method."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.sandbox.errors import SlackError
from bot.sandbox.modes import Modes

_BURST = 3.0
_A_SECOND = 1.0
SLOW_HISTORY = frozenset({"conversations.history", "conversations.replies"})


class Pace:
    """Token buckets; empty means 429 with Retry-After."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def spend(self, modes: Modes, method: str, per_minute: int, channel: str) -> None:
        """Count one call, or refuse it."""
        if modes.slow_history and method in SLOW_HISTORY:
            self._take((method, "slow"), 1.0, 1 / 60)
        if not modes.rate_limits:
            return
        if method == "chat.postMessage":
            self._take((method, channel), _BURST, _A_SECOND)
        self._take((method, ""), float(per_minute), per_minute / 60)

    def answer(self, modes: Modes, url: str) -> None:
        """Count one use of a response URL, or refuse it."""
        if modes.rate_limits:
            self._take(("response_url", url), _BURST, _A_SECOND)

    def _take(self, key: tuple[str, str], capacity: float, per_second: float) -> None:
        now = self._steady()
        level, seen = self._buckets.get(key, (capacity, now))
        level = min(capacity, level + (now - seen) * per_second)
        if level < 1:
            self._buckets[key] = (level, now)
            raise SlackError("ratelimited", retry_after=max(1, math.ceil((1 - level) / per_second)))
        self._buckets[key] = (level - 1, now)


def too_many(answer: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The 429 that goes with such a refusal; when to come back stands in its header."""
    body = {key: value for key, value in answer.items() if key != "retry_after"}
    return JSONResponse(body, 429, {**(headers or {}), "Retry-After": str(answer["retry_after"])})
