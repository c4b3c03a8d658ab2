"""The parts of `make bench`. To add one: a function of `Tools` that returns figures, and its line below."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import drain, finding, importing, likeness, pace, schedules, soak, way_in
from tests.bench.tools import Tools
from tests.figures import Figure


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the areas its figures are of, which begin their names, and what measures them."""

    name: str
    areas: tuple[str, ...]
    run: Callable[[Tools], list[Figure]]


def _feedback(tools: Tools) -> list[Figure]:
    return [*likeness.figures(), *importing.figures(tools), *finding.run(tools)]


PARTS = (
    Part("way_in", ("throughput", "p50", "p99", "cpu", "names", "way_in", "memory", "machine"), way_in.run),
    Part("feedback", ("feedback",), _feedback),
    Part("drain", ("drain",), drain.run),
    Part("pace", ("pace",), pace.run),
    Part("schedules", ("schedules",), schedules.run),
    Part("soak", ("soak",), soak.run),
)
