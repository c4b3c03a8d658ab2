"""Feedback as it is carried in from elsewhere. Pure."""

from dataclasses import dataclass
from datetime import datetime

from storage.areas.values import AreaId
from storage.feedback.values import FeedbackState, Kind


@dataclass(frozen=True, slots=True)
class Carried:
    """One piece of feedback from elsewhere. What has the same `origin` is the same, and is taken in once."""

    origin: str
    words: str
    title: str
    kind: Kind
    state: FeedbackState
    account: str | None = None
    area: AreaId | None = None
    key: str | None = None
    at: datetime | None = None


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
