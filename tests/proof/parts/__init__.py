"""The parts of `make proof`. To add one: a module here with `run(scale) -> list[Figure]`, and its line below.

The name of each of its figures begins with the part's own and a dot. A part that finds a broken promise says so
in a figure that is not met, and in words on standard error; it raises only when it could not measure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tests.figures import Figure
from tests.proof.scale import Scale

Run = Callable[[Scale], list[Figure]]
MOST_MINUTES = 80
"""What all parts together may take on two cores; whatever is under way then is given up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its module, and the minutes after which it is given up.

    One that runs `beside` the others, in what they leave of the processors, begins with the first of them.
    """

    module: str
    minutes: float
    beside: bool = False

    @property
    def name(self) -> str:
        """What it is called, as in `make proof PART=acked`."""
        return self.module.rpartition(".")[2]

    @property
    def run(self) -> Run:
        """What it does; loads it."""
        run: Run = import_module(self.module).run
        return run

    def minutes_after(self, spent: float) -> float:
        """The minutes it has where the parts before it took so many."""
        return max(0.0, min(self.minutes, MOST_MINUTES - spent))


PARTS = (
    Part("tests.proof.parts.seeds", MOST_MINUTES, beside=True),  # much of what the others take is waiting
    Part("tests.proof.parts.acked", 20),
    Part("tests.proof.parts.sent", 14),
    Part("tests.proof.parts.kinds", 30),
    Part("tests.proof.parts.workers", 16),
    Part("tests.proof.parts.outages", 8),
    Part("tests.proof.parts.zones", 10),
    Part("tests.proof.parts.crossing", 16),
    Part("tests.proof.parts.fuzz", 14),
)
