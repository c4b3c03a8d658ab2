"""The app manifest (Slack's format, version 2), made from what the features register.

`throughline manifest --url https://…` prints it; the sandbox is started with it, so an event or a scope
nobody registered does not work there either. Slack refuses a whole manifest for one name it does not like,
and does not always say which: so it is checked here first.
"""

import re
from collections.abc import Iterator
from typing import Any

from handlers.kit.features import Command, Registry

NAME = "Throughline"
DESCRIPTION = "Keeps what people say, decide and launch joined up"
EVENTS_PATH = "/slack/events"

PREFIX = re.compile(r"[a-z0-9]+-")
COMMAND = re.compile(r"/[a-z0-9][a-z0-9-]*")
LONGEST_COMMAND = 32
MOST_COMMANDS = 25
"""Slack's schema allows 50 (docs.slack.dev/reference/app-manifest), yet more than 25 have been refused."""
TAKEN = frozenset(
    {
        "active", "apps", "archive", "away", "call", "close", "collapse", "dm", "dnd", "expand", "feed",
        "feedback", "giphy", "huddle", "invite", "join", "keys", "kick", "leave", "me", "msg", "mute", "open",
        "part", "prefs", "pro", "remind", "remove", "rename", "search", "shortcuts", "shrug", "star", "status",
        "topic", "unarchive", "who",
    }
)  # fmt: skip
"""Slack's own commands. It publishes no complete list; these come from its help pages and from apps refused."""
LONGEST = {
    "display_information.name": 35,
    "display_information.description": 140,
    "features.bot_user.display_name": 80,
    "features.slash_commands.description": 2000,
    "features.slash_commands.usage_hint": 1000,
    "features.shortcuts.name": 24,
    "features.shortcuts.description": 150,
    "features.shortcuts.callback_id": 255,
}
"""Characters, by docs.slack.dev/reference/app-manifest."""
MOST = {
    "features.slash_commands": MOST_COMMANDS,
    "features.shortcuts": 10,
    "settings.event_subscriptions.bot_events": 100,
    "oauth_config.scopes.bot": 255,
}


class UnusableManifest(ValueError):
    """Slack would refuse it; the text says why and what to do."""


def manifest(
    registry: Registry, url: str | None, *, socket: bool = False, prefix: str = ""
) -> dict[str, Any]:
    """The manifest for an app at `url` (without a path); with `socket` no address is needed."""
    if not socket and url is None:
        raise UnusableManifest(
            "Say where Slack reaches you (--url https://…), or --socket to need no address."
        )
    if prefix and not PREFIX.fullmatch(prefix):
        raise UnusableManifest("A prefix is small letters and digits with one hyphen at the end, as in tl-.")
    made = _manifest(registry, None if socket or url is None else url.rstrip("/") + EVENTS_PATH, prefix)
    if found := list(problems(made)):
        raise UnusableManifest("\n".join(found))
    return made


def problems(made: dict[str, Any]) -> Iterator[str]:
    """Why Slack would refuse this manifest, one sentence each."""
    for path, most in MOST.items():
        if (count := sum(len(one) for one in _at_path(made, path))) > most:
            yield f"{path} has {count} entries, Slack takes {most}."
    for path, longest in LONGEST.items():
        for text in _at_path(made, path):
            if not 1 <= len(text) <= longest:
                yield f"{path} has {len(text)} characters, Slack takes 1 to {longest}: “{text[:60]}”."
    for name in _at_path(made, "features.slash_commands.command"):
        yield from _command_problems(name)


def _command_problems(name: str) -> Iterator[str]:
    if name.removeprefix("/") in TAKEN:
        yield f"{name} is Slack's own command and would sink the whole manifest. Use --prefix, as in --prefix tl-."
    if len(name) > LONGEST_COMMAND:
        yield f"{name} has {len(name)} characters, Slack takes {LONGEST_COMMAND}. Use a shorter --prefix."
    if not COMMAND.fullmatch(name):
        yield f"{name} may hold small letters, digits and hyphens only."


def _at_path(made: Any, path: str) -> list[Any]:
    """Everything that stands there; a list on the way stands for each of its entries."""
    found = [made]
    for step in path.split("."):
        inside = [one for each in found for one in (each if isinstance(each, list) else [each])]
        found = [each[step] for each in inside if step in each]
    return found


def _manifest(registry: Registry, address: str | None, prefix: str) -> dict[str, Any]:
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION, "background_color": "#1f3a4d"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "slash_commands": [
                _command(one, address, prefix) for one in registry.commands.values() if one.alone
            ],
            "shortcuts": _shortcuts(registry),
        },
        "oauth_config": {"scopes": {"bot": list(registry.scopes)}},
        "settings": {
            "event_subscriptions": {**_at(address), "bot_events": _events(registry)},
            "interactivity": {
                "is_enabled": True,
                **_at(address),
                **({} if address is None else {"message_menu_options_url": address}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _command(command: Command, address: str | None, prefix: str) -> dict[str, Any]:
    hint = " | ".join(usage.words for usage in command.usage if usage.words)
    return {
        "command": f"/{prefix}{command.name}",
        **({} if address is None else {"url": address}),
        "description": command.summary,
        "usage_hint": hint,
        "should_escape": True,
    }


def _shortcuts(registry: Registry) -> list[dict[str, Any]]:
    kinds = (("message", registry.message_shortcuts), ("global", registry.global_shortcuts))
    return [
        {"name": one.name, "type": kind, "callback_id": one.id, "description": one.summary}
        for kind, shortcuts in kinds
        for one in shortcuts.values()
    ]


def _events(registry: Registry) -> list[str]:
    return sorted({one.subscription or one.on for listeners in registry.events.values() for one in listeners})


def _at(address: str | None) -> dict[str, Any]:
    return {} if address is None else {"request_url": address}
