"""Every zone there is, around every change of its clocks: each answer of the calendar beside the oracle's."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from storage.calendar import zones
from tests.storage import oracle
from tests.storage.around import ANSWERS, wrong

AT_ONCE = 2
BY_TENS = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared, and which answers were not the oracle's."""

    zones: int
    changes: int
    answers: int
    wrong: Sequence[str]


def compare(names: Sequence[str], at_once: int = AT_ONCE) -> Compared:
    """All changes of these zones, shared by some processes."""
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(_of_zone, names, chunksize=BY_TENS))
    changes = sum(number for number, _ in found)
    return Compared(len(names), changes, changes * ANSWERS, [one for _, some in found for one in some])


def everywhere() -> Compared:
    """All zones people can choose."""
    return compare(zones())


def _of_zone(zone: str) -> tuple[int, list[str]]:
    changes = oracle.changes(zone)
    return len(changes), [one for change in changes for one in wrong(zone, change)]
