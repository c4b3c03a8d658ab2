"""A small realistic app manifest, and blocks used in several tests."""

import copy
from collections.abc import Callable
from typing import Any

from bot.sandbox import SandboxConfig

Json = dict[str, Any]
SECRET = "0123456789abcdef"
TOKEN = "xoxb-sandbox"
Configure = Callable[..., SandboxConfig]

_MANIFEST: Json = {
    "_metadata": {"major_version": 2, "minor_version": 1},
    "display_information": {"name": "Throughline"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "throughline", "always_online": True},
        "slash_commands": [
            {
                "command": "/capture",
                "url": "https://bot.example/slack/events",
                "description": "Keep what somebody said",
                "usage_hint": "words",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {"name": "Capture feedback", "type": "global", "callback_id": "new", "description": "Keep it"},
            {"name": "Capture this", "type": "message", "callback_id": "this", "description": "Keep this"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "app_mentions:read",
                "im:history",
                "im:write",
                "reactions:read",
                "reactions:write",
                "users:read",
                "channels:read",
                "groups:read",
                "channels:history",
                "groups:history",
                "channels:join",
                "im:read",
                "pins:read",
                "pins:write",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "request_url": "https://bot.example/slack/events",
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "member_joined_channel",
                "member_left_channel",
                "message.im",
                "reaction_added",
                "reaction_removed",
            ],
        },
        "interactivity": {"is_enabled": True, "request_url": "https://bot.example/slack/events"},
        "socket_mode_enabled": False,
    },
}


def manifest(**settings: Any) -> Json:
    """A manifest of one's own, with other settings."""
    own = copy.deepcopy(_MANIFEST)
    own["settings"] |= settings
    return own


def without_scope(*scopes: str) -> Json:
    """The manifest with these scopes left out."""
    own = manifest()
    bot = own["oauth_config"]["scopes"]["bot"]
    own["oauth_config"]["scopes"]["bot"] = [scope for scope in bot if scope not in scopes]
    return own


def with_events(*events: str) -> Json:
    """The manifest with more subscriptions."""
    own = manifest()
    own["settings"]["event_subscriptions"]["bot_events"] += events
    return own


def text(words: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def button(words: str = "Press", action: str = "press", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": action, "text": text(words), **more}


def actions(*elements: Json, block: str = "row") -> Json:
    """An actions block."""
    return {"type": "actions", "block_id": block, "elements": list(elements)}


def section(words: str = "Hello", **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def field(label: str = "Words", block: str = "words", **element: Any) -> Json:
    """An input block."""
    inside = {"type": "plain_text_input", "action_id": "value", **element}
    return {"type": "input", "block_id": block, "label": text(label), "element": inside}


def options(*words: str) -> list[Json]:
    """Options for a menu."""
    return [{"text": text(word), "value": word.lower()} for word in words]


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal that can be submitted."""
    body = {"type": "modal", "callback_id": "form", "title": text("Form"), "submit": text("Save")}
    return {**body, "blocks": list(blocks) or [field()], **more}
