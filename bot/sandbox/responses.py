"""What the app answers outside the Web API: in the ack of a command, or to a response URL."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.api.chat import read_content
from bot.sandbox.api.method import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.pace import too_many
from bot.sandbox.posting import edit, new_message, post, remove, whisper
from bot.sandbox.tickets import ResponseRight
from bot.sandbox.world import Channel, Message

Json = dict[str, Any]


async def respond(hub: Hub, request: Request) -> Response:
    """POST /respond/<token>: at most five times within thirty minutes."""
    try:
        body = await request.json()
    except ValueError:
        return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
    try:
        token = request.path_params["token"]
        hub.pace.answer(hub.modes, token)
        say(hub, hub.response_urls.use(token), body)
    except SlackError as error:
        if error.code == "ratelimited":
            return too_many(error.answer())
        gone = error.code in {"used_url", "expired_url"}
        return JSONResponse(error.answer(), 404 if gone else 400)
    return PlainTextResponse("ok")


def say(hub: Hub, right: ResponseRight, body: Json) -> None:
    """Answer where the interaction happened; only for the person unless it says in_channel."""
    channel = hub.world.channels[right.channel]
    arguments = Arguments(body)
    old = _original(hub, channel, right)
    if arguments.flag("delete_original"):
        _delete(hub, channel, old)
    elif arguments.flag("replace_original") and old is not None:
        _replace(hub, channel, old, arguments)
    else:
        _add(hub, channel, right, arguments)


def _original(hub: Hub, channel: Channel, right: ResponseRight) -> Message | None:
    if right.message is None:
        return None
    if not right.ephemeral:
        return channel.messages.get(right.message)
    shown = hub.ephemerals.get((right.user, channel.id), [])
    return next((message for message in shown if message.ts == right.message), None)


def _delete(hub: Hub, channel: Channel, old: Message | None) -> None:
    if old is None:
        raise SlackError("message_not_found")
    if old.ephemeral_to is None:
        remove(hub, channel, old)
        return
    hub.ephemerals[old.ephemeral_to, channel.id].remove(old)
    hub.stream.tell("messages", people=[old.ephemeral_to], channel=channel.id)


def _replace(hub: Hub, channel: Channel, old: Message, arguments: Arguments) -> None:
    content = read_content(arguments)
    changes: Json = {"text": content.text, "blocks": content.blocks, "attachments": content.attachments}
    if old.ephemeral_to is None:
        edit(hub, channel, old, **changes, edited={"user": hub.world.bot, "ts": hub.stamps.next()})
        return
    old.text, old.blocks, old.attachments = content.text, content.blocks, content.attachments
    hub.stream.tell("messages", people=[old.ephemeral_to], channel=channel.id)


def _add(hub: Hub, channel: Channel, right: ResponseRight, arguments: Arguments) -> None:
    content = read_content(arguments)
    private = arguments.text("response_type", "ephemeral") != "in_channel"
    message = new_message(
        hub, channel, hub.world.bot, content.text, blocks=content.blocks, attachments=content.attachments,
        thread_ts=arguments.text("thread_ts") or None, bot_id=hub.world.bot_id, app_id=hub.world.app_id,
        ephemeral_to=right.user if private else None,
    )  # fmt: skip
    if private:
        whisper(hub, channel, message)
    else:
        post(hub, channel, message)
