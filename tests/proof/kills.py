"""Kill Throughline before and after the n-th commit and the n-th call, for every n, in every scene.

A crash can be seen from outside only at a commit or at a call to Slack, so this is every crash there is. Slack may
fail at the n-th call as well, in every way there is. Each run has to end exactly as the one in which nothing happened,
with every promise kept.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.sandbox.driver import Impossible
from bot.sandbox.world import World
from handlers.registry import registry
from tests.proof import picture
from tests.proof.checker import READ, Evidence, violations
from tests.proof.diligence import kinds_that_ran
from tests.proof.house import House, Kill, Mishap, Restless, open_house
from tests.proof.life import Fatal
from tests.proof.picture import Picture
from tests.proof.rules import Rules
from tests.proof.scenes import Scene
from tests.proof.stage import Hopeless, Stage, Unhurried
from tests.proof.stores import Store

MOST = 200
"""Moments to die in one scene; more would mean that it never ends."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How things stand before a scene."""

    saved: object
    world: World | None = None
    at: datetime | None = None
    """What time it is."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A scene, how it begins, and what is left when nobody dies."""

    scene: Scene
    opening: Opening
    expected: Picture
    worked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a run came to."""

    struck: bool
    picture: Picture
    broken: Sequence[str]
    opening: Opening | None = None
    """How the next scene begins, where nothing happened."""
    worked: frozenset[str] = frozenset()


async def rehearse(
    scenes: Sequence[Scene], store: Store, folder: Path, prepare: Callable[[World], None] | None = None
) -> list[Rehearsed]:
    """Play all scenes in order, nobody dies; an error when that alone breaks a promise."""
    rehearsed: list[Rehearsed] = []
    opening = Opening(store.save())
    for scene in scenes:
        ending = await perform(scene, opening, store, folder, None, prepare)
        prepare = None
        if ending.broken:
            raise AssertionError(f"“{scene.name}” with nobody killed: {'; '.join(ending.broken)}")
        assert ending.opening is not None
        rehearsed.append(Rehearsed(scene, opening, ending.picture, ending.worked))
        opening = ending.opening
    return rehearsed


Mishaps = Callable[[int], Mishap]
"""What happens at the n-th moment."""


@dataclass(frozen=True, slots=True)
class Struck:
    """How many moments there were for a kind of mishap in a scene, and what was not as it should be after it."""

    moments: int
    broken: Sequence[str]


async def strike_everywhere(
    part: Rehearsed, mishaps: Mishaps, idle: asyncio.Queue[Store], folder: Path, abreast: int = 1
) -> Struck:
    """Play the scene with a mishap at the first moment, the second, … until nothing happens.

    So many moments are played at a time, for a mishap is mostly followed by waiting, on whichever store is idle.
    """
    moments, broken = _Moments(), list[str]()

    async def work() -> None:
        for nth in moments:
            store = await idle.get()
            try:
                struck, wrong = await strike(part, mishaps(nth), store, folder)
            finally:
                idle.put_nowait(store)
            broken.extend(wrong)
            if not struck:
                moments.end = min(moments.end, nth)

    async with asyncio.TaskGroup() as lanes:
        for _ in range(abreast):
            lanes.create_task(work())
    if moments.end > MOST:
        raise AssertionError(f"“{part.scene.name}” never ends")
    return Struck(moments.end - 1, broken)


class _Moments:
    """1, 2, 3, … until somebody found a moment that never comes."""

    def __init__(self) -> None:
        self.end = MOST + 1
        self._next = itertools.count(1)

    def __iter__(self) -> Iterator[int]:
        while (nth := next(self._next)) < self.end:
            yield nth


async def strike(part: Rehearsed, mishap: Mishap, store: Store, folder: Path) -> tuple[bool, Sequence[str]]:
    """Play the scene with that in it: whether it did happen, and what is not as if it had not."""
    ending = await perform(part.scene, part.opening, store, folder, mishap)
    broken = [*ending.broken, *picture.differences(part.expected, ending.picture)]
    name = f"“{part.scene.name}”, {mishap}"
    return ending.struck, [f"{name}: {one}" for one in broken]


async def perform(
    scene: Scene,
    opening: Opening,
    store: Store,
    folder: Path,
    mishap: Mishap | None,
    prepare: Callable[[World], None] | None = None,
) -> Ending:
    """Play a scene once, with a mishap in it or without; `prepare` changes the company before anybody sees it."""
    store.restore(opening.saved)
    async with open_house(store, folder, world=opening.world, at=opening.at) as house:
        if prepare is not None:
            prepare(house.sandbox.world)
        await _begin(house, scene, mishap)
        ran = kinds_that_ran(store)
        broken = await _play(
            Stage(house) if scene.killed else Stage(Unhurried(house.unhurried, house.calm)), scene
        )
        evidence = Evidence(
            house.sandbox.history,
            house.sandbox.world.channels,
            store.tables(*READ),
            Rules(registry(), house.sandbox.world.bot),
            house.sandbox.world.bot,
        )
        broken += [*house.own_deaths, *violations(evidence)]
        left = picture.take(store, house.sandbox)
        if mishap is not None:
            return Ending(house.struck, left, broken)
        worked = await house.worked() | (kinds_that_ran(store) - ran).keys()
        await house.move_out(gently=True)
        after = Opening(store.save(), house.sandbox.world, house.sandbox.clock.now())
        return Ending(house.struck, left, broken, after, worked)


async def _begin(house: House, scene: Scene, mishap: Mishap | None) -> None:
    from_birth = mishap if scene.from_birth else None
    if isinstance(from_birth, Kill) and from_birth.at == "commit":
        await house.move_in(fatal=Fatal(from_birth.nth, from_birth.side))
        return
    if from_birth is not None:
        await house.arm(from_birth)
    await house.move_in()
    if not scene.from_birth:
        await house.calm()
        if mishap is not None:
            await house.arm(mishap)


async def _play(stage: Stage, scene: Scene) -> list[str]:
    try:
        await scene.play(stage)
    except (Restless, Hopeless, Impossible, TimeoutError) as stuck:
        return [f"{type(stuck).__name__}: {stuck}"]
    return []
