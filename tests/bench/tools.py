"""What every part of the bench has at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.databases import Databases


@dataclass(frozen=True, slots=True)
class Tools:
    """Databases, a log for what the subjects say, and how much is measured; `share` below 1 only shows that it works."""

    databases: Databases
    log: Path
    rounds: int
    seconds: float
    share: float
    minutes: float | None
    """How long the soak lasts with each database; its own time where nothing is said."""
    tell: Callable[[str], None]

    def of(self, whole: int, least: int = 1) -> int:
        """As many as there should be here, where all of it would be `whole`."""
        return max(least, round(whole * self.share))
