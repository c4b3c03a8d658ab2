"""Slack's error codes as its method pages list them, each with its one class (`docs/slack-errors.md` is made of it).

The page of a method is docs.slack.dev/reference/methods/<method>, "Errors"; read in November 2026. What a page
listed once, or what was only seen, stands under `seen`: it costs nothing to know it.
"""

from dataclasses import dataclass, field

from storage.outbox.values import Verdict

DONE, LATER, PLAINER = Verdict.DONE, Verdict.LATER, Verdict.PLAINER
BLOCKED, DEAD, UNKNOWN = Verdict.BLOCKED, Verdict.DEAD, Verdict.UNKNOWN
Codes = dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class Method:
    """A method we call, with the codes of its own beside those of every method (`COMMON`).

    One that is `repeatable` has the same effect done twice as once. One that is `direct` is somebody's direct
    answer: made once by whoever answers them, never by the courier.
    """

    listed: Codes
    seen: Codes = field(default_factory=dict)
    repeatable: bool = True
    direct: bool = False

    @property
    def codes(self) -> Codes:
        """All of them."""
        return {**self.seen, **self.listed}


def _are(verdict: Verdict, names: str) -> Codes:
    return dict.fromkeys(names.split(), verdict)


REVOKED = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""Codes after which nothing can be sent in the whole workspace."""
SLACKS_OWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Codes by which Slack says that it failed itself, and that part of it may have happened."""

COMMON: Codes = {
    # the request itself cannot succeed, however often it is made
    **_are(DEAD, "invalid_arg_name invalid_arguments invalid_array_arg invalid_charset invalid_form_data"),
    **_are(DEAD, "invalid_post_type missing_post_type method_deprecated deprecated_endpoint"),
    # somebody has to change something first
    **_are(BLOCKED, "missing_scope no_permission not_allowed_token_type two_factor_setup_required"),
    **_are(BLOCKED, "access_denied accesslimited ekm_access_denied enterprise_is_restricted"),
    **_are(BLOCKED, "team_access_not_granted org_login_required"),
    **dict.fromkeys(sorted(REVOKED), BLOCKED),
    # Slack asks for patience, and says that nothing happened
    **_are(LATER, "ratelimited team_added_to_org"),
    **dict.fromkeys(sorted(SLACKS_OWN), UNKNOWN),
}
"""What every page lists."""
SEEN: Codes = {**_are(DEAD, "unknown_method missing_argument"), **_are(LATER, "rate_limited")}
"""What any method may answer besides."""

_RESTRICTED = _are(
    BLOCKED,
    "restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel"
    " restricted_action_thread_locked restricted_action_thread_only_channel",
)
_SHARING = _are(BLOCKED, "slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked")
_METADATA = _are(
    DEAD,
    "invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app metadata_too_large",
)
_BLOCKS = _are(PLAINER, "invalid_blocks invalid_blocks_format markdown_text_conflict too_many_attachments")
_POST = Method(
    {
        **_BLOCKS,
        **_METADATA,
        **_RESTRICTED,
        **_SHARING,
        **_are(PLAINER, "attachment_payload_limit_exceeded msg_blocks_too_long too_many_contact_cards"),
        **_are(BLOCKED, "channel_not_found is_archived messages_tab_disabled not_in_channel"),
        **_are(BLOCKED, "slack_connect_lists_sharing_blocked"),
        **_are(LATER, "message_limit_exceeded rate_limited"),
        **_are(
            DEAD, "as_user_not_supported cannot_reply_to_message missing_file_data no_text team_not_found"
        ),
        **_are(DEAD, "draft_already_deleted draft_already_sent draft_has_conflict draft_not_found"),
        # Slack took it for a repeat of something: it has to be looked up
        **_are(UNKNOWN, "duplicate_channel_not_found duplicate_message_not_found"),
    },
    {
        **_are(PLAINER, "invalid_attachments msg_too_long only_one_table_allowed"),
        **_are(BLOCKED, "slack_connect_file_upload_sharing_blocked"),
        **_are(LATER, "external_channel_migrating"),
        **_are(DEAD, "thread_not_found user_not_found"),
    },
    repeatable=False,
)
_UPDATE = Method(
    {
        **_BLOCKS,
        **_METADATA,
        **_SHARING,
        **_are(PLAINER, "block_mismatch invalid_attachments msg_too_long"),
        **_are(BLOCKED, "is_inactive slack_connect_clip_sharing_blocked"),
        **_are(BLOCKED, "slack_connect_blocked_file_type slack_connect_file_upload_sharing_blocked"),
        **_are(LATER, "external_channel_migrating message_limit_exceeded streaming_state_conflict"),
        **_are(DEAD, "as_user_not_supported cant_broadcast_message cant_update_message channel_not_found"),
        **_are(DEAD, "edit_window_closed message_not_found no_dual_broadcast_content_update no_text"),
        **_are(
            DEAD, "blocked_file_type file_deleted file_is_deleted file_not_found file_share_limit_reached"
        ),
        **_are(DEAD, "max_file_sharing_exceeded posting_to_channel_denied unable_to_share_files"),
        **_are(DEAD, "team_not_found"),
        **_are(UNKNOWN, "update_failed"),
    },
    {
        **_RESTRICTED,
        **_are(PLAINER, "msg_blocks_too_long only_one_table_allowed"),
        **_are(BLOCKED, "is_archived messages_tab_disabled not_in_channel"),
        **_are(DEAD, "cannot_reply_to_message thread_not_found user_not_found"),
    },
)

_READ: Codes = {
    **_are(DEAD, "channel_not_found is_archived message_not_found not_in_channel thread_not_found"),
    **_are(DEAD, "user_not_found user_not_visible users_not_found"),
    **_are(DEAD, "invalid_cursor invalid_limit invalid_types limit_required pagination_not_available"),
    **_are(DEAD, "invalid_metadata_keys invalid_ts_latest invalid_ts_oldest"),
    **_are(DEAD, "method_not_supported_for_channel_type"),
}
_HISTORY = _are(
    DEAD,
    "channel_not_found invalid_cursor invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest",
)


_NOT_WAITED_FOR = _are(DEAD, "missing_scope no_permission not_allowed_token_type")
"""A question is not worth waiting for somebody to grant what it needs: what wanted it hears that it failed."""


def _reads(names: str, also: Codes | None = None, seen: Codes | None = None) -> Method:
    listed = {**_NOT_WAITED_FOR, **_are(DEAD, names), **(also or {})}
    return Method(listed, {**_READ, **(seen or {})})


_VIEW = "duplicate_external_id view_too_large"
_TRIGGER = "exchanged_trigger_id expired_trigger_id invalid_trigger_id"
_TRIGGER_SEEN = _are(DEAD, "trigger_exchanged trigger_expired")

METHODS: dict[str, Method] = {
    "auth.test": Method({}),
    "chat.getPermalink": _reads("channel_not_found message_not_found"),
    "chat.postMessage": _POST,
    "chat.update": _UPDATE,
    "conversations.history": _reads("channel_is_limited_access not_in_channel", _HISTORY),
    "conversations.info": _reads("channel_is_limited_access channel_not_found"),
    "conversations.join": _reads(
        "channel_is_limited_access channel_not_found is_archived method_not_supported_for_channel_type"
        " too_many_members",
        seen=_are(DEAD, "is_private restricted_action user_is_restricted"),
    ),
    "conversations.members": _reads(
        "channel_not_found invalid_cursor invalid_limit method_not_supported_for_channel_type",
        _are(LATER, "fetch_members_failed"),
    ),
    # opens the way for what is to be said, so it waits for a scope as that would
    "conversations.open": Method(
        _are(
            DEAD,
            "channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users"
            " too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied",
        ),
        _are(DEAD, "cannot_dm_bot users_not_found"),
    ),
    "conversations.replies": _reads(
        "list_record_comment_fetch_failed method_not_supported_for_channel_type thread_not_found", _HISTORY
    ),
    # seen by nobody until it is completed, so an upload may be made again
    "files.getUploadURLExternal": Method(
        {
            **_are(
                DEAD, "alt_txt_too_large file_type_not_allowed file_upload_size_restricted missing_argument"
            ),
            **_are(DEAD, "file_uploads_disabled file_uploads_except_images_disabled storage_limit_reached"),
            **_are(DEAD, "snippet_too_large unknown_snippet_type unknown_subtype"),
        }
    ),
    "files.completeUploadExternal": Method(
        {
            **_are(BLOCKED, "channel_not_found not_in_channel"),
            **_are(DEAD, "channels_limit_exceeded file_not_found file_type_not_allowed invalid_blocks"),
            **_are(DEAD, "file_uploads_except_images_disabled invalid_channel posting_to_channel_denied"),
            **_are(UNKNOWN, "file_update_failed"),
        },
        repeatable=False,
    ),
    "pins.add": Method(
        {
            **_are(DONE, "already_pinned"),
            **_are(BLOCKED, "channel_not_found not_in_channel"),
            **_are(LATER, "external_channel_migrating"),
            **_are(DEAD, "bad_timestamp file_not_found file_not_shared message_not_found no_item_specified"),
            # a pin is a convenience: where it is not for us to set one, nobody is to be bothered
            **_are(DEAD, "not_pinnable restricted_action too_many_pins"),
        },
        _are(DEAD, "is_archived permission_denied"),
    ),
    "pins.remove": Method(
        {
            **_are(DONE, "message_not_found no_pin not_pinned"),
            **_are(BLOCKED, "channel_not_found"),
            **_are(LATER, "external_channel_migrating"),
            **_are(DEAD, "bad_timestamp file_comment_not_found file_not_found no_item_specified"),
            **_are(DEAD, "restricted_action"),
        },
        {**_are(BLOCKED, "not_in_channel"), **_are(DEAD, "is_archived permission_denied")},
    ),
    "reactions.add": Method(
        {
            **_are(DONE, "already_reacted"),
            **_are(BLOCKED, "channel_not_found is_archived"),
            **_are(LATER, "external_channel_migrating"),
            **_are(DEAD, "bad_timestamp invalid_name message_not_found no_access no_item_specified"),
            **_are(DEAD, "not_reactable thread_locked too_many_emoji too_many_reactions"),
        },
        {**_are(BLOCKED, "not_in_channel"), **_are(DEAD, "file_comment_not_found file_not_found")},
    ),
    "reactions.remove": Method(
        {
            **_are(DONE, "message_not_found no_reaction"),
            **_are(BLOCKED, "channel_not_found"),
            **_are(LATER, "external_channel_migrating"),
            **_are(DEAD, "bad_timestamp file_comment_not_found file_not_found invalid_name no_access"),
            **_are(DEAD, "no_item_specified thread_locked"),
        },
        _are(BLOCKED, "is_archived not_in_channel"),
    ),
    "users.conversations": _reads(
        "invalid_cursor invalid_limit invalid_types method_not_supported_for_channel_type missing_argument"
    ),
    "users.info": _reads("too_many_users user_not_found user_not_visible"),
    "users.list": _reads("invalid_cursor limit_required missing_argument"),
    "views.open": Method(_are(DEAD, f"{_VIEW} {_TRIGGER}"), _TRIGGER_SEEN, direct=True),
    "views.publish": Method(
        {
            **_are(BLOCKED, "not_enabled"),
            **_are(LATER, "hash_conflict"),
            **_are(DEAD, f"{_VIEW} missing_profile_id not_implemented"),
        },
        _are(DEAD, "invalid_user_id user_not_found"),
    ),
    "views.push": Method(
        _are(DEAD, f"{_VIEW} {_TRIGGER} not_found push_limit_reached"), _TRIGGER_SEEN, direct=True
    ),
    "views.update": Method(_are(DEAD, f"{_VIEW} hash_conflict not_found"), direct=True),
}
