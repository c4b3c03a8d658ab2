"""The life of an outbox row, and what became of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.values import ChannelId, Json, PersonId, WorkspaceId


class State(StrEnum):
    """Where a row is. PENDING → SENDING → SENT; what ended badly is visible, never silently gone."""

    PARKED = "parked"
    """Waits until our conversation with the person has been opened."""
    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """Slack may or may not have done it; looked up after the settle time."""
    BLOCKED = "blocked"
    """Cannot be done until something changes (archived, not in the channel, revoked)."""
    SENT = "sent"
    DEAD = "dead"
    """Cannot be done at all; visible, and can be put back."""
    LATE = "late"
    """Its last moment passed before it could be sent; dropped and logged."""


OPEN = (State.PARKED, State.PENDING, State.SENDING, State.UNKNOWN)
"""What holds back later rows of its thread."""
DOABLE = (State.PENDING, State.SENDING, State.UNKNOWN)
"""What a courier can do something about, now or later."""
DONE = (State.SENT, State.LATE)
"""What is forgotten in time."""
UNCONFIRMED = "unconfirmed"
"""The code of what is blocked because nobody can find out whether it was posted: somebody has to say."""
TOO_LATE = "too_late"
"""The code of what was not done before its last moment."""
POSTING = "chat.postMessage"
"""The one method with lanes below its own: a channel's messages have a pace, and so have a workspace's."""
UPLOADING, SHOWING = "files.getUploadURLExternal", "files.completeUploadExternal"
"""A file's bytes are made and sent to Slack, where nobody sees it; then it is shown in a conversation."""
SAYING = frozenset({POSTING, "chat.update", "views.publish", UPLOADING, SHOWING})
"""The methods whose arguments hold people's words."""


class Verdict(StrEnum):
    """What an attempt's outcome means; each code has exactly one (see `bot.courier.codes`)."""

    DONE = "done"
    LATER = "later"
    PLAINER = "plainer"
    BLOCKED = "blocked"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """One call to Slack to be made. `key` is deterministic: the same cause enqueues it once.

    `lane` is what it is paced by (None: its method), `thread` what it keeps its order in. `to` is set
    for a message to a person whose conversation with us may not be open yet. `then` names the function that
    runs in the transaction that records the outcome, with `about`.
    """

    key: str
    method: str
    arguments: dict[str, Json]
    plainer: dict[str, Json] | None = None
    lane: str | None = None
    thread: str | None = None
    to: PersonId | None = None
    last_moment: datetime | None = None
    then: str | None = None
    about: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a lane may be used: once `every` so long, after a rest up to `burst` times at once."""

    every: timedelta
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row in the hands of one courier: `attempt` fences every record it makes."""

    workspace: WorkspaceId
    id: str
    method: str
    arguments: dict[str, Json]
    plainer: dict[str, Json] | None
    attempt: int
    tries: int
    doubtful: bool
    """An earlier attempt may have succeeded: look before sending again."""
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    was_plainer: bool
    too_late: bool
    last_moment: datetime | None
    tried_until: datetime | None
    """By when the last attempt was made, if there was one: its own time, or the end of a dead owner's lease."""
    then: str | None
    lane: str
    ordered: bool = False
    """Whether something said after it in its thread waits for it, perhaps to undo it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a call came to in the end, as far as its courier is concerned; `ts` is where it stands."""

    row: Claimed
    state: State
    code: str = ""
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack answered, handed to the row's `then`. `data` is Slack's own JSON when `ok`."""

    ok: bool
    verdict: Verdict
    code: str
    data: Mapping[str, Any]
    about: Mapping[str, Any]


class Place(StrEnum):
    """Where a board stands."""

    MESSAGE = "message"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Board:
    """A board that wants rendering: `ts` is None until it has been posted; then it is pinned, if `pin`."""

    workspace: WorkspaceId
    key: str
    renderer: str
    subject: dict[str, Json]
    place: Place
    person: PersonId | None
    channel: ChannelId | None
    ts: str | None
    wanted: int
    digest: str | None
    pin: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """One call that did not get through. What is `kept` can be tried again; of the rest the words are forgotten."""

    workspace: WorkspaceId
    id: str
    method: str
    state: State
    code: str
    channel: ChannelId | None
    since: datetime
    kept: bool
    heard: bool
    """Whether what wanted it has a say in what happens then."""
