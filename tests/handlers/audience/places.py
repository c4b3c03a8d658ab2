"""Where things are made and who is there: a model of memberships in plain Python, apart from the code's own."""

from collections.abc import Collection
from dataclasses import dataclass

from storage.people.values import Channel, ChannelKind, Person
from storage.values import Audience, AudienceKind, ChannelId, PersonId, PersonKind


@dataclass(frozen=True)
class Place:
    """A conversation; `name` is what Slack calls it in a payload."""

    id: str
    name: str
    kind: ChannelKind
    shared: bool = False


OPEN = Place("C0OPEN", "open", ChannelKind.PUBLIC)
ALL_HANDS = Place("C0SHARED", "with-partners", ChannelKind.PUBLIC, shared=True)
PRIVATE = Place("C0PRIVATE", "privategroup", ChannelKind.PRIVATE)
SECRET = Place("G0SECRET", "privategroup", ChannelKind.PRIVATE)
ABROAD = Place("G0ABROAD", "privategroup", ChannelKind.PRIVATE, shared=True)
TALK = Place("D0TALK", "directmessage", ChannelKind.IM)
CHANNELS = (OPEN, ALL_HANDS, PRIVATE, SECRET, ABROAD)
PLACES = (*CHANNELS, TALK)

KINDS = {
    PersonId("U0ALICE"): PersonKind.MEMBER,
    PersonId("U0BORIS"): PersonKind.MEMBER,
    PersonId("U0CHLOE"): PersonKind.MEMBER,
    PersonId("U0GUEST"): PersonKind.GUEST,
    PersonId("U0OUTSIDE"): PersonKind.OUTSIDER,
    PersonId("U0GONE"): PersonKind.GONE,
}
MAKERS = tuple(one for one, kind in KINDS.items() if kind in (PersonKind.MEMBER, PersonKind.GUEST))
ADMIN = PersonId("U0CHLOE")
"""An admin sees no more than others."""
Memberships = Collection[tuple[str, PersonId]]


def people() -> list[Person]:
    """Everybody, as Slack tells us of them."""
    return [
        Person(one, one.title(), kind, admin=one == ADMIN, zone="Europe/London")
        for one, kind in KINDS.items()
    ]


def channels() -> list[Channel]:
    """Every channel, as Slack tells us of them."""
    return [
        Channel(ChannelId(one.id), one.id.lower(), one.kind, shared=one.shared, ours=True) for one in CHANNELS
    ]


@dataclass(frozen=True)
class Secret:
    """A thing with its canary: who owns it, and for whom it says that it is."""

    canary: str
    owner: PersonId | None
    audience: Audience
    place: Place

    def open_to(self, person: PersonId, members: Memberships) -> bool:
        """Whether a person may see it, in plain Python."""
        if person == self.owner or person in self.audience.people:
            return True
        if self.audience.kind is AudienceKind.WORKSPACE:
            return KINDS[person] is PersonKind.MEMBER
        return self.audience.kind is AudienceKind.CHANNEL and (str(self.audience.channel), person) in members

    def may_stand_in(self, channel: str, members: Memberships) -> bool:
        """Whether it may be said in a channel, where everybody in it reads along."""
        if channel in (self.place.id, self.audience.channel):
            return True
        there = {KINDS[person] for where, person in members if where == channel}
        full = there <= {PersonKind.MEMBER, PersonKind.GONE}
        return self.audience.kind is AudienceKind.WORKSPACE and full and not _shared(channel)

    @property
    def too_open(self) -> bool:
        """Whether more people may see it than were there when it was made."""
        return self.audience.kind is AudienceKind.WORKSPACE and self.place.kind is not ChannelKind.PUBLIC


def _shared(channel: str) -> bool:
    return any(one.id == channel and one.shared for one in CHANNELS)
