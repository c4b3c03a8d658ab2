"""Nothing acknowledged is lost: signed events, repeated as Slack repeats them, while processes are killed."""

import asyncio
import sys
from collections.abc import Iterator

from tests.figures import Figure
from tests.proof.event_storm import EVENTS, events
from tests.proof.grounds import KINDS, grounds
from tests.proof.scale import Scale
from tests.proof.storms import ALONE, KILLS, SPLIT, Aftermath


def run(scale: Scale) -> list[Figure]:
    """One storm on each database."""
    found: list[Figure] = []
    with grounds() as ground:
        for number, kind in enumerate(KINDS):
            scale.tell(f"{EVENTS:,} events on {kind}", number, len(KINDS))
            roles = ALONE if kind == "sqlite" else SPLIT
            left = asyncio.run(events(ground.store(kind, "acked"), ground.folder, roles))
            found += _figures(kind, left)
    return found


def _figures(kind: str, left: Aftermath) -> Iterator[Figure]:
    for one in left.broken:
        print(f"acked on {kind}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
    yield Figure(f"acked.broken_{kind}", len(left.broken), "promises", demand=0, at_most=True)
    yield Figure(f"acked.kills_{kind}", left.deaths, "SIGKILLs", demand=KILLS)
    yield Figure(f"acked.repeated_{kind}", left.repeated, "deliveries")
