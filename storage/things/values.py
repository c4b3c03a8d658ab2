"""What a thing is, and who is looking at it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from typing_extensions import override

from storage.values import PersonId, PersonKind


class Letter(StrEnum):
    """The first letter of a reference."""

    FEEDBACK = "F"
    CHECKIN = "C"
    BLOCKER = "B"
    LAUNCH = "L"
    DECISION = "D"


@dataclass(frozen=True, slots=True)
class Reference:
    """How people name a thing; the number is never used again."""

    letter: Letter
    number: int

    @override
    def __str__(self) -> str:
        return f"{self.letter}-{self.number}"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks. Only full members see what is open to the whole workspace."""

    person: PersonId
    kind: PersonKind


@dataclass(frozen=True, slots=True)
class Thing:
    """What everybody needs of a thing: what it is called, how it stands (in its feature's words), whose it is."""

    reference: Reference
    title: str
    state: str
    owner: PersonId | None
    permalink: str | None
    created_at: datetime


TAKEN_BACK = ("undone", "objected", "withdrawn")
"""States of things that somebody took back: nothing of them goes anywhere any more."""
LEFT_OUT = (*TAKEN_BACK, "merged")
"""States in which a thing is in no list: it was taken back, or another one stands for it."""


class How(StrEnum):
    """How two things came to be linked: somebody TYPED a reference, or CHOSE the other thing."""

    TYPED = "typed"
    CHOSEN = "chosen"


class LinkState(StrEnum):
    """A typed reference is OPEN until somebody confirms it; what was UNDONE is never made again by typing."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Link:
    """Two things that belong together, whichever was there first."""

    state: LinkState
    how: How
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing at the other end of a link."""

    thing: Thing
    link: Link

    @property
    def confirmed(self) -> bool:
        """Whether its people hear of changes at this end."""
        return self.link.state is LinkState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Ripple:
    """A change that the people of linked things are told: once each, `key` makes sure.

    `known` are told it otherwise or did it themselves; the people of what is in `apart` are told by somebody else.
    """

    key: str
    about: Reference
    headline: str
    words: str
    known: Collection[PersonId] = ()
    apart: Collection[str] = ()
