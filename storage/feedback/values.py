"""The vocabulary of feedback."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from storage.accounts.values import AccountId, AccountState
from storage.areas.values import AreaId
from storage.things.values import Letter, Reference
from storage.values import ChannelId, FunctionId, PersonId

ThemeId = NewType("ThemeId", str)


class Kind(StrEnum):
    """What sort of thing was said."""

    IDEA = "idea"
    PROBLEM = "problem"
    QUESTION = "question"
    PRAISE = "praise"
    CHURN_RISK = "churn_risk"


class FeedbackState(StrEnum):
    """How it stands: NEW until somebody says what becomes of it; UNDONE when taken back, or its author OBJECTED.

    TRIAGED is looked at and taken on, before anybody says more.
    MERGED counts with another one, until somebody takes the two apart.
    """

    NEW = "new"
    TRIAGED = "triaged"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DECLINED = "declined"
    ANSWERED = "answered"
    SHIPPED = "shipped"
    UNDONE = "undone"
    OBJECTED = "objected"
    MERGED = "merged"


TRIAGED_KINDS = (Kind.IDEA, Kind.PROBLEM, Kind.QUESTION)
"""Praise goes to those who built it, a churn risk to the account's people; the others wait to be sorted."""
OPEN = (FeedbackState.NEW, FeedbackState.TRIAGED, FeedbackState.PLANNED, FeedbackState.IN_PROGRESS)
"""States in which something is still to come of it."""
KEPT = (*OPEN, FeedbackState.SHIPPED, FeedbackState.DECLINED, FeedbackState.ANSWERED)
"""States in which its words are kept, and it stands for itself."""
GROWING = (*OPEN, FeedbackState.MERGED)
"""States in which people still add to it."""


class Source(StrEnum):
    """How it came to us."""

    EMOJI = "emoji"
    SHORTCUT = "shortcut"
    COMMAND = "command"
    TYPED = "typed"
    IMPORT = "import"
    API = "api"


CARRIED = (Source.IMPORT, Source.API)
"""What no person captured: it is put down to us, who want nothing."""


class WordsState(StrEnum):
    """Whether we have the words: they are fetched after the capture is safe."""

    PENDING = "pending"
    KNOWN = "known"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message in Slack."""

    channel: ChannelId
    ts: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One piece of feedback. `touched` is set once a person added something to it after the capture.

    `account` is the name its account has now, `account_state` how that stood when it was named.
    """

    number: int
    kind: Kind
    state: FeedbackState
    words: str | None
    words_state: WordsState
    account: str | None
    source: Source
    message: MessageRef | None
    permalink: str | None
    author: PersonId | None
    captured_by: PersonId
    captured_at: datetime
    touched: bool
    version: int
    account_state: AccountState | None = None
    area: AreaId | None = None
    outside: str | None = None
    """The key of the same work in another tracker."""

    @property
    def reference(self) -> Reference:
        """How people name it."""
        return Reference(Letter.FEEDBACK, self.number)


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """What is known of feedback at the moment of capture."""

    kind: Kind
    source: Source
    captured_by: PersonId
    words: str | None = None
    account: str | None = None
    message: MessageRef | None = None
    author: PersonId | None = None
    area: AreaId | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked for the same, in their own words and perhaps for an account."""

    id: str
    number: int
    person: PersonId
    account: str | None
    words: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """How many accounts asked, each counted once, and how many of them are the viewer's."""

    accounts: int = 0
    yours: int = 0
    value: int = 0
    """What they are worth a year together, as far as somebody said."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody said becomes of it. `sentence` is for customers as it stands; `reason` never leaves."""

    planned_for: date | None
    sentence: str | None
    reason: str | None
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that somebody said what becomes of it; the last one holds. `number` counts them from one."""

    number: int
    state: FeedbackState
    said: Standing


@dataclass(frozen=True, slots=True)
class Reopening:
    """When something that was declined is looked at again: so many accounts, a day, or so much a year together."""

    accounts: int | None = None
    on: date | None = None
    value: int | None = None

    def __bool__(self) -> bool:
        return (self.accounts, self.on, self.value) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Score:
    """What people judge of an idea: impact 1 (small) to 5 (huge), confidence in percent, effort in person-weeks."""

    impact: int
    confidence: int
    effort: int


@dataclass(frozen=True, slots=True)
class Voices:
    """Whom an idea reaches: accounts, people in their own words who name none; `interested` only set an emoji."""

    accounts: int = 0
    people: int = 0
    interested: int = 0

    @property
    def reach(self) -> int:
        """An emoji is no reach."""
        return self.accounts + self.people


class Spurned(StrEnum):
    """What somebody said to the offer that it is the same as another one, beside taking it: it is NEW, or LATER."""

    NEW = "new"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Sorted:
    """How feedback was sorted: who took it, its theme, when it comes up again, and whether that was in time.

    `theme` is what it is called now, `theme_then` what somebody wrote the day they named it.
    """

    taken_by: PersonId | None = None
    theme: str | None = None
    later: date | None = None
    triaged_at: datetime | None = None
    in_time: bool | None = None
    score: Score | None = None
    theme_then: str | None = None
    spurned: Spurned | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """What feedback is about, in the workspace's own words.

    Where `place` is not empty only the members of that channel, or that person, read the name. What is `part_of`
    another theme counts under that. `by` changed it last.
    """

    id: ThemeId
    name: str
    place: str = ""
    area: AreaId | None = None
    part_of: ThemeId | None = None
    retired: bool = False
    version: int = 1
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Under:
    """How much somebody may see that stands under an area or a theme, and for how many accounts."""

    items: int = 0
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise was kept: of so many triaged lately so many in time, and so many wait for longer than it says."""

    triaged: int
    in_time: int
    late: int


class ListeningState(StrEnum):
    """Whether an emoji captures in a channel. ON needs us in the channel; the others say what is missing."""

    ON = "on"
    JOINING = "joining"
    NEEDS_INVITE = "needs_invite"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Listening:
    """A channel where somebody switched capturing on (or off again), and whether we and outsiders are in it."""

    channel: ChannelId
    channel_name: str
    state: ListeningState
    by: PersonId
    ours: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Shipment:
    """A launch that has shipped, and whom we ask to close what was wanted of it."""

    launch: int
    owner: PersonId
    at: datetime

    @property
    def reference(self) -> Reference:
        """How people name the launch."""
        return Reference(Letter.LAUNCH, self.launch)


@dataclass(frozen=True, slots=True)
class Closing:
    """What was wanted has shipped: with which launch, and the sentence a person wrote for those who wanted it."""

    number: int
    launch: int
    sentence: str
    by: PersonId
    at: datetime
    shipped_at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What became of feedback, to be told once to whoever it matters to: a turn of it, or (0) that it shipped."""

    number: int
    turn: int
    state: FeedbackState
    by: PersonId
    at: datetime
    sentence: str | None = None
    reason: str | None = None
    planned_for: date | None = None
    launch: int | None = None
    taken_back: bool = False
    """It was said to have shipped, and has not."""


class Part(StrEnum):
    """Why somebody is told: they captured it, said it, want it too, look after an account that asked, or follow it."""

    CAPTURED = "captured"
    SAID = "said"
    WANTED = "wanted"
    OWNS = "owns"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True)
class Wish:
    """News of a piece of feedback, as one of those it matters to is told of it."""

    news: News
    account: str | None
    since: datetime
    part: Part


@dataclass(frozen=True, slots=True)
class Merge:
    """It was merged into another one: how it stood before, and the links the other one has by it alone."""

    number: int
    into: int
    was: FeedbackState
    by: PersonId
    at: datetime
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which feedback a list holds; None is any.

    `functions` are those of whoever captured it, any of them; `days` is from the day so many days ago.
    """

    words: str | None = None
    kind: Kind | None = None
    state: FeedbackState | None = None
    area: AreaId | None = None
    account: AccountId | None = None
    functions: tuple[FunctionId, ...] = ()
    days: int | None = None
    theme: ThemeId | None = None


def same(words: str | None) -> str | None:
    """What two texts of the same words have in common: case, spaces and punctuation do not matter."""
    said = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words or "").casefold()))
    return hashlib.sha256(said.encode()).hexdigest() if said else None


def outside_key(said: str) -> str:
    """A key of another tracker as it is kept: those like PAY-12 in capitals, all others as they are written."""
    key = " ".join(said.split())
    return key.upper() if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*-[0-9]+", key) else key
