"""usergroups.list and usergroups.users.list: people one can call together by one name."""

from typing import Any

from bot.sandbox.api.method import Arguments, Method
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.world import Group

Json = dict[str, Any]


def _list(hub: Hub, arguments: Arguments) -> Json:
    with_users = arguments.flag("include_users")
    groups = hub.world.groups.values()
    return {"usergroups": [_json(hub, group, with_users=with_users) for group in groups]}


def _users(hub: Hub, arguments: Arguments) -> Json:
    group = hub.world.groups.get(arguments.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": _members(hub, group)}


def _json(hub: Hub, group: Group, *, with_users: bool) -> Json:
    members = _members(hub, group)
    body: Json = {
        "id": group.id,
        "team_id": hub.world.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": 1_700_000_000,
        "date_update": 1_700_000_000,
        "date_delete": 0,
        "auto_type": None,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(members),
    }
    return body | ({"users": members} if with_users else {})


def _members(hub: Hub, group: Group) -> list[str]:
    return [user for user in group.members if hub.world.people[user].kind != "deactivated"]


METHODS = (
    Method("usergroups.list", _list, ("usergroups:read",), per_minute=20),
    Method("usergroups.users.list", _users, ("usergroups:read",), per_minute=20),
)
