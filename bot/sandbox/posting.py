"""What becomes of a message, whoever caused it: stored, recorded, shown, and told to the app as an event."""

from collections import deque
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.sandbox.deliver import Delivery, emit
from bot.sandbox.hub import Hub
from bot.sandbox.mentions import pings
from bot.sandbox.payloads import message_json
from bot.sandbox.pushes import notified, push_of
from bot.sandbox.records import Posted
from bot.sandbox.world import Channel, Message, Notifies, Reaction

Json = dict[str, Any]
_SCREENS = 8
_TYPES = {"public": "channel", "shared": "channel", "private": "group", "im": "im"}


def new_message(hub: Hub, channel: Channel, user: str, text: str, **rest: Any) -> Message:
    """A message that happens now; nothing has seen it yet."""
    message = Message(
        hub.stamps.next(), hub.clock.now().isoformat(), channel.id, user, text, **{"blocks": None, **rest}
    )
    message.mentions = message.notifies = _called(hub, message)
    return message


def post(hub: Hub, channel: Channel, message: Message) -> Delivery | None:
    """Put a message into its channel."""
    channel.messages[message.ts] = message
    parent = channel.messages.get(message.thread_ts or "")
    if parent is not None:
        parent.thread_ts = parent.ts
    channel.read[message.user] = message.ts
    _record(hub, message)
    show(hub, channel, message)
    _push(hub, channel, message)
    return _tell_app(hub, channel, message)


def whisper(hub: Hub, channel: Channel, message: Message) -> None:
    """Show a message to one person only; it is gone when they reload."""
    assert message.ephemeral_to is not None
    hub.ephemerals.setdefault((message.ephemeral_to, channel.id), []).append(message)
    _record(hub, message)
    hub.stream.tell("messages", people=[message.ephemeral_to], channel=channel.id, thread=message.thread_ts)


def edit(hub: Hub, channel: Channel, message: Message, **changes: Any) -> Delivery | None:
    """Change a message's content; nobody is notified by that."""
    before = message_json(hub.world, message)
    _remember(hub, message)
    for name, value in changes.items():
        setattr(message, name, value)
    message.mentions = _called(hub, message)
    show(hub, channel, message)
    event = _aside(hub, channel, "message_changed")
    event |= {"message": message_json(hub.world, message), "previous_message": before}
    return emit(hub, event, channel)


def remove(hub: Hub, channel: Channel, message: Message) -> Delivery | None:
    """Delete a message; a thread below it stays."""
    before = message_json(hub.world, message)
    del channel.messages[message.ts]
    show(hub, channel, message)
    event = _aside(hub, channel, "message_deleted")
    return emit(hub, event | {"previous_message": before, "deleted_ts": message.ts}, channel)


def react(hub: Hub, channel: Channel, message: Message, user: str, name: str) -> Delivery | None:
    """Set an emoji under a message."""
    reaction = next((r for r in message.reactions if r.name == name), None)
    if reaction is None:
        reaction = Reaction(name, [])
        message.reactions.append(reaction)
    reaction.users.append(user)
    show(hub, channel, message)
    return _tell_reaction(hub, "reaction_added", channel, message, user, name)


def unreact(hub: Hub, channel: Channel, message: Message, user: str, name: str) -> Delivery | None:
    """Take an emoji back."""
    for reaction in message.reactions:
        if reaction.name == name:
            reaction.users.remove(user)
    message.reactions = [reaction for reaction in message.reactions if reaction.users]
    show(hub, channel, message)
    return _tell_reaction(hub, "reaction_removed", channel, message, user, name)


def pin(hub: Hub, channel: Channel, message: Message, user: str) -> Delivery | None:
    """Keep a message at hand in its channel."""
    message.pinned = True
    show(hub, channel, message)
    return _tell_pin(hub, "pin_added", channel, message, user)


def unpin(hub: Hub, channel: Channel, message: Message, user: str) -> Delivery | None:
    """Let a pinned message go."""
    message.pinned = False
    show(hub, channel, message)
    return _tell_pin(hub, "pin_removed", channel, message, user)


def has_reacted(message: Message, user: str, name: str) -> bool:
    """Whether this person's emoji is there."""
    return any(user in reaction.users for reaction in message.reactions if reaction.name == name)


def announce(hub: Hub, channel: Channel, user: str, subtype: str, text: str, **rest: Any) -> None:
    """Slack's own grey line in a channel ("joined #sales"); it pings nobody."""
    message = new_message(hub, channel, user, text, subtype=subtype, **rest)
    message.notifies = message.mentions = pings("", None, None)
    post(hub, channel, message)


def show(hub: Hub, channel: Channel, message: Message) -> None:
    """Let the pages fetch a channel again."""
    hub.stream.tell(
        "messages",
        people=hub.audience(channel),
        channel=channel.id,
        thread=message.thread_ts if message.is_reply else None,
    )


def _called(hub: Hub, message: Message) -> Notifies:
    """Whom its wording pings; who calls a group calls everybody in it."""
    found = pings(message.text, message.blocks, message.attachments)
    groups = (hub.world.groups[group].members for group in found.groups if group in hub.world.groups)
    people = dict.fromkeys((*found.people, *chain.from_iterable(groups)))
    return replace(found, people=tuple(people))


def _record(hub: Hub, message: Message) -> None:
    hub.history.append(
        Posted(
            message.channel, message.ts, message.user, message.text, message.thread_ts, message.metadata,
            ephemeral=message.ephemeral_to is not None,
        )
    )  # fmt: skip


def _push(hub: Hub, channel: Channel, message: Message) -> None:
    if wanted := notified(hub, channel, message):
        hub.stream.tell("push", people=wanted, channel=channel.id, **push_of(hub, channel, message))


def _tell_app(hub: Hub, channel: Channel, message: Message) -> Delivery | None:
    body = message_json(hub.world, message) | {"channel": channel.id, "event_ts": message.ts}
    for only_in_history in ("reply_count", "reply_users_count", "reply_users", "latest_reply"):
        body.pop(only_in_history, None)
    stranger = hub.world.people[message.user]
    if stranger.kind == "stranger":
        body |= {"user_team": stranger.team, "source_team": stranger.team}
    mention = None
    if _mentions_app(hub, channel, message):
        mention = emit(hub, {**body, "type": "app_mention"}, channel)
    return emit(hub, {**body, "channel_type": _TYPES[channel.kind]}, channel) or mention


def _mentions_app(hub: Hub, channel: Channel, message: Message) -> bool:
    mentioned = hub.world.bot in message.mentions.people
    return mentioned and channel.kind != "im" and message.user != hub.world.bot


def _aside(hub: Hub, channel: Channel, subtype: str) -> Json:
    ts = hub.stamps.next()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": _TYPES[channel.kind],
        "ts": ts,
        "event_ts": ts,
    }


def _tell_reaction(
    hub: Hub, kind: str, channel: Channel, message: Message, user: str, name: str
) -> Delivery | None:
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": hub.stamps.next(),
    }
    return emit(hub, event, channel)


def _remember(hub: Hub, message: Message) -> None:
    """Somebody's screen may still show what was there; what they press on it reaches the app all the same."""
    kept = hub.shown_before.setdefault(message.ts, deque(maxlen=_SCREENS))
    kept.append(message.blocks or [])


def _tell_pin(hub: Hub, kind: str, channel: Channel, message: Message, user: str) -> Delivery | None:
    item = {"type": "message", "channel": channel.id, "message": message_json(hub.world, message)}
    event = {
        "type": kind,
        "user": user,
        "channel_id": channel.id,
        "item": item,
        "item_user": message.user,
        "event_ts": hub.stamps.next(),
    }
    return emit(hub, event, channel)
