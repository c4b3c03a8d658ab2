"""A thousand random months, each from a seed: how many were lived in the time there is, and what they broke."""

import os
import sys
import time
from contextlib import closing

from tests.figures import Figure
from tests.proof.parts import MOST_MINUTES
from tests.proof.scale import Scale
from tests.simulation.chance.run import Lived
from tests.simulation.seeds import SEEDS, again, live

MINUTES = MOST_MINUTES - 2.0
"""What they may take together; what was lived by then counts."""
PATIENT = 15
"""How much lower their priority is: what runs beside them has deadlines, and they have none."""


def run(scale: Scale) -> list[Figure]:
    """Live them; each that broke a promise is named on standard error, with the command that lives it again."""
    os.nice(PATIENT)
    wanted, began = scale.of(SEEDS), time.monotonic()
    months: list[Lived] = []
    with closing(live(range(1, wanted + 1))) as lived:
        for one in lived:
            months.append(one)
            scale.tell("months", len(months), wanted)
            for broken in one.broken:
                print(f"seed {one.seed}: {broken}; again: {again(one.seed)}", file=sys.stderr)  # noqa: T201 - the log is for people
            if time.monotonic() - began > MINUTES * 60:
                break
    return [
        Figure("seeds.broken", sum(bool(one.broken) for one in months), "months", demand=0, at_most=True),
        Figure("seeds.lived", len(months), "months", demand=wanted),
        Figure("seeds.minutes", (time.monotonic() - began) / 60, "min"),
        Figure("seeds.kills", sum(one.deaths for one in months), "kills"),
        Figure("seeds.deliveries", sum(one.deliveries for one in months), "deliveries"),
        Figure("seeds.struck", sum(one.struck for one in months), "calls"),
    ]
