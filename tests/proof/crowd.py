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
        gather(house.sandbox.world, DUE)
        await house.move_in(WORKERS)
        await house.calm(PATIENCE)
        await house.do(EverythingOn())
        await start_rounds(house, DUE)
        half_way = written_to(house, DUE // 2)
        await house.slack.advance(await seconds_until(Stage(house), "09:00", LONDON))
        async with asyncio.timeout(PATIENCE):
            await half_way.wait()
        worked = [await house.worked_by(number) for number in range(len(WORKERS))]
        await house.fell(1)
        await house.calm(PATIENCE)
        return aftermath(house, _asked_once(house)), worked


def gather(world: World, people: int) -> None:
    """So many people in channels of as many as a check-in may have."""
    for number in range(people):
        name = name_of(number)
        world.people[id_of(number)] = Person(id_of(number), name, name.title(), "Support", LONDON, "8d8d8d")
    for number in range(0, people, MOST_PEOPLE):
        those = [id_of(one) for one in range(number, min(people, number + MOST_PEOPLE))]
        ident = _channel_of(number)
        world.channels[ident] = Channel(ident, ident[2:].lower(), "public", [*those, world.bot])


def name_of(number: int) -> str:
    return f"p{number}"


def id_of(number: int) -> str:
    return f"U0P{number}"


def _channel_of(number: int) -> str:
    return f"C0CROWD{number // MOST_PEOPLE}"


async def start_rounds(house: House, people: int) -> None:
    """In each channel somebody starts the check-in that is proposed: tomorrow everybody is asked at nine."""
    for number in range(0, people, MOST_PEOPLE):
        await _start(house.slack, name_of(number), _channel_of(number))
    await house.calm(PATIENCE)


async def _start(slack: Slack, who: str, channel: str) -> None:
    await slack.command("/checkin", as_=who, channel=channel)
    await slack.click((await slack.ephemerals(who, channel))[-1], "Start", who)


def written_to(house: House, people: int) -> asyncio.Event:
    """Set once so many have been written to."""
    reached, written = asyncio.Event(), Counter[str]()

    async def on_call(moment: CallMoment) -> None:
        if (moment.method, moment.when) == ("chat.postMessage", "after"):
            written[str(moment.arguments["channel"])] += 1
            if len(written) == people:
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
        tally.once(f"{id_of(number)} was written to", said[f"D0{name_of(number).upper()}"])
        tally.once(f"{id_of(number)} was asked", asked[id_of(number)])
        tally.once(f"{id_of(number)} was due", ran[id_of(number)])
    return tally
