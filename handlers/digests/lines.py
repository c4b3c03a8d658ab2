"""What every part of a digest is made of: the edition, its parts, and lines about things. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.decisions.rules import MARKS
from handlers.digests import rules
from handlers.digests.rules import Waiting
from handlers.kit.blocks import Block
from handlers.kit.mrkdwn import escape, link
from handlers.kit.shortening import shorten
from storage.decisions.values import DecisionState
from storage.digests.values import Decided, News, Period, Subject
from storage.recurrence import Recurrence
from storage.values import ChannelId, PersonId

TITLE = 200
"""More of a title nobody reads in a digest, and many long ones have to fit in one message."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest: what it tells, of which time, and what to call the people in it."""

    channel: ChannelId
    period: Period
    news: News
    waiting: Sequence[Waiting]
    names: Mapping[PersonId, str]
    recurrence: Recurrence

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return rules.quiet(self.news, self.waiting, self.period)


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of it: its blocks, and in plain words what they say."""

    title: str
    blocks: Sequence[Block]
    said: Sequence[str]


def subject(about: Subject, mark: str = "") -> str:
    """`*D-7* Invoice in euro first`, as a link where there is one."""
    words = shorten(about.title, TITLE)
    title = link(about.permalink, words) if about.permalink else escape(words)
    return f"{mark} *{about.name}* {title}".strip()


def said_subject(about: Subject) -> str:
    """The same for those who only get the text."""
    return f"{about.name} {shorten(about.title, TITLE)}"


def decided_line(one: Decided, by: str) -> str:
    """A decision that was decided, and what it replaces."""
    return f"{subject(one.about, MARKS[DecisionState.DECIDED])} · {escape(by)}{_replaces(one)}"


def said_decided(one: Decided, by: str) -> str:
    """The same for those who only get the text."""
    return f"{said_subject(one.about)}, by {by}{_replaces(one)}".replace(" · ", ", ")


def _replaces(one: Decided) -> str:
    return "" if one.replaces is None else f" · replaces D-{one.replaces}"
