"""People come, go, invite and remove each other."""

from typing import Any

from bot.sandbox.acts.act import Act, Body, open_channel, reported, seen_channel
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.members import add_member, remove_member
from bot.sandbox.world import Channel, Person

Json = dict[str, Any]


class Place(Body):
    """A channel."""

    channel: str


class Guest(Body):
    """Somebody, and the channel it is about."""

    channel: str
    user: str


async def join(hub: Hub, me: Person, place: Place) -> Json:
    """Somebody joins a channel."""
    channel = seen_channel(hub, me, place.channel)
    if me.id in channel.members:
        raise Refused(f"You are already in #{channel.name}.")
    if channel.archived:
        raise Refused(f"#{channel.name} is archived.")
    return await reported(add_member(hub, channel, me.id))


async def leave(hub: Hub, me: Person, place: Place) -> Json:
    """Somebody leaves a channel."""
    channel = open_channel(hub, me, place.channel)
    refuse_direct(channel)
    return await reported(remove_member(hub, channel, me.id))


async def invite(hub: Hub, me: Person, guest: Guest) -> Json:
    """Somebody brings a person, or the app, into a channel."""
    channel = open_channel(hub, me, guest.channel)
    refuse_direct(channel)
    person = named(hub, guest.user)
    if me.kind != "member":
        raise Refused("Guests and people from elsewhere cannot invite anybody.")
    if person.id in channel.members:
        raise Refused(f"{person.real_name} is already in #{channel.name}.")
    if person.team != hub.world.id and not channel.external:
        raise Refused(f"{person.real_name} belongs to another workspace.")
    if person.single_channel and any(person.id in one.members for one in _rooms(hub)):
        raise Refused(f"{person.real_name} is a guest of one channel.")
    return await reported(add_member(hub, channel, person.id, inviter=me.id))


async def kick(hub: Hub, me: Person, guest: Guest) -> Json:
    """Somebody removes a person, or the app, from a channel."""
    channel = open_channel(hub, me, guest.channel)
    refuse_direct(channel)
    person = named(hub, guest.user)
    if me.kind != "member":
        raise Refused("Guests and people from elsewhere cannot remove anybody.")
    if person.id not in channel.members:
        raise Refused(f"{person.real_name} is not in #{channel.name}.")
    return await reported(remove_member(hub, channel, person.id))


def _rooms(hub: Hub) -> list[Channel]:
    return [channel for channel in hub.world.channels.values() if channel.kind != "im"]


def named(hub: Hub, name: str) -> Person:
    """Somebody who is still here."""
    person = hub.world.person_named(name.removeprefix("@"))
    if person is None or person.kind == "deactivated":
        raise Refused(f"There is nobody called {name}.")
    return person


def refuse_direct(channel: Channel) -> None:
    """Refuse what makes no sense between two."""
    if channel.kind == "im":
        raise Refused("A direct message has no members to change.")


ACTS = (
    Act("join", Place, join),
    Act("leave", Place, leave),
    Act("invite", Guest, invite),
    Act("kick", Guest, kick),
)
