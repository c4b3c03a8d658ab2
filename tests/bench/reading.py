"""From rounds to figures: ratios within a round, then the median over the rounds."""

from collections.abc import Callable, Sequence
from statistics import median

from tests.bench.measuring import ALONE, TOGETHER, Load, Measured, Round
from tests.figures import Figure

OURS = ("sqlite", "postgresql")
LEAST_THROUGHPUT = {"sqlite": 0.10, "postgresql": 0.05}
MOST_P50 = {"sqlite": 1 / 6, "postgresql": 1 / 4}
LEAST_NAMES = 0.8

Of = Callable[[Measured], float]
REQUESTS, TIMES = "of the floor's requests/s", "times the floor's"


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """All that the rounds tell."""
    reading = Reading(rounds)
    return [*(one for kind in OURS for one in reading.ours(kind)), *reading.others()]


class Reading:
    """The rounds, read."""

    def __init__(self, rounds: Sequence[Round]) -> None:
        self._rounds = rounds

    def ours(self, kind: str) -> list[Figure]:
        """What Throughline on one kind of database comes to."""
        captures, everyday = Load(kind, "captures", TOGETHER), Load(kind, "everyday", TOGETHER)
        floor, mixed = Load("floor", "captures", TOGETHER), Load("floor", "everyday", TOGETHER)
        least, most = LEAST_THROUGHPUT[kind], MOST_P50[kind]
        form, reaction = Load(kind, "submits", ALONE), Load(kind, "captures", ALONE)
        bolt = Load("bolt", "submits", ALONE)
        return [
            self._ratio(f"throughput.{kind}", everyday, mixed, _rate, REQUESTS, demand=least),
            self._ratio(f"throughput.{kind}_captures", captures, floor, _rate, REQUESTS),
            self._ratio(f"p50.{kind}", form, bolt, _p50, "of bare Bolt's", demand=most, at_most=True),
            self._ratio(f"p50.{kind}_captures", reaction, bolt, _p50, "of bare Bolt's"),
            self._ratio(f"p99.{kind}", everyday, mixed, _p99, TIMES),
            self._ratio(f"cpu.{kind}", everyday, mixed, _cpu, TIMES),
        ]

    def others(self) -> list[Figure]:
        """What it is compared with, and the cost of many names."""
        bolt, floor = Load("bolt", "everyday", TOGETHER), Load("floor", "everyday", TOGETHER)
        fifty, one = Load("fifty names", "names", TOGETHER), Load("one name", "names", TOGETHER)
        return [
            self._ratio("names.fifty", fifty, one, _rate, "of one name's requests/s", demand=LEAST_NAMES),
            self._ratio("throughput.bare_bolt", bolt, floor, _rate, REQUESTS),
        ]

    def _ratio(
        self,
        name: str,
        of: Load,
        to: Load,
        what: Of,
        unit: str,
        demand: float | None = None,
        *,
        at_most: bool = False,
    ) -> Figure:
        ratio = median(what(one[of]) / what(one[to]) for one in self._rounds)
        ours, floor = (
            median(what(one[of]) for one in self._rounds),
            median(what(one[to]) for one in self._rounds),
        )
        return Figure(name, ratio, unit, floor, demand, at_most, ours)


def _rate(one: Measured) -> float:
    return one.rate


def _p50(one: Measured) -> float:
    return one.p50 * 1e3


def _p99(one: Measured) -> float:
    return one.p99 * 1e3


def _cpu(one: Measured) -> float:
    return one.cpu * 1e6
