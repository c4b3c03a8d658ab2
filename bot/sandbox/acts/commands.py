"""Slash commands and shortcuts: the app's own, and the few of Slack's that change who is in a channel."""

from typing import Any

from bot.sandbox.acts.act import (
    Act,
    Body,
    channel_name,
    common,
    open_channel,
    our_person,
    result,
    seen_message,
)
from bot.sandbox.acts.builtins import BUILT_IN
from bot.sandbox.deliver import interact, read_answer
from bot.sandbox.errors import Refused, SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import message_json
from bot.sandbox.responses import say
from bot.sandbox.rich_text import escape_command
from bot.sandbox.tickets import ResponseRight
from bot.sandbox.transport import Outcome
from bot.sandbox.world import Channel, Person

Json = dict[str, Any]


class Typed(Body):
    """A slash command as somebody typed it."""

    channel: str
    command: str
    text: str = ""


class GlobalShortcut(Body):
    """A shortcut from the menu."""

    callback_id: str


class MessageShortcut(Body):
    """A shortcut on a message."""

    callback_id: str
    channel: str
    ts: str


async def _command(hub: Hub, me: Person, typed: Typed) -> Json:
    our_person(hub, me)
    channel = open_channel(hub, me, typed.channel)
    command = hub.manifest.command(typed.command)
    if command is None:
        return await _built_in(hub, me, typed)
    text = escape_command(typed.text, hub.world) if command.escapes else typed.text
    payload = _command_payload(hub, me, channel, command.name, text.strip())
    outcome = await interact(hub, "slash_commands", command.name, payload["trigger_id"], payload)
    report = result(outcome)
    if outcome.ok and (problem := _show_ack(hub, me, channel, outcome)):
        report |= {"ok": False, "error": problem}
    if report["error"]:
        hub.stream.note(me.id, _apology(command.name, report["error"]), tone="error")
    return report


async def _built_in(hub: Hub, me: Person, typed: Typed) -> Json:
    if typed.command not in BUILT_IN:
        raise Refused(f"{typed.command} is not a valid command.")
    return await BUILT_IN[typed.command](hub, me, typed.channel, typed.text.strip())


def _command_payload(hub: Hub, me: Person, channel: Channel, name: str, text: str) -> Json:
    return {
        "token": "sandbox-verification-token",
        "team_id": hub.world.id,
        "team_domain": hub.world.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": me.id,
        "user_name": me.name,
        "command": name,
        "text": text,
        "api_app_id": hub.world.app_id,
        "is_enterprise_install": "false",
        "response_url": hub.base_url + hub.response_urls.issue(channel.id, me.id),
        "trigger_id": hub.triggers.issue(me.id),
    }


def _show_ack(hub: Hub, me: Person, channel: Channel, outcome: Outcome) -> str | None:
    """Show what the answer says; returns what is wrong with it."""
    answer = read_answer(outcome)
    if answer is None or answer == {}:
        return None
    body = answer if isinstance(answer, dict) else {"text": str(answer)}
    try:
        say(hub, ResponseRight(channel.id, me.id, None, ephemeral=False, expires=0), body)
    except SlackError as error:
        return error.code
    return None


def _apology(name: str, error: str) -> str:
    if error == "operation_timeout":
        return f"{name} did not respond in time (operation_timeout)."
    return f"{name} failed with the error “{error}”."


async def _shortcut(hub: Hub, me: Person, wanted: GlobalShortcut) -> Json:
    our_person(hub, me)
    shortcut = hub.manifest.shortcut(wanted.callback_id, "global")
    if shortcut is None:
        raise Refused("The app has no such shortcut.")
    payload = common(hub, me) | {"type": "shortcut", "callback_id": shortcut.callback_id}
    return await _send(hub, me, payload, shortcut.name)


async def _message_shortcut(hub: Hub, me: Person, wanted: MessageShortcut) -> Json:
    our_person(hub, me)
    shortcut = hub.manifest.shortcut(wanted.callback_id, "message")
    if shortcut is None:
        raise Refused("The app has no such shortcut.")
    channel = open_channel(hub, me, wanted.channel)
    message = seen_message(hub, me, channel, wanted.ts)
    if message.ephemeral_to is not None:
        raise Refused("Shortcuts do not work on messages only you can see.")
    payload = common(hub, me) | {
        "type": "message_action",
        "callback_id": shortcut.callback_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message.ts,
        "message": message_json(hub.world, message),
        "response_url": hub.base_url + hub.response_urls.issue(channel.id, me.id),
    }
    return await _send(hub, me, payload, shortcut.name)


async def _send(hub: Hub, me: Person, payload: Json, name: str) -> Json:
    if not hub.manifest.interactive:
        raise Refused("Interactivity is off in the app’s manifest.")
    payload |= {"action_ts": hub.stamps.next(), "trigger_id": hub.triggers.issue(me.id)}
    outcome = await interact(hub, "interactive", payload["type"], payload["trigger_id"], payload)
    report = result(outcome)
    if report["error"]:
        hub.stream.note(me.id, _apology(name, report["error"]), tone="error")
    return report


ACTS = (
    Act("command", Typed, _command),
    Act("shortcut", GlobalShortcut, _shortcut),
    Act("message_shortcut", MessageShortcut, _message_shortcut),
)
