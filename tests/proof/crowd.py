"""Two thousand people are asked at the same moment by two workers, one of whom dies half-way."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app import EVERYTHING, Roles
from bot.sandbox import CallMoment
from bot.sandbox.driver import Slack
from bot.sandbox.world import Channel, Person, World
from storage.asks.values import AskState
from storage.checkins.values import MOST_PEOPLE
from storage.database import Tx
from storage.schedules.values import OccurrenceState
from tests.front import switch_everything_on
from tests.proof.calendar import LONDON, seconds_until
from tests.proof.house import House, open_house
from tests.proof.stage import Stage
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, PATIENCE, Aftermath, aftermath, ours
from tests.proof.tally import Tally

DUE = 2_000
ROUNDS = DUE // MOST_PEOPLE
WORKERS = (EVERYTHING, Roles(web=False))
HURRIED = replace(BREEZY, pace=0.0)
"""Slack's own pace for opening conversations would take an hour."""


@dataclass(frozen=True, slots=True)
class EverythingOn:
    """As if an admin had switched on every job."""

    def __call__(self, tx: Tx) -> None:
        """Switch them on."""
        switch_everything_on(tx)


async def asked_by_two(store: Store, folder: Path) -> tuple[Aftermath, list[frozenset[str]]]:
    """Everybody is due at nine; what is left, and which jobs each of the two had worked at when one died."""
    async with open_house(store, folder, timing=HURRIED) as house:
        _gather(house.sandbox.world)
        await house.move_in(WORKERS)
        await house.calm(PATIENCE)
        await house.do(EverythingOn())
        await _start_rounds(house)
        half_way = _half_way(house)
        await house.slack.advance(await seconds_until(Stage(house), "09:00", LONDON))
        async with asyncio.timeout(PATIENCE):
            await half_way.wait()
        worked = [await house.worked_by(number) for number in range(len(WORKERS))]
        await house.fell(1)
        await house.calm(PATIENCE)
        return aftermath(house, _asked_once(house)), worked


def _gather(world: World) -> None:
    """Channels in which a check-in is as full as it may be."""
    for number in range(DUE):
        name = _name(number)
        world.people[_id(number)] = Person(_id(number), name, name.title(), "Support", LONDON, "8d8d8d")
    for number in range(ROUNDS):
        those = [_id(one) for one in range(number * MOST_PEOPLE, (number + 1) * MOST_PEOPLE)]
        ident = f"C0CROWD{number}"
        world.channels[ident] = Channel(ident, f"crowd-{number}", "public", [*those, world.bot])


def _name(number: int) -> str:
    return f"p{number}"


def _id(number: int) -> str:
    return f"U0P{number}"


async def _start_rounds(house: House) -> None:
    """In each channel somebody starts the check-in that is proposed: tomorrow everybody is asked at nine."""
    for number in range(ROUNDS):
        who, channel = _name(number * MOST_PEOPLE), f"C0CROWD{number}"
        await _start(house.slack, who, channel)
    await house.calm(PATIENCE)


async def _start(slack: Slack, who: str, channel: str) -> None:
    await slack.command("/checkin", as_=who, channel=channel)
    await slack.click((await slack.ephemerals(who, channel))[-1], "Start", who)


def _half_way(house: House) -> asyncio.Event:
    """Set once half of them have been written to."""
    reached, written = asyncio.Event(), Counter[str]()

    async def on_call(moment: CallMoment) -> None:
        if (moment.method, moment.when) == ("chat.postMessage", "after"):
            written[str(moment.arguments["channel"])] += 1
            if len(written) == DUE // 2:
                reached.set()

    house.sandbox.on_call = on_call
    return reached


def _asked_once(house: House) -> Tally:
    """Through to Slack's side: one message to everybody, and nothing that says otherwise in the tables."""
    said = Counter(one.channel for one in ours(house) if one.channel.startswith("D0"))
    tables = house.store.tables("asks", "occurrences")
    asked = Counter(row["person"] for row in tables["asks"] if row["state"] == AskState.SENT)
    ran = Counter(row["recipient"] for row in tables["occurrences"] if row["state"] == OccurrenceState.DONE)
    tally = Tally()
    for number in range(DUE):
        tally.once(f"{_id(number)} was written to", said[f"D0{_name(number).upper()}"])
        tally.once(f"{_id(number)} was asked", asked[_id(number)])
        tally.once(f"{_id(number)} was due", ran[_id(number)])
    return tally
