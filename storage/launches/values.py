"""The vocabulary of launches."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.things.values import Letter, Reference
from storage.values import ChannelId, FunctionId, PersonId


class Tier(StrEnum):
    """How much of the company a launch needs."""

    BIG = "big"
    NORMAL = "normal"
    SMALL = "small"


class LaunchState(StrEnum):
    """PLANNED until it ships or is called off; WITHDRAWN when it was taken back before anybody knew of it."""

    PLANNED = "planned"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """How an item stands; NOT_NEEDED has a reason, as BLOCKED has."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    BLOCKED = "blocked"
    NOT_NEEDED = "not_needed"


class Gate(StrEnum):
    """Whether go or no-go is being voted on."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"


class Vote(StrEnum):
    """What a function says before a launch, and what comes of all of them."""

    GO = "go"
    CONDITIONS = "conditions"
    HOLD = "hold"
    NO_GO = "no_go"


class Asked(StrEnum):
    """What the owner of an item has been asked by now."""

    NOTHING = "nothing"
    SOON = "soon"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of a launch that is made, with the day its owner is first asked about it."""

    title: str
    function: FunctionId | None
    owner: PersonId | None
    t_minus: int
    due_on: date
    ask_on: date
    condition: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """Who sees to a function's part of one launch, and how many working days' notice the function needs.

    `told` means that they know: the lead made the launch, or was told.
    """

    function: FunctionId
    person: PersonId | None
    notice: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class NewLaunch:
    """What is known of a launch when it is made."""

    name: str
    on: date
    tier: Tier
    owner: PersonId
    channel: ChannelId | None
    leads: tuple[Lead, ...]
    items: tuple[NewItem, ...]
    shown_on: date


@dataclass(frozen=True, slots=True)
class Launch:
    """One launch as it stands.

    `told_on` is the date people know, `tell_at` when they are told the one it has now. `round` counts how
    often go or no-go was voted on; `required` are the functions that vote in this round, `decision` the number
    of what came of it. `shown_on` is the day its board was last counted for.
    """

    number: int
    name: str
    on: date
    tier: Tier
    state: LaunchState
    owner: PersonId
    channel: ChannelId | None
    told_on: date
    tell_at: datetime | None
    gate: Gate
    round: int
    required: tuple[FunctionId, ...]
    outcome: Vote | None
    decision: int | None
    shown_on: date
    created_by: PersonId
    created_at: datetime
    changed_by: PersonId
    changed_at: datetime
    version: int
    permalink: str | None = None

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.LAUNCH, self.number)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that has to be ready: `t_minus` working days before the launch. `round` counts its plans."""

    launch: int
    number: int
    title: str
    function: FunctionId | None
    owner: PersonId | None
    t_minus: int
    due_on: date
    state: ItemState
    reason: str | None
    condition: bool
    ask_on: date | None
    asked: Asked
    round: int
    changed_by: PersonId | None
    version: int

    @property
    def name(self) -> str:
        """How people name it: `L-4/12`."""
        return f"L-{self.launch}/{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in (ItemState.DONE, ItemState.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Move:
    """The launch was put from one day to another, and why."""

    number: int
    before: date
    after: date
    reason: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a function's lead voted last, why, and the item a condition became."""

    function: FunctionId
    person: PersonId
    vote: Vote
    reason: str | None
    item: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenParts:
    """In how many planned launches a function has a part, how many of its items are open, in how many it votes."""

    launches: int
    items: int
    votes: int


@dataclass(frozen=True, slots=True)
class Line:
    """A launch in a list: how many of its items are ready, late and blocked."""

    number: int
    name: str
    on: date
    state: LaunchState
    owner: PersonId
    permalink: str | None
    ready: int
    items: int
    late: int
    blocked: int

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.LAUNCH, self.number)
