"""What a workspace calls its functions and its roles itself: which names are free, and which were used when. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from storage.values import Past, folded

NAME_LIMIT = 30
NO_NAME = "Give it a name."
_SIGNS = " /-+.,'"


class Word(Protocol):
    """One of them; what is `part_of` another one counts under that."""

    @property
    def id(self) -> str:
        """What it is known by, whatever it is called."""

    @property
    def name(self) -> str:
        """What it is called now."""

    @property
    def part_of(self) -> str | None:
        """The one it counts under."""

    @property
    def retired(self) -> bool:
        """Whether it is not used any more."""

    @property
    def past(self) -> tuple[Past, ...]:
        """What it was called before, the oldest first."""


W = TypeVar("W", bound=Word)


def in_use(those: Sequence[W]) -> list[W]:
    """Those that stand for themselves and are used."""
    return [one for one in those if one.part_of is None and not one.retired]


def called(those: Sequence[W], name: str) -> W | None:
    """The one of that name."""
    return next((one for one in those if folded(one.name) == folded(name)), None)


def then(one: Word, now: str, at: datetime | None) -> str:
    """What it is called `now`, and beside that what it was called on a day that is over, where that differs."""
    was = next((past.name for past in one.past if at is not None and at < past.until), one.name)
    return now if at is None or was == now else f"{now} ({was} then)"


def wrong_name(those: Sequence[Word], name: str, kind: str, of: str | None = None) -> str | None:
    """Why nothing of a `kind`, or nothing but the one of that id, can be called so."""
    if not name:
        return NO_NAME
    same = called(those, name)
    if same is None or same.id == of:
        return wrong_with(name, kind)
    if of is not None and same.part_of == of:
        return f"{same.name} counts under it. Take it apart, then merge this one into it."
    if same.part_of is not None:
        whole = next(one.name for one in those if one.id == same.part_of)
        return f"{same.name} counts under {whole}. Choose another name."
    if same.retired:
        return f"There is a {kind} called {same.name}, which is retired. Use that one again."
    return f"There is a {kind} called {same.name} already."


def wrong_with(name: str, kind: str) -> str | None:
    """Why nothing can be called so: such a name stands within sentences, bold and plain, so it has no signs."""
    if len(name) > NAME_LIMIT:
        return f"A {kind}'s name has at most {NAME_LIMIT} characters; this has {len(name)}."
    if not any(one.isalpha() for one in name):
        return f"A {kind}'s name has at least one letter."
    if strange := next((one for one in name if not (one.isalnum() or one in _SIGNS)), None):
        return f"A {kind}'s name has letters, digits, spaces and / - + . , only, no {strange}."
    return None
