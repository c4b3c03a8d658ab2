"""What each error code of each method we call means for the row that made the call.

The codes are those Slack's method pages list (docs.slack.dev/reference/methods/<method>, "Errors"). A code
that stands nowhere here is unknown: it is looked up or tried again, never taken for done or dead.
"""

from dataclasses import dataclass

from storage.outbox.values import Verdict

COMMON: dict[str, Verdict] = {
    # the request itself cannot succeed, however often it is made
    "invalid_arg_name": Verdict.DEAD,
    "invalid_arguments": Verdict.DEAD,
    "invalid_array_arg": Verdict.DEAD,
    "invalid_charset": Verdict.DEAD,
    "invalid_form_data": Verdict.DEAD,
    "invalid_post_type": Verdict.DEAD,
    "missing_post_type": Verdict.DEAD,
    "method_deprecated": Verdict.DEAD,
    "deprecated_endpoint": Verdict.DEAD,
    "unknown_method": Verdict.DEAD,
    # somebody has to change something first
    "missing_scope": Verdict.BLOCKED,
    "no_permission": Verdict.BLOCKED,
    "not_allowed_token_type": Verdict.BLOCKED,
    "two_factor_setup_required": Verdict.BLOCKED,
    "access_denied": Verdict.BLOCKED,
    "ekm_access_denied": Verdict.BLOCKED,
    "enterprise_is_restricted": Verdict.BLOCKED,
    "team_access_not_granted": Verdict.BLOCKED,
    "org_login_required": Verdict.BLOCKED,
    "accesslimited": Verdict.BLOCKED,
    # our token is no longer taken
    "account_inactive": Verdict.BLOCKED,
    "invalid_auth": Verdict.BLOCKED,
    "not_authed": Verdict.BLOCKED,
    "token_expired": Verdict.BLOCKED,
    "token_revoked": Verdict.BLOCKED,
    # Slack asks for patience, and says that nothing happened
    "ratelimited": Verdict.LATER,
    "rate_limited": Verdict.LATER,
    "team_added_to_org": Verdict.LATER,
    # Slack says itself that part of it may have happened
    "fatal_error": Verdict.UNKNOWN,
    "internal_error": Verdict.UNKNOWN,
    "request_timeout": Verdict.UNKNOWN,
    "service_unavailable": Verdict.UNKNOWN,
}
SLACKS_OWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Codes by which Slack says that it failed itself."""

REVOKED = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""Codes after which nothing can be sent in the whole workspace."""

MENDED_BY_INSTALLING = REVOKED | {"missing_scope", "no_permission", "not_allowed_token_type", "no_token"}
"""Codes whose cause is gone once the app is installed (again) with today's manifest."""

_MESSAGE: dict[str, Verdict] = {
    "invalid_blocks": Verdict.PLAINER,
    "invalid_blocks_format": Verdict.PLAINER,
    "invalid_attachments": Verdict.PLAINER,
    "msg_too_long": Verdict.PLAINER,
    "msg_blocks_too_long": Verdict.PLAINER,
    "markdown_text_conflict": Verdict.PLAINER,
    "only_one_table_allowed": Verdict.PLAINER,
    "is_archived": Verdict.BLOCKED,
    "not_in_channel": Verdict.BLOCKED,
    "channel_not_found": Verdict.BLOCKED,
    "restricted_action": Verdict.BLOCKED,
    "restricted_action_read_only_channel": Verdict.BLOCKED,
    "restricted_action_thread_only_channel": Verdict.BLOCKED,
    "restricted_action_non_threadable_channel": Verdict.BLOCKED,
    "restricted_action_thread_locked": Verdict.BLOCKED,
    "messages_tab_disabled": Verdict.BLOCKED,
    "no_text": Verdict.DEAD,
    "metadata_too_large": Verdict.DEAD,
    "invalid_metadata_format": Verdict.DEAD,
    "invalid_metadata_schema": Verdict.DEAD,
    "metadata_must_be_sent_from_app": Verdict.DEAD,
    "cannot_reply_to_message": Verdict.DEAD,
    "thread_not_found": Verdict.DEAD,
    "user_not_found": Verdict.DEAD,
    "too_many_attachments": Verdict.PLAINER,
    "message_limit_exceeded": Verdict.LATER,
    "as_user_not_supported": Verdict.DEAD,
    "slack_connect_file_link_sharing_blocked": Verdict.BLOCKED,
    "slack_connect_file_upload_sharing_blocked": Verdict.BLOCKED,
    "team_not_found": Verdict.DEAD,
}
_READ: dict[str, Verdict] = {
    "channel_not_found": Verdict.DEAD,
    "not_in_channel": Verdict.DEAD,
    "message_not_found": Verdict.DEAD,
    "thread_not_found": Verdict.DEAD,
    "user_not_found": Verdict.DEAD,
    "user_not_visible": Verdict.DEAD,
    "users_not_found": Verdict.DEAD,
    "invalid_cursor": Verdict.DEAD,
    "invalid_limit": Verdict.DEAD,
    "invalid_ts_latest": Verdict.DEAD,
    "invalid_ts_oldest": Verdict.DEAD,
    "invalid_metadata_keys": Verdict.DEAD,
    "invalid_types": Verdict.DEAD,
    "fetch_members_failed": Verdict.LATER,
    "limit_required": Verdict.DEAD,
    # a question is not worth waiting for somebody to grant a scope: what wanted it hears that it failed
    "missing_scope": Verdict.DEAD,
    "no_permission": Verdict.DEAD,
    "method_not_supported_for_channel_type": Verdict.DEAD,
    "is_archived": Verdict.DEAD,
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method we call. One that is `repeatable` has the same effect done twice as once."""

    codes: dict[str, Verdict]
    repeatable: bool = True


METHODS: dict[str, Method] = {
    "chat.postMessage": Method(_MESSAGE, repeatable=False),
    "chat.update": Method(
        {
            **_MESSAGE,
            "message_not_found": Verdict.DEAD,
            "cant_update_message": Verdict.DEAD,
            "edit_window_closed": Verdict.DEAD,
            "update_failed": Verdict.UNKNOWN,
            "channel_not_found": Verdict.DEAD,
        }
    ),
    "chat.getPermalink": Method(_READ),
    "views.publish": Method(
        {
            "not_enabled": Verdict.BLOCKED,
            "view_too_large": Verdict.DEAD,
            "hash_conflict": Verdict.LATER,
            "user_not_found": Verdict.DEAD,
            "invalid_user_id": Verdict.DEAD,
            "duplicate_external_id": Verdict.DEAD,
        }
    ),
    "reactions.add": Method(
        {
            "already_reacted": Verdict.DONE,
            "too_many_emoji": Verdict.DEAD,
            "too_many_reactions": Verdict.DEAD,
            "bad_timestamp": Verdict.DEAD,
            "invalid_name": Verdict.DEAD,
            "message_not_found": Verdict.DEAD,
            "no_item_specified": Verdict.DEAD,
            "is_archived": Verdict.BLOCKED,
            "not_reactable": Verdict.DEAD,
            "thread_locked": Verdict.DEAD,
            "channel_not_found": Verdict.BLOCKED,
            "not_in_channel": Verdict.BLOCKED,
            "external_channel_migrating": Verdict.LATER,
        }
    ),
    "reactions.remove": Method(
        {
            "no_reaction": Verdict.DONE,
            "message_not_found": Verdict.DONE,
            "bad_timestamp": Verdict.DEAD,
            "invalid_name": Verdict.DEAD,
            "no_item_specified": Verdict.DEAD,
            "is_archived": Verdict.BLOCKED,
            "channel_not_found": Verdict.BLOCKED,
            "not_in_channel": Verdict.BLOCKED,
            "thread_locked": Verdict.DEAD,
            "external_channel_migrating": Verdict.LATER,
        }
    ),
    "pins.add": Method(
        {
            "already_pinned": Verdict.DONE,
            "bad_timestamp": Verdict.DEAD,
            "message_not_found": Verdict.DEAD,
            "no_item_specified": Verdict.DEAD,
            "not_pinnable": Verdict.DEAD,
            "file_not_found": Verdict.DEAD,
            "file_not_shared": Verdict.DEAD,
            # a pin is a convenience: where it is not for us to set one, nobody is to be bothered
            "permission_denied": Verdict.DEAD,
            "is_archived": Verdict.DEAD,
            "channel_not_found": Verdict.BLOCKED,
            "not_in_channel": Verdict.BLOCKED,
        }
    ),
    "pins.remove": Method(
        {
            "no_pin": Verdict.DONE,
            "not_pinned": Verdict.DONE,
            "message_not_found": Verdict.DONE,
            "bad_timestamp": Verdict.DEAD,
            "no_item_specified": Verdict.DEAD,
            "file_not_found": Verdict.DEAD,
            "permission_denied": Verdict.DEAD,
            "is_archived": Verdict.DEAD,
            "channel_not_found": Verdict.BLOCKED,
            "not_in_channel": Verdict.BLOCKED,
        }
    ),
    "conversations.open": Method(
        {
            **_READ,
            "user_disabled": Verdict.DEAD,
            "cannot_dm_bot": Verdict.DEAD,
            "users_list_not_supplied": Verdict.DEAD,
        }
    ),
    "conversations.join": Method(
        {
            **_READ,
            "method_not_supported_for_channel_type": Verdict.DEAD,
            "is_private": Verdict.DEAD,
            "restricted_action": Verdict.DEAD,
        }
    ),
    "conversations.info": Method(_READ),
    "conversations.members": Method(_READ),
    "conversations.history": Method(_READ),
    "conversations.replies": Method(_READ),
    "users.conversations": Method(_READ),
    "users.info": Method(_READ),
    "users.list": Method(_READ),
    "auth.test": Method({}),
}


MENDED_IN_THE_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""Codes whose cause is gone once Slack tells us that we are in the channel, or that it is back."""

NOBODY_TELLS = frozenset(
    code
    for codes in (COMMON, *(one.codes for one in METHODS.values()))
    for code, verdict in codes.items()
    if verdict is Verdict.BLOCKED and code not in MENDED_BY_INSTALLING | MENDED_IN_THE_CHANNEL
)
"""Codes whose cause an admin takes away without anybody telling us: tried again once a day."""


def verdict_of(method: str, code: str) -> Verdict:
    """The class of a code for a method; a code nobody documented is unknown."""
    return METHODS[method].codes.get(code) or COMMON.get(code, Verdict.UNKNOWN)
