"""pins.add, pins.remove and pins.list: what a channel keeps at hand."""

import re
from typing import Any

from bot.sandbox.api.method import Arguments, Method, find_message, joined_channel
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import message_json
from bot.sandbox.posting import pin, unpin
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]


def _item(hub: Hub, arguments: Arguments) -> tuple[Channel, Message]:
    ts = arguments.text("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    channel = joined_channel(hub, arguments.text("channel"))
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise SlackError("bad_timestamp")
    return channel, find_message(channel, ts)


def _add(hub: Hub, arguments: Arguments) -> Json:
    channel, message = _item(hub, arguments)
    if channel.archived:
        raise SlackError("is_archived")
    if message.system:
        raise SlackError("not_pinnable")
    if message.pinned:
        raise SlackError("already_pinned")
    pin(hub, channel, message, hub.world.bot)
    return {}


def _remove(hub: Hub, arguments: Arguments) -> Json:
    channel, message = _item(hub, arguments)
    if not message.pinned:
        raise SlackError("no_pin")
    unpin(hub, channel, message, hub.world.bot)
    return {}


def _list(hub: Hub, arguments: Arguments) -> Json:
    channel = joined_channel(hub, arguments.required("channel"))
    pinned = [message for message in reversed(channel.messages.values()) if message.pinned]
    items = [
        {"type": "message", "channel": channel.id, "message": message_json(hub.world, message)}
        for message in pinned
    ]
    return {"items": items}


METHODS = (
    Method("pins.add", _add, ("pins:write",), per_minute=20),
    Method("pins.remove", _remove, ("pins:write",), per_minute=20),
    Method("pins.list", _list, ("pins:read",), per_minute=20),
)
