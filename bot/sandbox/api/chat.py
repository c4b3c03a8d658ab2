"""chat.postMessage, chat.postEphemeral and chat.getPermalink, and what all message content must satisfy."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.method import (
    Arguments,
    Method,
    find_channel,
    find_message,
    find_person,
    is_member,
    need_scope,
)
from bot.sandbox.blocks import check_attachments, check_message
from bot.sandbox.elements import complete
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.limits import LIMITS
from bot.sandbox.payloads import message_json
from bot.sandbox.posting import new_message, post, whisper
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, checked."""

    text: str
    blocks: list[Json] | None
    attachments: list[Json] | None


def read_content(arguments: Arguments) -> Content:
    """Text, blocks and attachments of a call; refuses what Slack refuses."""
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    attachments = arguments.structure("attachments", "invalid_attachments")
    text = arguments.text("text")
    if arguments.has("markdown_text"):
        text = _markdown_text(arguments, text, blocks)
        blocks = [{"type": "markdown", "text": text}]
    refuse_bad_blocks(blocks)
    if attachments is not None and (found := check_attachments(attachments, blocks)):
        code = (
            "too_many_attachments"
            if len(attachments) > LIMITS["message.attachments"]
            else "invalid_attachments"
        )
        raise SlackError(code, messages=[f"[ERROR] {problem}" for problem in found])
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    return Content(text, complete(blocks) if blocks else None, _numbered(attachments) or None)


def refuse_bad_blocks(blocks: Any) -> None:
    """Say which block is wrong and why."""
    if blocks is None:
        return
    problems = check_message(blocks)
    if any("data tables" in problem for problem in problems):
        raise SlackError("only_one_table_allowed", messages=[f"[ERROR] {problem}" for problem in problems])
    if any("characters in all blocks" in problem for problem in problems):
        raise SlackError("msg_blocks_too_long", messages=[f"[ERROR] {problem}" for problem in problems])
    if problems:
        raise SlackError("invalid_blocks", messages=[f"[ERROR] {problem}" for problem in problems])


def read_metadata(arguments: Arguments) -> Json | None:
    """A message's metadata, or None when none was given."""
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or (metadata and not _well_formed(metadata)):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LIMITS["message.metadata"]:
        raise SlackError("metadata_too_large")
    return metadata


def _well_formed(metadata: Json) -> bool:
    return isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)


def _markdown_text(arguments: Arguments, text: str, blocks: Any) -> str:
    if text or blocks:
        raise SlackError("markdown_text_conflict")
    return arguments.text("markdown_text")


def _numbered(attachments: list[Json] | None) -> list[Json]:
    return [
        {
            **attachment,
            "id": number,
            "fallback": attachment.get("fallback", attachment.get("text", "[no preview]")),
        }
        for number, attachment in enumerate(attachments or (), start=1)
    ]


def target(hub: Hub, arguments: Arguments) -> Channel:
    """The conversation to post to; a person's id means their direct message with the app."""
    wanted = arguments.required("channel")
    if wanted[0] in "UW":
        return _direct(hub, wanted)
    channel = find_channel(hub, wanted)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im":
        return _direct(hub, channel.members[0])
    if not is_member(hub, channel) and "chat:write.public" not in hub.manifest.scopes:
        raise SlackError("not_in_channel")
    return channel


def _direct(hub: Hub, user: str) -> Channel:
    person = hub.world.people.get(user)
    if person is None or person.kind == "stranger":
        raise SlackError("channel_not_found")
    if person.kind == "bot":
        raise SlackError("cannot_dm_bot")
    if not hub.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return hub.world.direct(user)


def thread_of(channel: Channel, arguments: Arguments) -> str | None:
    """The thread a message is to stand in."""
    wanted = arguments.text("thread_ts")
    if not wanted:
        return None
    parent = channel.messages.get(wanted)
    if parent is None or parent.system:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or wanted


def _by_app(hub: Hub, channel: Channel, arguments: Arguments, **rest: Any) -> Message:
    content = read_content(arguments)
    customized = [name for name in ("username", "icon_emoji", "icon_url") if arguments.text(name)]
    if customized:
        need_scope(hub, "chat:write.customize")
    icons = {"emoji": arguments.text("icon_emoji")} if arguments.text("icon_emoji") else None
    return new_message(
        hub, channel, hub.world.bot, content.text[: LIMITS["message.text"]],
        blocks=content.blocks, attachments=content.attachments, thread_ts=thread_of(channel, arguments),
        bot_id=hub.world.bot_id, app_id=hub.world.app_id, subtype="bot_message" if customized else None,
        username=arguments.text("username") or None, icons=icons, **rest,
    )  # fmt: skip


def post_message(hub: Hub, arguments: Arguments) -> Json:
    """Say something as the app, now."""
    channel = target(hub, arguments)
    metadata = read_metadata(arguments) or None
    message = _by_app(hub, channel, arguments, metadata=metadata, broadcast=arguments.flag("reply_broadcast"))
    post(hub, channel, message)
    shown = message_json(hub.world, message, all_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def _post_ephemeral(hub: Hub, arguments: Arguments) -> Json:
    wanted = arguments.required("channel")
    channel = _direct(hub, wanted) if wanted[0] in "UW" else find_channel(hub, wanted)
    person = find_person(hub, arguments.required("user"))
    if channel.archived:
        raise SlackError("is_archived")
    if not is_member(hub, channel):
        raise SlackError("not_in_channel")
    if person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _by_app(hub, channel, arguments, ephemeral_to=person.id)
    whisper(hub, channel, message)
    return {"message_ts": message.ts}


def _permalink(hub: Hub, arguments: Arguments) -> Json:
    channel = find_channel(hub, arguments.required("channel"))
    message = find_message(channel, arguments.required("message_ts"))
    path = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    return {"channel": channel.id, "permalink": f"https://{hub.world.domain}.slack.com/{path}{thread}"}


METHODS = (
    Method("chat.postMessage", post_message, ("chat:write",), per_minute=300),
    Method("chat.postEphemeral", _post_ephemeral, ("chat:write",), per_minute=100),
    Method("chat.getPermalink", _permalink, per_minute=600),
)
