"""What a sandbox is told when it starts, and the app manifest as the rest of it reads it."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.modes import Modes

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Which workspace a sandbox is; its people and channels have the same ids in each."""

    id: str = "T0NORTHWIND"
    name: str = "Northwind Labs"
    domain: str = "northwind-labs"


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """Everything a local Slack needs; the tokens and the secret are made up by whoever starts it.

    `bot_url` is the whole address everything is posted to, e.g. http://127.0.0.1:3001/slack/events.
    """

    manifest: Mapping[str, Any]
    signing_secret: str
    bot_token: str
    app_token: str = "xapp-1-A0THROUGH-1-sandbox"  # noqa: S105 - opens nothing outside this process
    bot_url: str | None = None
    workspace: Workspace = Workspace()
    gallery: Sequence[Mapping[str, Any]] = ()
    state_file: Path | None = None
    base_url: str = "http://127.0.0.1:3000"
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    retry_wait: Callable[[float], Awaitable[None]] | None = None
    """How such a delay goes by, if not on the clock people can move."""
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    socket_seconds: float = 3600.0
    """How long a Socket Mode connection lasts."""
    modes: Modes = field(default_factory=Modes)
    steady: Callable[[], float] = time.monotonic
    """Seconds by which calls are counted; a simulation that need not wait hands in its own."""
    offset: timedelta = timedelta()
    """Where a new world's civil clock stands, beside the real time: a history begins in the past."""


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command of the manifest."""

    name: str
    description: str
    usage_hint: str
    escapes: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One global or message shortcut of the manifest."""

    name: str
    kind: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of Slack's app manifest that change what the app can do here."""

    app_name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    interactive: bool
    socket_mode: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    def command(self, name: str) -> Command | None:
        """The command of this name, if the app has it."""
        return next((command for command in self.commands if command.name == name), None)

    def shortcut(self, callback_id: str, kind: str) -> Shortcut | None:
        """The shortcut with this callback id, if the app has it."""
        found = (s for s in self.shortcuts if s.callback_id == callback_id and s.kind == kind)
        return next(found, None)


def read_manifest(raw: Mapping[str, Any]) -> Manifest:
    """Read Slack's manifest format v2; what is left out is off, as with Slack."""
    features, settings = raw.get("features", {}), raw.get("settings", {})
    home = features.get("app_home", {})
    name = raw.get("display_information", {}).get("name", "App")
    return Manifest(
        app_name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name.lower()),
        scopes=frozenset(raw.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands=tuple(map(_command, features.get("slash_commands", ()))),
        shortcuts=tuple(map(_shortcut, features.get("shortcuts", ()))),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
        raw=raw,
    )


def _command(raw: Mapping[str, Any]) -> Command:
    return Command(
        name=raw["command"],
        description=raw.get("description", ""),
        usage_hint=raw.get("usage_hint", ""),
        escapes=bool(raw.get("should_escape")),
    )


def _shortcut(raw: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        name=raw["name"],
        kind=raw["type"],
        callback_id=raw["callback_id"],
        description=raw.get("description", ""),
    )
