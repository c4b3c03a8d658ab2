"""Text objects, options, confirmation dialogs and the other parts elements are built from."""

from typing import Any

from bot.sandbox.blocks.rules import Check, Rule, any_of, by_type, choice, flag, many, one_of, shape, string

block_id = string("block_id")
action_id = string("action_id")
url = string("url")


def https(value: Any, path: str, check: Check) -> None:
    """An address that can be shown inside Slack."""
    url(value, path, check)
    if isinstance(value, str) and not value.startswith("https://"):
        check.wrong(path, "must begin with https://")


def typed(kind: str) -> dict[str, Rule]:
    """The `type` key of an object of this kind."""
    return {"type": choice(kind)}


def _words(limit: str) -> Rule:
    """The string inside a text object; problems are reported for the object."""
    rule = string(limit)
    return lambda value, path, check: rule(value, path.removesuffix(".text"), check)


def plain(limit: str) -> Rule:
    """A plain_text object."""
    return shape({**typed("plain_text"), "text": _words(limit)}, {"emoji": flag})


def mrkdwn(limit: str) -> Rule:
    """A mrkdwn object."""
    return shape({**typed("mrkdwn"), "text": _words(limit)}, {"verbatim": flag})


def words(limit: str) -> Rule:
    """A text object of either kind."""
    return by_type({"plain_text": plain(limit), "mrkdwn": mrkdwn(limit)}, "text object")


confirm = shape(
    {
        "title": plain("confirm.title"),
        "text": words("confirm.text"),
        "confirm": plain("confirm.button"),
        "deny": plain("confirm.button"),
    },
    {"style": choice("primary", "danger")},
)


def option(text: Rule, **more: Rule) -> Rule:
    """One option of a menu or list."""
    return shape(
        {"text": text, "value": string("option.value")},
        {"description": words("option.description"), **more},
    )


plain_option = option(plain("option.text"))
any_option = option(words("option.text"))
option_group = shape(
    {
        "label": plain("option_group.label"),
        "options": many(plain_option, "select.options", "options"),
    },
    {},
)
slack_file = shape({}, {"id": string(), "url": url}, one_of("id", "url"))
dispatch_config = shape({"trigger_actions_on": many(choice("on_enter_pressed", "on_character_entered"))}, {})
conversation_filter = shape(
    {},
    {
        "include": many(choice("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
image_element = shape(
    {**typed("image"), "alt_text": string("image.alt_text")},
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
