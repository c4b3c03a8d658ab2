"""How fast the app may call: about one message a second and channel, and a number a minute per method."""

import math
import time
from collections.abc import Callable

from bot.sandbox.api.method import Method
from bot.sandbox.errors import SlackError

_POST_BURST = 3.0


class Pace:
    """Token buckets; empty means 429 with Retry-After."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def spend(self, method: Method, channel: str) -> None:
        """Count one call, or refuse it."""
        if method.name == "chat.postMessage":
            self._take((method.name, channel), _POST_BURST, 1.0)
        self._take((method.name, ""), float(method.per_minute), method.per_minute / 60)

    def _take(self, key: tuple[str, str], capacity: float, per_second: float) -> None:
        now = self._steady()
        level, seen = self._buckets.get(key, (capacity, now))
        level = min(capacity, level + (now - seen) * per_second)
        if level < 1:
            self._buckets[key] = (level, now)
            raise SlackError("ratelimited", retry_after=max(1, math.ceil((1 - level) / per_second)))
        self._buckets[key] = (level - 1, now)
