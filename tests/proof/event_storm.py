"""Thousands of events come in: emoji that capture and support what was said, and words typed to Throughline."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import Roles
from bot.sandbox.deliver import Delivery
from bot.sandbox.faults import EventFaults, Faults, Plan
from bot.sandbox.hub import Hub
from bot.sandbox.posting import new_message, post, react
from bot.sandbox.world import Message, Person
from tests.proof.house import House, open_house
from tests.proof.reaper import Reaper, instants
from tests.proof.scale import Tell, quietly
from tests.proof.stores import Store
from tests.proof.storms import (
    BREEZY,
    KILLS,
    PATIENCE,
    SLOWEST,
    Aftermath,
    Minutes,
    aftermath,
    ours,
    settle_in,
)
from tests.proof.tally import Tally

CHANNEL = "C0SALES"
EMOJI = ("bulb", "ladybug")
IN_FLIGHT = 48
"""Events under way at a time: Slack waits for nobody, but what it cannot deliver at all proves nothing."""
GAP = 0.004
"""Seconds between two events while nobody answers."""
AWKWARD = EventFaults(seed=3, lost_200=0.05, duplicate=0.03, reorder=0.03)
"""Slack does not always hear our 200, sends some events twice, and others later than they happened."""
SEED = 11
TOLD_EACH = 100
_WISH = re.compile(r"Wish (\d+): a darker mode")

Happen = Callable[[], Delivery | None]


@dataclass(frozen=True, slots=True)
class Size:
    """So many people react with each emoji to each message, and so often one of them types something."""

    messages: int
    people: int
    typed: int
    kills: int

    @property
    def events(self) -> int:
        """How many events that makes."""
        return self.messages * self.people * len(EMOJI) + self.typed

    @property
    def who(self) -> Sequence[str]:
        """Those people, by id."""
        return tuple(f"U0STORM{number}" for number in range(self.people))


TWO_THOUSAND = Size(messages=180, people=5, typed=200, kills=KILLS)


async def events(
    store: Store, folder: Path, roles: Sequence[Roles], size: Size = TWO_THOUSAND, tell: Tell = quietly
) -> Aftermath:
    """Everybody reacts to everything, while Throughline dies again and again."""
    minutes = Minutes()
    async with open_house(store, folder, timing=BREEZY, wait=minutes) as house:
        hub = house.sandbox
        _gather(hub, size.who)
        await settle_in(house, roles)
        said = [_said(hub, f"They ask for {number} more seats") for number in range(size.messages)]
        hub.faults = Faults(Plan(events=AWKWARD))
        reaper = Reaper(house, SEED, instants(SEED, size.kills, size.events))
        reaping = asyncio.create_task(reaper.reap())
        room = asyncio.Semaphore(IN_FLIGHT)
        for number, happen in enumerate(_shuffled(hub, said, size)):
            await room.acquire()
            delivery = happen()
            assert delivery is not None, "Slack sends all of these"
            delivery.add_done_callback(lambda _: room.release())
            reaper.witness()
            await asyncio.sleep(0 if hub.bot_seen else GAP)
            if number % TOLD_EACH == 0:
                tell(f"{house.deaths} kills among events", number, size.events)
        await reaping
        minutes.over.set()
        await house.calm(PATIENCE + size.events / SLOWEST)
        return aftermath(house, _counted(house, said, size))


def _gather(hub: Hub, who: Sequence[str]) -> None:
    """Whoever reacts is of the company and in the channel."""
    for ident in who:
        name = ident.removeprefix("U0").lower()
        hub.world.people[ident] = Person(ident, name, name.title(), "Sales", "Europe/London", "8d8d8d")
        hub.world.channels[CHANNEL].members.append(ident)


def _said(hub: Hub, words: str) -> Message:
    """Dana said it before anybody listened."""
    message = new_message(hub, hub.world.channels[CHANNEL], "U0DANA", words)
    hub.world.channels[CHANNEL].messages[message.ts] = message
    return message


def _shuffled(hub: Hub, said: Sequence[Message], size: Size) -> list[Happen]:
    """All that will happen, in an order of its own: what captures one message supports the next."""
    happens: list[Happen] = [*_reactions(hub, said, size), *_words(hub, size)]
    random.Random(SEED).shuffle(happens)
    return happens


def _reactions(hub: Hub, said: Sequence[Message], size: Size) -> Iterator[Happen]:
    channel = hub.world.channels[CHANNEL]
    for message in said:
        for person in size.who:
            for emoji in EMOJI:
                yield lambda m=message, p=person, e=emoji: react(hub, channel, m, p, e)  # type: ignore[misc]  # bound now


def _words(hub: Hub, size: Size) -> Iterator[Happen]:
    for number in range(size.typed):
        who = size.who[number % size.people]
        yield lambda n=number, w=who: _type(hub, w, _wish(n))  # type: ignore[misc]  # bound now


def _type(hub: Hub, who: str, words: str) -> Delivery | None:
    channel = hub.world.direct(who)
    return post(hub, channel, new_message(hub, channel, who, words))


def _wish(number: int) -> str:
    return f"Wish {number}: a darker mode"


def _counted(house: House, said: Sequence[Message], size: Size) -> Tally:
    """Each message is one piece of feedback, wanted by everybody, with all that was heard of it."""
    tables = house.store.tables("feedback", "feedback_supporters", "feedback_reactions", "audit")
    numbers = {row["number"]: row["message_ts"] for row in tables["feedback"] if row["channel"] == CHANNEL}
    kept = Counter(numbers.values())
    wanted = Counter(numbers.get(row["number"]) for row in tables["feedback_supporters"])
    heard = Counter(row["message_ts"] for row in tables["feedback_reactions"] if row["active"])
    captured = Counter(row["thing"] for row in tables["audit"] if row["verb"] == "feedback.captured")
    tally = Tally()
    for one in said:
        tally.once(f"“{one.text}” is kept", kept[one.ts])
        tally.wanted(f"“{one.text}” is wanted by people", wanted[one.ts], size.people)
        tally.wanted(f"emoji heard of “{one.text}”", heard[one.ts], size.people * len(EMOJI))
    for number in numbers:
        tally.once(f"F-{number} was captured", captured[f"F-{number}"])
    answered = Counter(number for one in ours(house) for number in _WISH.findall(one.text))
    for number in range(size.typed):
        tally.once(f"wish {number} was answered", answered[str(number)])
    return tally
