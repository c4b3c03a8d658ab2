"""What people press and choose: the interactive elements views put into blocks."""

from collections.abc import Sequence
from typing import Literal

from handlers.kit import limits
from handlers.kit.objects import Json, bounded, counted, label

Element = Json


def button(
    text: str,
    action_id: str,
    value: str | None = None,
    style: Literal["primary", "danger"] | None = None,
    confirm: Json | None = None,
    url: str | None = None,
    accessibility_label: str | None = None,
) -> Element:
    """A button; one with a url reports its press like any other."""
    made = _element("button", action_id) | {"text": label(text, limits.BUTTON)}
    if value is not None:
        made["value"] = bounded("value", value, limits.BUTTON_VALUE)
    if url is not None:
        made["url"] = bounded("url", url, limits.BUTTON_URL)
    if accessibility_label is not None:
        made["accessibility_label"] = label(accessibility_label, limits.BUTTON)["text"]
    return made | _given(style=style, confirm=confirm)


def select(
    action_id: str,
    options: Sequence[Json],
    initial: str | None = None,
    placeholder: str | None = None,
    confirm: Json | None = None,
) -> Element:
    """A menu to choose one of up to a hundred options; `initial` is the value of the one chosen at first."""
    made = _element("static_select", action_id)
    made["options"] = counted("options", options, limits.SELECT_OPTIONS)
    if initial is not None:
        made["initial_option"] = _chosen(options, initial)
    if placeholder is not None:
        made["placeholder"] = label(placeholder, limits.PLACEHOLDER)
    return made | _given(confirm=confirm)


def overflow(action_id: str, options: Sequence[Json], confirm: Json | None = None) -> Element:
    """The “…” menu with up to five options."""
    made = _element("overflow", action_id)
    made["options"] = counted("options", options, limits.OVERFLOW_OPTIONS)
    return made | _given(confirm=confirm)


def _element(kind: str, action_id: str) -> Element:
    return {"type": kind, "action_id": bounded("action_id", action_id, limits.ID)}


def _chosen(options: Sequence[Json], value: str) -> Json:
    for option in options:
        if option["value"] == value:
            return option
    raise ValueError(f"{value!r} is none of the options.")


def _given(**parts: object) -> Json:
    return {name: part for name, part in parts.items() if part is not None}
