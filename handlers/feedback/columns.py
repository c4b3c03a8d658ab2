"""The columns of a sheet from anywhere: known by the names people give them, or said by somebody. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

C = TypeVar("C", bound=StrEnum)
T = TypeVar("T")
_SAFE = re.compile(r"'[=+\-@'\t\r]")
"""How a cell of ours begins that no formula is to hide in."""
MOST_UNKNOWN = 100
"""Unknown words of one sort that are told."""


class Unreadable(Exception):
    """The row is not taken in; the text says what is wrong with it and what to do."""


def recognise(names: Mapping[C, Sequence[str]], heads: Sequence[str]) -> dict[C, int]:
    """What the columns most likely hold, by their names; the person looks at it before anything is taken in."""
    named = {plain(one): at for at, one in reversed([*enumerate(heads)])}
    found: dict[C, int] = {}
    for column, words in names.items():
        at = next((named[one] for one in words if one in named and named[one] not in found.values()), None)
        if at is not None:
            found[column] = at
    return found


def mapped(columns: type[C], plan: Mapping[C, int], heads: Sequence[str], said: str) -> dict[C, int]:
    """The plan with one `column=Heading` more; no heading takes the column out. ValueError says what is wrong."""
    name, found, heading = said.partition("=")
    known = {one.value: one for one in columns}
    if not found or name.strip() not in known:
        raise ValueError(f"“{said}” is not of the form column=Heading, with one of {', '.join(known)}.")
    column, wanted = known[name.strip()], plain(heading)
    changed = {one: at for one, at in plan.items() if one is not column}
    if not wanted:
        return changed
    at = next((place for place, one in enumerate(heads) if plain(one) == wanted), None)
    if at is None:
        raise ValueError(f"There is no column “{heading.strip()}”. There are: {', '.join(heads)}.")
    return {**{one: place for one, place in changed.items() if place != at}, column: at}


def check_width(cells: Sequence[str], heads: Sequence[str]) -> None:
    """More cells than headings are a comma somebody forgot to quote."""
    width = len(heads)
    if any(cell.strip() for cell in cells[width:]):
        raise Unreadable(f"it has {len(cells)} cells under {width} headings; put text with commas in quotes")


def cell(cells: Sequence[str], plan: Mapping[C, int], column: C) -> str | None:
    """What stands in that column, if anything does."""
    at = plan.get(column)
    if at is None or at >= len(cells):
        return None
    said = cells[at].replace("\x00", "").strip()
    return (said[1:] if _SAFE.match(said) else said) or None


def known(names: Mapping[T, Sequence[str]], said: str | None) -> T | None:
    """Which of these it is called."""
    wanted = plain(said or "")
    return next((one for one, words in names.items() if wanted and wanted in map(plain, words)), None)


def note(unknown: dict[str, int], said: str) -> None:
    """Count what we have no word for."""
    if said in unknown or len(unknown) < MOST_UNKNOWN:
        unknown[said] = unknown.get(said, 0) + 1


def plain(said: str) -> str:
    """A name as it is compared: letters and digits, whatever stands between them."""
    text = unicodedata.normalize("NFKC", said).casefold().replace("’", "").replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", text))
