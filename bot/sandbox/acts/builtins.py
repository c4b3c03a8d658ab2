"""Slack's own commands that the app's texts tell people to use."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.acts.membership import Guest, Place, invite, join, kick, leave
from bot.sandbox.hub import Hub
from bot.sandbox.world import Person

Json = dict[str, Any]
BuiltIn = Callable[[Hub, Person, str, str], Awaitable[Json]]


async def _invite(hub: Hub, me: Person, channel: str, words: str) -> Json:
    return await invite(hub, me, Guest(channel=channel, user=words.removeprefix("@")))


async def _remove(hub: Hub, me: Person, channel: str, words: str) -> Json:
    return await kick(hub, me, Guest(channel=channel, user=words.removeprefix("@")))


async def _join(hub: Hub, me: Person, channel: str, words: str) -> Json:
    return await join(hub, me, Place(channel=words or channel))


async def _leave(hub: Hub, me: Person, channel: str, _: str) -> Json:
    return await leave(hub, me, Place(channel=channel))


BUILT_IN: dict[str, BuiltIn] = {"/invite": _invite, "/remove": _remove, "/join": _join, "/leave": _leave}
