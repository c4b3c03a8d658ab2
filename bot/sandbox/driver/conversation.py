"""A channel, thread or direct message as one person sees it."""

from typing import Protocol

from bot.sandbox.driver.reading import Message
from bot.sandbox.driver.wire import Impossible


class Looking(Protocol):
    """Whoever can fetch messages: the driver."""

    async def look(
        self, channel: str, as_: str, thread: str | None, which: str = "messages"
    ) -> list[Message]:
        """Messages of a channel or thread, oldest first."""


class Conversation:
    """A channel as one person sees it."""

    def __init__(self, slack: Looking, name: str, as_: str) -> None:
        self._slack, self._name, self._as = slack, name, as_

    async def messages(self) -> list[Message]:
        """Its messages, oldest first, replies left out."""
        return await self._slack.look(self._name, self._as, None)

    async def last(self) -> Message:
        """Its newest message."""
        messages = await self.messages()
        if not messages:
            raise Impossible(f"{self._name} is empty.")
        return messages[-1]

    async def pinned(self) -> list[Message]:
        """What it keeps at hand, newest first."""
        return await self._slack.look(self._name, self._as, None, "pinned")

    async def thread(self, message: Message) -> list[Message]:
        """A message and the replies below it."""
        return await self._slack.look(self._name, self._as, message.thread_ts or message.ts)

    async def saying(self, words: str) -> Message:
        """The newest message with these words in it."""
        found = [message for message in await self.messages() if words in message.words]
        if not found:
            raise Impossible(f"Nobody says “{words}” in {self._name}.")
        return found[-1]
