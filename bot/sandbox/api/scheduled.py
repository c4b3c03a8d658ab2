"""chat.scheduleMessage and its kin: what is said later, when people's clock has come so far."""

from collections import Counter
from secrets import token_hex
from typing import Any

from bot.sandbox.api.chat import post_message, read_content, target
from bot.sandbox.api.conversations import page
from bot.sandbox.api.method import Arguments, Method, find_channel
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.world import Scheduled

Json = dict[str, Any]
_WINDOW, _MOST_IN_A_WINDOW = 300, 30
_FURTHEST = 120 * 86_400


def _schedule(hub: Hub, arguments: Arguments) -> Json:
    channel = target(hub, arguments)
    content = read_content(arguments)
    at = _instant(hub, arguments)
    windows = Counter(one.post_at // _WINDOW for one in _waiting(hub) if one.channel == channel.id)
    if windows[at // _WINDOW] >= _MOST_IN_A_WINDOW:
        raise SlackError("restricted_too_many")
    ident = f"Q0{token_hex(5).upper()}"
    now = int(hub.clock.now().timestamp())
    said = {key: value for key, value in arguments.values.items() if key != "post_at"} | {
        "channel": channel.id
    }
    one = hub.world.scheduled[ident] = Scheduled(ident, channel.id, at, now, content.text, said)
    hub.spawn(come_due(hub, one))
    hub.stream.tell("state")
    message = {
        "text": content.text,
        "type": "delayed_message",
        "subtype": "bot_message",
        "bot_id": hub.world.bot_id,
    }
    return {"channel": channel.id, "scheduled_message_id": ident, "post_at": str(at), "message": message}


def _instant(hub: Hub, arguments: Arguments) -> int:
    try:
        at = int(arguments.required("post_at"))
    except ValueError:
        raise SlackError("invalid_time") from None
    ahead = at - hub.clock.now().timestamp()
    if ahead <= 0:
        raise SlackError("time_in_past")
    if ahead > _FURTHEST:
        raise SlackError("time_too_far")
    return at


async def come_due(hub: Hub, one: Scheduled) -> None:
    """Say it when its time has come, unless it was taken back; one with metadata is never said, as with Slack."""
    await hub.clock.wait(one.post_at - hub.clock.now().timestamp())
    if one.id not in hub.world.scheduled or one.arguments.get("metadata"):
        return
    del hub.world.scheduled[one.id]
    try:
        post_message(hub, Arguments(one.arguments))
    except SlackError as error:
        words = f"A scheduled message could not be posted: {error.code}."
        hub.inspector.add(
            "from_bot", "chat.scheduleMessage", hub.clock.now(), status=None, ms=0, request=one.arguments,
            response=None, problem=words,
        )  # fmt: skip
        hub.stream.tell("inspector")


def _list(hub: Hub, arguments: Arguments) -> Json:
    wanted = arguments.text("channel")
    oldest, latest = arguments.text("oldest") or "0", arguments.text("latest") or "inf"
    found = [
        {
            "id": one.id,
            "channel_id": one.channel,
            "post_at": one.post_at,
            "date_created": one.created,
            "text": one.text,
        }
        for one in _waiting(hub)
        if wanted in {"", one.channel} and float(oldest) <= one.post_at <= float(latest)
    ]
    shown, cursor = page(found, arguments)
    return {"scheduled_messages": shown} | cursor


def _waiting(hub: Hub) -> list[Scheduled]:
    return sorted(hub.world.scheduled.values(), key=lambda one: (one.post_at, one.id))


def _delete(hub: Hub, arguments: Arguments) -> Json:
    channel = find_channel(hub, arguments.required("channel"))
    one = hub.world.scheduled.get(arguments.required("scheduled_message_id"))
    if one is None or one.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    del hub.world.scheduled[one.id]
    return {}


METHODS = (
    Method("chat.scheduleMessage", _schedule, ("chat:write",)),
    Method("chat.scheduledMessages.list", _list),
    Method("chat.deleteScheduledMessage", _delete, ("chat:write",)),
)
