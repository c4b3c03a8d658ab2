"""What people see in the sandbox: messages, modals, Home tabs. The looking half of the driver."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.sandbox.driver.choosing import Names
from bot.sandbox.driver.conversation import Conversation
from bot.sandbox.driver.reading import Home, Message, Modal, message_of
from bot.sandbox.driver.wire import Impossible, Wire

Json = dict[str, Any]
Found = TypeVar("Found")
_PATIENCE = 5.0
_GLANCE = 0.02


class Sight:
    """Looks at a sandbox as any of its people."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: dict[str, Names] = {}

    def channel(self, name: str, as_: str = "maya") -> Conversation:
        """A channel as somebody sees it."""
        return Conversation(self, name, as_)

    async def dms(self, as_: str) -> list[Message]:
        """Somebody's direct messages with the app."""
        return await self.channel(f"D0{as_.upper()}", as_).messages()

    async def ephemerals(self, as_: str, channel: str, thread: Message | None = None) -> list[Message]:
        """What only this person sees in a channel or thread."""
        return await self.look(channel, as_, thread.ts if thread else None, "ephemerals")

    async def again(self, message: Message, as_: str) -> Message:
        """The same message as it is now."""
        if message.ephemeral:
            shown = await self.look(message.channel, as_, message.thread_ts, "ephemerals")
            return _with_ts(shown, message.ts)
        return _with_ts(await self.look(message.channel, as_, None, ts=message.ts), message.ts)

    async def look(
        self, channel: str, as_: str, thread: str | None, which: str = "messages", ts: str | None = None
    ) -> list[Message]:
        """Messages of a channel or thread, oldest first; with `ts`, that one."""
        ident = await self._channel(channel, as_)
        query = {"as": as_, "channel": ident, "thread": thread, "ts": ts}
        given = {key: value for key, value in query.items() if value is not None}
        shown = await self._wire.get("/sandbox/messages", **given)
        handles = (await self._names(as_)).handles
        return [message_of(ident, raw, handles) for raw in shown[which]]

    async def state(self, as_: str) -> Json:
        """Everything around the messages, as the page gets it."""
        return await self._state_of(as_)

    async def inspector(self, after: int = 0) -> list[Json]:
        """What went between Slack and the app."""
        return list((await self._wire.get("/sandbox/inspector", after=str(after)))["entries"])

    async def modal(self, as_: str, title: str | None = None) -> Modal:
        """The modal on top, waited for; with `title`, the one with that title."""

        async def look() -> Modal | None:
            shown = (await self._state_of(as_))["modal"]
            return Modal(shown) if shown and title in {None, shown["title"]["text"]} else None

        return await _until(look, f"{as_} sees no modal{f' “{title}”' if title else ''}.")

    async def sees_modal(self, as_: str) -> bool:
        """Whether a modal is open now."""
        return (await self._state_of(as_))["modal"] is not None

    async def home(self, as_: str) -> Home:
        """Somebody's Home tab, waited for."""

        async def look() -> Home | None:
            shown = (await self._state_of(as_))["home"]
            return Home(shown) if shown else None

        return await _until(look, f"{as_} has no Home tab yet.")

    async def _state_of(self, as_: str) -> Json:
        return await self._wire.get("/sandbox/state", **{"as": as_})

    async def _names(self, as_: str) -> Names:
        if as_ not in self._known:
            self._known[as_] = Names.of(await self._state_of(as_))
        return self._known[as_]

    async def _channel(self, name: str, as_: str) -> str:
        if name[:2] in {"C0", "G0", "D0"}:
            return name
        if name.removeprefix("#") not in (await self._names(as_)).channels:
            del self._known[as_]  # somebody may just have been invited
        return (await self._names(as_)).channel(name)


def _with_ts(messages: list[Message], ts: str) -> Message:
    found = next((message for message in messages if message.ts == ts), None)
    if found is None:
        raise Impossible("That message is gone.")
    return found


async def _until(look: Callable[[], Awaitable[Found | None]], complaint: str) -> Found:
    deadline = time.monotonic() + _PATIENCE
    while True:
        found = await look()
        if found is not None:
            return found
        if time.monotonic() > deadline:
            raise Impossible(complaint)
        await asyncio.sleep(_GLANCE)
