"""Inputs to choose in: a person, several people, several of a few choices, a day, a time, one of many."""

from collections.abc import Sequence
from datetime import date, time

from handlers.kit import limits
from handlers.kit.blocks import Block, input_of
from handlers.kit.elements import Element
from handlers.kit.objects import Json, bounded, counted, label


def input_person(
    text: str, name: str, *, initial: str | None = None, optional: bool = False, hint: str | None = None
) -> Block:
    """One person; `name` is both the block's and the element's id."""
    element = _picker("users_select", name, "Choose somebody")
    if initial:
        element["initial_user"] = initial
    return input_of(text, element, name, optional=optional, hint=hint)


def input_people(
    text: str, name: str, *, initial: Sequence[str] = (), most: int, hint: str | None = None
) -> Block:
    """Up to `most` people, or nobody."""
    element = _picker("multi_users_select", name, "Choose people") | {"max_selected_items": most}
    if initial:
        element["initial_users"] = list(initial)
    return input_of(text, element, name, optional=True, hint=hint)


def input_channel(
    text: str, name: str, *, initial: str | None = None, optional: bool = False, hint: str | None = None
) -> Block:
    """One channel of this workspace that nobody from outside is in."""
    element = _picker("conversations_select", name, "Choose a channel")
    element["filter"] = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    if initial:
        element["initial_conversation"] = initial
    return input_of(text, element, name, optional=optional, hint=hint)


def input_channels(text: str, name: str, *, initial: Sequence[str] = (), most: int) -> Block:
    """Up to `most` channels of this workspace that nobody from outside is in, or none."""
    element = _picker("multi_conversations_select", name, "Choose channels") | {"max_selected_items": most}
    element["filter"] = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    if initial:
        element["initial_conversations"] = list(initial)
    return input_of(text, element, name, optional=True)


def channel_menu(action_id: str, words: str) -> Element:
    """A menu of channels nobody from outside is in, to be used at once; its value is the channel."""
    menu = _picker("conversations_select", action_id, words)
    return menu | {"filter": {"include": ["public", "private"], "exclude_external_shared_channels": True}}


def day_menu(action_id: str, words: str, initial: date) -> Element:
    """A day of the calendar, to be used at once; its value is the day."""
    return _picker("datepicker", action_id, words) | {"initial_date": initial.isoformat()}


def input_several(
    text: str, name: str, options: Sequence[Json], *, initial: Sequence[str] = (), hint: str | None = None
) -> Block:
    """Any of the options, or none; `initial` are the values of those chosen at first."""
    element = _picker("multi_static_select", name, "Choose any")
    element["options"] = counted("options", options, limits.SELECT_OPTIONS)
    if chosen := [one for one in options if one["value"] in initial]:
        element["initial_options"] = chosen
    return input_of(text, element, name, optional=True, hint=hint)


def input_day(
    text: str, name: str, *, initial: date | None = None, optional: bool = True, hint: str | None = None
) -> Block:
    """A day of the calendar."""
    element = _picker("datepicker", name, "Choose a day")
    if initial is not None:
        element["initial_date"] = initial.isoformat()
    return input_of(text, element, name, optional=optional, hint=hint)


def input_time(
    text: str, name: str, *, initial: time | None = None, optional: bool = False, hint: str | None = None
) -> Block:
    """A time of day, without a zone."""
    element = _picker("timepicker", name, "Choose a time")
    if initial is not None:
        element["initial_time"] = f"{initial:%H:%M}"
    return input_of(text, element, name, optional=optional, hint=hint)


def input_found(
    text: str,
    name: str,
    *,
    initial: Json | None = None,
    optional: bool = False,
    hint: str | None = None,
    placeholder: str = "Type to search",
    least: int = 0,
) -> Block:
    """One of more options than a menu holds; a registered type-ahead of the same name offers them.

    `least` characters have to be typed before it is asked.
    """
    element = _picker("external_select", name, placeholder) | {"min_query_length": least}
    if initial is not None:
        element["initial_option"] = initial
    return input_of(text, element, name, optional=optional, hint=hint)


def _picker(kind: str, name: str, placeholder: str) -> Element:
    action_id = bounded("action_id", name, limits.ID)
    return {"type": kind, "action_id": action_id, "placeholder": label(placeholder, limits.PLACEHOLDER)}
