"""Who works here and in which channels: the part of the driver that changes the workspace itself."""

from typing import Any

from bot.sandbox.driver.acting import Acting
from bot.sandbox.driver.reading import Outcome

Json = dict[str, Any]


class Office(Acting):
    """People come and go; channels are opened, closed, renamed and shared."""

    # Channels

    async def join(self, channel: str, as_: str) -> Outcome:
        """Somebody joins a public channel."""
        return await self._act("join", as_, channel=await self._channel(channel, as_))

    async def leave(self, channel: str, as_: str) -> Outcome:
        """Somebody leaves a channel."""
        return await self._act("leave", as_, channel=await self._channel(channel, as_))

    async def invite(self, who: str, channel: str, as_: str) -> Outcome:
        """Somebody invites a person or the app."""
        return await self._act("invite", as_, channel=await self._channel(channel, as_), user=who)

    async def kick(self, who: str, channel: str, as_: str) -> Outcome:
        """Somebody removes a person or the app."""
        return await self._act("kick", as_, channel=await self._channel(channel, as_), user=who)

    async def archive(self, channel: str, as_: str) -> Outcome:
        """Somebody archives a channel."""
        return await self._act("archive", as_, channel=await self._channel(channel, as_))

    async def unarchive(self, channel: str, as_: str) -> Outcome:
        """Somebody reopens an archived channel."""
        return await self._act("unarchive", as_, channel=await self._channel(channel, as_))

    async def read(self, channel: str, as_: str) -> None:
        """Somebody looks at a channel: nothing there is new to them any more."""
        await self._wire.act("read", {"as": as_, "channel": await self._channel(channel, as_)})

    async def rename(self, channel: str, name: str, as_: str) -> Outcome:
        """Somebody gives a channel another name."""
        ident = await self._channel(channel, as_)
        self._known.clear()
        return await self._act("rename", as_, channel=ident, name=name)

    async def connect(self, channel: str, as_: str) -> str:
        """Somebody shares a channel with the other company; returns its id, which may be another one now."""
        ident = await self._channel(channel, as_)
        self._known.clear()
        return str((await self._act("connect", as_, channel=ident)).raw["channel"])

    async def disconnect(self, channel: str, as_: str) -> Outcome:
        """Somebody takes a shared channel back."""
        return await self._act("disconnect", as_, channel=await self._channel(channel, as_))

    # People

    async def hire(
        self, name: str, real_name: str, kind: str = "member", *, as_: str = "maya", **more: str
    ) -> Outcome:
        """An admin lets somebody in: a member, a guest or a single_channel_guest."""
        self._known.clear()
        return await self._act("hire", as_, name=name, real_name=real_name, kind=kind, **more)

    async def deactivate(self, who: str, as_: str = "maya") -> Outcome:
        """An admin ends somebody's account."""
        return await self._act("deactivate", as_, user=who)

    async def profile(self, as_: str, **changes: str) -> Outcome:
        """Somebody changes their own `real_name`, `title` or `tz`."""
        return await self._act("profile", as_, **changes)
