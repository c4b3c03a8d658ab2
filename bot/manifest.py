"""The app manifest (Slack's format, version 2), made from what the features register.

`throughline manifest --url https://…` prints it; the sandbox is started with it, so an event or a scope
nobody registered does not work there either.
"""

from typing import Any

from handlers.kit.features import Registry

NAME = "Throughline"
DESCRIPTION = "Keeps what people say, decide and launch joined up"
EVENTS_PATH = "/slack/events"


def manifest(
    registry: Registry, url: str | None, *, socket: bool = False, prefix: str = ""
) -> dict[str, Any]:
    """The manifest for an app at `url` (without a path); with `socket` no address is needed."""
    if not socket and url is None:
        raise ValueError("a manifest needs --url https://… or --socket")
    address = None if socket or url is None else url.rstrip("/") + EVENTS_PATH
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
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _command(command: Any, address: str | None, prefix: str) -> dict[str, Any]:
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
