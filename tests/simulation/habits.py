"""What people do about what they were sent: they look into their messages and press what they would press."""

import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.sandbox.driver import Message
from bot.seeding.story import Story
from tests.simulation import when, words

LAST = 8
"""Messages somebody still looks at."""
FUNCTIONS = ("Engineering", "Product", "Design", "Marketing", "Sales", "Customer Success")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a message of ours before them; `rng` decides what they do about it."""

    story: Story
    who: str
    rng: random.Random

    async def looks(self) -> None:
        """They open their messages and do what each of the newest asks, or leave it for later."""
        ours = [one for one in await self.story.slack.dms(self.who) if one.raw["bot"]]
        for message in ours[-LAST:]:
            for part in _parts(message):
                await self._does(part)

    async def _does(self, part: Message) -> None:
        pressed = set(part.buttons)
        for button, habit in HABITS.items():
            if button in pressed:
                await habit(self, part)
                return

    async def presses(self, part: Message, button: str, **fields: Any) -> None:
        """They press a button of this part of a message, and fill in what opens."""
        slack = self.story.slack
        told = await slack.click_late(part, button, as_=self.who)
        assert told.ok, (self.who, button, told.raw)
        if await slack.sees_modal(self.who):
            modal = await slack.modal(self.who)
            if modal.submit_label is not None and fields:
                await self.story.fills(self.who, **fields)
            await self.story.puts_away(self.who)

    def one_of(self, **chances: float) -> str:
        """One of these, or nothing for the rest of the chance."""
        drawn, names = self.rng.random(), iter(chances.items())
        for name, chance in names:
            drawn -= chance
            if drawn < 0:
                return name
        return ""


def _parts(message: Message) -> Iterator[Message]:
    """Each thing of a message on its own: what stands between two lines."""
    part: list[dict[str, Any]] = []
    for block in [*message.blocks, {"type": "divider"}]:
        if block["type"] != "divider":
            part.append(block)
        elif part:
            yield replace(message, blocks=part)
            part = []


async def _answers(reader: Reader, part: Message) -> None:
    if reader.rng.random() > 0.85:
        return
    done, next_ = reader.rng.sample(words.WORK, 2)
    fields: dict[str, Any] = {"question0": done, "question1": next_}
    if reader.rng.random() < 0.07:
        fields |= {"blocker": reader.rng.choice(words.STUCK), "checkins.waits_on": _waits_on(reader)}
    await reader.presses(part, "Answer", **fields)


def _waits_on(reader: Reader) -> str:
    if reader.rng.random() < 0.3:
        return "Outside: the mail service"
    return reader.rng.choice(FUNCTIONS)


async def _approves(reader: Reader, part: Message) -> None:
    match reader.one_of(yes=0.6, no=0.1):
        case "yes":
            await reader.presses(part, "Approve")
        case "no":
            await reader.presses(part, "Not yet…", reason=reader.rng.choice(words.DOUBTS))


async def _says_a_view(reader: Reader, part: Message) -> None:
    match reader.one_of(yes=0.5, no=0.1, none=0.1):
        case "yes":
            await reader.presses(part, "I agree")
        case "no":
            await reader.presses(part, "I object…", reason=reader.rng.choice(words.DOUBTS))
        case "none":
            await reader.presses(part, "No view")


async def _sees_to_it(reader: Reader, part: Message) -> None:
    """An item of a launch."""
    match reader.one_of(
        done=0.45, doing=0.2 if "Doing" in part.buttons else 0, blocked=0.06, not_needed=0.04
    ):
        case "done":
            await reader.presses(part, "Done")
        case "doing":
            await reader.presses(part, "Doing")
        case "blocked" if "Blocked…" in part.buttons:
            await reader.presses(part, "Blocked…", reason=reader.rng.choice(words.STUCK))
        case "not_needed":
            await reader.presses(part, "Not needed…", reason="They know: they have asked for it since March")


async def _clears(reader: Reader, part: Message) -> None:
    match reader.one_of(clear=0.5, cannot=0.12 if "Cannot yet…" in part.buttons else 0, on=0.08):
        case "clear":
            await reader.presses(part, "Cleared…", words=reader.rng.choice(words.CLEARED))
        case "cannot":
            await reader.presses(part, "Cannot yet…", words=reader.rng.choice(words.DOUBTS))
        case "on":
            await reader.presses(
                part, "Not mine, pass on…", **{"checkins.waits_on": "Outside: the mail service"}
            )


async def _votes(reader: Reader, part: Message) -> None:
    match reader.one_of(go=0.6, conditions=0.1, hold=0.05):
        case "go":
            await reader.presses(part, "Go")
        case "conditions":
            await reader.presses(part, "Go with conditions…", reason="Prices on the website")
        case "hold":
            await reader.presses(part, "Hold…", reason="Support is not trained")


async def _names_the_account(reader: Reader, part: Message) -> None:
    match reader.one_of(name=0.5, none=0.2):
        case "name":
            await reader.presses(part, "Type the account", account=reader.rng.choice(words.ACCOUNTS))
        case "none":
            await reader.presses(part, "None")


async def _names_owners(reader: Reader, part: Message) -> None:
    await reader.presses(part, "Owners…", **{"Customer Success": "ben"})


async def _reviews(reader: Reader, part: Message) -> None:
    if reader.rng.random() < 0.6:
        later = await reader.story.now() + timedelta(days=reader.rng.randint(7, 60))
        await reader.presses(part, "Keep…", review_on=when.local_day(later, reader.who).isoformat())


async def _tells_who_asked(reader: Reader, part: Message) -> None:
    if reader.rng.random() < 0.7:
        await reader.presses(part, "Write the sentence…", sentence=words.SENTENCE)


async def _leaves_it(_reader: Reader, _part: Message) -> None:
    """A telling: read, and that is all."""


HABITS: Mapping[str, Callable[[Reader, Message], Awaitable[None]]] = {
    "Answer": _answers,
    "Approve": _approves,
    "I agree": _says_a_view,
    "Cleared…": _clears,
    "Go": _votes,
    "Type the account": _names_the_account,
    "Owners…": _names_owners,
    "Keep…": _reviews,
    "Write the sentence…": _tells_who_asked,
    "Show": _leaves_it,
    "Done": _sees_to_it,
}
"""By a button that stands in it: what somebody does about a message, or a part of one."""
