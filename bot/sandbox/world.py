"""What exists in the sandbox's workspace: people, channels, messages, views. Plain values, no behaviour."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Literal

Json = dict[str, Any]
PersonKind = Literal["member", "guest", "stranger", "bot", "deactivated"]
ChannelKind = Literal["public", "private", "shared", "im"]
_SYSTEM = frozenset({"channel_join", "channel_leave", "channel_name"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, the app's own bot user included."""

    id: str
    name: str
    real_name: str
    title: str
    tz: str
    color: str
    kind: PersonKind = "member"
    admin: bool = False
    team: str = "T0NORTHWIND"
    single_channel: bool = False
    """Of a guest: they may be in one channel and no more."""


@dataclass(slots=True)
class Reaction:
    """One emoji under a message and who set it, in order."""

    name: str
    users: list[str]


@dataclass(frozen=True, slots=True)
class Notifies:
    """Whom a message's wording pings."""

    people: tuple[str, ...] = ()
    broadcasts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(slots=True)
class Message:
    """A message in a channel. `ts` is real time, `at` the civil time it appeared."""

    ts: str
    at: str
    channel: str
    user: str
    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icons: Json | None = None
    client_msg_id: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: list[Reaction] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    pinned: bool = False
    ephemeral_to: str | None = None
    notifies: Notifies = Notifies()
    mentions: Notifies = Notifies()

    @property
    def system(self) -> bool:
        """Whether it is one of Slack's own grey lines."""
        return self.subtype in _SYSTEM

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True)
class Channel:
    """A conversation of any kind; `members` keeps the order people came in."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    topic: str = ""
    archived: bool = False
    created: int = 0
    connected: bool = False
    """Of a private channel: another company is in it, too."""
    messages: dict[str, Message] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def external(self) -> bool:
        """Whether people of another workspace may be in it."""
        return self.connected or self.kind == "shared"

    def after(self, ts: str) -> Iterator[Message]:
        """The messages since a moment, newest first."""
        return takewhile(lambda message: message.ts > ts, reversed(self.messages.values()))

    def replies(self, ts: str) -> list[Message]:
        """The messages below one, oldest first."""
        return [m for m in self.messages.values() if m.thread_ts == ts and m.ts != ts]


@dataclass(frozen=True, slots=True)
class Group:
    """People who are called together: <!subteam^S…>."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message for later, with the arguments it will be posted with."""

    id: str
    channel: str
    post_at: int
    created: int
    text: str
    arguments: Json


@dataclass(slots=True)
class View:
    """A modal or a Home tab as Slack keeps it; `typed` is what its inputs hold."""

    id: str
    user: str
    kind: Literal["modal", "home"]
    body: Json
    hash: str
    root: str
    previous: str | None = None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """One workspace and everything in it."""

    id: str
    name: str
    domain: str
    bot: str
    bot_id: str
    app_id: str
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    offset_seconds: float = 0.0

    def person_named(self, name: str) -> Person | None:
        """Find somebody by handle or id."""
        return self.people.get(name) or next((p for p in self.people.values() if p.name == name), None)

    def group_named(self, handle: str) -> Group | None:
        """Find a user group by its handle."""
        return next((group for group in self.groups.values() if group.handle == handle), None)

    def channel_named(self, name: str) -> Channel | None:
        """Find a channel by id or by name with or without #."""
        wanted = name.removeprefix("#")
        return self.channels.get(name) or next(
            (c for c in self.channels.values() if c.name == wanted and c.kind != "im"), None
        )

    def direct(self, user: str) -> Channel:
        """Somebody's direct message with the app; it exists from the first look."""
        ident = f"D0{self.people[user].name.upper()}"
        if ident not in self.channels:
            self.channels[ident] = Channel(ident, "directmessage", "im", [user, self.bot])
        return self.channels[ident]
