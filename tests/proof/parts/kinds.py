"""Every commit and every call, with every kind of mishap, in every scene: each ends as if nothing had happened."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.figures import Figure
from tests.proof.grounds import KINDS, Grounds, grounds
from tests.proof.job_scenes import PLAY, grow
from tests.proof.kills import Mishaps, Struck
from tests.proof.scale import Scale
from tests.proof.scenes import SCENES
from tests.proof.theatre import CALLS, COMMITS, FAULTS, LANES, Theatre, theatre_of
from tests.proof.together_scenes import TOGETHER

PLAYS = {"thread": (SCENES, None), "clock": (PLAY, grow), "together": (TOGETHER, None)}
MISHAPS: Mapping[str, Mapping[str, Mishaps]] = {
    "sqlite": COMMITS | CALLS | FAULTS,
    "postgresql": COMMITS | CALLS,
}
"""Slack answers the same whatever keeps our rows, so how it fails is tried on SQLite; who dies, on both."""


def run(scale: Scale) -> list[Figure]:
    """All plays on both databases; a share of it plays so many of their scenes."""
    found: list[Figure] = []
    with grounds() as ground:
        for kind in KINDS:
            struck: list[Struck] = []
            for play in PLAYS:
                struck += _played(ground, kind, play, scale)
            found += _figures(kind, struck)
    return found


def _played(ground: Grounds, kind: str, name: str, scale: Scale) -> list[Struck]:
    scenes, prepare = PLAYS[name]
    stores = [ground.store(kind, f"{name}{number}") for number in range(LANES)]
    scale.tell(f"the {name} on {kind} as it goes when nothing happens", 0, 1)
    theatre = theatre_of(scenes, stores, ground.folder, prepare)
    struck = [scene.name for scene in scenes if scene.killed]
    chosen = struck[: scale.of(len(struck))]
    pairs = [(scene, mishaps) for scene in chosen for mishaps in MISHAPS[kind].values()]

    def tell(done: int) -> None:
        scale.tell(f"the {name} on {kind}: kinds of mishap in a scene", done, len(pairs))

    return asyncio.run(_everything(theatre, pairs, tell))


async def _everything(
    theatre: Theatre, pairs: Sequence[tuple[str, Mishaps]], tell: Callable[[int], None]
) -> list[Struck]:
    """Each kind of mishap in each scene, side by side as far as there are databases."""
    idle, done = theatre.idle(), 0

    async def one(scene: str, each: Mishaps) -> Struck:
        nonlocal done
        struck = await theatre.strike(scene, each, idle)
        done += 1
        tell(done)
        return struck

    return await asyncio.gather(*(one(*pair) for pair in pairs))


def _figures(kind: str, struck: list[Struck]) -> Iterator[Figure]:
    broken = [words for one in struck for words in one.broken]
    for words in broken:
        print(f"kinds on {kind}: {words}", file=sys.stderr)  # noqa: T201 - the log is for people
    untried = sum(one.moments == 0 for one in struck)
    yield Figure(f"kinds.broken_{kind}", len(broken), "differences", demand=0, at_most=True)
    yield Figure(
        f"kinds.untried_{kind}", untried, "kinds of mishap that never came in a scene", demand=0, at_most=True
    )
    yield Figure(
        f"kinds.mishaps_{kind}", sum(one.moments for one in struck), "mishaps, each in a run of its own"
    )
