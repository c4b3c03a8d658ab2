"""Who works here: people come, change what they say of themselves, and leave for good."""

import re
from dataclasses import replace
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.acts.act import Act, Body, reported
from bot.sandbox.acts.membership import named
from bot.sandbox.deliver import Delivery, emit
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import user_json
from bot.sandbox.world import Person

Json = dict[str, Any]
_HANDLE = re.compile(r"[a-z]{2,20}")


class Newcomer(Body):
    """Somebody who begins here: as a member, or as a guest of one channel or of several."""

    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/London"
    kind: Literal["member", "guest", "single_channel_guest"] = "member"


class Profile(Body):
    """What somebody changes about themselves."""

    real_name: str | None = None
    title: str | None = None
    tz: str | None = None


class Leaver(Body):
    """Somebody whose account ends."""

    user: str


async def _hire(hub: Hub, me: Person, new: Newcomer) -> Json:
    _admin(me)
    if not _HANDLE.fullmatch(new.name) or hub.world.person_named(new.name) is not None:
        raise Refused(f"“{new.name}” cannot be somebody’s name here: take another, in small letters.")
    person = Person(
        f"U0{new.name.upper()}", new.name, new.real_name, new.title, _zone(new.tz), "8d8d8d",
        "member" if new.kind == "member" else "guest",
        team=hub.world.id, single_channel=new.kind == "single_channel_guest",
    )  # fmt: skip
    return await reported(_tell(hub, "team_join", person), user=person.id)


async def _profile(hub: Hub, me: Person, profile: Profile) -> Json:
    changes = profile.model_dump(exclude_none=True)
    if "tz" in changes:
        _zone(changes["tz"])
    return await reported(_tell(hub, "user_change", replace(me, **changes)), user=me.id)


async def _deactivate(hub: Hub, me: Person, leaver: Leaver) -> Json:
    """Out of all channels at once; direct messages to them still succeed, and nobody reads them."""
    _admin(me)
    person = named(hub, leaver.user)
    if person.kind in {"bot", "stranger"}:
        raise Refused(f"{person.real_name} has no account here to end.")
    for channel in hub.world.channels.values():
        if channel.kind != "im" and person.id in channel.members:
            channel.members.remove(person.id)
    gone = replace(person, kind="deactivated", admin=False)
    return await reported(_tell(hub, "user_change", gone), user=person.id)


def _tell(hub: Hub, kind: str, person: Person) -> Delivery | None:
    hub.world.people[person.id] = person
    hub.stream.tell("state")
    email = "users:read.email" in hub.manifest.scopes
    user = user_json(hub.world, person, email=email)
    event = {"type": kind, "user": user, "cache_ts": int(hub.clock.now().timestamp())}
    return emit(hub, {**event, "event_ts": hub.stamps.next()})


def _admin(me: Person) -> None:
    if not me.admin:
        raise Refused("Only admins change who works here.")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise Refused(f"There is no time zone “{name}”.") from None
    return name


ACTS = (
    Act("hire", Newcomer, _hire),
    Act("profile", Profile, _profile),
    Act("deactivate", Leaver, _deactivate),
)
