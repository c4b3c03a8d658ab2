"""users.info, users.lookupByEmail, users.list and users.conversations."""

from typing import Any

from bot.sandbox.api.conversations import kinds_wanted, page, visible
from bot.sandbox.api.method import Arguments, Method, find_person
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import channel_json, user_json

Json = dict[str, Any]
_READ = ("channels:read", "groups:read", "im:read")


def _info(hub: Hub, arguments: Arguments) -> Json:
    person = find_person(hub, arguments.required("user"))
    return {"user": user_json(hub.world, person, email=_with_email(hub))}


def _list(hub: Hub, arguments: Arguments) -> Json:
    own = [person for person in hub.world.people.values() if person.team == hub.world.id]
    people, cursor = page(own, arguments)
    members = [user_json(hub.world, person, email=_with_email(hub)) for person in people]
    return {"members": members, "cache_ts": int(hub.clock.now().timestamp())} | cursor


def _by_email(hub: Hub, arguments: Arguments) -> Json:
    wanted = arguments.required("email").lower()
    for person in hub.world.people.values():
        user = user_json(hub.world, person, email=True)
        if person.team == hub.world.id and user["profile"].get("email") == wanted and not user["deleted"]:
            return {"user": user}
    raise SlackError("users_not_found")


def _with_email(hub: Hub) -> bool:
    return "users:read.email" in hub.manifest.scopes


def _conversations(hub: Hub, arguments: Arguments) -> Json:
    person = find_person(hub, arguments.text("user", hub.world.bot))
    known = visible(hub, kinds_wanted(hub, arguments), arguments)
    channels, cursor = page([channel for channel in known if person.id in channel.members], arguments)
    return {"channels": [channel_json(hub.world, channel) for channel in channels]} | cursor


METHODS = (
    Method("users.info", _info, ("users:read",), per_minute=100),
    Method("users.lookupByEmail", _by_email, ("users:read.email",)),
    Method("users.list", _list, ("users:read",), per_minute=20),
    Method("users.conversations", _conversations, _READ, per_minute=20),
)
