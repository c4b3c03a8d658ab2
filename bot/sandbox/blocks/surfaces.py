"""Whole payloads: a message's blocks and attachments, a modal, a Home tab. Says what is wrong, in words."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks.compositions import plain
from bot.sandbox.blocks.kinds import block
from bot.sandbox.blocks.rules import Check, Shape, Surface, choice, flag, many, shape, string
from bot.sandbox.elements import elements_of
from bot.sandbox.limits import LIMITS

Json = dict[str, Any]
_COUNTED = ("text", "alt_text", "caption", "title")


def problems_of(surface: Surface, payload: Any) -> list[str]:
    """What is wrong with an example: for a message its blocks (or the call's arguments), else the view."""
    if surface == "message":
        return check_message(payload.get("blocks", []) if isinstance(payload, dict) else payload)
    return check_modal(payload) if surface == "modal" else check_home(payload)


def check_message(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks."""
    check = Check("message")
    many(block, "message.blocks", "blocks")(blocks, "blocks", check)
    if not check.problems:
        _ids_are_unique(blocks, check)
        _sums_fit(blocks, "blocks", check)
    return check.problems


def check_attachments(attachments: Any, blocks: Any = None) -> list[str]:
    """What is wrong with a message's attachments; what is counted in a message is counted with its blocks."""
    check = Check("message")
    many(shape({}, _ATTACHMENT), "message.attachments", "attachments")(attachments, "attachments", check)
    if not check.problems:
        inside = [block for attachment in attachments for block in attachment.get("blocks") or ()]
        _sums_fit([*(blocks or ()), *inside], "attachments", check)
    return check.problems


def check_modal(view: Any) -> list[str]:
    """What is wrong with a modal."""
    check = Check("modal")
    shape(
        {"type": choice("modal"), "title": plain("modal.title"), "blocks": _blocks},
        {
            "submit": plain("modal.submit"),
            "close": plain("modal.close"),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
            **_VIEW,
        },
        _submit_for_inputs,
        _whole_view,
    )(view, "view", check)
    return check.problems


def check_home(view: Any) -> list[str]:
    """What is wrong with a Home tab."""
    check = Check("home")
    shape({"type": choice("home"), "blocks": _blocks}, _VIEW, _whole_view)(view, "view", check)
    return check.problems


_blocks = many(block, "view.blocks", "blocks")
_VIEW: Shape = {
    "private_metadata": string("view.private_metadata"),
    "callback_id": string("view.callback_id"),
    "external_id": string("view.external_id"),
}
_message_blocks = many(block, "message.blocks", "blocks")
_loose = string("message.text")


def _anything(_: Any, __: str, ___: Check) -> None:
    """Legacy attachment fields are old and lenient."""


_ATTACHMENT: Shape = {
    **dict.fromkeys(
        ("text", "pretext", "fallback", "title", "title_link", "color", "footer", "author_name"), _loose
    ),
    **dict.fromkeys(("author_link", "author_icon", "image_url", "thumb_url", "footer_icon"), _loose),
    **dict.fromkeys(("fields", "mrkdwn_in", "ts", "callback_id", "actions", "attachment_type"), _anything),
    "blocks": _message_blocks,
}


def _submit_for_inputs(view: Any, path: str, check: Check) -> None:
    if any(entry["type"] == "input" for entry in view["blocks"]) and not view.get("submit"):
        check.wrong(path, "a modal with an input block needs submit")


def _whole_view(view: Any, path: str, check: Check) -> None:
    _ids_are_unique(view["blocks"], check, f"{path}.blocks")
    focused = [element for _, element in elements_of(view["blocks"]) if element.get("focus_on_load")]
    if len(focused) > 1:
        check.wrong(path, f"{len(focused)} elements with focus_on_load, 1 allowed")


def _ids_are_unique(blocks: list[Json], check: Check, path: str = "blocks") -> None:
    everything = list(_with_children(blocks, path))
    given = Counter(entry["block_id"] for entry, _ in everything if entry.get("block_id"))
    for ident, times in given.items():
        if times > 1:
            check.wrong(path, f"the block_id {ident!r} is used {times} times")
    for entry, place in everything:
        own = (element for block, element in elements_of([entry]) if block is entry)
        actions = Counter(element["action_id"] for element in own if element.get("action_id"))
        for ident, times in actions.items():
            if times > 1:
                check.wrong(place, f"the action_id {ident!r} is used {times} times")


def _sums_fit(blocks: list[Json], path: str, check: Check) -> None:
    """What Slack counts over a whole message: tables, charts, plans, and the characters of all blocks."""
    kinds = Counter(entry["type"] for entry, _ in _with_children(blocks, path))
    limited = (
        ("data tables", kinds["table"] + kinds["data_table"], LIMITS["message.tables"]),
        ("charts", kinds["data_visualization"], LIMITS["message.charts"]),
        ("plans", kinds["plan"], LIMITS["message.plans"]),
    )
    for what, found, allowed in limited:
        if found > allowed:
            check.wrong(path, f"{found} {what}, {allowed} allowed in a message")
    markdown = sum(len(entry["text"]) for entry in blocks if entry["type"] == "markdown")
    if markdown > LIMITS["message.markdown"]:
        check.wrong(path, f"{markdown} characters of markdown, {LIMITS['message.markdown']} allowed")
    total = sum(_characters([entry for entry in blocks if entry["type"] != "markdown"]))
    if total > LIMITS["message.characters"]:
        check.wrong(path, f"{total} characters in all blocks, {LIMITS['message.characters']} allowed")


def _with_children(blocks: list[Json], path: str) -> Iterator[tuple[Json, str]]:
    """Every block with its place; what stands in a container, a carousel or a plan is a block, too."""
    for index, entry in enumerate(blocks):
        yield entry, f"{path}[{index}]"
        for key in ("child_blocks", "tasks"):
            yield from _with_children(entry.get(key) or [], f"{path}[{index}].{key}")
        if entry["type"] == "carousel":
            yield from _with_children(entry["elements"], f"{path}[{index}].elements")


def _characters(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for item in value:
            yield from _characters(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and key in _COUNTED:
                yield len(item)
            else:
                yield from _characters(item)
