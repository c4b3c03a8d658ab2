"""Slack's JSON of people and channels as our values."""

from collections.abc import Mapping
from typing import Any

from handlers.kit.functions import function_of
from storage.calendar import known_zone
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId


def person_of(user: Mapping[str, Any], workspace: WorkspaceId) -> Person:
    """A person from `users.info`, `users.list`, `team_join` or `user_change`."""
    profile = user.get("profile")
    profile = profile if isinstance(profile, Mapping) else {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next((str(one) for one in names if one), "somebody")
    zone = user.get("tz")
    return Person(
        PersonId(str(user["id"])),
        name,
        kind_of(user, workspace),
        bool(user.get("is_admin") or user.get("is_owner")),
        zone if isinstance(zone, str) and known_zone(zone) else "UTC",
        function=function_of(str(profile.get("title") or "")),
    )


def kind_of(user: Mapping[str, Any], workspace: WorkspaceId) -> PersonKind:
    """What somebody is to the workspace, from Slack's flags."""
    if user.get("deleted"):
        return PersonKind.GONE
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return PersonKind.BOT
    if user.get("is_stranger") or (user.get("team_id") and user.get("team_id") != workspace):
        return PersonKind.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return PersonKind.GUEST
    return PersonKind.MEMBER


def channel_of(found: Mapping[str, Any]) -> Channel:
    """A channel from `conversations.info` or `users.conversations`."""
    return Channel(
        ChannelId(str(found["id"])),
        str(found.get("name") or ""),
        _kind(found),
        bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
        bool(found.get("is_archived")),
        bool(found.get("is_member", True)),
    )


def next_cursor(data: Mapping[str, Any]) -> str:
    """Where the next page starts; empty on the last."""
    metadata = data.get("response_metadata")
    return str(metadata.get("next_cursor") or "") if isinstance(metadata, Mapping) else ""


def _kind(found: Mapping[str, Any]) -> ChannelKind:
    if found.get("is_im"):
        return ChannelKind.IM
    if found.get("is_mpim"):
        return ChannelKind.GROUP_IM
    return ChannelKind.PRIVATE if found.get("is_private") else ChannelKind.PUBLIC
