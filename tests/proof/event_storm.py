"""Two thousand events come in: emoji that capture and support what was said, and words typed to Throughline."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.app import Roles
from bot.sandbox.faults import EventFaults, Faults, Plan
from bot.sandbox.hub import Hub
from bot.sandbox.posting import new_message, post, react
from bot.sandbox.world import Message
from tests.proof.house import House, open_house
from tests.proof.reaper import Reaper, instants
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, KILLS, PATIENCE, Aftermath, Minutes, aftermath, ours, settle_in

EVENTS = 2_000
TYPED = 200
CHANNEL = "C0SALES"
PEOPLE = ("U0SAM", "U0MAYA", "U0OMAR", "U0RUTH", "U0PRIYA")
EMOJI = ("bulb", "ladybug")
MESSAGES = (EVENTS - TYPED) // (len(PEOPLE) * len(EMOJI))
GAP = 0.004
"""Seconds between two events."""
AWKWARD = EventFaults(seed=3, lost_200=0.05, duplicate=0.03, reorder=0.03)
"""Slack does not always hear our 200, sends some events twice, and others later than they happened."""
SEED = 11


async def events(store: Store, folder: Path, roles: Sequence[Roles]) -> Aftermath:
    """Everybody reacts to everything, while Throughline dies again and again."""
    minutes = Minutes()
    async with open_house(store, folder, timing=BREEZY, wait=minutes) as house:
        await settle_in(house, roles)
        hub = house.sandbox
        said = [_said(hub, f"They ask for {number} more seats") for number in range(MESSAGES)]
        hub.faults = Faults(Plan(events=AWKWARD))
        reaper = Reaper(house, SEED, instants(SEED, KILLS, EVENTS))
        reaping = asyncio.create_task(reaper.reap())
        for happen in _shuffled(hub, said):
            happen()
            reaper.witness()
            await asyncio.sleep(GAP)
        await reaping
        minutes.over.set()
        await house.calm(PATIENCE)
        return aftermath(house, [*_kept(store, said), *_answered(house)])


def _said(hub: Hub, words: str) -> Message:
    """Dana said it before anybody listened."""
    message = new_message(hub, hub.world.channels[CHANNEL], "U0DANA", words)
    hub.world.channels[CHANNEL].messages[message.ts] = message
    return message


def _shuffled(hub: Hub, said: Sequence[Message]) -> list[Callable[[], object]]:
    """All that will happen, in an order of its own: what captures one message supports the next."""
    happens: list[Callable[[], object]] = [*_reactions(hub, said), *_words(hub)]
    random.Random(SEED).shuffle(happens)
    return happens


def _reactions(hub: Hub, said: Sequence[Message]) -> Iterator[Callable[[], object]]:
    channel = hub.world.channels[CHANNEL]
    for message in said:
        for person in PEOPLE:
            for emoji in EMOJI:
                yield lambda m=message, p=person, e=emoji: react(hub, channel, m, p, e)  # type: ignore[misc]  # bound now


def _words(hub: Hub) -> Iterator[Callable[[], object]]:
    for number in range(TYPED):
        yield lambda n=number: _type(hub, PEOPLE[n % len(PEOPLE)], f"Wish {n}: a darker mode")  # type: ignore[misc]  # bound now


def _type(hub: Hub, who: str, words: str) -> None:
    channel = hub.world.direct(who)
    post(hub, channel, new_message(hub, channel, who, words))


def _kept(store: Store, said: Sequence[Message]) -> Iterator[str]:
    """Each message is one piece of feedback, wanted by everybody, with all that was heard of it."""
    tables = store.tables("feedback", "feedback_supporters", "feedback_reactions", "audit")
    number_of = {row["message_ts"]: row["number"] for row in tables["feedback"] if row["channel"] == CHANNEL}
    wanted = Counter(row["number"] for row in tables["feedback_supporters"])
    heard = Counter(row["message_ts"] for row in tables["feedback_reactions"] if row["active"])
    captured = Counter(row["thing"] for row in tables["audit"] if row["verb"] == "feedback.captured")
    for one in said:
        number = number_of.get(one.ts)
        if number is None:
            yield f"“{one.text}” is lost"
            continue
        if (count := captured[f"F-{number}"]) != 1:
            yield f"“{one.text}” was captured {count} times"
        if wanted[number] != len(PEOPLE):
            yield f"“{one.text}” is wanted by {wanted[number]} people"
        if (count := heard[one.ts]) != len(PEOPLE) * len(EMOJI):
            yield f"of “{one.text}” {count} emoji were heard"
    if len(tables["feedback"]) != len(said):
        yield f"{len(tables['feedback'])} pieces of feedback are kept"


def _answered(house: House) -> Iterator[str]:
    """Whatever was typed was answered once."""
    offers = Counter(one.text for one in ours(house) if "a darker mode" in one.text)
    for number in range(TYPED):
        found = [text for text in offers if f"Wish {number}:" in text]
        count = sum(offers[text] for text in found)
        if count != 1:
            yield f"wish {number} was answered {count} times"
