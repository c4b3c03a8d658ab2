"""What we know of a person and of a channel."""

from dataclasses import dataclass
from enum import StrEnum

from storage.values import ChannelId, FunctionId, PersonId, PersonKind


class ChannelKind(StrEnum):
    """Where a conversation happens."""

    PUBLIC = "public"
    PRIVATE = "private"
    IM = "im"
    GROUP_IM = "mpim"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace. `zone` is an IANA name; `dm` is our conversation with them, once opened.

    `function` is what they chose, else what their title in Slack says.
    """

    id: PersonId
    name: str
    kind: PersonKind
    admin: bool = False
    zone: str = "UTC"
    dm: ChannelId | None = None
    function: FunctionId | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `shared` means people of other workspaces are in it; `ours` that the bot is a member."""

    id: ChannelId
    name: str
    kind: ChannelKind
    shared: bool = False
    archived: bool = False
    ours: bool = False
