"""Who is in a channel: coming and going, told to the app and shown as Slack's grey lines."""

from typing import Any

from bot.sandbox.deliver import Delivery, emit
from bot.sandbox.hub import Hub
from bot.sandbox.posting import announce
from bot.sandbox.world import Channel

Json = dict[str, Any]


def add_member(hub: Hub, channel: Channel, user: str, inviter: str | None = None) -> Delivery | None:
    """Somebody comes in, the app itself included."""
    channel.members.append(user)
    channel.read[user] = max(channel.messages, default="0")
    inviting = {"inviter": inviter} if inviter else {}
    told = emit(hub, _event(hub, "member_joined_channel", channel, user) | inviting, channel)
    announce(hub, channel, user, "channel_join", f"<@{user}> has joined the channel")
    hub.stream.tell("state")
    return told


def remove_member(hub: Hub, channel: Channel, user: str) -> Delivery | None:
    """Somebody goes or is removed; the app still hears of its own going."""
    channel.members.remove(user)
    announce(hub, channel, user, "channel_leave", f"<@{user}> has left the channel")
    hub.stream.tell("state")
    gone = user == hub.world.bot
    told = emit(hub, _event(hub, "member_left_channel", channel, user), channel, even_outside=gone)
    if gone:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        left = {"type": kind, "channel": channel.id, "event_ts": hub.stamps.next()}
        return emit(hub, left, channel, even_outside=True) or told
    return told


def _event(hub: Hub, kind: str, channel: Channel, user: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": hub.world.people[user].team,
        "event_ts": hub.stamps.next(),
    }
