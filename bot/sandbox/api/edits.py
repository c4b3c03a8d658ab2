"""chat.update and chat.delete: an app changes its own messages only."""

from typing import Any

from bot.sandbox.api.chat import Content, read_content, read_metadata
from bot.sandbox.api.method import Arguments, Method, find_message, joined_channel
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.limits import LIMITS
from bot.sandbox.payloads import message_json
from bot.sandbox.posting import edit, remove
from bot.sandbox.world import Message

Json = dict[str, Any]


def _update(hub: Hub, arguments: Arguments) -> Json:
    channel = joined_channel(hub, arguments.required("channel"))
    message = find_message(channel, arguments.required("ts"))
    if channel.archived:
        raise SlackError("is_inactive")
    _refuse_others(hub, message, "cant_update_message")
    if len(arguments.text("text")) > LIMITS["message.update_text"]:
        raise SlackError("msg_too_long")
    changes = _changes(arguments, message)
    changes["edited"] = {"user": hub.world.bot, "ts": hub.stamps.next()}
    edit(hub, channel, message, **changes)
    shown = message_json(hub.world, message, all_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def _changes(arguments: Arguments, message: Message) -> Json:
    """Slack's rule: text without blocks removes the blocks; leave both out to keep both."""
    changes: Json = {}
    if arguments.has("metadata"):
        changes["metadata"] = read_metadata(arguments) or None
    if not any(map(arguments.has, ("text", "blocks", "attachments", "markdown_text"))):
        if not changes:
            raise SlackError("no_text")
        return changes
    content = read_content(arguments)
    return changes | _content_changes(arguments, content, message)


def _content_changes(arguments: Arguments, content: Content, message: Message) -> Json:
    changes: Json = {"blocks": content.blocks}
    changes["text"] = content.text if arguments.has("text") or content.text else message.text
    if arguments.has("attachments"):
        changes["attachments"] = content.attachments
    return changes


def _delete(hub: Hub, arguments: Arguments) -> Json:
    channel = joined_channel(hub, arguments.required("channel"))
    message = find_message(channel, arguments.required("ts"))
    _refuse_others(hub, message, "cant_delete_message")
    remove(hub, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def _refuse_others(hub: Hub, message: Message, code: str) -> None:
    if message.bot_id != hub.world.bot_id:
        raise SlackError(code)


METHODS = (
    Method("chat.update", _update, ("chat:write",)),
    Method("chat.delete", _delete, ("chat:write",)),
)
