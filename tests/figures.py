"""Figures: what build/bench.json and build/proof.json hold, and the table people read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `demand` None means it is only reported.

    A ratio names its `floor`, what it is a ratio to, and `ours`, both as measured: requests a second,
    milliseconds, or microseconds of CPU.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    demand: float | None = None
    at_most: bool = False
    ours: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is as good as demanded."""
        if self.demand is None:
            return True
        return self.value <= self.demand if self.at_most else self.value >= self.demand

    def as_json(self) -> dict[str, object]:
        """Its entry in the file."""
        return {
            "value": rounded(self.value),
            "unit": self.unit,
            "floor": None if self.floor is None else rounded(self.floor),
            "demand": self.demand,
            "met": self.met,
        }


def rounded(value: float) -> float:
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")


def write(figures: Sequence[Figure], path: Path) -> None:
    """The file, with these figures and no others."""
    _write({one.name: one.as_json() for one in figures}, path)


def replace(area: str, figures: Sequence[Figure], path: Path) -> None:
    """The file with these figures in place of all it held of their area; the others stay."""
    kept = json.loads(path.read_text()) if path.exists() else {}
    others = {name: one for name, one in kept.items() if not name.startswith(f"{area}.")}
    _write({**others, **{one.name: one.as_json() for one in figures}}, path)


def _write(found: Mapping[str, object], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def show(figures: Sequence[Figure], console: Console) -> None:
    """The table."""
    table = Table("figure", "value", "unit", "demand", "met", "ours", "floor", box=None, pad_edge=False)
    for one in figures:
        demand = "" if one.demand is None else f"{'≤' if one.at_most else '≥'} {rounded(one.demand):g}"
        met = "" if one.demand is None else "yes" if one.met else "[bold red]no[/]"
        measured = ("" if each is None else f"{rounded(each):g}" for each in (one.ours, one.floor))
        table.add_row(one.name, f"{rounded(one.value):g}", one.unit, demand, met, *measured)
    console.print(table)
