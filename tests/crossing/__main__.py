"""`python -m tests.crossing RECORDED NUMBER FOLDER`: compare, and print as JSON what crossed."""

import json
import sys
from pathlib import Path

from tests.crossing.trial import on_sqlite
from tests.fuzz.recording import Recorded

SOME = 50
"""Crossings that are printed."""


def main() -> None:
    """The entry point."""
    kept, number, folder = sys.argv[1:]
    recorded = [Recorded(**one) for one in json.loads(Path(kept).read_text())]
    compared = on_sqlite(Path(folder), recorded, 1, int(number))
    print(json.dumps(list(compared.crossings)[:SOME]))  # noqa: T201 - read by whoever started it


if __name__ == "__main__":
    main()
