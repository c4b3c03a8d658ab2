"""Which OAuth scope Slack asks for what we call and hear, so that the manifest asks for these and no more.

By the pages of docs.slack.dev/reference/methods and /reference/events. Where a method works on several kinds
of conversation, the scopes of the kinds we use it on: public and private channels, and our own conversation
with a person. The pages (`bot/pages.py`) and the tests read it; a method or event missing here fails them.
"""

from collections.abc import Iterable

HISTORY = ("channels:history", "groups:history", "im:history")
CHANNELS = ("channels:read", "groups:read")

METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "chat.getPermalink": (),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": HISTORY,
    "conversations.info": CHANNELS,
    "conversations.join": ("channels:join",),
    "conversations.members": CHANNELS,
    "conversations.open": ("im:write",),
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "pins.add": ("pins:write",),
    "pins.remove": ("pins:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.conversations": CHANNELS,
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_id_changed": CHANNELS,
    "channel_left": ("channels:read",),
    "channel_shared": CHANNELS,
    "channel_unarchive": ("channels:read",),
    "channel_unshared": CHANNELS,
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": CHANNELS,
    "member_left_channel": CHANNELS,
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
COMMANDS = "commands"
"""What slash commands and shortcuts need."""


def needed(methods: Iterable[str], events: Iterable[str], *, commands: bool) -> set[str]:
    """Every scope these call for; KeyError for a method or event whose scopes nobody looked up."""
    of_methods = {scope for one in methods for scope in METHODS[one]}
    of_events = {scope for one in events for scope in EVENTS[one]}
    return of_methods | of_events | ({COMMANDS} if commands else set())


def used_for(scope: str) -> list[str]:
    """The methods and events that need this scope."""
    return [name for table in (METHODS, EVENTS) for name, scopes in table.items() if scope in scopes]
