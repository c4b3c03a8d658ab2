"""`python -m tests.bench`: measure, print the table, write build/bench.json."""

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from tests.bench import likeness
from tests.bench.databases import databases
from tests.bench.measuring import Bench
from tests.bench.reading import figures
from tests.bench.slack import local_slack
from tests.bench.subjects import NotMeasured
from tests.figures import Figure, show, write

MOST_MEMORY = 120

out = Console(stderr=True, highlight=False, width=120)


def main() -> None:
    """The entry point; the exit code says whether it could be measured, not whether it is fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each load lasts")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    asked = parser.parse_args()
    try:
        found = measure(asked.rounds, asked.seconds, asked.out.with_suffix(".log"))
    except (NotMeasured, ImportError, OSError) as error:
        out.print(f"Not measured: {error}")
        sys.exit(1)
    write(found, asked.out)
    show(found, out)


def measure(count: int, seconds: float, log: Path) -> list[Figure]:
    """All figures."""
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with databases() as fresh, local_slack() as slack:
        bench = Bench(fresh, slack, log, seconds)
        rounds = list(
            bench.rounds(count, lambda what: out.print(f"{time.monotonic() - began:4.0f} s  {what}"))
        )
        calls, memory, sync = bench.calls_on_the_way_in(), bench.idle_memory(), fresh.sync_time() * 1000
    return [
        *figures(rounds),
        *likeness.figures(),
        Figure("way_in.slack_calls", calls, "calls before a 200", demand=0, at_most=True),
        Figure("memory.idle", memory, "MB", demand=MOST_MEMORY, at_most=True),
        Figure("machine.sync", sync, "ms to make a page durable"),
    ]


if __name__ == "__main__":
    main()
