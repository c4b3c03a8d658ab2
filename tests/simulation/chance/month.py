"""Thirty days, drawn from one seed."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.sandbox.faults import Faults
from tests.front import HERE, switch_everything_on
from tests.simulation import words as said
from tests.simulation.chance import weather
from tests.simulation.chance.hands import Hands, Words
from tests.simulation.chance.house import GUEST, PEOPLE, House
from tests.simulation.chance.lives import Life
from tests.simulation.chance.people import SECRET, Somebody
from tests.simulation.chance.promises import Watch

DAYS = 30
STOPS = (time(9, 1), time(12, 1), time(16, 31))
"""When the clock stops, in each zone that people live in; what falls due on the way is late by less than two hours or so."""
WORDS = (*said.WORK, *said.STUCK, *said.DECIDED, *(one.format("Acme") for one in said.WISHES))
BUSY, JUMPY, OFTEN = 0.32, 0.03, 0.25


@dataclass(slots=True)
class Month:
    """One seed being lived."""

    seed: int
    house: House
    watch: Watch
    rng: random.Random = field(init=False)
    _zones: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"month {self.seed}")
        people = self.house.hub.world.people
        self._zones = sorted({people[f"U0{one.upper()}"].tz for one in self.house.people})

    async def lives(self, days: int) -> None:
        """So many days, with every promise looked at after each of them."""
        house = self.house
        await house.calm()
        await self._begins()
        house.dooms(lambda: weather.lifetime(self.rng))
        first = house.now().date() + timedelta(days=1)
        for number in range(days):
            await self._day(first + timedelta(days=number))
            self.watch.day_is_over()
        house.dooms(lambda: None)
        house.hub.faults = Faults()
        await house.calm()
        self.watch.month_is_over()

    async def _begins(self) -> None:
        """Every job is on, and some of what they are about stands."""
        life = await self.house.up()
        await life.lives(partial(_switched_on, life))
        for command, channel in STARTS:
            hands = self._hands("maya", self.rng)
            await hands.does("command", command=command, text="", channel=channel)
            await self._accepts(hands, channel)
            await self.house.calm()
        for command, text, channel in FIRST_THINGS:
            await self._hands("maya", self.rng).command(command, text, self.house.hub.world.channels[channel])
            await self.house.calm()

    async def _accepts(self, hands: Hands, channel: str) -> None:
        """The first button of what was just proposed to them."""
        for offer in self.house.hub.ephemerals.get((hands.ident, channel), [])[-1:]:
            for block in offer.blocks or []:
                if block["type"] == "actions":
                    at = {"channel": channel, "ts": offer.ts, "ephemeral": True}
                    ids = {"block_id": block["block_id"], "action_id": block["elements"][0]["action_id"]}
                    await hands.does("click", source={"message": at}, **ids)
                    return

    async def _day(self, day: date) -> None:
        for moment in _moments(day, self._zones, self.rng):
            await self._goes_to(moment)
            self.house.hub.faults = Faults(weather.plan(self.rng))
            await asyncio.gather(*(self._acts(who, moment) for who in self.house.people))
            self.house.hub.faults = Faults() if self.rng.random() < 0.5 else self.house.hub.faults
            if self.rng.random() < JUMPY:
                self.house.move(self.rng.choice(weather.JUMPS))  # in the middle of everything
            self._clears_up()
            await self.house.calm()

    def _clears_up(self) -> None:
        """Nothing fails for ever: what struck every call is over."""
        if any(one.probability == 1 for one in self.house.hub.faults.plan.calls):
            self.house.hub.faults = Faults()

    async def _goes_to(self, moment: datetime) -> None:
        ahead = moment - self.house.now()
        if ahead > timedelta():
            self.house.move(ahead)

    async def _acts(self, who: str, moment: datetime) -> None:
        rng = random.Random(f"{self.seed}, {moment}, {who}")
        hands = self._hands(who, rng)
        local = moment.astimezone(ZoneInfo(hands.me.tz))
        at_work = local.weekday() < 5 and 8 <= local.hour < 18
        while rng.random() < (BUSY if at_work else 0.02):
            await asyncio.sleep(rng.uniform(0.1, 4))
            await Somebody(hands).does_something()

    def _hands(self, who: str, rng: random.Random) -> Hands:
        people = {f"U0{one.upper()}": one for one in (*self.house.people, GUEST)}
        return Hands(self.house.hub, f"U0{who.upper()}", rng, Words(people, WORDS))


STARTS = (
    ("/checkin", "C0PRODUCT"), ("/digest", "C0PRODUCT"), ("/capture", "C0PRODUCT"), ("/capture", "C0SALES"),
    ("/capture", "G0PRICING"),
)  # fmt: skip
"""What Maya types on the first day, in which channel; she accepts what is proposed."""

FIRST_THINGS = (
    ("/launch", 'new "Invoices in euro"', "C0LAUNCH"),
    ("/launch", f'new "Prices, {SECRET}"', "G0PRICING"),
    ("/decision", "We answer every ticket in plain text", "C0GENERAL"),
    ("/decision", f"The price list stays, {SECRET}", "G0PRICING"),
)
"""What she begins then, filled in as the draw has it."""


async def _switched_on(life: Life) -> None:
    await life.app.database.transact(HERE, switch_everything_on)


def company(seed: int) -> tuple[str, ...]:
    """Who takes part in a month: Maya, who begins things, and two or more of the others."""
    rng = random.Random(f"company {seed}")
    others = rng.sample(PEOPLE[1:], rng.choices((2, 3, 4), (3, 2, 1))[0])
    return tuple(one for one in PEOPLE if one == PEOPLE[0] or one in others)


def _moments(day: date, zones: Sequence[str], rng: random.Random) -> list[datetime]:
    """Each morning, whatever else is drawn: then people are asked."""
    stops = [(zone, stop) for zone in zones for stop in STOPS]
    kept = [one for one in stops if one[1] is STOPS[0] or rng.random() < OFTEN]
    return sorted(datetime.combine(day, stop, ZoneInfo(zone)) for zone, stop in kept)
