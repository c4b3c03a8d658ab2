"""Words every floor shares: identifiers, kinds of people, and who may see a thing.

Standard library only, so that rules and views may use them and stay pure.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
"""Slack's team id, `T…`; every key in the database starts with it."""
PersonId = NewType("PersonId", str)
"""Slack's user id, `U…` or `W…`."""
ChannelId = NewType("ChannelId", str)
"""Slack's conversation id, `C…`, `G…` or `D…`."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class PersonKind(StrEnum):
    """What somebody is to the workspace; decides what they may do."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    GONE = "gone"


FunctionId = NewType("FunctionId", str)
"""One of the functions that product operations bring together: one of `AtFirst`, or one a workspace added."""
RoleId = NewType("RoleId", str)
"""What people are named as in decisions: one of the first four, or one a workspace added."""


class AtFirst:
    """The functions every workspace begins with; what titles and lists of what has to be ready go by."""

    PRODUCT = FunctionId("product")
    ENGINEERING = FunctionId("engineering")
    DESIGN = FunctionId("design")
    MARKETING = FunctionId("marketing")
    SALES = FunctionId("sales")
    CUSTOMER_SUCCESS = FunctionId("customer_success")


@dataclass(frozen=True, slots=True)
class Past:
    """What something of the workspace's own was called, and until when."""

    name: str
    until: datetime


class AudienceKind(StrEnum):
    """Who may see a thing: everybody here, one channel's members, or the people named."""

    WORKSPACE = "workspace"
    CHANNEL = "channel"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see a thing; set by where it was made, changed by its owner."""

    kind: AudienceKind
    channel: ChannelId | None = None
    people: tuple[PersonId, ...] = ()

    @classmethod
    def workspace(cls) -> "Audience":
        """Everybody of the workspace (guests only where they share a channel: see `visible_to`)."""
        return cls(AudienceKind.WORKSPACE)

    @classmethod
    def of_channel(cls, channel: ChannelId) -> "Audience":
        """The members of one channel, whoever they are at the time of looking."""
        return cls(AudienceKind.CHANNEL, channel=channel)

    @classmethod
    def of_people(cls, *people: PersonId) -> "Audience":
        """Exactly these people."""
        return cls(AudienceKind.PEOPLE, people=people)


def aware(instant: datetime) -> datetime:
    """The same instant, or ValueError for a naive one: a time without a zone is nobody's time."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone; pass an aware datetime")
    return instant


def folded(name: str) -> str:
    """What two ways to write one name have in common: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
