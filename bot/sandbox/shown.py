"""A message as the page shows it to one person; Slack's own shape is in payloads."""

from typing import Any

from bot.sandbox.hub import Hub
from bot.sandbox.world import Channel, Message, Person

Json = dict[str, Any]


def message_for(hub: Hub, me: Person, channel: Channel, message: Message) -> Json:
    """One message as the page gets it."""
    author = hub.world.people[message.user]
    replies = [] if message.is_reply or message.thread_ts is None else channel.replies(message.ts)
    reactions = [{"name": r.name, "users": r.users, "mine": me.id in r.users} for r in message.reactions]
    return {
        "ts": message.ts,
        "at": message.at,
        "user": message.user,
        "bot": message.bot_id is not None,
        "username": message.username or author.real_name,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "edited": message.edited is not None,
        "reactions": reactions,
        "thread_ts": message.thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "files": message.files,
        "ephemeral": message.ephemeral_to is not None,
        "app_id": message.app_id,
        "pinned": message.pinned,
        "subtype": message.subtype if message.system else None,
        "notifies": [*message.notifies.people, *(f"!{word}" for word in message.notifies.broadcasts)],
    }
