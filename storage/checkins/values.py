"""The vocabulary of check-ins."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from storage.recurrence import Recurrence
from storage.schedules.values import SeriesState
from storage.things.values import Letter, Reference
from storage.values import ChannelId, FunctionId, PersonId

MOST_PEOPLE = 50
"""People in one check-in; each has a reply in the summary's thread."""


class RoundState(StrEnum):
    """OPEN until it closes: SUMMED_UP in the channel, or QUIET where nobody answered."""

    OPEN = "open"
    SUMMED_UP = "summed_up"
    QUIET = "quiet"


class Moved(StrEnum):
    """Why a round closes later than planned."""

    NOT_ASKED = "not_asked"
    NOT_DELIVERED = "not_delivered"
    WE_WERE_DOWN = "we_were_down"


class BlockerState(StrEnum):
    """OPEN ⇄ CLEARED; WITHDRAWN when it was none."""

    OPEN = "open"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


class Waits(StrEnum):
    """What kind of party a blocker waits on."""

    FUNCTION = "function"
    PERSON = "person"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Settings:
    """What somebody chooses about a check-in: all of it but who takes part.

    `recurrence` is when people are asked; the round of a date is summed up at `closes_at` by the clocks of
    `closes_zone`. The last question is always the one about blockers.
    """

    name: str
    channel: ChannelId
    questions: tuple[str, ...]
    recurrence: Recurrence
    closes_at: time
    closes_zone: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in as it stands."""

    number: int
    settings: Settings
    owner: PersonId
    state: SeriesState
    changed_by: PersonId
    version: int

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.CHECKIN, self.number)

    @property
    def series(self) -> str:
        """The key of the series that asks its people."""
        return series_key(self.number)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.settings.name

    @property
    def channel(self) -> ChannelId:
        """Where it is summed up; who is in there may see it."""
        return self.settings.channel


_KEYED = "checkin:"


def series_key(number: int) -> str:
    """The key of the series of a check-in."""
    return f"{_KEYED}{number}"


def number_of(key: str) -> int | None:
    """The check-in whose series has that key; None for a series of something else."""
    return int(key.removeprefix(_KEYED)) if key.startswith(_KEYED) else None


@dataclass(frozen=True, slots=True)
class Round:
    """One local date of a check-in, with the questions as they were when it began.

    `summary_ts` is the summary's message, once it has arrived.
    """

    number: int
    on: date
    questions: tuple[str, ...]
    state: RoundState
    opened_at: datetime
    closes_at: datetime
    moved: Moved | None = None
    closed_at: datetime | None = None
    summary_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said in a round: their last words to each question, None where they said nothing."""

    on: date
    person: PersonId
    words: tuple[str | None, ...]
    at: datetime
    version: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Who a blocker waits on: a function, a person, or somebody outside by name."""

    kind: Waits
    function: FunctionId | None = None
    person: PersonId | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something in somebody's way. `asked` is the one person who was asked to clear it, if there is one.

    It was reported in a round of a check-in (`checkin`, `on`), or it holds up an item of a launch (`about`: `L-4/7`).

    `note` is what was said last: why it cannot be cleared yet, or what cleared it. `times` counts how often
    somebody was asked, so that each asking has a key of its own.
    """

    number: int
    checkin: int | None
    on: date | None
    channel: ChannelId
    blocked: PersonId
    words: str
    waits: Party
    asked: PersonId | None
    state: BlockerState
    since: datetime
    settled_at: datetime | None
    changed_by: PersonId
    note: str | None
    times: int
    version: int
    about: str | None = None

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.BLOCKER, self.number)
