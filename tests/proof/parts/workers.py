"""Any number of workers on one PostgreSQL: nothing twice, and what a dead or a stopped one leaves is taken over."""

import asyncio
import sys
from collections.abc import Iterator, Sequence

from bot.courier.courier import Timing
from tests.figures import Figure
from tests.proof.drain import RESETS, Drained, Interrupted, drain, fenced, taken_over
from tests.proof.grounds import grounds
from tests.proof.scale import Scale
from tests.proof.send_storm import Size
from tests.proof.storms import BREEZY, Aftermath

DUE = 100_000
WORKERS = (1, 2, 4, 8)
KILLS = 5
MOST_SECONDS = 60
AS_SHIPPED = Timing()


def run(scale: Scale) -> list[Figure]:
    """Each number of workers in turn, then one letter whose sender dies, and two whose sender stands still."""
    size = Size(sends=scale.of(DUE), channels=100, threads=9, kills=scale.of(KILLS))
    found: list[Figure] = []
    with grounds() as ground:
        for workers in WORKERS:
            store = ground.store("postgresql", f"workers{workers}")
            drained = asyncio.run(drain(store, ground.folder, workers, size, scale.tell))
            found += _drained(workers, size, drained)
        scale.tell("a worker dies at a call", 0, 3)
        died = asyncio.run(taken_over(ground.store("postgresql", "died"), ground.folder, AS_SHIPPED))
        still: list[Interrupted] = []
        for number, fault in enumerate((None, RESETS), start=1):
            scale.tell("a worker stands still past its lease", number, 3)
            store = ground.store("postgresql", f"still{number}")
            still.append(asyncio.run(fenced(store, ground.folder, BREEZY, fault)))
    return [*found, *_interrupted(died, still)]


def _drained(workers: int, size: Size, drained: Drained) -> Iterator[Figure]:
    left = drained.left
    yield Figure(f"workers.double_{workers}", left.double, "messages", demand=0, at_most=True)
    yield Figure(f"workers.lost_{workers}", left.lost, "messages", demand=0, at_most=True)
    yield _broken(f"broken_{workers}", left)
    yield Figure(f"workers.due_{workers}", size.sends, "messages", demand=DUE)
    yield Figure(f"workers.kills_{workers}", left.deaths, "SIGKILLs", demand=KILLS)
    yield Figure(f"workers.rate_{workers}", size.sends / drained.seconds, "messages/s")


def _interrupted(died: Interrupted, still: Sequence[Interrupted]) -> Iterator[Figure]:
    yield Figure("workers.takeover", died.seconds, "s", demand=MOST_SECONDS, at_most=True)
    yield _broken("broken_takeover", died.left)
    overwritten = sum(one.overwritten for one in still)
    yield Figure("workers.overwritten", overwritten, "rows a late record changed", demand=0, at_most=True)
    yield _broken("broken_fenced", *(one.left for one in still))


def _broken(name: str, *left: Aftermath) -> Figure:
    words = [words for one in left for words in one.broken]
    for one in words:
        print(f"workers, {name}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
    return Figure(f"workers.{name}", len(words), "broken promises", demand=0, at_most=True)
