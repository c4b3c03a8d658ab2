"""The interactive elements: what each may hold, in which blocks and on which surfaces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.sandbox.blocks.compositions import (
    action_id,
    any_option,
    confirm,
    conversation_filter,
    dispatch_config,
    image_element,
    offered,
    option,
    option_group,
    plain,
    plain_option,
    typed,
    url,
)
from bot.sandbox.blocks.rich_text import rich_text
from bot.sandbox.blocks.rules import (
    Check,
    Rule,
    Surface,
    choice,
    flag,
    many,
    one_of,
    pattern,
    shape,
    string,
    whole,
)
from bot.sandbox.limits import LIMITS

_EVERYWHERE = frozenset({"section", "actions", "input"})
_SURFACES: frozenset[Surface] = frozenset({"message", "modal", "home"})
_PLACEHOLDER = {"placeholder": plain(LIMITS["select.placeholder"])}
_FOCUS = {"focus_on_load": flag}
_ID = {"action_id": action_id}
_COMMON = {**_ID, **_FOCUS, **_PLACEHOLDER, "confirm": confirm}


@dataclass(frozen=True, slots=True)
class Element:
    """One kind of element."""

    rule: Rule
    hosts: frozenset[str]
    surfaces: frozenset[Surface] = _SURFACES


def _is_date(value: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_day = pattern(_is_date, "a date like 2026-12-10")
_time = pattern(lambda value: bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value)), "a time like 09:30")
_digits = pattern(lambda value: bool(re.fullmatch(r"-?\d+(\.\d+)?", value)), "a number in a string")
_user, _users = string(20), many(string(20), 0, 100)
_options = many(plain_option, 1, LIMITS["select.options"], "options")
_groups = many(option_group, 1, LIMITS["select.option_groups"], "option groups")


def _select(kind: str, *more: Rule, **keys: Rule) -> Rule:
    return shape(typed(kind), {**_COMMON, **keys}, *more)


def _menu(kind: str, first: str, rule: Rule, **keys: Rule) -> Rule:
    choices = {"options": _options, "option_groups": _groups}
    return _select(kind, one_of("options", "option_groups"), offered, **choices, **{first: rule}, **keys)


_fewest_query = whole(0, 255)
_several = {"max_selected_items": whole(1, 100)}
_SELECTS: dict[str, Rule] = {
    "static_select": _menu("static_select", "initial_option", plain_option),
    "multi_static_select": _menu("multi_static_select", "initial_options", _options, **_several),
    "external_select": _select(
        "external_select", initial_option=plain_option, min_query_length=_fewest_query
    ),
    "multi_external_select": _select(
        "multi_external_select", initial_options=_options, min_query_length=_fewest_query, **_several
    ),
    "users_select": _select("users_select", initial_user=_user),
    "multi_users_select": _select("multi_users_select", initial_users=_users, **_several),
    "conversations_select": _select(
        "conversations_select",
        initial_conversation=_user,
        default_to_current_conversation=flag,
        response_url_enabled=flag,
        filter=conversation_filter,
    ),
    "multi_conversations_select": _select(
        "multi_conversations_select",
        initial_conversations=_users,
        default_to_current_conversation=flag,
        filter=conversation_filter,
        **_several,
    ),
    "channels_select": _select("channels_select", initial_channel=_user, response_url_enabled=flag),
    "multi_channels_select": _select("multi_channels_select", initial_channels=_users, **_several),
}


def _choices(kind: str, first: str, rule: Rule) -> Rule:
    options = many(any_option, 1, LIMITS["choices.options"], "options")
    keys = {**_ID, **_FOCUS, "confirm": confirm, first: rule}
    return shape({**typed(kind), "options": options}, keys, offered)


def _input(kind: str, required: Mapping[str, Rule] | None = None, **keys: Rule) -> Rule:
    common = {**_ID, **_FOCUS, **_PLACEHOLDER, "dispatch_action_config": dispatch_config}
    return shape({**typed(kind), **(required or {})}, {**common, **keys})


_BUTTON = shape(
    {**typed("button"), "text": plain(LIMITS["button.text"])},
    {
        **_ID,
        "url": url,
        "value": string(LIMITS["button.value"], 0),
        "style": choice("primary", "danger"),
        "confirm": confirm,
        "accessibility_label": string(LIMITS["button.accessibility_label"]),
        "agent_prompt": string(LIMITS["button.agent_prompt"]),
    },
)
_WORKFLOW_BUTTON = shape(
    {
        **typed("workflow_button"),
        "text": plain(LIMITS["button.text"]),
        "workflow": shape({}, {"trigger": _BUTTON}),
    },
    {**_ID, "style": choice("primary", "danger"), "accessibility_label": string(75)},
)
_OVERFLOW = shape(
    {
        **typed("overflow"),
        "options": many(
            option(plain(LIMITS["option.text"]), url=url), 1, LIMITS["overflow.options"], "options"
        ),
    },
    {**_ID, "confirm": confirm},
)
_feedback = shape(
    {"text": plain(LIMITS["button.text"]), "value": string(LIMITS["button.value"])},
    {"accessibility_label": string(LIMITS["button.accessibility_label"])},
)
_FEEDBACK = shape(
    {**typed("feedback_buttons"), "positive_button": _feedback, "negative_button": _feedback}, _ID
)
_ICON_BUTTON = shape(
    {**typed("icon_button"), "icon": choice("trash"), "text": plain(LIMITS["button.text"])},
    {
        **_ID,
        "value": string(LIMITS["button.value"], 0),
        "confirm": confirm,
        "accessibility_label": string(LIMITS["button.accessibility_label"]),
        "visible_to_user_ids": many(string(20), 1, 100),
    },
)
_value = string(LIMITS["input.value"], 0)
_TEXT_INPUT = _input(
    "plain_text_input", initial_value=_value, multiline=flag,
    min_length=whole(0, LIMITS["input.value"]), max_length=whole(1, LIMITS["input.value"]),
)  # fmt: skip
_NUMBER_INPUT = _input(
    "number_input", {"is_decimal_allowed": flag}, initial_value=_digits, min_value=_digits, max_value=_digits
)
_RICH_INPUT = _input(
    "rich_text_input", initial_value=rich_text,
    min_lines=whole(1, LIMITS["rich_text_input.lines"]), max_lines=whole(1, LIMITS["rich_text_input.lines"]),
)  # fmt: skip
_FILE_INPUT = shape(
    typed("file_input"),
    {**_ID, "filetypes": many(string(20), 1, 100), "max_files": whole(1, LIMITS["file_input.files"])},
)
_ten_digits = whole(1_000_000_000, 9_999_999_999)
_modal_input = frozenset({"input"}), frozenset[Surface]({"modal"})

ELEMENTS: dict[str, Element] = {
    "button": Element(_BUTTON, frozenset({"section", "actions", "card"})),
    "workflow_button": Element(_WORKFLOW_BUTTON, frozenset({"section", "actions"}), frozenset({"message"})),
    "overflow": Element(_OVERFLOW, frozenset({"section", "actions"})),
    "image": Element(image_element, frozenset({"section", "context"})),
    **{kind: Element(rule, _EVERYWHERE) for kind, rule in _SELECTS.items()},
    "checkboxes": Element(_choices("checkboxes", "initial_options", many(any_option, 1, 10)), _EVERYWHERE),
    "radio_buttons": Element(_choices("radio_buttons", "initial_option", any_option), _EVERYWHERE),
    "datepicker": Element(_select("datepicker", initial_date=_day), _EVERYWHERE),
    "timepicker": Element(_select("timepicker", initial_time=_time, timezone=string(60)), _EVERYWHERE),
    "datetimepicker": Element(
        shape(
            typed("datetimepicker"), {**_ID, **_FOCUS, "initial_date_time": _ten_digits, "confirm": confirm}
        ),
        frozenset({"actions", "input"}),
        frozenset({"message", "modal"}),
    ),
    "plain_text_input": Element(_TEXT_INPUT, frozenset({"input"})),
    "email_text_input": Element(_input("email_text_input", initial_value=_value), *_modal_input),
    "url_text_input": Element(_input("url_text_input", initial_value=_value), *_modal_input),
    "number_input": Element(_NUMBER_INPUT, *_modal_input),
    "rich_text_input": Element(_RICH_INPUT, frozenset({"actions", "input"}), frozenset({"modal", "home"})),
    "file_input": Element(_FILE_INPUT, *_modal_input),
    "feedback_buttons": Element(_FEEDBACK, frozenset({"context_actions"}), frozenset({"message"})),
    "icon_button": Element(_ICON_BUTTON, frozenset({"context_actions"}), frozenset({"message"})),
}


def element_in(host: str) -> Rule:
    """An element that may stand in this kind of block, on this surface."""

    def rule(value: Any, path: str, check: Check) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        element = ELEMENTS.get(str(kind))
        if element is None or host not in element.hosts:
            check.wrong(path, f"there is no element {kind!r} in a block of type {host}")
        elif check.surface not in element.surfaces:
            check.wrong(path, f"a {kind} cannot stand in a {check.surface}")
        else:
            element.rule(value, path, check)

    return rule
