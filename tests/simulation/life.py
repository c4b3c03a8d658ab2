"""How the month goes by: each day a draw decides who reads when, and who captures, wants or decides something."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from typing_extensions import override

from bot.seeding.stage import Stage
from bot.seeding.story import Story
from tests.simulation import plot, when, words
from tests.simulation.habits import Reader

SEED = "Northwind, spring"
Act = Callable[[], Awaitable[None]]
CHANNELS = {"sam": "#sales", "dana": "#sales", "ruth": "#sales", "ben": "#support", "ines": "#support",
            "priya": "#sales", "maya": "#product", "omar": "#product", "kenji": "#product"}  # fmt: skip
"""Who captures what customers say, and where they hear it."""
DRIVERS = ("omar", "maya", "ines", "dana", "priya", "ruth")


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody does something at a moment."""

    at: datetime
    order: int
    act: Act


class Days(Story):
    """The month being lived. The clock stops on weekends and holidays, too: nothing may come then."""

    def __init__(self, place: Stage) -> None:
        super().__init__(place.slack, when.FIRST, lambda week, day: None)
        self._place = place

    @override
    async def now(self) -> datetime:
        return self._place.app.database.clock.now()

    @override
    async def until(self, moment: datetime) -> None:
        for stop in when.stops(await self.now(), moment):
            await self._go_to(stop)
        await self._go_to(moment)


class Life:
    """Everybody's days. What was said to us is remembered, for others want it, too."""

    def __init__(self, place: Stage) -> None:
        self.story = Days(place)
        self.heard: list[tuple[str, str]] = []

    async def lives(self, weeks: int) -> None:
        """So many weeks, day by day, until the last Sunday is over everywhere."""
        for day in when.days(weeks):
            for one in self._plan(day):
                await self.story.until(one.at)
                await one.act()
        await self.story.until(when.instant(when.days(weeks)[-1], "23:59", when.NEW_YORK))

    def _plan(self, day: date) -> list[Planned]:
        acts: list[tuple[datetime, Act]] = [
            (when.instant(day, clock, zone), partial(act, self.story)) for clock, zone, act in plot.of(day)
        ]
        for who in when.LIVES_IN:
            if when.works_on(who, day):
                acts += self._day_of(who, day)
        planned = [Planned(at, order, act) for order, (at, act) in enumerate(acts)]
        return sorted(planned, key=lambda one: (one.at, one.order))

    def _day_of(self, who: str, day: date) -> list[tuple[datetime, Act]]:
        """A working day: they look in the morning, mostly at noon, and sometimes before they leave."""
        rng = random.Random(f"{SEED}, {day}, {who}")
        zone, found = when.LIVES_IN[who], list[tuple[datetime, Act]]()

        def sometimes(chance: float, earliest: str, act: Act) -> None:
            at = when.instant(day, earliest, zone) + timedelta(minutes=rng.randint(1, 50))
            if rng.random() < chance:
                found.append((at, act))

        reader = Reader(self.story, who, rng)
        sometimes(0.95, "09:05", reader.looks)
        sometimes(0.30, "10:00", partial(self._captures, reader))
        sometimes(0.35, "11:00", partial(self._wants_it_too, reader))
        sometimes(0.10, "11:00", partial(self._decides, reader))
        sometimes(0.60, "13:00", reader.looks)
        sometimes(0.20, "14:00", partial(self._talks, reader))
        sometimes(0.40, "16:05", reader.looks)
        return found

    async def _captures(self, reader: Reader) -> None:
        """What a customer said, by emoji or by the command."""
        if reader.who not in CHANNELS:
            return
        channel, account = CHANNELS[reader.who], reader.rng.choice(words.ACCOUNTS)
        said = reader.rng.choice(words.WISHES).format(account)
        if reader.rng.random() < 0.25:
            await self.story.commands(reader.who, channel, "/capture", said)
            await self.story.fills(reader.who, account=account)
            await self.story.puts_away(reader.who)
            return
        message = await self.story.says(reader.who, channel, f"{said} ({len(self.heard) + 1})")
        self.heard.append((channel, message.text))
        by = reader.rng.choice([one for one in CHANNELS if CHANNELS[one] == channel])
        await self.story.captures(by, channel, message.text, reader.rng.choice(("bulb", "ladybug")))
        if reader.rng.random() < 0.5:
            await self.story.account(by, message.text, account)

    async def _wants_it_too(self, reader: Reader) -> None:
        here = [one for one in self.heard[-9:] if one[0] == CHANNELS.get(reader.who)]
        if here:
            channel, text = reader.rng.choice(here)
            message = await self.story.heard(channel, text, reader.who)
            if not {"bulb", "ladybug"} & {
                name for name, who in message.reactions.items() if reader.who in who
            }:
                await self.story.captures(reader.who, channel, text)

    async def _decides(self, reader: Reader) -> None:
        if reader.who not in DRIVERS:
            return
        today = when.local_day(await self.story.now(), reader.who)
        await plot.decides(reader, f"{reader.rng.choice(words.DECIDED)}, from {today:%-d %B} on", today)

    async def _talks(self, reader: Reader) -> None:
        await self.story.says(reader.who, "#general" if reader.who != "gil" else "#launches",
                              reader.rng.choice(words.TALK))  # fmt: skip
        if reader.rng.random() < 0.5:
            await self.story.slack.open_home(reader.who)


def evening_before() -> datetime:
    """When the month's Friday evening before it is: then Throughline is set up."""
    return datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
