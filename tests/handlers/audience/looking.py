"""Everything one person can find and read, through the front door: each surface, and what it said."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.words import words_of
from bot.sandbox.world import Message
from tests.handlers.audience.drawn import CAST, COMMON, LAUNCHES, Known
from tests.handlers.audience.living import CHANNELS, Life, ident

ANYWHERE = (
    ("/capture", ""),
    ("/capture", "triage"),
    ("/decision", "list"),
    ("/decision", f"search {COMMON}"),
    ("/decision", "export"),
    ("/launch", ""),
    ("/launch", "list"),
    ("/launch", "items"),
    ("/checkin", "list"),
    ("/checkin", "blockers"),
    ("/digest", "list"),
    ("/throughline", "why"),
    ("/throughline", "catchup 3 weeks"),
)
"""Typed where everybody is."""
HERE = (("/digest", "preview"), ("/digest", "show"), ("/checkin", ""))
"""Typed in every channel somebody is in."""
NAMED = {
    "F": (("/capture", "show {name}"),),
    "D": (("/decision", "show {name}"), ("/decision", "supersede {name}")),
    "L": (("/launch", "show {name}"), ("/launch", "{name}/1"), ("/launch", "move {name}")),
    "C": (("/checkin", "show {name}"), ("/checkin", "answer {name}")),
    "B": (("/checkin", "show {name}"),),
}
"""Typed for each thing, whether they may see it or not."""
WHY, PREVIEW, PICKER, HOME = "/throughline why", "/digest preview", "the picker", "Home"


@dataclass(frozen=True)
class Seen:
    """What a surface said to somebody; `place` is the channel it was typed in."""

    surface: str
    place: str
    raw: Any

    @property
    def words(self) -> str:
        """What they read."""
        return words_of(self.raw)

    def says(self, canary: str) -> bool:
        """Whether the word is anywhere in it, to be read or not."""
        return canary in json.dumps(self.raw)


@dataclass(frozen=True)
class Post:
    """A message of ours as it stands: in which channel, or to whom."""

    key: str
    place: str
    to: str
    content: str


async def look(life: Life, person: str, things: Collection[Known]) -> list[Seen]:
    """Everything a person gets who tries everything for these things."""
    found = list[Seen]()
    for command, text in ANYWHERE:
        found += await _typed(life, person, command, text)
    for place in CHANNELS:
        if person in life.company.members(place):
            for command, text in HERE:
                found += await _typed(life, person, command, text, place)
    for known in things:
        for command, text in NAMED[known.made.letter]:
            found += await _typed(life, person, command, text.format(name=known.name))
        found += await _typed(life, person, "/throughline", f"show {known.name}")
    await life.close_all(person)
    found += await _offered(life, person, things)
    await life.slack.open_home(person)
    return [*found, Seen(HOME, "", (await life.slack.home(person)).blocks)]


def posts(life: Life) -> Iterator[Post]:
    """Every message of ours that stands anywhere, with all that is in it."""
    places = {one: place for place, one in CHANNELS.items()}
    people = {f"D0{one.upper()}": one for one in CAST}
    for channel in life.world.channels.values():
        for message in channel.messages.values():
            if message.user == life.world.bot:
                place, to = places.get(channel.id, ""), people.get(channel.id, "")
                yield Post(f"{channel.id} {message.ts}", place, to, _content(message))


# ---------------------------------------------------------------------------------------------------------


async def _typed(life: Life, person: str, command: str, text: str, place: str = LAUNCHES) -> list[Seen]:
    """What a command answers: in words only they see, or in a window, which takes the place of the last one."""
    before = {one for one, _ in _answers(life, person, place)}
    await life.slack.command(command, text, as_=person, channel=CHANNELS[place])
    surface = f"{command} {text}".strip()
    return [Seen(surface, place, raw) for one, raw in _answers(life, person, place) if one not in before]


def _answers(life: Life, person: str, place: str) -> Iterator[tuple[str, Any]]:
    """Everything that only this person sees there, by its id."""
    hub = life.door.sandbox.sandbox
    for message in hub.ephemerals.get((ident(person), CHANNELS[place]), ()):
        yield message.ts, [message.text, message.blocks]
    for view in hub.stacks.get(ident(person), ())[-1:]:
        yield view.id, view.body


async def _offered(life: Life, person: str, things: Collection[Known]) -> list[Seen]:
    """What the picker offers while somebody types, opened from the first card they may see."""
    for known in things:
        if await _typed(life, person, "/throughline", f"show {known.name}") and await life.slack.sees_modal(
            person
        ):
            await life.slack.click(await life.slack.modal(person), "Link…", as_=person)
            typed = [COMMON, *[word for one in things for word in (one.canary, one.name)]]
            found = [Seen(PICKER, one, await life.slack.options(person, "links.to", one)) for one in typed]
            await life.close_all(person)
            return found
    return []


def _content(message: Message) -> str:
    return json.dumps([message.text, message.blocks, message.attachments, message.metadata])
