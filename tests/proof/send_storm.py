"""Thousands of messages go out, in channels, in threads and to people, through a Slack that fails every seventh time."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import Roles
from bot.courier.courier import Timing
from bot.sandbox import CallMoment
from bot.sandbox.faults import CallFault, Faults, Plan
from bot.sandbox.hub import Hub
from bot.sandbox.world import Channel, Message
from handlers.kit.blocks import section
from storage.database import Tx
from storage.outbox import letters
from storage.values import ChannelId, PersonId
from tests.proof.house import House, When, open_house
from tests.proof.reaper import Reaper, instants
from tests.proof.scale import Tell, quietly
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, KILLS, PATIENCE, SLOWEST, Aftermath, aftermath, ours, settle_in
from tests.proof.tally import Tally

AT_ONCE = 100
AHEAD = 2_000
"""So much is waiting to be said, at most."""
SEED = 23
PEOPLE = ("U0SAM", "U0DANA", "U0MAYA", "U0OMAR", "U0RUTH", "U0PRIYA", "U0INES", "U0KENJI", "U0TOMAS", "U0BEN")
LIKE_FAILURES = ("reset", "timeout", "500", "internal_error")
WAYS: tuple[tuple[When, str, float], ...] = (
    ("before", "429", 0.0),
    *(("before", how, 0.0) for how in LIKE_FAILURES),
    *(("after", how, 0.0) for how in LIKE_FAILURES),
    *(("late", how, seconds) for how, seconds in zip(LIKE_FAILURES, (1.0, 0.1, 0.7, 0.4), strict=True)),
)
"""Every way in which a call goes wrong, with the part of the settle time after which it is done all the same; a 429
says that Slack did nothing, so there it did nothing."""
MARGIN = timedelta(seconds=0.6)
"""What is left of the settle time for a busy machine, or a seventh of it where that is more: what is to be done late
is done later still."""
SHARE = 0.15

Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Size:
    """So much is said, in channels and in threads of theirs and to people; what is said at a place is said in order."""

    sends: int
    channels: int
    threads: int
    kills: int

    @property
    def places(self) -> tuple[Place, ...]:
        """Where something is said."""
        threads = (None, *(f"{1_700_000_000 + number}.000100" for number in range(self.threads)))
        channels = (f"C0STORM{number}" for number in range(self.channels))
        return (*((one, thread) for one in channels for thread in threads), *((one, None) for one in PEOPLE))


TWO_THOUSAND = Size(sends=2_000, channels=10, threads=18, kills=KILLS)


@dataclass(frozen=True, slots=True)
class Letters:
    """Some of what is to be said, by number."""

    first: int
    last: int
    places: tuple[Place, ...]

    def __call__(self, tx: Tx) -> None:
        """Say it in one transaction."""
        for number in range(self.first, self.last):
            _say(tx, number, *self.places[number % len(self.places)])


async def sends(
    store: Store,
    folder: Path,
    roles: Sequence[Roles],
    size: Size = TWO_THOUSAND,
    timing: Timing = BREEZY,
    tell: Tell = quietly,
) -> Aftermath:
    """Everything is said once, while those who say it die again and again."""
    async with open_house(store, folder, timing=timing) as house:
        found_channels(house.sandbox, size)
        await settle_in(house, roles)
        house.sandbox.faults = Faults(Plan(calls=_faults(_latest(timing.settle))))
        reaper = Reaper(house, SEED, instants(SEED, size.kills, size.sends))
        progress = Progress(reaper)
        house.sandbox.on_call = progress.on_call
        reaping = asyncio.create_task(reaper.reap())
        for first in range(0, size.sends, AT_ONCE):
            await progress.past(first - AHEAD)
            last = min(first + AT_ONCE, size.sends)
            await house.do(Letters(first, last, size.places))
            tell(f"{house.deaths} kills among sends", progress.sent, size.sends)
        await reaping
        await house.calm(PATIENCE + size.sends / SLOWEST)
        return aftermath(house, counted(house, size))


class Progress:
    """How often a message was to be posted so far."""

    def __init__(self, reaper: Reaper) -> None:
        self.sent = 0
        self._reaper = reaper
        self._more = asyncio.Event()

    async def on_call(self, moment: CallMoment) -> None:
        if (moment.method, moment.when) == ("chat.postMessage", "before"):
            self.sent += 1
            self._reaper.witness()
            self._more.set()

    async def past(self, number: int) -> None:
        """Wait until more than so many were."""
        while self.sent < number:
            self._more.clear()
            await self._more.wait()


def _say(tx: Tx, number: int, place: str, thread: str | None) -> None:
    key, words = f"storm:{number}", _words(number)
    if place.startswith("U"):
        letters.send(tx, key, PersonId(place), words, [section(words)])
    else:
        letters.post(tx, key, ChannelId(place), words, [section(words)], thread_ts=thread)


def _words(number: int) -> str:
    return f"Letter {number} of the storm"


def found_channels(hub: Hub, size: Size) -> None:
    """Channels with threads in them, which Throughline is in."""
    for ident, thread in size.places:
        if ident.startswith("U"):
            continue
        if thread is None:
            hub.world.channels[ident] = Channel(ident, ident.lower(), "public", ["U0MAYA", hub.world.bot])
        else:
            parent = Message(thread, hub.clock.now().isoformat(), ident, "U0MAYA", "What now?")
            hub.world.channels[ident].messages[thread] = parent


def _latest(settle: timedelta) -> float:
    return (settle - max(MARGIN, settle / 7)).total_seconds()


def _faults(latest: float) -> tuple[CallFault, ...]:
    """Each way is as likely as the others, all of them together strike so many calls."""
    each = 1 - (1 - SHARE) ** (1 / len(WAYS))
    return tuple(
        CallFault.model_validate(
            {"when": when, "fault": how, "seconds": late * latest, "probability": each, "seed": seed}
        )
        for seed, (when, how, late) in enumerate(WAYS, start=SEED)
    )


def counted(house: House, size: Size) -> Tally:
    """Each letter was said once, and there is one row of it."""
    said = Counter(one.text for one in ours(house))
    rows = Counter(row["key"] for row in house.store.tables("outbox")["outbox"])
    tally = Tally()
    for number in range(size.sends):
        tally.once(_words(number), said[_words(number)])
        tally.once(f"the row of letter {number}", rows[f"storm:{number}"])
    return tally
