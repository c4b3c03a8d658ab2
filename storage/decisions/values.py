"""The vocabulary of decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.roles.values import Rule
from storage.things.values import Letter, Reference
from storage.values import ChannelId, FunctionId, Json, PersonId, RoleId


class DecisionState(StrEnum):
    """PROPOSED until its approver decides; WITHDRAWN when it was recorded by mistake or dropped."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Stance(StrEnum):
    """What a contributor thinks of it; NOT_YET is its approver's answer when they do not approve it so."""

    AGREE = "agree"
    OBJECT = "object"
    NO_VIEW = "no_view"
    NOT_YET = "not_yet"


class Reminder(StrEnum):
    """What a date of a decision makes us do."""

    APPROVER = "approver"
    DRIVER = "driver"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Source:
    """The message a decision was recorded from; `thread` is the first message of its thread."""

    channel: ChannelId
    ts: str
    thread: str


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """Somebody is named in another role than the first of the rule they follow."""

    rule: Rule
    person: PersonId
    role: RoleId


@dataclass(frozen=True, slots=True)
class Details:
    """Everything a person writes or chooses about a decision. People and functions are sorted.

    `named` says of those who contribute or are informed who is named in another role than the first of that rule.
    """

    what: str
    driver: PersonId
    why: str | None = None
    options: str | None = None
    approver: PersonId | None = None
    contributors: tuple[PersonId, ...] = ()
    informed: tuple[PersonId, ...] = ()
    functions: tuple[FunctionId, ...] = ()
    due_on: date | None = None
    review_on: date | None = None
    named: tuple[Named, ...] = ()

    def follow(self, rule: Rule) -> tuple[PersonId, ...]:
        """Who is named in a role of that rule."""
        match rule:
            case Rule.DRIVER:
                return (self.driver,)
            case Rule.APPROVER:
                return () if self.approver is None else (self.approver,)
            case Rule.CONTRIBUTOR:
                return self.contributors
            case Rule.INFORMED:
                return self.informed

    def role(self, rule: Rule, person: PersonId) -> RoleId:
        """In which role of that rule somebody is named who follows it."""
        return next((one.role for one in self.named if (one.rule, one.person) == (rule, person)), rule.first)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody with a role in it, each once."""
        named = (self.driver, self.approver, *self.contributors, *self.informed)
        return tuple(dict.fromkeys(one for one in named if one is not None))


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What is known of a decision when it is recorded; `channel` is where, if it was in one."""

    details: Details
    state: DecisionState
    recorded_by: PersonId
    channel: ChannelId | None = None
    source: Source | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it stands.

    `replaced_by` is set as soon as its successor is recorded; it is in force until that is decided. `round`
    counts how often its approver was asked: anew after each change that follows a "not yet".
    """

    number: int
    state: DecisionState
    details: Details
    recorded_by: PersonId
    recorded_at: datetime
    decided_by: PersonId | None
    decided_at: datetime | None
    channel: ChannelId | None
    source: Source | None
    permalink: str | None
    replaces: int | None
    replaced_by: int | None
    round: int
    changed_by: PersonId
    version: int

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.DECISION, self.number)

    @property
    def involved(self) -> tuple[PersonId, ...]:
        """Everybody with a role in it, and whoever recorded it."""
        return tuple(dict.fromkeys((self.recorded_by, *self.details.people)))


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody who was asked said, and in which round of asking."""

    person: PersonId
    stance: Stance
    reason: str | None
    round: int
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody's changes to a decision, kept page by page until they save them.

    `seen` is the version of the decision they began with; `changes` holds the changed details by name.
    """

    seen: int
    begun_at: datetime
    changes: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody is to be reminded of a decision on a day of their own calendar."""

    kind: Reminder
    person: PersonId
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A decision in a list; `unheard` and `draft` are about whoever looks."""

    number: int
    state: DecisionState
    title: str
    permalink: str | None
    driver: PersonId
    approver: PersonId | None
    review_on: date | None
    replaced_by: int | None
    unheard: bool = False
    draft: bool = False

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.DECISION, self.number)
