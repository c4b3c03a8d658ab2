"""What a feature registers, and the registry everything is made from.

A feature is one frozen `Feature`; `handlers/registry.py` lists them. Dispatch, the manifest, the help, the
permissions page and the documentation tests read the `Registry`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel

from handlers.kit.elements import Element
from handlers.kit.jobs import Switch
from handlers.kit.permissions import May
from handlers.kit.replies import ButtonReply, CommandReply, Options, ShortcutReply, SubmitReply, View
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    EventRequest,
    Filled,
    GlobalShortcutRequest,
    MessageShortcutRequest,
    OptionsRequest,
    SubmitRequest,
    Who,
)
from handlers.kit.switches import is_on
from storage.database import Tx
from storage.outbox.values import Answer
from storage.schedules.values import Late, Occurrence, Why
from storage.values import PersonId
from storage.worktime.values import Availability

R = TypeVar("R")
Content = dict[str, Any]
"""A message's `text` and `blocks`, or a Home view."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of a file, how many things are in it, and where the next one begins; None after the last."""

    data: bytes
    count: int
    after: int | None


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
    always: bool = False
    """Whether it works even while its job is off: what is theirs people may take back at any time."""


def _every_one(_one: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Submit:
    """A modal's submit.

    `look` runs first, beside the writer: where it answers, nothing is written, for there is something to ask yet. It is
    spared where the form alone tells that there is not (`unsure`).
    """

    id: str
    does: str
    may: May
    run: Callable[[Tx, SubmitRequest], SubmitReply]
    look: Callable[[Tx, SubmitRequest], SubmitReply | None] | None = None
    unsure: Callable[[Filled], bool] = _every_one


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
    always: bool = False
    """Whether it is heard even while its job is off: what would otherwise never be put right."""
    switch: Switch | None = None
    """The job it belongs to; the registry sets it."""
    concerns: Callable[[Any], bool] = _every_one
    """Whether one of them, as `model`, can matter at all; the others are answered without any work."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the clock calls in each workspace: small works, one commit each, until one returns False.

    One that is `last` runs after all others: it sends what they have put together.
    """

    name: str
    every: timedelta
    run: Callable[[Tx], bool]
    last: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """How the note about a missed date names what did not happen, and the button that makes up for it."""

    did_not: str = "ask for"
    instead: str = "Ask now instead"
    button: str = "schedules.run_now"


Together = Callable[[Tx, Sequence[Occurrence], Mapping[PersonId, Availability]], Sequence[Why | None]]
"""Runs several occurrences, whose recipients can be reached then."""


@dataclass(frozen=True, slots=True)
class SeriesKind:
    """What happens when a series of this kind is due: `run` is called once for each occurrence.

    What it writes is kept together with the note that it ran; if it raises, nothing of it is. Prompts are
    not run on days the recipient does not work or is away. A `Why` it returns is noted as the reason why nothing
    came of the date after all. `missed` is what its owner reads of dates that came too late.
    """

    run: Callable[[Tx, Occurrence], Why | None]
    late: Late = Late.PROMPT
    missed: Missed = Missed()
    reads_much: bool = False
    """Whether one of them is enough for one work."""
    switch: Switch | None = None
    """The job it belongs to, which takes its dates only while it is on; the registry sets it."""
    together: Together | None = None
    """The same for several that are due at once, where what they have in common need not be looked up for each."""


Section = Callable[[Tx, Who], list[dict[str, object]]]
"""Blocks for somebody's Home, with their own title; empty when there is nothing to say."""


@dataclass(frozen=True, slots=True)
class HomeSections:
    """A feature's sections of Home, in the order they are shown in.

    `first` stands before everything and `last` after it; `begin` are the buttons something new begins with, in
    one row; `look` are those that lead to all there is, in another; `places` says where Throughline listens and works.
    Home writes the headings of the parts; a section of `waiting` or `information` begins with a title of its own in
    bold. One for which there is no room is left
    out whole, so a section cuts its lists itself and says how many more there are.
    """

    first: tuple[Section, ...] = ()
    begin: tuple[Callable[[Who], list[Element]], ...] = ()
    needs_you: tuple[Section, ...] = ()
    waiting: tuple[Section, ...] = ()
    information: tuple[Section, ...] = ()
    look: tuple[Callable[[Who], list[Element]], ...] = ()
    places: tuple[Section, ...] = ()
    settings: tuple[Section, ...] = ()
    last: tuple[Section, ...] = ()


Opens = Callable[[Tx, Who, int], View | None]
"""The window that shows the thing of this number to somebody; None for what they may not see."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Everything a feature brings. `scopes` and `events` say why each is needed.

    With a `switch` it is a job that admins switch on and off; without one it is always there.
    `says_again` words, by its `then`, a message that is sent once more where nobody can look whether it arrived; one
    that stands nowhere there waits for an admin's word instead.
    `files` makes files, a part at a time, each in a read of its own.
    `opens` says, by the letter of its things (`F`), how one is shown to somebody who meets it elsewhere.
    """

    name: str
    switch: Switch | None = None
    commands: tuple[Command, ...] = ()
    message_shortcuts: tuple[MessageShortcut, ...] = ()
    global_shortcuts: tuple[GlobalShortcut, ...] = ()
    buttons: tuple[Button, ...] = ()
    submits: tuple[Submit, ...] = ()
    type_aheads: tuple[TypeAhead, ...] = ()
    events: tuple[Event, ...] = ()
    thens: Mapping[str, Callable[[Tx, Answer], None]] = field(default_factory=dict)
    renderers: Mapping[str, Callable[[Tx, Mapping[str, Any]], Content | None]] = field(default_factory=dict)
    files: Mapping[str, Callable[[Tx, Mapping[str, Any], int | None], FilePart]] = field(default_factory=dict)
    jobs: tuple[Job, ...] = ()
    says_again: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)
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
        self.says_again = _by("message", (item for f in self.features for item in f.says_again.items()))
        self.renderers = _by("renderer", (item for f in self.features for item in f.renderers.items()))
        self.files = _by("file", (item for f in self.features for item in f.files.items()))
        self.series = series_of(self.features)
        jobs = (_while_on(one, f.switch) for f in self.features for one in f.jobs)
        self.jobs = tuple(sorted(jobs, key=lambda one: one.last))
        self.events: dict[str, list[Event]] = {}
        for one in (_of_job(event, f.switch) for f in self.features for event in f.events):
            self.events.setdefault(one.on, []).append(one)
        self.switches = tuple(f.switch for f in self.features if f.switch is not None)
        self._switch_of = {used: f.switch for f in self.features if f.switch for used in _used(f)}

    def switch_of(self, kind: str, name: str) -> Switch | None:
        """The job a command, shortcut, action, submit or options belongs to; None for what is always there."""
        return self._switch_of.get((kind, name))

    @property
    def scopes(self) -> dict[str, list[str]]:
        """Every scope we ask for, with the reasons of the features that need it."""
        reasons: dict[str, list[str]] = {}
        for feature in self.features:
            for scope, reason in feature.scopes.items():
                reasons.setdefault(scope, []).append(reason)
        return dict(sorted(reasons.items()))


def series_of(features: Iterable[Feature]) -> dict[str, SeriesKind]:
    """Every kind of series, with the job it belongs to."""
    return _by(
        "series",
        ((name, replace(kind, switch=f.switch)) for f in features for name, kind in f.series.items()),
    )


def _used(feature: Feature) -> Iterator[tuple[str, str]]:
    """What people can use of a feature, as the dispatcher calls it."""
    yield from (("command", one.name) for one in feature.commands)
    yield from (("shortcut", one.id) for one in feature.message_shortcuts)
    yield from (("shortcut", one.id) for one in feature.global_shortcuts)
    yield from (("action", one.id) for one in feature.buttons if not one.always)
    yield from (("submit", one.id) for one in feature.submits)
    yield from (("options", one.id) for one in feature.type_aheads)


def _of_job(event: Event, switch: Switch | None) -> Event:
    return event if switch is None or event.always else replace(event, switch=switch)


def _while_on(job: Job, switch: Switch | None) -> Job:
    return job if switch is None else replace(job, run=lambda tx: is_on(tx, switch) and job.run(tx))


def _by(what: str, items: Iterable[tuple[str, R]]) -> dict[str, R]:
    found: dict[str, R] = {}
    for name, item in items:
        if name in found:
            raise ValueError(f"the {what} {name!r} is registered twice")
        found[name] = item
    return found
