"""Thirty days of three to five random people, drawn from a seed: Slack fails, Throughline is killed, clocks are moved.

`python -m tests.simulation.seeds --seed 7` lives one; the same seed is the same month, and its ledger has the same
hash. `--seeds 1000` lives through as many, on all cores, and prints each that broke a promise.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Generator, Sequence

from rich.console import Console

from tests.simulation.chance.month import DAYS
from tests.simulation.chance.run import Lived, lived

ONCE_BROKEN: tuple[int, ...] = (78, 91, 233, 293)
"""Seeds that found something which has been mended since; tests live them again."""
SEEDS = 1_000
A_CHILD = 20
"""Months a process lives before another one takes its place."""

out = Console(highlight=False, width=160)


def main() -> None:
    """The entry point; the exit code says whether every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.seeds", description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--seed", type=int, action="append", help="this one; may be given again")
    which.add_argument("--seeds", type=int, default=SEEDS, help="so many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--days", type=int, default=DAYS, help="how many days of each")
    asked = parser.parse_args()
    began = time.monotonic()
    failed = [one for one in live(asked.seed or range(asked.first, asked.first + asked.seeds), asked.days)
              if _tell(one)]  # fmt: skip
    out.print(f"{time.monotonic() - began:.0f} s; {len(failed)} broke a promise")
    sys.exit(bool(failed))


def live(seeds: Sequence[int], days: int = DAYS) -> Generator[Lived, None, None]:
    """Live them, several at a time."""
    context = multiprocessing.get_context("spawn")
    processes = min(len(seeds), os.cpu_count() or 1)
    with context.Pool(processes, maxtasksperchild=A_CHILD) as pool:
        yield from pool.imap_unordered(_lived, [(seed, days) for seed in seeds])


def again(seed: int) -> str:
    """The command that lives a month again."""
    return f"python -m tests.simulation.seeds --seed {seed}"


def _lived(one: tuple[int, int]) -> Lived:
    return lived(*one)


def _tell(one: Lived) -> bool:
    out.print(
        f"seed {one.seed}: {one.deliveries} deliveries, {one.calls} calls, {one.struck} of them struck, "
        f"killed {one.deaths} times; ledger {one.ledger}"
    )
    for broken in one.broken:
        out.print(f"  {broken}", markup=False)
    if one.broken:
        out.print(f"  again: {again(one.seed)}")
    return bool(one.broken)


if __name__ == "__main__":
    main()
