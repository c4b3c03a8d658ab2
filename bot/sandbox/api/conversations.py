"""conversations.history, replies, info, list and members: what the app may read."""

from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.api.method import (
    Arguments,
    Method,
    find_channel,
    find_message,
    is_member,
    joined_channel,
    need_channel_scope,
    need_scope,
)
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import channel_json, message_json
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]
Item = TypeVar("Item")
_SLOW_PAGE = 15
_HISTORY = ("channels:history", "groups:history", "im:history")
_READ = ("channels:read", "groups:read", "im:read")
_TYPE_OF = {"public": "public_channel", "shared": "public_channel", "private": "private_channel", "im": "im"}
_SCOPE_OF = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def page(items: Sequence[Item], arguments: Arguments, most: int = 1000) -> tuple[list[Item], Json]:
    """One page by an opaque cursor, and the `response_metadata` that leads to the next."""
    limit = min(arguments.number("limit", 100, 1000), most)
    cursor = arguments.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdecimal():
        raise SlackError("invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    more = start + limit < len(items)
    following = f"next:{start + limit}" if more else ""
    return list(items[start : start + limit]), {"response_metadata": {"next_cursor": following}}


def kinds_wanted(hub: Hub, arguments: Arguments) -> set[str]:
    """The `types` of a list call; each needs its scope."""
    types = set(arguments.text("types", "public_channel").replace(" ", "").split(","))
    for kind in types:
        if kind not in _SCOPE_OF:
            raise SlackError("invalid_types")
        need_scope(hub, _SCOPE_OF[kind])
    return types


def visible(hub: Hub, kinds: set[str], arguments: Arguments) -> list[Channel]:
    """The conversations of these kinds the app may know of."""
    without_archived = arguments.flag("exclude_archived")
    return [
        channel
        for channel in hub.world.channels.values()
        if _TYPE_OF[channel.kind] in kinds
        and (channel.kind != "private" or is_member(hub, channel))
        and not (without_archived and channel.archived)
    ]


def _readable(hub: Hub, arguments: Arguments) -> Channel:
    channel = find_channel(hub, arguments.required("channel"))
    need_channel_scope(hub, channel, "history")
    return joined_channel(hub, channel.id)


def _history(hub: Hub, arguments: Arguments) -> Json:
    channel = _readable(hub, arguments)
    found = [m for m in reversed(channel.messages.values()) if not m.is_reply or m.broadcast]
    return _messages(hub, arguments, found)


def _replies(hub: Hub, arguments: Arguments) -> Json:
    channel = _readable(hub, arguments)
    if hub.modes.replies_refused and channel.kind != "im":
        raise SlackError("not_allowed_token_type")
    ts = arguments.required("ts")
    if ts not in channel.messages:
        raise SlackError("thread_not_found")
    parent = find_message(channel, ts)
    if parent.is_reply:
        return _messages(hub, arguments, [parent])
    return _messages(hub, arguments, [m for m in (parent, *channel.replies(ts)) if _in_range(arguments, m)])


def _messages(hub: Hub, arguments: Arguments, found: Sequence[Message]) -> Json:
    within = [message for message in found if _in_range(arguments, message)]
    shown, cursor = page(within, arguments, _SLOW_PAGE if hub.modes.slow_history else 1000)
    with_metadata = arguments.flag("include_all_metadata")
    messages = [message_json(hub.world, message, all_metadata=with_metadata) for message in shown]
    more = bool(cursor["response_metadata"]["next_cursor"])
    return {"messages": messages, "has_more": more, "pin_count": 0} | (cursor if more else {})


def _in_range(arguments: Arguments, message: Message) -> bool:
    try:
        at = float(message.ts)
        oldest = float(arguments.text("oldest") or 0)
        latest = float(arguments.text("latest") or "inf")
    except ValueError:
        raise SlackError("invalid_ts_latest") from None
    if arguments.flag("inclusive"):
        return oldest <= at <= latest
    return oldest < at < latest


def _info(hub: Hub, arguments: Arguments) -> Json:
    channel = find_channel(hub, arguments.required("channel"))
    need_channel_scope(hub, channel, "read")
    body = channel_json(hub.world, channel)
    if not arguments.flag("include_num_members"):
        body.pop("num_members", None)
    return {"channel": body}


def _members(hub: Hub, arguments: Arguments) -> Json:
    channel = find_channel(hub, arguments.required("channel"))
    need_channel_scope(hub, channel, "read")
    members, cursor = page(channel.members, arguments)
    return {"members": members} | cursor


def _list(hub: Hub, arguments: Arguments) -> Json:
    found = visible(hub, kinds_wanted(hub, arguments), arguments)
    channels, cursor = page(found, arguments)
    return {"channels": [channel_json(hub.world, channel) for channel in channels]} | cursor


METHODS = (
    Method("conversations.history", _history, _HISTORY),
    Method("conversations.replies", _replies, _HISTORY),
    Method("conversations.info", _info, _READ),
    Method("conversations.members", _members, _READ, per_minute=100),
    Method("conversations.list", _list, _READ, per_minute=20),
)
