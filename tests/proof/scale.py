"""How much of the whole a part does, and how it says how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str, int, int], None]


def quietly(_what: str, _done: int, _of: int) -> None:
    """Nobody wants to hear it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """1 is all that `make proof` promises; a share of it shows that a part works."""

    share: float = 1.0
    tell: Tell = quietly
    """Told what is under way, how much of it is done, and of how much."""

    def of(self, whole: int, least: int = 1) -> int:
        """As many as there should be here, where all of it would be `whole`."""
        return max(least, round(whole * self.share))
