"""Where check-ins are: what to call their channels, why one cannot go on there, what to call people."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from handlers.checkins import rules
from storage.checkins.values import Party
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes


class Trouble(StrEnum):
    """Why there can be no check-in in a channel."""

    NOT_A_CHANNEL = "not_a_channel"
    SHARED = "shared"
    ARCHIVED = "archived"
    NOT_IN = "not_in"


SAID = {
    Trouble.NOT_A_CHANNEL: "A check-in lives in a channel: type `/checkin` in one.",
    Trouble.SHARED: "People from outside are in {where}, and would read what your colleagues say. Use another channel.",
    Trouble.ARCHIVED: "{where} is archived, so nothing can be summed up there.",
    Trouble.NOT_IN: "I am not in {where}. Type `/invite @Throughline` there, then try again.",
}


def where(tx: Tx, channel: ChannelId) -> str:
    """What to call a channel."""
    return called(people.channel(tx, channel))


def called(known: Channel | None) -> str:
    """The same for one that has been looked up."""
    return f"#{known.name}" if known is not None and known.name else "this channel"


def trouble(known: Channel | None) -> Trouble | None:
    """Why there can be no check-in there."""
    if known is None:
        return Trouble.NOT_IN
    if known.kind in (ChannelKind.IM, ChannelKind.GROUP_IM):
        return Trouble.NOT_A_CHANNEL
    if known.shared:
        return Trouble.SHARED
    if known.archived:
        return Trouble.ARCHIVED
    return None if known.ours else Trouble.NOT_IN


def words(tx: Tx, found: Trouble, channel: ChannelId) -> str:
    """The same in a sentence, with what to do."""
    return SAID[found].format(where=where(tx, channel))


STRANGER = "I do not know that person. Choose another one, or a function."


def can_be_asked(tx: Tx, party: Party) -> bool:
    """Whether a party is none of a person, or one who can be asked."""
    known = None if party.person is None else people.person(tx, party.person)
    return party.person is None or (known is not None and known.kind in rules.CAN_ANSWER)


def in_channel(tx: Tx, channel: ChannelId) -> list[Person]:
    """Who is there and can take part."""
    return rules.who_can(people.members(tx, channel))


def zones(tx: Tx, those: Iterable[PersonId]) -> set[str]:
    """The zones these people live in."""
    return {one.zone for one in worktimes.of_many(tx, sorted(those)).values()}


def names(tx: Tx, those: Iterable[PersonId | None]) -> Mapping[PersonId, str]:
    """What to call these people."""
    known = people.people(tx, sorted({one for one in those if one is not None}))
    return {one.id: one.name for one in known.values() if one.name}
