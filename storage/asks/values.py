"""One ask or telling, and where it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.values import Json, PersonId, WorkspaceId


class AskKind(StrEnum):
    """An ask needs an answer; a telling only wants to be known.

    A NUDGE reminds of an ask, once. NEWS is a telling that helps to answer: it stands before what is asked in the
    same message. A BACK tells somebody what became of what they did themselves: it is not
    counted and not delayed.
    """

    ASK = "ask"
    NUDGE = "nudge"
    TELL = "tell"
    NEWS = "news"
    BACK = "back"


TELLINGS = frozenset({AskKind.TELL, AskKind.NEWS})
"""What only wants to be known, and counts as such."""


class AskState(StrEnum):
    """WAITING → SENT → ANSWERED; WITHDRAWN when nobody needs it, LAPSED when its time passed unsent."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Held(StrEnum):
    """Why something was not sent when it was due: the last reason there was."""

    BUDGET = "budget"
    AWAY = "away"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    HOURS = "hours"
    QUIET = "quiet"
    UNDELIVERED = "undelivered"
    GONE = "gone"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Ask:
    """What one person is to be asked or told, rendered when it was caused.

    `summary` is one plain sentence (it is read on lock screens); `blocks` are what stands in the message.
    `recipient` is whom it goes to: the person, or who covers for them. `delivered_at` is when it really
    reached them. `about` names the things (`L-4`) whoever gets it has to be allowed to see. `letter` is the key of the
    message it went out in. Once it is settled its `blocks` are those that stay in its message, mostly none.
    """

    workspace: WorkspaceId
    key: str
    person: PersonId
    kind: AskKind
    summary: str
    blocks: list[dict[str, Any]]
    due_at: datetime
    state: AskState
    recipient: PersonId
    created_at: datetime
    until: datetime | None = None
    covered: bool = False
    about: str | None = None
    held: Held | None = None
    held_note: dict[str, Json] | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    settled_at: datetime | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class NewAsk:
    """What is to be queued."""

    key: str
    person: PersonId
    kind: AskKind
    summary: str
    blocks: list[dict[str, Any]]
    due_at: datetime
    recipient: PersonId
    until: datetime | None = None
    covered: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """How many asks and tellings reached somebody since their day began."""

    asks: int = 0
    tells: int = 0
