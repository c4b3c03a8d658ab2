"""Clicks, choices and typing: any interactive element of a message, modal or Home tab."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from bot.sandbox.acts.act import (
    Act,
    Body,
    channel_name,
    common,
    open_channel,
    result,
    seen_message,
)
from bot.sandbox.acts.possible import refuse_impossible
from bot.sandbox.deliver import interact
from bot.sandbox.elements import STATE, Values, elements_of, state_of, values_of
from bot.sandbox.errors import Refused
from bot.sandbox.files import file_json
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import message_json, view_json
from bot.sandbox.transport import Outcome
from bot.sandbox.views import find_view
from bot.sandbox.world import Channel, Message, Person, View

Json = dict[str, Any]


class MessageAt(Body):
    """A message, possibly one only the acting person sees."""

    channel: str
    ts: str
    ephemeral: bool = False


class Source(Body):
    """Where an element stands."""

    message: MessageAt | None = None
    view: str | None = None


class Click(Body):
    """An element pressed or chosen; `input` is its new state in Slack's own shape.

    Without `dispatch` it is only remembered: somebody typed, and has not pressed Enter.
    """

    source: Source
    block_id: str
    action_id: str
    value: Any = None
    input: Json = Field(default_factory=dict)
    dispatch: bool = True


class Input(Body):
    """An input's new state."""

    view: str
    block_id: str
    action_id: str
    input: Json
    dispatch: bool = True


@dataclass(frozen=True, slots=True)
class Surface:
    """A message or view somebody acts on, what its elements hold for them, and what it showed before."""

    blocks: list[Json]
    values: Values
    view: View | None = None
    channel: Channel | None = None
    message: Message | None = None
    before: Sequence[list[Json]] = ()


async def _click(hub: Hub, me: Person, click: Click) -> Json:
    surface = surface_of(hub, me, click.source)
    block, element = element_of(surface, click.block_id, click.action_id)
    chosen = _chosen(hub, me, element, click)
    _remember(surface, block, element, chosen)
    if block["type"] == "input" and not (block.get("dispatch_action") and click.dispatch):
        return result(None)
    return await _act(hub, me, surface, _action(hub, block, element, chosen))


async def _input(hub: Hub, me: Person, typed: Input) -> Json:
    click = Click(
        source=Source(view=typed.view), block_id=typed.block_id, action_id=typed.action_id, input=typed.input,
        dispatch=typed.dispatch,
    )  # fmt: skip
    return await _click(hub, me, click)


def surface_of(hub: Hub, me: Person, source: Source) -> Surface:
    """What somebody acts on, as it is now."""
    view_id, at = source.view, source.message
    if view_id is not None:
        view = find_view(hub, view_id)
        if view is None or view.user != me.id:
            raise Refused("That view is no longer open.")
        return Surface(view.body["blocks"], view.typed, view=view)
    if at is None:
        raise Refused("Say which message or view it is about.")
    channel = open_channel(hub, me, at.channel)
    message = seen_message(hub, me, channel, at.ts)
    values = hub.message_values.setdefault((me.id, message.ts), {})
    before = tuple(hub.shown_before.get(message.ts, ()))
    return Surface(_all_blocks(message), values, channel=channel, message=message, before=before)


def _all_blocks(message: Message) -> list[Json]:
    attached = [block for attachment in message.attachments or () for block in attachment.get("blocks", ())]
    return [*(message.blocks or ()), *attached]


def element_of(surface: Surface, block_id: str, action_id: str) -> tuple[Json, Json]:
    """The element with these ids, and its block; also one that a screen may still show."""
    screens = (surface.blocks, *surface.before)
    for block, element in itertools.chain.from_iterable(map(elements_of, screens)):
        if block["block_id"] == block_id and element.get("action_id") == action_id:
            return block, element
    raise Refused("That button or field is no longer there.")


def _chosen(hub: Hub, me: Person, element: Json, click: Click) -> Json:
    """The new state, with options spelled out as the app wrote them."""
    kind = element["type"]
    if kind in {"button", "icon_button", "workflow_button"}:
        return {}
    if kind == "feedback_buttons":
        return _feedback(element, click.value)
    key = "selected_option" if kind == "overflow" else STATE[kind].key
    if set(click.input) - {key, "type", "timezone", "selected_conversation"}:
        raise Refused(f"A {kind} has “{key}”, not {sorted(click.input)}.")
    held = _own_options(element, click.input.get(key))
    refuse_impossible(hub, me, element, held)
    if kind == "file_input":
        files = [hub.files.find(one["id"]) for one in held or ()]
        held = [file_json(file, hub.base_url, hub.world.id) for file in files]
    return {key: held}


def _feedback(element: Json, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        if element[name]["value"] == value:
            return {"text": element[name]["text"], "value": value}
    raise Refused("Say which of the two buttons.")


def _own_options(element: Json, chosen: Any) -> Any:
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    if not options or chosen is None:
        return chosen
    if isinstance(chosen, list):
        return [_own_options(element, option) for option in chosen]
    found = next((option for option in options if option.get("value") == chosen.get("value")), None)
    if found is None:
        raise Refused("That option is not in the menu.")
    return found


def _remember(surface: Surface, block: Json, element: Json, chosen: Json) -> None:
    if element["type"] in STATE:
        held = state_of(element, None) | chosen
        surface.values.setdefault(block["block_id"], {})[element["action_id"]] = held


def _action(hub: Hub, block: Json, element: Json, chosen: Json) -> Json:
    told = ("text", "value", "style", "url", "placeholder", "confirm", "timezone")
    kept = {key: element[key] for key in told if key in element}
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return {"type": element["type"], **ids, **kept, **chosen, "action_ts": hub.stamps.next()}


async def _act(hub: Hub, me: Person, surface: Surface, action: Json) -> Json:
    if not hub.manifest.interactive:
        raise Refused("Interactivity is off in the app’s manifest.")
    trigger = hub.triggers.issue(me.id, surface.view.id if surface.view else None)
    payload = common(hub, me) | place_of(hub, surface) | {
        "type": "block_actions",
        "trigger_id": trigger,
        "actions": [action],
    }  # fmt: skip
    if surface.message is not None and surface.channel is not None:
        hidden = surface.message.ephemeral_to is not None
        path = hub.response_urls.issue(surface.channel.id, me.id, surface.message.ts, ephemeral=hidden)
        payload["response_url"] = hub.base_url + path
    outcome = await interact(hub, "interactive", f"block_actions {action['action_id']}", trigger, payload)
    if not outcome.ok:
        hub.stream.note(me.id, apology(hub, outcome), tone="error")
    return result(outcome)


def place_of(hub: Hub, surface: Surface) -> Json:
    """What a payload says of where it happened."""
    if surface.view is not None:
        shown = view_json(hub.world, surface.view)
        return {"container": {"type": "view", "view_id": surface.view.id}, "view": shown}
    channel, message = surface.channel, surface.message
    assert channel is not None
    assert message is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    place: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values_of(surface.blocks, surface.values)},
    }
    if message.ephemeral_to is None:
        place["message"] = message_json(hub.world, message)
    return place


def apology(hub: Hub, outcome: Outcome) -> str:
    """What Slack tells a person whose act the app did not take."""
    if outcome.error == "http_timeout":
        return f"{hub.manifest.app_name} did not respond in time (operation_timeout)."
    return f"{hub.manifest.app_name} had a problem with that ({outcome.error or outcome.status})."


ACTS = (Act("click", Click, _click), Act("input", Input, _input))
