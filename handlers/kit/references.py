"""The short names of things (F-12, L-4/12): how they are written, and how they are found in people's text.

Commands take them as arguments; feedback, decisions and launches link what a text mentions.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """F feedback, C check-in, B blocker, L launch (with a readiness item: L-4/12), D decision."""

    letter: str
    number: int
    item: int | None = None

    @property
    def name(self) -> str:
        """As people read and write it."""
        return f"{self.letter}-{self.number}" + (f"/{self.item}" if self.item else "")


# Only a launch has items: in "F-12/3" the reference is F-12.
_REFERENCE = re.compile(r"(?<![\w-])(?:([FCBD])|(L))-([1-9][0-9]{0,8})\b(?(2)(?:/([1-9][0-9]{0,8})\b)?)")


def parse_reference(text: str) -> Reference | None:
    """The thing a word names, in capitals or not."""
    found = _REFERENCE.fullmatch(text.strip().upper())
    return _reference(found) if found else None


def find_references(text: str) -> tuple[Reference, ...]:
    """Every thing a text names, once, in the order of the text; in capitals, for b-12 is a vitamin."""
    return tuple(dict.fromkeys(map(_reference, _REFERENCE.finditer(text))))


def _reference(found: re.Match[str]) -> Reference:
    other, launch, number, item = found.groups()
    return Reference(other or launch, int(number), int(item) if item else None)
