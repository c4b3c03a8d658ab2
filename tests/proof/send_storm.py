"""Two thousand messages go out, in channels, in threads and to people, through a Slack that fails every seventh time."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import Roles
from bot.sandbox import CallMoment
from bot.sandbox.faults import CallFault, Faults, Plan
from bot.sandbox.hub import Hub
from bot.sandbox.world import Channel, Message
from handlers.kit.blocks import section
from storage.database import Tx
from storage.outbox import letters
from storage.values import ChannelId, PersonId
from tests.proof.house import House, open_house
from tests.proof.reaper import Reaper, instants
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, KILLS, PATIENCE, Aftermath, aftermath, ours, settle_in

SENDS = 2_000
AT_ONCE = 100
SEED = 23

CHANNELS = tuple(f"C0STORM{number}" for number in range(10))
THREADS = tuple(f"{1_700_000_000 + number}.000100" for number in range(18))
PEOPLE = ("U0SAM", "U0DANA", "U0MAYA", "U0OMAR", "U0RUTH", "U0PRIYA", "U0INES", "U0KENJI", "U0TOMAS", "U0BEN")
PLACES = (
    *((channel, None) for channel in CHANNELS),
    *((channel, thread) for channel in CHANNELS for thread in THREADS),
    *((person, None) for person in PEOPLE),
)
"""Two hundred of them: what is said at one of them is said in order."""

LIKE_FAILURES = ("reset", "timeout", "500", "internal_error")
WAYS = (
    ("before", "429"),
    *((when, how) for when in ("before", "after", "late") for how in LIKE_FAILURES),
)
"""Every way in which a call goes wrong; a 429 says that Slack did nothing, so there it did nothing."""
SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Letters:
    """Some of what is to be said, by number."""

    first: int
    last: int

    def __call__(self, tx: Tx) -> None:
        """Say it in one transaction."""
        for number in range(self.first, self.last):
            _say(tx, number, *PLACES[number % len(PLACES)])


async def sends(store: Store, folder: Path, roles: Sequence[Roles]) -> Aftermath:
    """Everything is said once, while those who say it die again and again."""
    async with open_house(store, folder, timing=BREEZY) as house:
        _found_channels(house.sandbox)
        await settle_in(house, roles)
        house.sandbox.faults = Faults(Plan(calls=_faults()))
        reaper = Reaper(house, SEED, instants(SEED, KILLS, SENDS))
        house.sandbox.on_call = _watched(reaper)
        reaping = asyncio.create_task(reaper.reap())
        for first in range(0, SENDS, AT_ONCE):
            await house.do(Letters(first, first + AT_ONCE))
        await reaping
        await house.calm(PATIENCE)
        return aftermath(house, _said_once(house))


def _say(tx: Tx, number: int, place: str, thread: str | None) -> None:
    key, words = f"storm:{number}", _words(number)
    if place.startswith("U"):
        letters.send(tx, key, PersonId(place), words, [section(words)])
    else:
        letters.post(tx, key, ChannelId(place), words, [section(words)], thread_ts=thread)


def _words(number: int) -> str:
    return f"Letter {number} of the storm"


def _found_channels(hub: Hub) -> None:
    """Channels with threads in them, which Throughline is in."""
    for ident in CHANNELS:
        channel = Channel(ident, ident.lower(), "public", ["U0MAYA", hub.world.bot])
        for ts in THREADS:
            channel.messages[ts] = Message(ts, hub.clock.now().isoformat(), ident, "U0MAYA", "What now?")
        hub.world.channels[ident] = channel


def _faults() -> tuple[CallFault, ...]:
    """Each way is as likely as the others, all of them together strike so many calls."""
    each = 1 - (1 - SHARE) ** (1 / len(WAYS))
    return tuple(
        CallFault.model_validate({"when": when, "fault": how, "probability": each, "seed": seed})
        for seed, (when, how) in enumerate(WAYS, start=SEED)
    )


def _watched(reaper: Reaper) -> Callable[[CallMoment], Awaitable[None]]:
    async def on_call(moment: CallMoment) -> None:
        if (moment.method, moment.when) == ("chat.postMessage", "before"):
            reaper.witness()

    return on_call


def _said_once(house: House) -> Iterator[str]:
    said = Counter(one.text for one in ours(house))
    rows = Counter(row["key"] for row in house.store.tables("outbox")["outbox"])
    for number in range(SENDS):
        if (count := said[_words(number)]) != 1:
            yield f"letter {number} was said {count} times"
        if rows[f"storm:{number}"] != 1:
            yield f"letter {number} is not in the outbox"
