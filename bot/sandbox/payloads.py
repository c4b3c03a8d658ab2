"""The JSON shapes of Slack's objects: messages, channels, users, views, teams."""

from typing import Any

from bot.sandbox.elements import values_of
from bot.sandbox.world import Channel, Message, Person, View, World

Json = dict[str, Any]


def message_json(world: World, message: Message, *, all_metadata: bool = False) -> Json:
    """A message as conversations.history and interaction payloads show it."""
    body: Json = {"user": message.user, "type": "message", "ts": message.ts, "text": message.text}
    optional = {
        "client_msg_id": message.client_msg_id,
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "edited": message.edited,
        "files": message.files or None,
        "username": message.username,
        "icons": message.icons,
        "team": world.people[message.user].team,
        "pinned_to": [message.channel] if message.pinned else None,
    }
    body |= {key: value for key, value in optional.items() if value is not None}
    body |= _author(world, message) | _thread(world.channels[message.channel], message)
    if message.reactions:
        body["reactions"] = [
            {"name": r.name, "users": list(r.users), "count": len(r.users)} for r in message.reactions
        ]
    if message.metadata is not None:
        body["metadata"] = (
            message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
        )
    return body


def _author(world: World, message: Message) -> Json:
    if message.bot_id is None:
        return {}
    profile: Json = {
        "id": message.bot_id,
        "app_id": message.app_id,
        "name": world.people[message.user].real_name,
        "deleted": False,
        "updated": 1_700_000_000,
        "team_id": world.id,
        "icons": {},
    }
    return {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": profile}


def _thread(channel: Channel, message: Message) -> Json:
    if message.thread_ts is None:
        return {}
    if message.is_reply:
        parent = channel.messages.get(message.thread_ts)
        return {"thread_ts": message.thread_ts, "parent_user_id": parent.user if parent else "USLACKBOT"}
    replies = channel.replies(message.ts)
    users = list(dict.fromkeys(reply.user for reply in replies))
    latest = {"latest_reply": replies[-1].ts} if replies else {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users[:5],
        "is_locked": False,
        "subscribed": False,
        **latest,
    }


def channel_json(world: World, channel: Channel) -> Json:
    """A conversation as conversations.info and conversations.list show it."""
    if channel.kind == "im":
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": world.id,
            "updated": channel.created * 1000,
            "user": channel.members[0],
            "is_user_deleted": world.people[channel.members[0]].kind == "deactivated",
            "priority": 0,
        }
    private, shared = channel.kind == "private", channel.external
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.id.startswith("C"),
        "is_group": channel.id.startswith("G"),
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "created": channel.created,
        "creator": "U0MAYA",
        "is_archived": channel.archived,
        "is_general": channel.id == "C0GENERAL",
        "unlinked": 0,
        "is_shared": shared,
        "is_org_shared": False,
        "is_ext_shared": shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "parent_conversation": None,
        "context_team_id": world.id,
        "updated": channel.created * 1000,
        "shared_team_ids": [world.id, "T0ACME"] if shared else [world.id],
        "is_member": world.bot in channel.members,
        "topic": {"value": channel.topic, "creator": "U0MAYA", "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "num_members": len(channel.members),
    }


def user_json(world: World, person: Person, *, email: bool = False) -> Json:
    """A person as users.info and users.list show them."""
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "phone": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "team": person.team,
        **({"email": f"{person.name}@northwind.example"} if email and person.kind != "bot" else {}),
        **({"bot_id": world.bot_id, "api_app_id": world.app_id} if person.id == world.bot else {}),
    }
    body: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.kind == "deactivated",
        "profile": profile,
        "is_bot": person.kind == "bot",
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if person.kind == "deactivated":
        return body
    guest, stranger = person.kind == "guest", person.kind == "stranger"
    return body | {
        "color": person.color,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": 0,
        "is_admin": person.admin,
        "is_owner": person.admin,
        "is_primary_owner": person.admin,
        "is_restricted": guest,
        "is_ultra_restricted": guest and person.single_channel,
        "is_stranger": stranger,
        "is_email_confirmed": True,
    }


def view_json(world: World, view: View) -> Json:
    """A modal or Home tab as views.* answer it and interactions carry it."""
    body = view.body
    empty = {"type": "plain_text", "text": "View Title", "emoji": True}
    return {
        "id": view.id,
        "team_id": world.id,
        "type": view.kind,
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": values_of(body["blocks"], view.typed)},
        "hash": view.hash,
        "title": body.get("title", empty),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.app_id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": world.id,
        "bot_id": world.bot_id,
    }
