"""Which troubles belong together, and which are worth an admin's attention. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.outbox.values import UNCONFIRMED, State, Trouble
from storage.values import ChannelId

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

    @property
    def key(self) -> str:
        """The same for as long as this cause holds up the same first call."""
        return f"{self.kind}:{self.code}:{self.channel or ''}:{self.ids[0]}"


def grouped(troubles: Iterable[Trouble]) -> list[Group]:
    """By what can be done, cause and place. What wanted a call that is dead hears of it by itself."""
    found: dict[tuple[Kind, str, ChannelId | None], list[str]] = {}
    for one in troubles:
        kind = _kind(one)
        if kind is not None and one.code not in UNTOLD:
            found.setdefault((kind, one.code, one.channel), []).append(one.id)
    return [Group(kind, code, channel, ids) for (kind, code, channel), ids in found.items()]


def _kind(one: Trouble) -> Kind | None:
    if one.state is State.BLOCKED:
        return Kind.UNSURE if one.code == UNCONFIRMED else Kind.BLOCKED
    return Kind.DEAD if one.kept and not one.heard else None
