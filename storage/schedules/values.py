"""A series is what recurs; an occurrence is one date of it, for one recipient or for nobody in particular."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.recurrence import Recurrence
from storage.values import Json, PersonId

APART = timedelta(hours=12)
"""Somebody who moved to another zone is not asked again sooner than this."""
WORTH_ASKING = timedelta(hours=2)
"""A prompt that would come later than this is not sent any more."""


class SeriesState(StrEnum):
    """ACTIVE ⇄ PAUSED, and ENDED for good."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class OccurrenceState(StrEnum):
    """WAITING, then exactly one of the others, for good."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    FAILED = "failed"


class Why(StrEnum):
    """Why an occurrence did not happen."""

    ASKED_TO_SKIP = "asked_to_skip"
    MOVED_ZONE = "moved_zone"
    AWAY = "away"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    HOURS = "hours"
    NOT_IN_IT = "not_in_it"
    GONE = "gone"
    WE_WERE_DOWN = "we_were_down"
    ERROR = "error"
    OFF = "off"
    QUIET = "quiet"
    """There was nothing to say."""
    NOWHERE = "nowhere"
    """It cannot be said any more where it was to be."""
    SENT_TODAY = "sent_today"
    """Somebody had it sent earlier that day."""


class Late(StrEnum):
    """What becomes of an occurrence whose time passed while we were down.

    A PROMPT still goes out on the same local day and at most WORTH_ASKING late, else it is missed and the
    owner is told. A DEADLINE is always applied.
    """

    PROMPT = "prompt"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Series:
    """What recurs. `kind` names what a feature registered, `subject` is that feature's own ids.

    `title` is how people know it ("Daily check-in in #product"). With `per_person` every person given by
    `set_people` has an occurrence of their own, else there is one for all; a recurrence in each person's own
    zone is always per person. The owner is told when it was missed.
    """

    key: str
    kind: str
    title: str
    recurrence: Recurrence
    subject: dict[str, Json]
    owner: PersonId | None = None
    per_person: bool = False
    state: SeriesState = SeriesState.ACTIVE
    skips: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.recurrence.zone is None and not self.per_person:
            raise ValueError("Whose own time? A series for nobody in particular needs a zone.")


@dataclass(frozen=True, slots=True)
class Slot:
    """A date of a series in one zone whose time has come."""

    series: Series
    zone: str
    on: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series for one recipient, or for nobody in particular."""

    series: Series
    on: date
    recipient: PersonId | None
    zone: str
    due_at: datetime
    tries: int = 0
    state: OccurrenceState = OccurrenceState.WAITING
    why: Why | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """When no worker looked at the clock."""

    began: datetime
    ended: datetime
