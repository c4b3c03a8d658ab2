"""What a feature registers, and the registry everything is made from.

A feature is one frozen `Feature`; `handlers/registry.py` lists them. Dispatch, the manifest, the help, the
permissions page and the documentation tests read the `Registry`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel

from handlers.kit.permissions import May
from handlers.kit.replies import ButtonReply, CommandReply, Options, ShortcutReply, SubmitReply, View
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    EventRequest,
    GlobalShortcutRequest,
    MessageShortcutRequest,
    OptionsRequest,
    SubmitRequest,
    Who,
)
from storage.database import Tx
from storage.outbox.values import Answer
from storage.schedules.values import Late, Occurrence

R = TypeVar("R")
Content = dict[str, Any]
"""A message's `text` and `blocks`, or a Home view."""


class Mode(StrEnum):
    """READS runs beside the writer and keeps no delivery key; WRITES has its effect once per delivery."""

    READS = "reads"
    WRITES = "writes"


@dataclass(frozen=True, slots=True)
class Usage:
    """One line of a command's help: what to type after the command, and what it does."""

    words: str
    does: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command (`name` without the slash); also reachable as `/throughline <name> …`.

    One that is not `alone` is no slash command of its own, only `/throughline <name> …`.
    """

    name: str
    summary: str
    usage: tuple[Usage, ...]
    may: May
    mode: Mode
    run: Callable[[Tx, CommandRequest], CommandReply]
    alone: bool = True

    @property
    def typed(self) -> str:
        """What people type after the slash."""
        return self.name if self.alone else f"throughline {self.name}"


@dataclass(frozen=True, slots=True)
class MessageShortcut:
    """An entry of a message's menu; `name` at most 24 characters."""

    id: str
    name: str
    summary: str
    may: May
    mode: Mode
    run: Callable[[Tx, MessageShortcutRequest], ShortcutReply]


@dataclass(frozen=True, slots=True)
class GlobalShortcut:
    """An entry of the shortcuts menu; `name` at most 24 characters."""

    id: str
    name: str
    summary: str
    may: May
    mode: Mode
    run: Callable[[Tx, GlobalShortcutRequest], ShortcutReply]


@dataclass(frozen=True, slots=True)
class Button:
    """Anything that sends block actions. `does` completes "may …" on the permissions page."""

    id: str
    does: str
    may: May
    mode: Mode
    run: Callable[[Tx, ButtonRequest], ButtonReply]


@dataclass(frozen=True, slots=True)
class Submit:
    """A modal's submit."""

    id: str
    does: str
    may: May
    run: Callable[[Tx, SubmitRequest], SubmitReply]


@dataclass(frozen=True, slots=True)
class TypeAhead:
    """The choices of an external select."""

    id: str
    does: str
    may: May
    run: Callable[[Tx, OptionsRequest], Options]


@dataclass(frozen=True, slots=True)
class Event:
    """An event Slack sends us; several features may listen to one, in registry order."""

    on: str
    model: type[BaseModel]
    does: str
    may: May
    run: Callable[[Tx, EventRequest[Any]], None]
    subscription: str = ""
    """The manifest's name for it where it is another one (`message.im`)."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the clock calls in each workspace: small works, one commit each, until one returns False."""

    name: str
    every: timedelta
    run: Callable[[Tx], bool]


@dataclass(frozen=True, slots=True)
class SeriesKind:
    """What happens when a series of this kind is due: `run` is called once for each occurrence.

    What it writes is kept together with the note that it ran; if it raises, nothing of it is. Prompts are
    not run on days the recipient does not work or is away.
    """

    run: Callable[[Tx, Occurrence], None]
    late: Late = Late.PROMPT


Section = Callable[[Tx, Who], list[dict[str, object]]]
"""Blocks for somebody's Home, with their own title; empty when there is nothing to say."""


@dataclass(frozen=True, slots=True)
class HomeSections:
    """A feature's sections of Home: what needs me, what I wait for others for, what there is to know, my settings."""

    needs_you: tuple[Section, ...] = ()
    waiting: tuple[Section, ...] = ()
    information: tuple[Section, ...] = ()
    settings: tuple[Section, ...] = ()


Opens = Callable[[Tx, Who, int], View | None]
"""The window that shows the thing of this number to somebody; None for what they may not see."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Everything a feature brings. `scopes` and `events` say why each is needed.

    `opens` says, by the letter of its things (`F`), how one is shown to somebody who meets it elsewhere.
    """

    name: str
    commands: tuple[Command, ...] = ()
    message_shortcuts: tuple[MessageShortcut, ...] = ()
    global_shortcuts: tuple[GlobalShortcut, ...] = ()
    buttons: tuple[Button, ...] = ()
    submits: tuple[Submit, ...] = ()
    type_aheads: tuple[TypeAhead, ...] = ()
    events: tuple[Event, ...] = ()
    thens: Mapping[str, Callable[[Tx, Answer], None]] = field(default_factory=dict)
    renderers: Mapping[str, Callable[[Tx, Mapping[str, Any]], Content | None]] = field(default_factory=dict)
    jobs: tuple[Job, ...] = ()
    series: Mapping[str, SeriesKind] = field(default_factory=dict)
    home: HomeSections = HomeSections()
    opens: Mapping[str, Opens] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)


class Registry:
    """All features, looked up by name; made once. A name registered twice is an error at the start."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features = tuple(features)
        self.commands = _by("command", ((one.name, one) for f in self.features for one in f.commands))
        self.message_shortcuts = _by(
            "shortcut", ((one.id, one) for f in self.features for one in f.message_shortcuts)
        )
        self.global_shortcuts = _by(
            "shortcut", ((one.id, one) for f in self.features for one in f.global_shortcuts)
        )
        self.buttons = _by("button", ((one.id, one) for f in self.features for one in f.buttons))
        self.submits = _by("submit", ((one.id, one) for f in self.features for one in f.submits))
        self.type_aheads = _by("type-ahead", ((one.id, one) for f in self.features for one in f.type_aheads))
        self.thens = _by("then", (item for f in self.features for item in f.thens.items()))
        self.renderers = _by("renderer", (item for f in self.features for item in f.renderers.items()))
        self.series = _by("series", (item for f in self.features for item in f.series.items()))
        self.jobs = tuple(one for f in self.features for one in f.jobs)
        self.events: dict[str, list[Event]] = {}
        for one in (event for f in self.features for event in f.events):
            self.events.setdefault(one.on, []).append(one)

    @property
    def scopes(self) -> dict[str, list[str]]:
        """Every scope we ask for, with the reasons of the features that need it."""
        reasons: dict[str, list[str]] = {}
        for feature in self.features:
            for scope, reason in feature.scopes.items():
                reasons.setdefault(scope, []).append(reason)
        return dict(sorted(reasons.items()))


def _by(what: str, items: Iterable[tuple[str, R]]) -> dict[str, R]:
    found: dict[str, R] = {}
    for name, item in items:
        if name in found:
            raise ValueError(f"the {what} {name!r} is registered twice")
        found[name] = item
    return found
