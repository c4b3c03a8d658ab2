"""`python -m tests.simulation docs/quiet.md`: live through the month, print how quiet it was, write the page."""

import argparse
import sys
import time
from itertools import chain
from pathlib import Path

from rich.console import Console

from tests.simulation import page, verdicts
from tests.simulation.ledger import Ledger
from tests.simulation.month import lived

out = Console(stderr=True, highlight=False, width=120)


def main() -> None:
    """The entry point; the exit code says whether it was quiet."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("page", type=Path, nargs="?", help="where the page goes, such as docs/quiet.md")
    parser.add_argument("--weeks", type=int, default=4, help="how many of its weeks")
    parser.add_argument("--letters", type=Path, help="where every message goes as it was sent, to be read")
    asked = parser.parse_args()
    began = time.monotonic()
    ledger = lived(asked.weeks)
    written = page.page(ledger)
    out.print(written, markup=False)
    out.print(f"lived through in {time.monotonic() - began:.0f} s")
    if asked.page is not None:
        asked.page.write_text(written)
    if asked.letters is not None:
        asked.letters.write_text(letters(ledger))
    sys.exit(judge(ledger))


def judge(ledger: Ledger) -> int:
    """Say what was too loud; 1 if anything was."""
    checks = (
        verdicts.told_twice,
        verdicts.same_words,
        verdicts.on_days_off,
        verdicts.while_nothing_happens,
        verdicts.empty_digests,
    )
    loud = list(chain.from_iterable(check(ledger) for check in checks))
    for one in loud:
        out.print(f"Too loud: {one.what}: {one.who}, {one.day}: {one.headline}", markup=False)
    counts = verdicts.by_person_and_day(ledger).values()
    return int(bool(loud) or verdicts.percentile(counts, 95) > verdicts.MOST)


def letters(ledger: Ledger) -> str:
    """Every message in its order: when, to whom, what a phone shows of it."""
    return "\n\n".join(
        f"[{one.at:%a %d %b %H:%M}] to {one.to or '#' + one.channel}"
        f"{'' if one.begun or one.to is None else ' (an answer)'}\n{one.text}"
        for one in ledger.sent
    )


if __name__ == "__main__":
    main()
