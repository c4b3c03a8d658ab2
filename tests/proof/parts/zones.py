"""Every zone there is, around every change of its clocks: each answer of the calendar beside the oracle's."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

from storage.calendar import zones
from tests.figures import Figure
from tests.proof.scale import Scale
from tests.storage import oracle
from tests.storage.around import ANSWERS, wrong

AT_ONCE, BY_TENS = 2, 10
ALL = 590
"""So many zones there are at least, whatever the data's next version."""


def run(scale: Scale) -> list[Figure]:
    """All zones, shared by two processes."""
    names = zones()[:: max(1, round(1 / scale.share))]
    changes, errors = 0, list[str]()
    with ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("spawn")) as pool:
        for done, (found, of_these) in enumerate(pool.map(_of_zone, names, chunksize=BY_TENS)):
            scale.tell("zones", done, len(names))
            changes += found
            errors += of_these
    for one in errors:
        print(f"zones: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
    return [
        Figure("zones.wrong", len(errors), "answers", demand=0, at_most=True),
        Figure("zones.asked", len(names), "zones", demand=scale.of(ALL)),
        Figure("zones.changes", changes, "changes 2015 to 2037"),
        Figure("zones.answers", changes * ANSWERS, "answers"),
    ]


def _of_zone(zone: str) -> tuple[int, list[str]]:
    changes = oracle.changes(zone)
    return len(changes), [one for change in changes for one in wrong(zone, change)]
