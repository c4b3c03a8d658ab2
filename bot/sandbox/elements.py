"""Finds the interactive elements of blocks and says what their state looks like to the app.

Used for `state.values` of views and messages, by clicks, and by the driver.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class StateShape:
    """Where an element keeps what was chosen, and where its first value is written."""

    key: str
    initial: str
    empty: Any = None


STATE: dict[str, StateShape] = {
    "plain_text_input": StateShape("value", "initial_value"),
    "email_text_input": StateShape("value", "initial_value"),
    "url_text_input": StateShape("value", "initial_value"),
    "number_input": StateShape("value", "initial_value"),
    "rich_text_input": StateShape("rich_text_value", "initial_value"),
    "static_select": StateShape("selected_option", "initial_option"),
    "external_select": StateShape("selected_option", "initial_option"),
    "radio_buttons": StateShape("selected_option", "initial_option"),
    "multi_static_select": StateShape("selected_options", "initial_options", []),
    "multi_external_select": StateShape("selected_options", "initial_options", []),
    "checkboxes": StateShape("selected_options", "initial_options", []),
    "users_select": StateShape("selected_user", "initial_user"),
    "multi_users_select": StateShape("selected_users", "initial_users", []),
    "conversations_select": StateShape("selected_conversation", "initial_conversation"),
    "multi_conversations_select": StateShape("selected_conversations", "initial_conversations", []),
    "channels_select": StateShape("selected_channel", "initial_channel"),
    "multi_channels_select": StateShape("selected_channels", "initial_channels", []),
    "datepicker": StateShape("selected_date", "initial_date"),
    "timepicker": StateShape("selected_time", "initial_time"),
    "datetimepicker": StateShape("selected_date_time", "initial_date_time"),
    "file_input": StateShape("files", "initial_files", []),
}


def elements_of(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element with the block it stands in, top to bottom."""
    for block in blocks:
        match block.get("type"):
            case "input":
                yield block, block["element"]
            case "section" if "accessory" in block:
                yield block, block["accessory"]
            case "actions" | "context_actions":
                for element in block["elements"]:
                    yield block, element
            case "card":
                for element in block.get("actions") or ():
                    yield block, element
            case "container":
                yield from elements_of(block["child_blocks"])
            case "carousel":
                yield from elements_of(block["elements"])


def find_element(blocks: Sequence[Json], block_id: str, action_id: str) -> Json | None:
    """The element with these ids."""
    for block, element in elements_of(blocks):
        if block.get("block_id") == block_id and element.get("action_id") == action_id:
            return element
    return None


def state_of(element: Json, typed: Json | None) -> Json:
    """What one element holds: what somebody put there, else its first value."""
    if typed is not None:
        return typed
    shape = STATE[element["type"]]
    state = {"type": element["type"], shape.key: element.get(shape.initial, shape.empty)}
    if "timezone" in element:
        state["timezone"] = element["timezone"]
    return state


def values_of(blocks: Sequence[Json], typed: Values) -> Values:
    """`state.values`: every element that can hold something."""
    values: Values = {}
    for block, element in elements_of(blocks):
        if element["type"] in STATE:
            held = typed.get(block["block_id"], {}).get(element["action_id"])
            values.setdefault(block["block_id"], {})[element["action_id"]] = state_of(element, held)
    return values


def kept_values(old: Sequence[Json], typed: Values, new: Sequence[Json]) -> Values:
    """What survives when a view is replaced: an element with the same ids keeps its value.

    A new first value under old ids is therefore never sent to the app; that is Slack's trap.
    """
    before = values_of(old, typed)
    kept: Values = {}
    for block, element in elements_of(new):
        held = before.get(block["block_id"], {}).get(element.get("action_id", ""))
        if held is not None and held["type"] == element["type"]:
            kept.setdefault(block["block_id"], {})[element["action_id"]] = held
    return kept


def complete(blocks: Sequence[Json]) -> list[Json]:
    """Blocks as Slack stores them: ids given where the app gave none, text objects spelled out."""
    completed = [_spelled_out(block) for block in blocks]
    for block in completed:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for child in _inside(block):
            child.setdefault("block_id", secrets.token_urlsafe(4)[:5])
    for _, element in elements_of(completed):
        if element["type"] not in {"image", "workflow_button"}:
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return completed


def _inside(block: Json) -> Sequence[Json]:
    """The blocks inside one, which have ids of their own."""
    inside: Sequence[Json] = (
        block["elements"] if block["type"] == "carousel" else block.get("child_blocks", ())
    )
    return inside


def _spelled_out(value: Any) -> Any:
    if isinstance(value, list):
        return [_spelled_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _spelled_out(item) for key, item in value.items()}
    if copy.get("type") == "plain_text" and isinstance(copy.get("text"), str):
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn" and isinstance(copy.get("text"), str):
        copy.setdefault("verbatim", False)
    return copy
