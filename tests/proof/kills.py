"""Kill Throughline before and after the n-th commit and the n-th call, for every n, in every scene.

A crash can be seen from outside only at a commit or at a call to Slack, so this is every crash there is. Each
run has to end exactly as the run nobody was killed in, with every promise kept.
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
from tests.proof.house import House, Kill, Restless, open_house
from tests.proof.life import At, Fatal, Side
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

    deaths: int
    picture: Picture
    broken: Sequence[str]
    opening: Opening | None = None
    """How the next scene begins, where nobody was killed."""
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


async def perform(
    scene: Scene,
    opening: Opening,
    store: Store,
    folder: Path,
    kill: Kill | None,
    prepare: Callable[[World], None] | None = None,
) -> Ending:
    """Play a scene once, with a death in it or without; `prepare` changes the company before anybody sees it."""
    store.restore(opening.saved)
    async with open_house(store, folder, world=opening.world, at=opening.at) as house:
        if prepare is not None:
            prepare(house.sandbox.world)
        await _begin(house, scene, kill)
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
        left, deaths = picture.take(store, house.sandbox), house.deaths
        if kill is not None:
            return Ending(deaths, left, broken)
        worked = await house.worked() | (kinds_that_ran(store) - ran).keys()
        await house.move_out(gently=True)
        after = Opening(store.save(), house.sandbox.world, house.sandbox.clock.now())
        return Ending(deaths, left, broken, after, worked)


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


async def _play(stage: Stage, scene: Scene) -> list[str]:
    try:
        await scene.play(stage)
    except (Restless, Hopeless, Impossible, TimeoutError) as stuck:
        return [f"{type(stuck).__name__}: {stuck}"]
    return []
