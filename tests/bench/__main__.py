"""`python -m tests.bench [PART]`: measure part after part, print the table, keep build/bench.json up to date."""

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from tests.bench.databases import databases
from tests.bench.parts import PARTS, Part
from tests.bench.subjects import NotMeasured
from tests.bench.tools import Tools
from tests.figures import replace, show

out = Console(stderr=True, highlight=False, width=120)


def main() -> None:
    """The entry point; the exit code says whether it could be measured, not whether it is fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = [part.name for part in PARTS]
    parser.add_argument("part", nargs="?", choices=names, help="only this one; the others' figures stay")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each load on the way in lasts")
    parser.add_argument("--share", type=float, default=1.0, help="how much of all that is sent and scheduled")
    parser.add_argument("--minutes", type=float, help="how long the soak lasts with each database")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    asked = parser.parse_args()
    chosen = [part for part in PARTS if asked.part in (None, part.name)]
    if asked.part is None:
        asked.out.unlink(missing_ok=True)
    log: Path = asked.out.with_suffix(".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def tell(what: str) -> None:
        out.print(f"{time.monotonic() - began:4.0f} s  {what}")

    try:
        with databases() as fresh:
            tools = Tools(fresh, log, asked.rounds, asked.seconds, asked.share, asked.minutes, tell)
            measured = [measure(part, tools, asked.out) for part in chosen]
    except (ImportError, OSError) as error:
        out.print(f"Not measured: {error}")
        sys.exit(1)
    sys.exit(not all(measured))


def measure(part: Part, tools: Tools, path: Path) -> bool:
    """Measure one part and keep its figures; whether it could be measured. What it did not measure is not kept."""
    try:
        figures = part.run(tools)
    except NotMeasured as error:
        out.print(f"{part.name}: not measured: {error}", style="bold red")
        figures = []
    for area in part.areas:
        replace(area, [one for one in figures if one.name.startswith(f"{area}.")], path)
    if figures:
        show(figures, out)
    return bool(figures)


if __name__ == "__main__":
    main()
