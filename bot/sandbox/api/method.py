"""What a Web API method is made of, how its arguments are read, and the checks methods share."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.world import Channel, Message, Person

Json = dict[str, Any]
_SUFFIX = {"public": "channels", "shared": "channels", "private": "groups", "im": "im"}


class Arguments:
    """The arguments of one call, from the query, a form or JSON; what is not read is ignored."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def has(self, name: str) -> bool:
        """Whether it was given at all."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """A string that has to be there."""
        value = self.text(name)
        if not value:
            raise invalid(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean, also as Slack's forms write it."""
        value = self.values.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, highest: int) -> int:
        """A whole number from 1 to `highest`."""
        if not self.has(name):
            return default
        try:
            value = int(self.values[name])
        except (TypeError, ValueError):
            raise invalid(f"[ERROR] invalid number: {name}") from None
        if not 1 <= value <= highest:
            raise SlackError("invalid_limit")
        return value

    def structure(self, name: str, code: str) -> Any:
        """A JSON value, itself or as a string; None when it was not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(code, messages=[f"[ERROR] {name} is not valid JSON"]) from None


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method; any one of its scopes suffices, and the method may ask for more itself."""

    name: str
    run: Callable[[Hub, Arguments], Json]
    scopes: tuple[str, ...] = ()
    token: Literal["bot", "app", "any"] = "bot"  # noqa: S105 - a kind of token
    per_minute: int = 50


def invalid(*messages: str) -> SlackError:
    """Slack's answer to arguments it cannot use."""
    return SlackError("invalid_arguments", messages=messages)


def need_scope(hub: Hub, *any_of: str) -> None:
    """Refuse what the manifest does not ask for."""
    if any_of and not hub.manifest.scopes.intersection(any_of):
        provided = ",".join(sorted(hub.manifest.scopes))
        raise SlackError("missing_scope", needed=",".join(any_of), provided=provided)


def need_channel_scope(hub: Hub, channel: Channel, right: str) -> None:
    """Refuse a kind of conversation the manifest does not ask for, e.g. groups:history."""
    need_scope(hub, f"{_SUFFIX[channel.kind]}:{right}")


def find_channel(hub: Hub, ident: str) -> Channel:
    """A conversation the app may know of: private ones only from inside."""
    channel = hub.world.channels.get(ident)
    if channel is None and ident.startswith("D0"):
        owner = next((p for p in hub.world.people.values() if ident == f"D0{p.name.upper()}"), None)
        reachable = owner is not None and owner.kind not in {"bot", "stranger"}
        channel = hub.world.direct(owner.id) if owner is not None and reachable else None
    if channel is None or (channel.kind == "private" and not is_member(hub, channel)):
        raise SlackError("channel_not_found")
    return channel


def joined_channel(hub: Hub, ident: str) -> Channel:
    """A conversation the app is in."""
    channel = find_channel(hub, ident)
    if not is_member(hub, channel):
        raise SlackError("not_in_channel")
    return channel


def is_member(hub: Hub, channel: Channel) -> bool:
    """Whether the app is in this conversation."""
    return hub.world.bot in channel.members


def find_message(channel: Channel, ts: str) -> Message:
    """A message by its timestamp."""
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    return channel.messages[ts]


def find_person(hub: Hub, ident: str) -> Person:
    """Somebody the app can see."""
    if ident not in hub.world.people:
        raise SlackError("user_not_found")
    return hub.world.people[ident]
