"""files.getUploadURLExternal, files.completeUploadExternal, files.info and files.delete."""

from typing import Any

from bot.sandbox.api.chat import read_content, thread_of
from bot.sandbox.api.method import Arguments, Method, find_channel, invalid, is_member
from bot.sandbox.errors import SlackError
from bot.sandbox.files import File, file_json
from bot.sandbox.hub import Hub
from bot.sandbox.posting import new_message, post
from bot.sandbox.world import Channel

Json = dict[str, Any]


def _get_url(hub: Hub, arguments: Arguments) -> Json:
    name = arguments.required("filename")
    length = arguments.required("length")
    if not length.isdecimal() or not int(length):
        raise SlackError("missing_argument")
    now = int(hub.clock.now().timestamp())
    file, path = hub.files.begin(name, int(length), hub.world.bot, now)
    return {"upload_url": hub.base_url + path, "file_id": file.id}


def _complete(hub: Hub, arguments: Arguments) -> Json:
    """Show what was sent; without a channel it stays the app's own."""
    files = _sent(hub, arguments)
    wanted = [arguments.text("channel_id"), *arguments.text("channels").split(",")]
    channels = [_open_to_app(hub, ident) for ident in wanted if ident]
    words, blocks = _words(arguments)
    for file in files:
        file.complete = True
        file.channels += [channel.id for channel in channels]
    shown = [file_json(file, hub.base_url, hub.world.id) for file in files]
    for channel in channels:
        message = new_message(
            hub, channel, hub.world.bot, words, blocks=blocks, files=shown, subtype="file_share",
            thread_ts=thread_of(channel, arguments), bot_id=hub.world.bot_id, app_id=hub.world.app_id,
        )  # fmt: skip
        post(hub, channel, message)
    return {"files": shown}


def _open_to_app(hub: Hub, ident: str) -> Channel:
    try:
        channel = find_channel(hub, ident)
    except SlackError:
        raise SlackError("invalid_channel") from None
    if channel.archived or not is_member(hub, channel):
        raise SlackError("posting_to_channel_denied")
    return channel


def _sent(hub: Hub, arguments: Arguments) -> list[File]:
    named = arguments.structure("files", "invalid_arguments")
    if not isinstance(named, list) or not named:
        raise invalid("[ERROR] missing required field: files")
    files = []
    for one in named:
        file = hub.files.find(str(one.get("id")))
        if file.complete:
            raise SlackError("file_not_found")
        file.title = str(one.get("title") or file.name)
        files.append(file)
    return files


def _words(arguments: Arguments) -> tuple[str, list[Json] | None]:
    """Blocks count only where there is no comment."""
    comment = arguments.text("initial_comment")
    if comment or not arguments.has("blocks"):
        return comment, None
    return "", read_content(Arguments({"blocks": arguments.values["blocks"]})).blocks


def _info(hub: Hub, arguments: Arguments) -> Json:
    file = hub.files.find(arguments.required("file"))
    return {"file": file_json(file, hub.base_url, hub.world.id), "comments": []}


def _delete(hub: Hub, arguments: Arguments) -> Json:
    file = hub.files.find(arguments.required("file"))
    if file.user != hub.world.bot:
        raise SlackError("cant_delete_file")
    del hub.files.kept[file.id]
    return {}


METHODS = (
    Method("files.getUploadURLExternal", _get_url, ("files:write",), per_minute=100),
    Method("files.completeUploadExternal", _complete, ("files:write",), per_minute=100),
    Method("files.info", _info, ("files:read",), per_minute=100),
    Method("files.delete", _delete, ("files:write",)),
)
