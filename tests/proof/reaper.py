"""Kills at instants nobody chose: seeded, spread over a storm, each of a process that lives."""

import asyncio
import random
from collections.abc import Collection

from tests.proof.house import House

SPREAD = 0.05
"""Seconds within which a process dies once its time has come."""


class Reaper:
    """Kills a process each time so much has happened; `witness` is told of everything that happens."""

    def __init__(self, house: House, seed: int, instants: Collection[int]) -> None:
        self._house = house
        self._dice = random.Random(seed)
        self._instants = frozenset(instants)
        self._happened = 0
        self._due = asyncio.Semaphore(0)

    def witness(self) -> None:
        """Something happened."""
        self._happened += 1
        if self._happened in self._instants:
            self._due.release()

    async def reap(self) -> None:
        """Until one has died for every instant; never two at a time, and nobody who is dead already."""
        for _ in self._instants:
            await self._due.acquire()
            await self._house.up()
            await asyncio.sleep(self._dice.uniform(0, SPREAD))
            victim = self._dice.choice(self._house.living)
            await self._house.fell(victim)


def instants(seed: int, kills: int, until: int) -> list[int]:
    """One in each of so many equal stretches, nobody knows where in it."""
    dice, stretch = random.Random(seed), until // kills
    return [number * stretch + dice.randrange(1, stretch) for number in range(kills)]
