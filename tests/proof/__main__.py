"""`python -m tests.proof [PART]`: prove it part by part, print the table, keep build/proof.json up to date."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.figures import replace, show
from tests.proof.overseer import NotMeasured, measured
from tests.proof.parts import PARTS, Part

out = Console(stderr=True, highlight=False, width=120)


def main() -> None:
    """The entry point; the exit code says whether it could be measured, not whether it holds."""
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("part", nargs="?", choices=names, help="only this one; the others' figures stay")
    parser.add_argument("--share", type=float, default=1.0, help="how much of all that is promised")
    parser.add_argument("--out", type=Path, default=Path("build/proof.json"))
    asked = parser.parse_args()
    chosen = [part for part in PARTS if asked.part in (None, part.name)]
    if asked.part is None:
        asked.out.unlink(missing_ok=True)
    try:
        proven = asyncio.run(prove_all(chosen, asked.share, asked.out))
    except KeyboardInterrupt:
        sys.exit("stopped; what was measured before is kept")
    sys.exit(not proven)


async def prove_all(parts: Sequence[Part], share: float, path: Path) -> bool:
    """One after the other, and beside them what may be; whether all could be measured."""
    began = time.monotonic()

    async def in_turn(those: Sequence[Part]) -> bool:
        return all([await prove(one, share, path, minutes_since(began), progress) for one in those])

    with _progress() as progress:
        beside = [in_turn([one]) for one in parts if one.beside]
        lanes = await asyncio.gather(*beside, in_turn([one for one in parts if not one.beside]))
    return all(lanes)


async def prove(part: Part, share: float, path: Path, spent: float, progress: Progress) -> bool:
    """Run one part and keep its figures; whether it could be measured. What it did not measure is not kept."""
    began, log = time.monotonic(), path.with_suffix(".log")
    task = progress.add_task(f"{part.name}: starting", total=None)

    def tell(what: str, done: int, of: int) -> None:
        progress.update(task, description=f"{part.name}: {what}", completed=done, total=of)

    try:
        figures = await measured(part, share, log, tell, spent)
    except NotMeasured as error:
        replace(part.name, [], path)
        out.print(f"{part.name}: not measured: {error}", style="bold red")
        return False
    finally:
        progress.remove_task(task)
    replace(part.name, figures, path)
    show(figures, out)
    out.print(f"{part.name}: {minutes_since(began):.1f} minutes\n")
    return True


def minutes_since(began: float) -> float:
    """How long ago that was."""
    return (time.monotonic() - began) / 60


def _progress() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=out, transient=True)


if __name__ == "__main__":
    main()
