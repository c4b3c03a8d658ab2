"""Every kind of block: its keys, its limits, and the surfaces it may stand on.

Where Slack's page allows a surface that fails in practice, the block is refused there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blocks.compositions import (
    block_id,
    https,
    image_element,
    mrkdwn,
    plain,
    slack_file,
    typed,
    url,
    words,
)
from bot.sandbox.blocks.data import data_table, data_visualization, table
from bot.sandbox.blocks.elements import element_in
from bot.sandbox.blocks.rich_text import rich_text
from bot.sandbox.blocks.rules import (
    Check,
    Rule,
    Surface,
    any_of,
    choice,
    flag,
    many,
    one_of,
    shape,
    string,
    whole,
)

_ID = {"block_id": block_id}
_EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
_MESSAGE: frozenset[Surface] = frozenset({"message"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of block."""

    rule: Rule
    surfaces: frozenset[Surface] = _EVERYWHERE


def _block(
    kind: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *more: Rule
) -> Rule:
    return shape({**typed(kind), **required}, {**_ID, **(optional or {})}, *more)


def _context_element(value: Any, path: str, check: Check) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        image_element(value, path, check)
    else:
        words("text")(value, path, check)


def _no_dispatch_of_files(value: Any, path: str, check: Check) -> None:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        check.wrong(path, "dispatch_action does not go with a file_input")


def _collapsed_needs_collapsible(value: Any, path: str, check: Check) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        check.wrong(path, "default_collapsed needs is_collapsible")


def _card_needs(value: Any, path: str, check: Check) -> None:
    any_of("hero_image", "title", "actions", "body")(value, path, check)


_section = _block(
    "section",
    {},
    {
        "text": words("section.text"),
        "fields": many(words("section.field"), "section.fields", "fields"),
        "accessory": element_in("section"),
        "expand": flag,
    },
    any_of("text", "fields"),
)
_input = _block(
    "input",
    {"label": plain("input.label"), "element": element_in("input")},
    {"hint": plain("input.hint"), "optional": flag, "dispatch_action": flag},
    _no_dispatch_of_files,
)
_image = _block(
    "image",
    {"alt_text": string("image.alt_text")},
    {"image_url": url, "slack_file": slack_file, "title": plain("image.title")},
    one_of("image_url", "slack_file"),
)
_video = _block(
    "video",
    {
        "alt_text": string("video.alt_text"),
        "title": plain("video.title"),
        "thumbnail_url": url,
        "video_url": https,
    },
    {
        "author_name": string("video.author_name"),
        "description": plain("video.description"),
        "provider_icon_url": url,
        "provider_name": string(),
        "title_url": url,
    },
)
_card = _block(
    "card",
    {},
    {
        "hero_image": image_element,
        "icon": image_element,
        "title": words("card.title"),
        "subtitle": words("card.subtitle"),
        "body": mrkdwn("card.body"),
        "actions": many(element_in("card"), "card.actions", "buttons"),
    },
    _card_needs,
)
_source = shape({**typed("url"), "url": url, "text": string("text")}, {})
_task_card = _block(
    "task_card",
    {
        "task_id": string(),
        "title": string("text"),
        "status": choice("pending", "in_progress", "complete", "error"),
    },
    {"details": rich_text, "output": rich_text, "sources": many(_source)},
)
_context_actions = _block(
    "context_actions",
    {"elements": many(element_in("context_actions"), "context_actions.elements", "elements")},
)
_alert = _block(
    "alert",
    {"text": words("text")},
    {"level": choice("default", "info", "warning", "error", "success")},
)

BLOCKS: dict[str, Kind] = {
    "actions": Kind(
        _block("actions", {"elements": many(element_in("actions"), "actions.elements", "elements")})
    ),
    "alert": Kind(_alert, frozenset({"modal"})),
    "card": Kind(_card, frozenset({"message", "home"})),
    "context": Kind(_block("context", {"elements": many(_context_element, "context.elements", "elements")})),
    "context_actions": Kind(_context_actions, _MESSAGE),
    "data_table": Kind(data_table, _MESSAGE),
    "data_visualization": Kind(data_visualization, _MESSAGE),
    "divider": Kind(_block("divider", {})),
    "file": Kind(_block("file", {}), frozenset()),
    "header": Kind(_block("header", {"text": plain("header.text")}, {"level": whole("header.level")})),
    "image": Kind(_image),
    "input": Kind(_input),
    "markdown": Kind(_block("markdown", {"text": string("message.markdown")}), _MESSAGE),
    "rich_text": Kind(rich_text),
    "section": Kind(_section),
    "table": Kind(table, _MESSAGE),
    "task_card": Kind(_task_card, _MESSAGE),
    "video": Kind(_video),
}


def _one_block(among: frozenset[str] | None, value: Any, path: str, check: Check) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    known = BLOCKS.get(str(kind))
    if known is None:
        check.wrong(path, f"there is no block {kind!r}")
    elif among is not None and kind not in among:
        check.wrong(path, f"a {kind} cannot stand inside this block")
    elif not known.surfaces:
        check.wrong(path, f"a {kind} only comes from Slack, it cannot be sent")
    elif check.surface not in known.surfaces:
        check.wrong(path, f"a {kind} cannot stand in a {check.surface}")
    else:
        known.rule(value, path, check)


def block(value: Any, path: str, check: Check) -> None:
    """Any block that may stand on the surface looked at."""
    _one_block(None, value, path, check)


_CHILDREN = frozenset(
    {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table", "video"}
)


def _child(value: Any, path: str, check: Check) -> None:
    _one_block(_CHILDREN, value, path, check)


def _only_card(value: Any, path: str, check: Check) -> None:
    _one_block(frozenset({"card"}), value, path, check)


def _only_task(value: Any, path: str, check: Check) -> None:
    _one_block(frozenset({"task_card"}), value, path, check)


BLOCKS["carousel"] = Kind(
    _block("carousel", {"elements": many(_only_card, "carousel.cards", "cards")}),
    frozenset({"message", "home"}),
)
BLOCKS["plan"] = Kind(
    _block("plan", {"title": string("text")}, {"tasks": many(_only_task, or_none=True)}), _MESSAGE
)
BLOCKS["container"] = Kind(
    _block(
        "container",
        {"child_blocks": many(_child, "container.children", "blocks")},
        {
            "title": plain("container.title"),
            "rich_text_title": rich_text,
            "subtitle": words("container.subtitle"),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": image_element,
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
        any_of("title", "rich_text_title"),
        _collapsed_needs_collapsible,
    ),
    _MESSAGE,
)
