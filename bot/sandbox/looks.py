"""The sandbox as one person sees it: what the page and the driver read."""

import time
from typing import Any

from bot.sandbox.acts.act import sees
from bot.sandbox.acts.moving import clock_json
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import view_json
from bot.sandbox.shown import message_for
from bot.sandbox.views import top_modal
from bot.sandbox.world import Channel, Message, Person

Json = dict[str, Any]


def state_json(hub: Hub, me: Person) -> Json:
    """Everything around the messages: people, channels, commands, the open modal, Home."""
    world, manifest = hub.world, hub.manifest
    modal, home = top_modal(hub, me.id), world.homes.get(me.id)
    ours = me.team == world.id
    if ours:
        world.direct(me.id)
    return {
        "version": hub.stream.version,
        "clock": clock_json(hub),
        "workspace": {"id": world.id, "name": world.name, "domain": world.domain},
        "me": person_json(me),
        "people": [{**person_json(one), "news": _news(hub, one)} for one in world.people.values()],
        "bot": {"user": world.bot, "name": manifest.app_name, "connected": hub.connected},
        "groups": [{"id": one.id, "handle": one.handle, "name": one.name} for one in world.groups.values()],
        "channels": [_channel(me, channel) for channel in world.channels.values() if sees(me, channel)],
        "commands": [
            {"command": command.name, "description": command.description, "usage_hint": command.usage_hint}
            for command in manifest.commands
            if ours
        ],
        "shortcuts": [
            {"name": shortcut.name, "type": shortcut.kind, "callback_id": shortcut.callback_id}
            for shortcut in manifest.shortcuts
            if ours
        ],
        "modal": view_json(world, modal) if modal else None,
        "modal_depth": len(hub.stacks.get(me.id, ())),
        "home": view_json(world, home) if home else None,
        "gallery": bool(hub.config.gallery),
    }


def person_json(person: Person) -> Json:
    """A person for the page."""
    names = person.real_name.split()
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "tz": person.tz,
        "initials": "".join(name[0] for name in (names[0], names[-1])[: len(names)]).upper(),
        "color": person.color,
        "kind": person.kind,
        "admin": person.admin,
    }


def _news(hub: Hub, person: Person) -> int:
    """How much the app wrote to somebody that they have not seen: where to look next, for whoever tries it out."""
    ident = f"D0{person.name.upper()}"
    channel = hub.world.channels.get(ident)
    if channel is None:
        return 0
    return sum(_counts(person, message) for message in channel.after(channel.read.get(person.id, "0")))


def _channel(me: Person, channel: Channel) -> Json:
    inside = me.id in channel.members
    fresh = [m for m in channel.after(channel.read.get(me.id, "0")) if inside and _counts(me, m)]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "external": channel.external,
        "member": inside,
        "unread": len(fresh),
        "mentions": sum(_pings(me, channel, message) for message in fresh),
        "topic": channel.topic,
        "archived": channel.archived,
        "members": len(channel.members),
        "with": channel.members[1] if channel.kind == "im" else None,
    }


def _counts(me: Person, message: Message) -> bool:
    return message.user != me.id and (not message.is_reply or message.broadcast) and not message.system


def _pings(me: Person, channel: Channel, message: Message) -> bool:
    pinged = me.id in message.notifies.people or bool(message.notifies.broadcasts)
    return channel.kind == "im" or pinged


def messages_json(
    hub: Hub, me: Person, channel: Channel, thread: str | None, only: str | None = None
) -> Json:
    """One channel, thread or single message, oldest first, with what only this person sees."""
    if only is not None:
        shown = [message] if (message := channel.messages.get(only)) else []
    elif thread is None:
        shown = [m for m in channel.messages.values() if not m.is_reply or m.broadcast]
    else:
        shown = [m for m in channel.messages.values() if thread in {m.ts, m.thread_ts}]
    whispered = hub.ephemerals.get((me.id, channel.id), [])
    ephemerals = [m for m in whispered if m.thread_ts == thread]
    for message in ephemerals:
        hub.seen_at.setdefault(message.ts, time.monotonic())
    return {
        "channel": channel.id,
        "messages": [message_for(hub, me, channel, message) for message in shown],
        "ephemerals": [message_for(hub, me, channel, message) for message in ephemerals],
        "pinned": [message_for(hub, me, channel, message) for message in _pinned(channel)],
    }


def _pinned(channel: Channel) -> list[Message]:
    return [message for message in reversed(channel.messages.values()) if message.pinned]
