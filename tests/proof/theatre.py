"""Where scenes are rehearsed and then played with a mishap in them, many at a time, on one kind of database."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bot.sandbox.world import World
from tests.proof.house import Fault, Kill, When
from tests.proof.kills import Mishaps, Rehearsed, Struck, rehearse, strike_everywhere
from tests.proof.life import At, Side
from tests.proof.scenes import Scene
from tests.proof.send_storm import WAYS
from tests.proof.stores import Store

LANES = 12
"""Runs at a time: a mishap is mostly followed by waiting."""


def _killed(at: At, side: Side) -> Mishaps:
    return lambda nth: Kill(at, side, nth)


def _failed(when: When, how: str) -> Mishaps:
    return lambda nth: Fault(when, how, nth)


SIDES: tuple[Side, Side] = ("before", "after")
COMMITS = {f"killed {side} a commit": _killed("commit", side) for side in SIDES}
CALLS = {f"killed {side} a call": _killed("call", side) for side in SIDES}
FAULTS = {f"{how} {when} a call": _failed(when, how) for when, how, _ in WAYS}
"""Every way in which a call goes wrong."""


def one_each(play: Sequence[Scene]) -> list[tuple[str, str]]:
    """Each scene in which something may happen with one of these ways, in turn."""
    return list(zip((scene.name for scene in play if scene.killed), cycle(FAULTS), strict=False))


@dataclass(frozen=True, slots=True)
class Theatre:
    """The rehearsed scenes, and databases to play them on."""

    parts: dict[str, Rehearsed]
    stores: Sequence[Store]
    folder: Path

    async def strike_everywhere(self, name: str, mishaps: Mapping[str, Mishaps]) -> dict[str, Struck]:
        """Play a scene with each kind of mishap at every moment there is; what came of each kind."""
        idle = self.idle()
        abreast = -(-len(self.stores) // len(mishaps))
        async with asyncio.TaskGroup() as kinds:
            struck = {
                kind: kinds.create_task(self.strike(name, each, idle, abreast))
                for kind, each in mishaps.items()
            }
        return {kind: task.result() for kind, task in struck.items()}

    async def strike(
        self, name: str, mishaps: Mishaps, idle: asyncio.Queue[Store], abreast: int = 1
    ) -> Struck:
        """Play a scene with one kind of mishap at every moment there is."""
        return await strike_everywhere(self.parts[name], mishaps, idle, self.folder, abreast)

    def idle(self) -> asyncio.Queue[Store]:
        """All databases, for whoever needs one."""
        idle = asyncio.Queue[Store]()
        for store in self.stores:
            idle.put_nowait(store)
        return idle


def theatre_of(
    play: Sequence[Scene],
    stores: Sequence[Store],
    folder: Path,
    prepare: Callable[[World], None] | None = None,
) -> Theatre:
    """The play as it goes when nothing happens."""
    rehearsed = asyncio.run(rehearse(play, stores[0], folder, prepare))
    return Theatre({part.scene.name: part for part in rehearsed}, stores, folder)
