"""Feedback as it is carried in from elsewhere, and whole from one Throughline to another. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.accounts.values import AccountState
from storage.areas.values import AreaId
from storage.feedback.values import FeedbackState, Kind, Source, WordsState
from storage.values import Audience, ChannelId, PersonId


@dataclass(frozen=True, slots=True)
class Carried:
    """One piece of feedback from elsewhere. What has the same `origin` is the same, and is taken in once.

    `ours` is its number where it was exported from this very workspace.
    """

    origin: str
    words: str
    title: str
    kind: Kind
    state: FeedbackState
    account: str | None = None
    area: AreaId | None = None
    key: str | None = None
    at: datetime | None = None
    ours: int | None = None
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who wants it too."""

    person: PersonId
    since: datetime


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who asked for the same, in their own words."""

    person: PersonId
    at: datetime
    account: str | None = None
    account_state: AccountState | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """What somebody said became of it."""

    state: FeedbackState
    by: PersonId
    at: datetime
    planned_for: date | None = None
    sentence: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """It was merged into the one of that number; `was` is how it stood before."""

    into: int
    was: FeedbackState
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Whole:
    """All there is of one piece of feedback; accounts, areas and themes by their names.

    `theme_then` is what somebody wrote the day they named its theme, where that is called otherwise by now.
    """

    id: str
    number: int
    kind: Kind
    state: FeedbackState
    title: str
    words: str | None
    words_state: WordsState
    source: Source
    captured_by: PersonId
    captured_at: datetime
    audience: Audience
    account: str | None = None
    account_state: AccountState | None = None
    area: str | None = None
    key: str | None = None
    channel: ChannelId | None = None
    message_ts: str | None = None
    permalink: str | None = None
    author: PersonId | None = None
    touched: bool = False
    version: int = 1
    supporters: tuple[Supporter, ...] = ()
    followers: tuple[PersonId, ...] = ()
    asked: tuple[Voice, ...] = ()
    stood: tuple[Stood, ...] = ()
    merged: Joined | None = None
    theme: str | None = None
    theme_then: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of carrying some in: how many are new, which numbers they have, and how many were there."""

    new: int = 0
    there: int = 0
    first: int | None = None
    last: int | None = None

    def __add__(self, other: "Taken") -> "Taken":
        """Both together."""
        return Taken(
            self.new + other.new,
            self.there + other.there,
            self.first if self.first is not None else other.first,
            other.last if other.last is not None else self.last,
        )
