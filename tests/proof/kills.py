"""Kill Throughline before and after the n-th commit and the n-th call, for every n, in every scene.

A crash can be seen from outside only at a commit or at a call to Slack, so this is every crash there is. Each
run has to end exactly as the run nobody was killed in, with every promise kept.
"""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.driver import Impossible
from bot.sandbox.world import World
from handlers.registry import registry
from tests.proof import picture
from tests.proof.checker import Evidence, violations
from tests.proof.house import House, Kill, Restless, open_house
from tests.proof.life import At, Fatal, Side
from tests.proof.picture import Picture
from tests.proof.rules import Rules
from tests.proof.scenes import Scene
from tests.proof.stage import Hopeless, Stage
from tests.proof.stores import Store

MOST = 200
"""Moments to die in one scene; more would mean that it never ends."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How things stand before a scene."""

    saved: object
    world: World | None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A scene, how it begins, and what is left when nobody dies."""

    scene: Scene
    opening: Opening
    expected: Picture


@dataclass(frozen=True, slots=True)
class Ending:
    """What a run came to."""

    deaths: int
    picture: Picture
    broken: Sequence[str]
    opening: Opening


async def rehearse(scenes: Sequence[Scene], store: Store, folder: Path) -> list[Rehearsed]:
    """Play all scenes in order, nobody dies; an error when that alone breaks a promise."""
    rehearsed: list[Rehearsed] = []
    opening = Opening(store.save(), None)
    for scene in scenes:
        ending = await perform(scene, opening, store, folder, None)
        if ending.broken:
            raise AssertionError(f"“{scene.name}” with nobody killed: {'; '.join(ending.broken)}")
        rehearsed.append(Rehearsed(scene, opening, ending.picture))
        opening = ending.opening
    return rehearsed


async def kill_everywhere(part: Rehearsed, at: At, side: Side, stores: Sequence[Store], folder: Path) -> int:
    """Play the scene with a death at the first moment, the second, … until nobody dies; how many died.

    The moments are shared out among the stores, for a death is mostly followed by waiting.
    """
    moments = _Moments()

    async def work(store: Store) -> None:
        for nth in moments:
            if not await _killed_at(part, Kill(at, side, nth), store, folder):
                moments.end = min(moments.end, nth)

    async with asyncio.TaskGroup() as lanes:
        for store in stores:
            lanes.create_task(work(store))
    if moments.end > MOST:
        raise AssertionError(f"“{part.scene.name}” never ends")
    return moments.end - 1


class _Moments:
    """1, 2, 3, … until somebody found a moment that never comes."""

    def __init__(self) -> None:
        self.end = MOST + 1
        self._next = itertools.count(1)

    def __iter__(self) -> Iterator[int]:
        while (nth := next(self._next)) < self.end:
            yield nth


async def _killed_at(part: Rehearsed, kill: Kill, store: Store, folder: Path) -> bool:
    """Play the scene with that death in it; whether there was one."""
    ending = await perform(part.scene, part.opening, store, folder, kill)
    broken = [*ending.broken, *picture.differences(part.expected, ending.picture)]
    if broken:
        name = f"“{part.scene.name}”, killed {kill.side} {kill.at} {kill.nth}"
        raise AssertionError("\n".join([f"{name}:", *broken]))
    return ending.deaths > 0


async def perform(scene: Scene, opening: Opening, store: Store, folder: Path, kill: Kill | None) -> Ending:
    """Play a scene once, with a death in it or without."""
    store.restore(opening.saved)
    async with open_house(store, folder, world=opening.world) as house:
        await _begin(house, scene, kill)
        broken = await _play(house, scene)
        evidence = Evidence(
            house.sandbox.history,
            house.sandbox.world.channels,
            store.tables(),
            Rules(registry(), house.sandbox.world.bot),
            house.sandbox.world.bot,
        )
        broken += [*house.own_deaths, *violations(evidence)]
        left, deaths = picture.take(store, house.sandbox), house.deaths
        after = Opening(None, None)
        if kill is None:
            await house.move_out(gently=True)
            house.sandbox.world.offset_seconds = house.sandbox.clock.offset.total_seconds()
            after = Opening(store.save(), house.sandbox.world)
        return Ending(deaths, left, broken, after)


async def _begin(house: House, scene: Scene, kill: Kill | None) -> None:
    born_to_die = kill if scene.from_birth else None
    if born_to_die is not None and born_to_die.at == "commit":
        await house.move_in(fatal=Fatal(born_to_die.nth, born_to_die.side))
        return
    if born_to_die is not None:
        await house.arm(born_to_die)
    await house.move_in()
    if not scene.from_birth:
        await house.calm()
        if kill is not None:
            await house.arm(kill)


async def _play(house: House, scene: Scene) -> list[str]:
    try:
        await scene.play(Stage(house))
    except (Restless, Hopeless, Impossible, TimeoutError) as stuck:
        return [f"{type(stuck).__name__}: {stuck}"]
    return []
