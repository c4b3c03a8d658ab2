"""conversations.join, leave and open: where the app goes by itself."""

from typing import Any

from bot.sandbox.api.method import Arguments, Method, find_channel, find_person, is_member, joined_channel
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.members import add_member, remove_member
from bot.sandbox.payloads import channel_json

Json = dict[str, Any]


def _join(hub: Hub, arguments: Arguments) -> Json:
    channel = find_channel(hub, arguments.required("channel"))
    if channel.kind in {"private", "im"}:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if is_member(hub, channel):
        warning = "already_in_channel"
        metadata = {"warnings": [warning]}
        return {
            "channel": channel_json(hub.world, channel),
            "warning": warning,
            "response_metadata": metadata,
        }
    add_member(hub, channel, hub.world.bot)
    return {"channel": channel_json(hub.world, channel)}


def _leave(hub: Hub, arguments: Arguments) -> Json:
    channel = joined_channel(hub, arguments.required("channel"))
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    remove_member(hub, channel, hub.world.bot)
    return {}


def _open(hub: Hub, arguments: Arguments) -> Json:
    users = arguments.text("users")
    if not users:
        channel = find_channel(hub, arguments.required("channel"))
    elif "," in users:
        raise SlackError("method_not_supported_for_channel_type")
    else:
        channel = _direct(hub, users)
    full = channel_json(hub.world, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": full}


def _direct(hub: Hub, user: str) -> Any:
    person = find_person(hub, user)
    if person.kind == "deactivated":
        raise SlackError("user_disabled")
    if person.kind == "bot":
        raise SlackError("cannot_dm_bot")
    if person.kind == "stranger":
        raise SlackError("user_not_visible")
    return hub.world.direct(person.id)


METHODS = (
    Method("conversations.join", _join, ("channels:join",)),
    Method("conversations.leave", _leave, ("channels:manage", "groups:write", "im:write")),
    Method("conversations.open", _open, ("im:write",)),
)
