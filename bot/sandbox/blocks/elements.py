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
    natural,
    one_of,
    ordered,
    pattern,
    shape,
    string,
    whole,
)

_EVERYWHERE = frozenset({"section", "actions", "input"})
_SURFACES: frozenset[Surface] = frozenset({"message", "modal", "home"})
_PLACEHOLDER = {"placeholder": plain("select.placeholder")}
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
_user, _users = string(), many(string(), or_none=True)
_options = many(plain_option, "select.options", "options")
_groups = many(option_group, "select.option_groups", "option groups")


def _select(kind: str, *more: Rule, **keys: Rule) -> Rule:
    return shape(typed(kind), {**_COMMON, **keys}, *more)


def _menu(kind: str, first: str, rule: Rule, **keys: Rule) -> Rule:
    choices = {"options": _options, "option_groups": _groups}
    return _select(kind, one_of("options", "option_groups"), offered, **choices, **{first: rule}, **keys)


_several = {"max_selected_items": whole("select.options")}
_SELECTS: dict[str, Rule] = {
    "static_select": _menu("static_select", "initial_option", plain_option),
    "multi_static_select": _menu("multi_static_select", "initial_options", _options, **_several),
    "external_select": _select("external_select", initial_option=plain_option, min_query_length=natural),
    "multi_external_select": _select(
        "multi_external_select", initial_options=_options, min_query_length=natural, **_several
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
    options = many(any_option, "choices.options", "options")
    keys = {**_ID, **_FOCUS, "confirm": confirm, first: rule}
    return shape({**typed(kind), "options": options}, keys, offered)


_ticked = many(any_option, "choices.options", "options")


def _input(kind: str, *more: Rule, required: Mapping[str, Rule] | None = None, **keys: Rule) -> Rule:
    common = {**_ID, **_FOCUS, **_PLACEHOLDER, "dispatch_action_config": dispatch_config}
    return shape({**typed(kind), **(required or {})}, {**common, **keys}, *more)


_BUTTON = shape(
    {**typed("button"), "text": plain("button.text")},
    {
        **_ID,
        "url": url,
        "value": string("button.value"),
        "style": choice("primary", "danger"),
        "confirm": confirm,
        "accessibility_label": string("button.accessibility_label"),
        "agent_prompt": string("button.agent_prompt"),
    },
)
_parameter = shape({"name": string(), "value": string()}, {})
_TRIGGER = shape({"url": url}, {"customizable_input_parameters": many(_parameter)})
_WORKFLOW_BUTTON = shape(
    {
        **typed("workflow_button"),
        "text": plain("button.text"),
        "workflow": shape({"trigger": _TRIGGER}, {}),
    },
    {
        **_ID,
        "style": choice("primary", "danger"),
        "accessibility_label": string("button.accessibility_label"),
    },
)
_OVERFLOW = shape(
    {
        **typed("overflow"),
        "options": many(option(plain("option.text"), url=url), "overflow.options", "options"),
    },
    {**_ID, "confirm": confirm},
)
_feedback = shape(
    {"text": plain("button.text"), "value": string("button.value")},
    {"accessibility_label": string("button.accessibility_label")},
)
_FEEDBACK = shape(
    {**typed("feedback_buttons"), "positive_button": _feedback, "negative_button": _feedback}, _ID
)
_ICON_BUTTON = shape(
    {**typed("icon_button"), "icon": choice("trash"), "text": plain("button.text")},
    {
        **_ID,
        "value": string("button.value"),
        "confirm": confirm,
        "accessibility_label": string("button.accessibility_label"),
        "visible_to_user_ids": many(string()),
    },
)
_value = string("input.value")


def _whole_unless_allowed(value: Any, path: str, check: Check) -> None:
    if not value["is_decimal_allowed"] and "." in (value.get("initial_value") or ""):
        check.wrong(path, f"{value['initial_value']} is a decimal, and is_decimal_allowed is false")


_TEXT_INPUT = _input(
    "plain_text_input", ordered("min_length", "max_length"), initial_value=_value, multiline=flag,
    min_length=whole("input.min_length"), max_length=whole("input.max_length"),
)  # fmt: skip
_NUMBER_INPUT = _input(
    "number_input",
    ordered("min_value", "max_value"),
    _whole_unless_allowed,
    required={"is_decimal_allowed": flag},
    initial_value=_digits,
    min_value=_digits,
    max_value=_digits,
)
_RICH_INPUT = _input(
    "rich_text_input", ordered("min_lines", "max_lines"), initial_value=rich_text,
    min_lines=whole("rich_text_input.lines"), max_lines=whole("rich_text_input.lines"),
)  # fmt: skip
_FILE_INPUT = shape(
    typed("file_input"),
    {**_ID, "filetypes": many(string()), "max_files": whole("file_input.files")},
)
_ten_digits = whole("datetimepicker.initial_date_time")
_modal_input = frozenset({"input"}), frozenset[Surface]({"modal"})

ELEMENTS: dict[str, Element] = {
    "button": Element(_BUTTON, frozenset({"section", "actions", "card"})),
    "workflow_button": Element(_WORKFLOW_BUTTON, frozenset({"section", "actions"}), frozenset({"message"})),
    "overflow": Element(_OVERFLOW, frozenset({"section", "actions"})),
    "image": Element(image_element, frozenset({"section", "context"})),
    **{kind: Element(rule, _EVERYWHERE) for kind, rule in _SELECTS.items()},
    "checkboxes": Element(_choices("checkboxes", "initial_options", _ticked), _EVERYWHERE),
    "radio_buttons": Element(_choices("radio_buttons", "initial_option", any_option), _EVERYWHERE),
    "datepicker": Element(_select("datepicker", initial_date=_day), _EVERYWHERE),
    "timepicker": Element(_select("timepicker", initial_time=_time, timezone=string()), _EVERYWHERE),
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
        elif value.get("response_url_enabled") and (host, check.surface) != ("input", "modal"):
            check.wrong(path, "response_url_enabled only works in an input block of a modal")
        else:
            element.rule(value, path, check)

    return rule
