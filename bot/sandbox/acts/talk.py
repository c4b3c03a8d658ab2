"""What people do with messages: write, edit, delete, react, read."""

from typing import Any
from uuid import uuid4

from bot.sandbox.acts.act import Act, Body, open_channel, our_person, reported, seen_channel, seen_message
from bot.sandbox.api.reactions import EMOJI_NAME
from bot.sandbox.errors import Refused
from bot.sandbox.files import file_json
from bot.sandbox.hub import Hub
from bot.sandbox.posting import edit, has_reacted, new_message, pin, post, react, remove, unpin, unreact
from bot.sandbox.rich_text import write
from bot.sandbox.shown import message_for
from bot.sandbox.world import Channel, Message, Person

Json = dict[str, Any]


class Words(Body):
    """A message to write."""

    channel: str
    text: str = ""
    thread_ts: str | None = None
    files: tuple[str, ...] = ()


class Edited(Body):
    """New words for a message of one's own."""

    channel: str
    ts: str
    text: str


class Pointed(Body):
    """A message."""

    channel: str
    ts: str


class Emoji(Body):
    """An emoji under a message, by Slack's name for it."""

    channel: str
    ts: str
    name: str


class Somebody(Body):
    """A person to talk to."""

    user: str


class Place(Body):
    """A channel."""

    channel: str


async def _message(hub: Hub, me: Person, words: Words) -> Json:
    channel = open_channel(hub, me, words.channel)
    if not words.text.strip() and not words.files:
        raise Refused("Write something first.")
    if channel.kind == "im" and (hub.manifest.messages_read_only or not hub.manifest.messages_tab):
        raise Refused("Sending messages to this app has been turned off.")
    above = None if words.thread_ts is None else channel.messages.get(words.thread_ts)
    if words.thread_ts is not None and above is None:
        raise Refused("That thread is gone.")
    text, blocks = write(words.text, hub.world) if words.text.strip() else ("", None)
    files = [_shared(hub, me, channel, ident) for ident in words.files]
    thread = above and (above.thread_ts or above.ts)
    message = new_message(
        hub, channel, me.id, text, blocks=blocks, thread_ts=thread, client_msg_id=str(uuid4()),
        files=files, subtype="file_share" if files else None,
    )  # fmt: skip
    seen = message_for(hub, me, channel, message)
    return await reported(post(hub, channel, message), ts=message.ts, channel=channel.id, message=seen)


def _shared(hub: Hub, me: Person, channel: Channel, ident: str) -> Json:
    file = hub.files.kept.get(ident)
    if file is None or file.user != me.id:
        raise Refused("People share files of their own, once those are here.")
    file.channels.append(channel.id)
    return file_json(file, hub.base_url, hub.world.id)


async def _edit(hub: Hub, me: Person, edited: Edited) -> Json:
    channel, message = _own(hub, me, edited.channel, edited.ts)
    text, blocks = write(edited.text, hub.world)
    stamp = {"user": me.id, "ts": hub.stamps.next()}
    return await reported(edit(hub, channel, message, text=text, blocks=blocks, edited=stamp))


async def _delete(hub: Hub, me: Person, pointed: Pointed) -> Json:
    channel = open_channel(hub, me, pointed.channel)
    message = seen_message(hub, me, channel, pointed.ts)
    if message.ephemeral_to is not None:
        hub.ephemerals[me.id, channel.id].remove(message)
        hub.stream.tell("messages", people=[me.id], channel=channel.id)
        return await reported(None)
    if message.user != me.id and not me.admin:
        raise Refused("Only admins delete other people’s messages.")
    return await reported(remove(hub, channel, message))


async def _react(hub: Hub, me: Person, emoji: Emoji) -> Json:
    channel, message, name = _emoji(hub, me, emoji)
    if has_reacted(message, me.id, name):
        raise Refused(f"You have already set :{name}:.")
    return await reported(react(hub, channel, message, me.id, name))


async def _unreact(hub: Hub, me: Person, emoji: Emoji) -> Json:
    channel, message, name = _emoji(hub, me, emoji)
    if not has_reacted(message, me.id, name):
        raise Refused(f"You have not set :{name}:.")
    return await reported(unreact(hub, channel, message, me.id, name))


async def _pin(hub: Hub, me: Person, pointed: Pointed) -> Json:
    channel, message = _kept(hub, me, pointed)
    if message.pinned:
        raise Refused("This message is pinned already.")
    return await reported(pin(hub, channel, message, me.id))


async def _unpin(hub: Hub, me: Person, pointed: Pointed) -> Json:
    channel, message = _kept(hub, me, pointed)
    if not message.pinned:
        raise Refused("This message is not pinned.")
    return await reported(unpin(hub, channel, message, me.id))


async def _open_dm(hub: Hub, me: Person, somebody: Somebody) -> Json:
    our_person(hub, me)
    other = hub.world.person_named(somebody.user)
    if other is None or other.id != hub.world.bot:
        raise Refused("Here people have direct messages with the app only.")
    return {"ok": True, "channel": hub.world.direct(me.id).id}


async def _read(hub: Hub, me: Person, place: Place) -> Json:
    channel = seen_channel(hub, me, place.channel)
    newest = max(channel.messages, default="0")
    if channel.read.get(me.id) != newest:
        channel.read[me.id] = newest
        hub.stream.tell("state", people=[me.id])
    return {"ok": True}


def _own(hub: Hub, me: Person, ident: str, ts: str) -> tuple[Channel, Message]:
    channel = open_channel(hub, me, ident)
    message = seen_message(hub, me, channel, ts)
    if message.user != me.id or message.subtype is not None:
        raise Refused("People edit their own messages only.")
    return channel, message


def _kept(hub: Hub, me: Person, pointed: Pointed) -> tuple[Channel, Message]:
    channel = open_channel(hub, me, pointed.channel)
    message = seen_message(hub, me, channel, pointed.ts)
    if message.ephemeral_to is not None or message.subtype is not None:
        raise Refused("This message cannot be pinned.")
    return channel, message


def _emoji(hub: Hub, me: Person, emoji: Emoji) -> tuple[Channel, Message, str]:
    channel = open_channel(hub, me, emoji.channel)
    message = seen_message(hub, me, channel, emoji.ts)
    name = emoji.name.strip(":")
    if message.ephemeral_to is not None:
        raise Refused("Messages only you can see take no reactions.")
    if not EMOJI_NAME.fullmatch(name):
        raise Refused(f"“{emoji.name}” is no emoji’s name.")
    return channel, message, name


ACTS = (
    Act("message", Words, _message),
    Act("edit", Edited, _edit),
    Act("delete", Pointed, _delete),
    Act("react", Emoji, _react),
    Act("unreact", Emoji, _unreact),
    Act("pin", Pointed, _pin),
    Act("unpin", Pointed, _unpin),
    Act("open_dm", Somebody, _open_dm),
    Act("read", Place, _read),
)
