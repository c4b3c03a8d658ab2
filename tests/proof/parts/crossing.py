"""Two workspaces, a hundred thousand requests with each other's ids: none crosses, and a criterion taken out is found."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import BEGINS
from tests.crossing.sent import sent_to_slack
from tests.crossing.trial import FORGOTTEN, LIVES, forgetful, trial
from tests.figures import Figure
from tests.front import front_door
from tests.fuzz.recording import Recorded, record
from tests.proof.grounds import Grounds, grounds
from tests.proof.scale import Scale

OPERATIONS = {"sqlite": 100_000, "postgresql": 10_000}
"""Of both together. SQLite has nothing but the statements; PostgreSQL's own fence stands behind them too."""
FEW = 300
"""Requests of each workspace that can be sent at Slack's pace."""
ENOUGH = 1_000
"""Requests of each that are enough to miss a criterion."""


def run(scale: Scale) -> list[Figure]:
    """Each database, what reaches a local Slack, and copies that forget."""
    steps = len(OPERATIONS) + 1 + len(FORGOTTEN)
    figures: list[Figure] = []
    with grounds() as ground:
        recorded = asyncio.run(_recorded(ground.store("sqlite", "recorded").url))
        for at, (kind, whole) in enumerate(OPERATIONS.items()):
            scale.tell(f"two workspaces on {kind}", at, steps)
            figures += _compared(ground, kind, recorded, scale.of(whole, 2 * FEW))
        scale.tell("sent to a local Slack", len(OPERATIONS), steps)
        urls = [ground.store("sqlite", f"few{at}").url for at in range(len(LIVES))]
        trial(urls, recorded, 2, FEW)
        sent = asyncio.run(sent_to_slack(urls[0], FEW))
        _say("local Slack", sent.foreign)
        figures += [
            Figure("crossing.sent", sent.calls, "calls to a local Slack", demand=1),
            Figure("crossing.sent_foreign", len(sent.foreign), "calls", demand=0, at_most=True),
        ]
        found = 0
        for at, forgotten in enumerate(FORGOTTEN):
            scale.tell(f"without {forgotten.column}", len(OPERATIONS) + 1 + at, steps)
            with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
                found += bool(forgetful(Path(folder), forgotten, recorded, ENOUGH))
        figures.append(Figure("crossing.forgotten_found", found, "criteria", demand=len(FORGOTTEN)))
    return figures


async def _recorded(url: str) -> list[Recorded]:
    async with front_door(url, begins=BEGINS) as door:
        return await record(door)


def _compared(ground: Grounds, kind: str, recorded: Sequence[Recorded], number: int) -> list[Figure]:
    urls = [ground.store(kind, f"cross{at}").url for at in range(len(LIVES))]
    compared = trial(urls, recorded, 1, number // 2)
    _say(kind, compared.crossings)
    return [
        Figure(f"crossing.operations_{kind}", compared.operations, "requests", demand=number // 2 * 2),
        Figure(f"crossing.crossings_{kind}", len(compared.crossings), "crossings", demand=0, at_most=True),
        Figure(f"crossing.rows_{kind}", compared.rows, "rows compared"),
    ]


def _say(where: str, crossings: Sequence[str]) -> None:
    for one in crossings[:50]:
        print(f"crossing, {where}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
