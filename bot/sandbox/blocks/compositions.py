"""Text objects, options, confirmation dialogs and the other parts elements are built from."""

from typing import Any

from bot.sandbox.blocks.rules import Check, Rule, any_of, by_type, choice, flag, many, one_of, shape, string
from bot.sandbox.limits import LIMITS

block_id = string(LIMITS["block_id"], 0)
action_id = string(LIMITS["action_id"])
url = string(LIMITS["url"])


def typed(kind: str) -> dict[str, Rule]:
    """The `type` key of an object of this kind."""
    return {"type": choice(kind)}


def _words(longest: int) -> Rule:
    """The string inside a text object; problems are reported for the object."""
    rule = string(longest)
    return lambda value, path, check: rule(value, path.removesuffix(".text"), check)


def plain(longest: int) -> Rule:
    """A plain_text object."""
    return shape({**typed("plain_text"), "text": _words(longest)}, {"emoji": flag})


def mrkdwn(longest: int) -> Rule:
    """A mrkdwn object."""
    return shape({**typed("mrkdwn"), "text": _words(longest)}, {"verbatim": flag})


def words(longest: int) -> Rule:
    """A text object of either kind."""
    return by_type({"plain_text": plain(longest), "mrkdwn": mrkdwn(longest)}, "text object")


confirm = shape(
    {
        "title": plain(LIMITS["confirm.title"]),
        "text": words(LIMITS["confirm.text"]),
        "confirm": plain(LIMITS["confirm.button"]),
        "deny": plain(LIMITS["confirm.button"]),
    },
    {"style": choice("primary", "danger")},
)


def option(text: Rule, **more: Rule) -> Rule:
    """One option of a menu or list."""
    return shape(
        {"text": text, "value": string(LIMITS["option.value"])},
        {"description": words(LIMITS["option.description"]), **more},
    )


plain_option = option(plain(LIMITS["option.text"]))
any_option = option(words(LIMITS["option.text"]))
option_group = shape(
    {
        "label": plain(LIMITS["option_group.label"]),
        "options": many(plain_option, 1, LIMITS["select.options"], "options"),
    },
    {},
)
slack_file = shape({}, {"id": string(255), "url": url}, one_of("id", "url"))
dispatch_config = shape(
    {"trigger_actions_on": many(choice("on_enter_pressed", "on_character_entered"), 1, 2)}, {}
)
conversation_filter = shape(
    {},
    {
        "include": many(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
image_element = shape(
    {**typed("image"), "alt_text": string(LIMITS["image.alt_text"])},
    {"image_url": url, "slack_file": slack_file},
    one_of("image_url", "slack_file"),
)


def offered(value: Any, path: str, check: Check) -> None:
    """A first choice must be one of the options, to the letter."""
    groups = value.get("option_groups") or []
    options = [*(value.get("options") or []), *(entry for group in groups for entry in group["options"])]
    firsts = value.get("initial_options") or [value[key] for key in ("initial_option",) if value.get(key)]
    for first in firsts:
        if first not in options:
            check.wrong(path, "the initial option is not exactly one of the options")
