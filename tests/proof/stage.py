"""People who do what people do when something fails: look, and try again only if they saw it fail."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from bot.sandbox.driver import Home, Message, Modal, Outcome, Slack

Act = Callable[[], Awaitable[Outcome]]
Seen = Callable[[], Awaitable[bool]]
Place = Message | Modal | Home
TRIES = 5


class Around(Protocol):
    """What is around people: their Slack, and a way to wait until nothing is under way."""

    @property
    def slack(self) -> Slack:
        """Where they act and look."""

    async def calm(self) -> None:
        """Wait until nothing is under way anywhere."""


@dataclass(frozen=True, slots=True)
class Unhurried:
    """Around people who wait after each act until all is calm."""

    slack: Slack
    calm: Callable[[], Coroutine[Any, Any, None]]


class Hopeless(Exception):
    """Somebody tried again and again and never saw it work."""


class Stage:
    """The house as the people in it use it; each of their acts ends when all is calm."""

    def __init__(self, around: Around) -> None:
        self.slack = around.slack
        self.calm = around.calm

    async def react(self, message: Message, emoji: str, as_: str) -> None:
        """Events are Slack's to repeat: nobody does this twice."""
        await self.slack.react(message, emoji, as_)
        await self.calm()

    async def unreact(self, message: Message, emoji: str, as_: str) -> None:
        """The same, the other way."""
        await self.slack.unreact(message, emoji, as_)
        await self.calm()

    async def persist(self, act: Act, seen: Seen) -> None:
        """Do it again while Slack says that it failed or nothing of it is to be seen."""
        for _ in range(TRIES):
            outcome = await act()
            await self.calm()
            if outcome.ok and await seen():
                return
        raise Hopeless("nothing to be seen of it")

    async def open_modal(self, title: str, act: Act, as_: str) -> None:
        """Do what opens a modal until it is open."""

        async def opened() -> bool:
            return await self.sees(as_, title)

        await self.persist(act, opened)

    async def press(self, find: Callable[[], Awaitable[Place]], what: str, as_: str) -> None:
        """Press a button; again while Slack says that it failed, or a modal stays as it was, button and all."""
        for _ in range(TRIES):
            place = await find()
            if what not in place.buttons:
                return
            outcome = await self.slack.click(place, what, as_)
            await self.calm()
            if outcome.ok and (not isinstance(place, Modal) or await self._changes(place, as_)):
                return
        raise Hopeless(f"{what} never worked")

    async def submit(self, title: str, as_: str, **values: Any) -> None:
        """Submit the modal on top, again while Slack says that it failed; ends when `title` is on top."""

        async def shown() -> bool:
            return await self.sees(as_, title)

        async def submitted() -> Outcome:
            return await self.slack.submit(as_, **values)

        await self.persist(submitted, shown)

    async def refused(self, as_: str, **values: Any) -> None:
        """Submit what cannot be taken, until the modal says at which field."""
        for _ in range(TRIES):
            outcome = await self.slack.submit(as_, **values)
            await self.calm()
            if outcome.errors:
                return
        raise Hopeless("no field was ever refused")

    async def sees(self, as_: str, title: str) -> bool:
        """Whether a modal of that title is on top."""
        shown = (await self.slack.state(as_))["modal"]
        return shown is not None and shown["title"]["text"] == title

    async def _changes(self, modal: Modal, as_: str) -> bool:
        """Whether another modal is on top within a second: what changes one comes after the press was answered."""
        for _ in range(10):
            shown = (await self.slack.state(as_))["modal"]
            if shown is None or shown["hash"] != modal.raw["hash"]:
                return True
            await asyncio.sleep(0.1)
        return False
