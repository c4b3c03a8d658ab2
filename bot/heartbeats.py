"""Which loops of this process still turn: each beats as it goes round, and readiness asks who has gone silent.

A loop that raises is begun again; one that hangs says nothing at all, so it has to be noticed from outside.
"""

from collections.abc import Callable

SILENT = 60.0
"""Seconds without a beat after which a loop counts as stuck."""


class Heartbeats:
    """When each loop that is expected to turn last did, in seconds that only go on."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._last: dict[str, float] = {}

    def expect(self, loop: str) -> Callable[[], None]:
        """From now on this loop has to beat; call what is returned each time it goes round."""

        def beat() -> None:
            self._last[loop] = self._seconds()

        beat()
        return beat

    def ages(self) -> dict[str, float]:
        """Seconds since each loop last beat."""
        now = self._seconds()
        return {loop: now - last for loop, last in sorted(self._last.items())}

    def silent(self) -> dict[str, float]:
        """The loops that have not beaten for too long, and for how many seconds."""
        return {loop: age for loop, age in self.ages().items() if age > SILENT}

    def problems(self) -> list[str]:
        """The same in words."""
        return [
            f"the {loop} has not moved for {seconds:.0f} s: restart this process"
            for loop, seconds in self.silent().items()
        ]
