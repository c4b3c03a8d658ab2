"""What storms share: thousands of things at once, while processes die at random instants, and what is left.

Where `tests.proof.kills` lets one process die at each moment there is, here many die while much is under way.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.app import EVERYTHING, Roles
from bot.courier.courier import Timing
from bot.sandbox.records import Posted
from handlers.registry import registry
from tests.proof.checker import READ, Evidence, violations
from tests.proof.heard import is_event
from tests.proof.house import House
from tests.proof.rules import Rules
from tests.proof.scenes import switching_on
from tests.proof.stage import Stage
from tests.proof.tally import Tally

ALONE = (EVERYTHING,)
SPLIT = (Roles(worker=False), Roles(web=False), Roles(web=False))
"""One web process and two workers."""
KILLS = 12
MINUTE = 1.0
"""Seconds it takes here."""
BREEZY = Timing(
    settle=timedelta(seconds=1.5),
    lease=timedelta(seconds=6),
    longest=timedelta(seconds=8),
    pace=0.01,
    timeout=2,
    tick=0.5,
    breath=0,
)
"""Much is under way, so what a dead one sent may arrive later than where nobody else is about. One message of
thousands meets eight faults in a row: the wait after so many is told elsewhere, and would be most of the storm."""
PATIENCE = 120.0
"""Seconds a storm may take to calm down."""
SLOWEST = 200
"""What is left is worked off at so many a second, at least."""


class Minutes:
    """How time goes by until Slack repeats an event: a minute is over in a moment, five when the storm is."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        """Wait for so many of Slack's seconds."""
        if seconds > 60:
            await self.over.wait()
        await asyncio.sleep(seconds / 60 * MINUTE)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a storm left."""

    deaths: int
    lost: int
    double: int
    repeated: int
    """Deliveries that were not the first of their event."""
    spoilt: int
    """Calls that met a fault."""
    broken: Sequence[str]


async def settle_in(house: House, roles: Sequence[Roles]) -> None:
    """Let the processes start, learn who is here, and be told to capture in #sales."""
    await house.move_in(roles)
    await house.calm()
    await switching_on(Stage(house))


def aftermath(house: House, tally: Tally) -> Aftermath:
    """Everything is calm: what the checker finds, and what the storm itself has counted."""
    history, us = house.sandbox.history, house.sandbox.world.bot
    evidence = Evidence(
        history, house.sandbox.world.channels, house.store.tables(*READ), Rules(registry(), us), us
    )
    return Aftermath(
        house.deaths,
        tally.lost,
        tally.double,
        sum(is_event(one) and one.attempt > 0 for one in history.deliveries),
        sum(one.fault is not None for one in history.calls),
        [*house.own_deaths, *violations(evidence), *tally.words],
    )


def ours(house: House) -> list[Posted]:
    """Every message that Throughline ever posted."""
    return [one for one in house.sandbox.history.posts if one.user == house.sandbox.world.bot]
