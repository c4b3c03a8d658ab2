"""reactions.add, reactions.remove and reactions.get."""

import re
from typing import Any

from bot.sandbox.api.method import Arguments, Method, find_message, joined_channel
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import message_json
from bot.sandbox.posting import has_reacted, react, unreact
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]
EMOJI_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def _item(hub: Hub, arguments: Arguments) -> tuple[Channel, Message]:
    if not (arguments.text("channel") and arguments.text("timestamp")):
        raise SlackError("no_item_specified")
    channel = joined_channel(hub, arguments.text("channel"))
    ts = arguments.text("timestamp")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise SlackError("bad_timestamp")
    return channel, find_message(channel, ts)


def _name(arguments: Arguments) -> str:
    name = arguments.required("name").strip(":")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _add(hub: Hub, arguments: Arguments) -> Json:
    channel, message = _item(hub, arguments)
    name = _name(arguments)
    if channel.archived:
        raise SlackError("is_archived")
    if has_reacted(message, hub.world.bot, name):
        raise SlackError("already_reacted")
    react(hub, channel, message, hub.world.bot, name)
    return {}


def _remove(hub: Hub, arguments: Arguments) -> Json:
    channel, message = _item(hub, arguments)
    name = _name(arguments)
    if not has_reacted(message, hub.world.bot, name):
        raise SlackError("no_reaction")
    unreact(hub, channel, message, hub.world.bot, name)
    return {}


def _get(hub: Hub, arguments: Arguments) -> Json:
    channel, message = _item(hub, arguments)
    return {"type": "message", "channel": channel.id, "message": message_json(hub.world, message)}


METHODS = (
    Method("reactions.add", _add, ("reactions:write",)),
    Method("reactions.remove", _remove, ("reactions:write",), per_minute=20),
    Method("reactions.get", _get, ("reactions:read",)),
)
