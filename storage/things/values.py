"""What a thing is, and who is looking at it."""

from dataclasses import dataclass
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
