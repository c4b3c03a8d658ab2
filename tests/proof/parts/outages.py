"""Whatever goes wrong on a morning: it is refused clearly or made good, nothing is lost and nothing asked twice."""

import asyncio
import sys

from tests.figures import Figure
from tests.proof.grounds import KINDS, grounds
from tests.proof.morning import morning
from tests.proof.outages import OUTAGES, SQLITE_ONLY
from tests.proof.scale import Scale
from tests.proof.storms import ALONE, SPLIT

SECONDS = 30
"""How long a database stands still, a disk is full, and Slack is dead while two hours go by on the clock."""


def run(scale: Scale) -> list[Figure]:
    """Each outage on each database."""
    cases = [
        (kind, name) for kind in KINDS for name in OUTAGES if kind == "sqlite" or name not in SQLITE_ONLY
    ]
    found: list[Figure] = []
    with grounds() as ground:
        for number, (kind, name) in enumerate(cases):
            scale.tell(f"{name} on {kind}", number, len(cases))
            roles = ALONE if kind == "sqlite" else SPLIT
            left = asyncio.run(
                morning(ground.store(kind, name), ground.folder, roles, OUTAGES[name], scale.of(SECONDS))
            )
            for one in left.broken:
                print(f"{name} on {kind}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
            what = f"outages.{name}_{kind}"
            found += [
                Figure(f"{what}_lost", left.lost, "asks and answers", demand=0, at_most=True),
                Figure(f"{what}_double", left.double, "asks and answers", demand=0, at_most=True),
                Figure(f"{what}_broken", len(left.broken), "broken promises", demand=0, at_most=True),
            ]
        found.append(Figure("outages.seconds", scale.of(SECONDS), "s that it took", demand=SECONDS))
    return found
