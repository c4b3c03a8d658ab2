"""What a check is: one promise, and a look at the database that finds where it is broken.

Findings carry ids and enumerated values, never anybody's words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from storage.database import Tx
from storage.schedules.log import BEAT
from storage.settings.tables import SettingRow

MOST = 20
"""Findings of one look; who has more than these needs no longer list."""
LEFT = timedelta(hours=1)
"""So long after its time something counts as left undone: a clock that ticks has been there long before."""


class Invariant(StrEnum):
    """The promises; docs/operations.md has them in words."""

    ONCE = "I1"
    DUE = "I2"
    SENT = "I3"
    SHOWN = "I4"
    APART = "I5"
    AUDITED = "I6"
    UNKNOWN = "I7"
    FORGOTTEN = "I8"


@dataclass(frozen=True, slots=True)
class Broken:
    """One place where a promise is broken."""

    workspace: str
    what: str


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a look, and where the next part begins; None at the end."""

    found: Sequence[Broken]
    after: tuple[Any, ...] | None = None


Look = Callable[[Tx, tuple[Any, ...] | None], Page]


@dataclass(frozen=True, slots=True)
class Check:
    """`look` is called until it knows no more pages; each page is one snapshot."""

    invariant: Invariant
    name: str
    promise: str
    look: Look


def rows(words: str, *queries: Select[*tuple[Any, ...]]) -> Look:
    """Every row of these queries is a finding: its workspace, then what the words are filled in with."""
    limited = [query.limit(MOST) for query in queries]

    def look(tx: Tx, _after: tuple[Any, ...] | None) -> Page:
        found = [row for query in limited for row in tx.all(query)]
        return Page([Broken(row[0], words.format(*row[1:])) for row in found])

    return look


@dataclass(frozen=True, slots=True)
class Beat:
    """When the clock of a workspace was last looked at, in both times."""

    workspace: str
    at: datetime
    steady: datetime


_BEATS = select(SettingRow.workspace, SettingRow.value).where(SettingRow.name == BEAT)


def left(words: str, *queries: Select[*tuple[Any, ...]], ago: timedelta = LEFT) -> Look:
    """As `rows`, with values for `in_workspace`, `seen` (civil) and `seen_steady`.

    These are so long before somebody last looked at the clock: what was due by then and is still there was left. While
    nobody runs, nothing is.
    """
    limited = [query.limit(MOST) for query in queries]

    def look(tx: Tx, _after: tuple[Any, ...] | None) -> Page:
        found = []
        for beat in _beats(tx):
            values = {"in_workspace": beat.workspace, "seen": beat.at - ago, "seen_steady": beat.steady - ago}
            found += [row for query in limited for row in tx.all(query, **values)]
        return Page([Broken(row[0], words.format(*row[1:])) for row in found])

    return look


def _beats(tx: Tx) -> list[Beat]:
    return [
        Beat(workspace, *(datetime.fromisoformat(str(value[name])) for name in ("at", "steady")))
        for workspace, value in tx.all(_BEATS)
    ]
