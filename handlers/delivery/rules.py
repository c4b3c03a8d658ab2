"""Which troubles belong together, and which are worth an admin's attention. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.outbox.values import UNCONFIRMED, State, Trouble
from storage.values import ChannelId

POST = "chat.postMessage"
UNTOLD = frozenset({"no_token"})
"""Another workspace's token: nobody here can do anything about it."""


class Kind(StrEnum):
    """What can be done about it."""

    BLOCKED = "blocked"
    """Something has to change, then it goes on by itself."""
    UNSURE = "unsure"
    """Somebody has to say whether it arrived."""
    DEAD = "dead"
    """Slack will not take it; it can be tried again once the reason is mended."""


@dataclass(frozen=True, slots=True)
class Group:
    """Troubles of one cause in one place."""

    kind: Kind
    code: str
    channel: ChannelId | None
    ids: Sequence[str]
    awaited: bool = True
    """Whether something new is to be said; a card that cannot be brought up to date is only good to know."""

    @property
    def key(self) -> str:
        """The same for as long as this cause holds up the same first call."""
        return f"{self.kind}:{self.code}:{self.channel or ''}:{self.ids[0]}"


def grouped(troubles: Iterable[Trouble]) -> list[Group]:
    """By what can be done, cause and place. What wanted a call that is dead hears of it by itself.

    What is to be said comes first: the group's key then changes with the first of it, and somebody is told.
    """
    found: dict[tuple[Kind, str, ChannelId | None], list[Trouble]] = {}
    for one in sorted(troubles, key=lambda one: one.method != POST):
        kind = _kind(one)
        if kind is not None and one.code not in UNTOLD:
            found.setdefault((kind, one.code, one.channel), []).append(one)
    return [
        Group(kind, code, channel, [one.id for one in these], these[0].method == POST)
        for (kind, code, channel), these in found.items()
    ]


def _kind(one: Trouble) -> Kind | None:
    if one.state is State.BLOCKED:
        return Kind.UNSURE if one.code == UNCONFIRMED else Kind.BLOCKED
    return Kind.DEAD if one.kept and not one.heard else None
