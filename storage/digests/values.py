"""The vocabulary of digests: what happened in a time, what is open, and what needs somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.calendar import local_date
from storage.feedback.values import Kind
from storage.things.values import Reference
from storage.values import ChannelId, FunctionId, PersonId


class Need(StrEnum):
    """Why something needs attention, most pressing first."""

    LAUNCH = "launch"
    """A launch whose day has passed, and nobody said that it shipped."""
    BLOCKER = "blocker"
    """Somebody cannot go on for days."""
    ITEM_BLOCKED = "item_blocked"
    ITEM_LATE = "item_late"
    OVERDUE = "overdue"
    """A proposal that should have been decided by now."""
    REVIEW = "review"
    """A decision whose review day has passed."""
    UNDECIDED = "undecided"
    """A proposal without a day that waits and waits."""
    UNTOUCHED = "untouched"
    """Feedback nobody has added anything to, or linked to anything, since it was captured."""


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, and whose calendar says which days that was."""

    since: datetime
    until: datetime
    zone: str

    @property
    def today(self) -> date:
        """Its last day."""
        return local_date(self.until, self.zone)

    @property
    def first(self) -> date:
        """Its first day."""
        return local_date(self.since, self.zone)

    def day(self, moment: datetime) -> date:
        """On which day something was."""
        return local_date(moment, self.zone)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line is about: how people name it, and where it can be seen."""

    reference: Reference
    title: str
    permalink: str | None = None
    item: int | None = None
    """The number of an item of a launch."""

    @property
    def name(self) -> str:
        """`D-7`, `L-4/12`."""
        return f"{self.reference}/{self.item}" if self.item else str(self.reference)


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is open since a day, and whose move it is."""

    need: Need
    about: Subject
    owner: PersonId | None
    since: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was decided, by whom, and what it replaced."""

    about: Subject
    by: PersonId | None
    at: datetime
    replaces: int | None = None
    functions: tuple[FunctionId, ...] = ()
    concerns: bool = False
    """Whether whoever looks has a part in it."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """An open blocker: who cannot go on, and which function, person or party outside they wait on."""

    about: Subject
    blocked: PersonId
    function: FunctionId | None
    person: PersonId | None
    outside: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Cleared:
    """A blocker that is none any more, and whose it was."""

    about: Subject
    blocked: PersonId


@dataclass(frozen=True, slots=True)
class Closed:
    """Feedback whose wish has shipped, for which account, and how many people who wanted it are told."""

    about: Subject
    account: str | None
    told: int


class Turn(StrEnum):
    """What happened to a launch, or is about to."""

    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    MOVED = "moved"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class LaunchNews:
    """A launch that shipped, moved, was called off or comes soon; how many of its items are ready."""

    about: Subject
    turn: Turn
    on: date
    before: date | None = None
    """The day it was to be on, of one that moved."""
    ready: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """All that one read found; `weeks` counts the feedback of each week by kind, oldest week first."""

    open: tuple[Open, ...] = ()
    untouched: int = 0
    """Pieces of feedback that nobody has touched; the oldest one is among `open`."""
    decided: tuple[Decided, ...] = ()
    """The newest of those that were decided, of so many."""
    decided_in_all: int = 0
    captured: Mapping[Kind, int] = field(default_factory=dict)
    weeks: tuple[Mapping[Kind, int], ...] = ()
    launches: tuple[LaunchNews, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    cleared: tuple[Cleared, ...] = ()
    closed: tuple[Closed, ...] = ()
    praised: tuple[Subject, ...] = ()
    """The newest of what was praised."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A channel's digest; until when it has told what happened."""

    channel: ChannelId
    told_until: datetime


@dataclass(frozen=True, slots=True)
class Readers:
    """Who is known to be in a channel."""

    zones: Mapping[str, int]
    """How many live by the clocks of each zone."""
    full: bool
    """Whether all of them are full members of the workspace, so that what is open to it may be said aloud."""
    guests: tuple[str, ...] = ()
    """The names of some who are not."""
