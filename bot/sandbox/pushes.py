"""Notifications: whom a message reaches, and what a phone and a desktop show of it.

Since 13 July 2026 a desktop reads the blocks first; a phone reads the top-level text and nothing else.
"""

from typing import Any

from bot.sandbox.hub import Hub
from bot.sandbox.words import words_of
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]
_NOTHING_TO_READ = "This content can’t be displayed."
_PRESSED = frozenset({"actions", "context_actions", "divider", "input"})


def notified(hub: Hub, channel: Channel, message: Message) -> set[str]:
    """The people whose phone or desktop says something; an edit or a deletion never gets here."""
    people = set(message.notifies.people) & set(channel.members)
    if channel.kind == "im" or message.notifies.broadcasts:
        people = set(channel.members)
    return people - {message.user, hub.world.bot}


def push_of(hub: Hub, channel: Channel, message: Message) -> Json:
    """Its title, and what follows on either kind of screen."""
    author = message.username or hub.world.people[message.user].real_name
    text = message.text or _NOTHING_TO_READ
    return {
        "title": author if channel.kind == "im" else f"{author} in #{channel.name}",
        "text": text,
        "desktop": _read_first(message.blocks or []) or text,
    }


def _read_first(blocks: list[Json]) -> str:
    """The words of the blocks, without what is only there to be pressed."""
    read = [{**block, "accessory": None} for block in blocks if block["type"] not in _PRESSED]
    return words_of(read)
