"""What becomes of a whole channel: archived, reopened, renamed, shared with another company and taken back."""

import re
from typing import Any

from bot.sandbox.acts.act import Act, Body, open_channel, reported, seen_channel
from bot.sandbox.acts.membership import Place, refuse_direct
from bot.sandbox.deliver import emit
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.posting import announce
from bot.sandbox.world import Channel, Person

Json = dict[str, Any]
_NAME = re.compile(r"[a-z0-9_-]{1,80}")
PARTNER = "T0ACME"


class Renamed(Body):
    """A channel and its new name."""

    channel: str
    name: str


async def _archive(hub: Hub, me: Person, place: Place) -> Json:
    channel = _ours(hub, me, place.channel)
    channel.archived = True
    return await _tell(hub, channel, "channel_archive", channel=channel.id, user=me.id, is_moved=0)


async def _unarchive(hub: Hub, me: Person, place: Place) -> Json:
    channel = seen_channel(hub, me, place.channel)
    if not channel.archived:
        raise Refused(f"#{channel.name} is not archived.")
    channel.archived = False
    return await _tell(hub, channel, "channel_unarchive", channel=channel.id, user=me.id, is_moved=0)


async def _rename(hub: Hub, me: Person, renamed: Renamed) -> Json:
    channel = _ours(hub, me, renamed.channel)
    name = renamed.name.removeprefix("#")
    if not _NAME.fullmatch(name):
        raise Refused(f"“{name}” is no channel’s name: lower case, digits, - and _ only.")
    if hub.world.channel_named(name) is not None:
        raise Refused(f"There is a #{name} already.")
    old, channel.name = channel.name, name
    words = f"has renamed the channel from “{old}” to “{name}”"
    announce(hub, channel, me.id, "channel_name", words)
    told = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    return await _tell(hub, channel, "channel_rename", channel=told)


async def _connect(hub: Hub, me: Person, place: Place) -> Json:
    """Share it with the other company; a private channel gets another id by that, for good."""
    channel = _ours(hub, me, place.channel)
    if channel.external:
        raise Refused(f"#{channel.name} is shared already.")
    channel.connected = True
    if channel.kind == "public":
        channel.kind = "shared"
    elif channel.id.startswith("G"):
        await _move(hub, channel, "C" + channel.id[1:])
    return await _tell(hub, channel, "channel_shared", connected_team_id=PARTNER, channel=channel.id)


async def _disconnect(hub: Hub, me: Person, place: Place) -> Json:
    channel = _ours(hub, me, place.channel)
    if not channel.external:
        raise Refused(f"#{channel.name} is not shared.")
    channel.connected = False
    if channel.kind == "shared":
        channel.kind = "public"
    people = hub.world.people
    channel.members = [one for one in channel.members if people[one].team == hub.world.id]
    gone = {"previously_connected_team_id": PARTNER, "is_ext_shared": False, "channel": channel.id}
    return await _tell(hub, channel, "channel_unshared", **gone)


async def _move(hub: Hub, channel: Channel, ident: str) -> None:
    old = channel.id
    hub.world.channels = {ident if one is channel else key: one for key, one in hub.world.channels.items()}
    channel.id = ident
    hub.ephemerals = {(who, ident if at == old else at): kept for (who, at), kept in hub.ephemerals.items()}
    whispered = (message for (_, at), kept in hub.ephemerals.items() if at == ident for message in kept)
    for message in (*channel.messages.values(), *whispered):
        message.channel = ident
    hub.response_urls.moved(old, ident)
    await _tell(hub, channel, "channel_id_changed", old_channel_id=old, new_channel_id=ident)


def _ours(hub: Hub, me: Person, ident: str) -> Channel:
    channel = open_channel(hub, me, ident)
    refuse_direct(channel)
    if me.kind != "member":
        raise Refused("Guests and people from elsewhere do not change channels.")
    return channel


async def _tell(hub: Hub, at: Channel, kind: str, /, **about: Any) -> Json:
    hub.stream.tell("state")
    if at.id.startswith("G"):
        kind = kind.replace("channel_", "group_")
    event = {"type": kind, **about, "event_ts": hub.stamps.next()}
    return await reported(emit(hub, event, at), channel=at.id)


ACTS = (
    Act("archive", Place, _archive),
    Act("unarchive", Place, _unarchive),
    Act("rename", Renamed, _rename),
    Act("connect", Place, _connect),
    Act("disconnect", Place, _disconnect),
)
