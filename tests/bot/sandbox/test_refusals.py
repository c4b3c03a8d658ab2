"""The Web API says no where Slack would, with Slack's codes, through the real SDK."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Slack
from bot.sandbox.limits import LIMITS
from tests.bot.sandbox.samples import Configure, actions, button, section, without_scope

Json = dict[str, Any]
GENERAL, SALES, PRICING = "C0GENERAL", "C0SALES", "G0PRICING"
WISH = "1.000001"


async def code_of(web: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await web.api_call(method, json=arguments)
    return str(refusal.value.response["error"])


REFUSALS: list[tuple[str, str, Json]] = [
    ("channel_not_found", "chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}),
    ("channel_not_found", "chat.postMessage", {"channel": PRICING, "text": "a private one"}),
    ("not_in_channel", "chat.postMessage", {"channel": SALES, "text": "x"}),
    ("no_text", "chat.postMessage", {"channel": GENERAL}),
    ("invalid_arguments", "chat.postMessage", {"text": "x"}),
    ("cannot_reply_to_message", "chat.postMessage", {"channel": GENERAL, "text": "x", "thread_ts": WISH}),
    ("cannot_dm_bot", "chat.postMessage", {"channel": "U0THROUGH", "text": "x"}),
    ("invalid_blocks", "chat.postMessage", {"channel": GENERAL, "text": "x", "blocks": [{"type": "no"}]}),
    ("invalid_blocks_format", "chat.postMessage", {"channel": GENERAL, "text": "x", "blocks": "[{"}),
    (
        "msg_blocks_too_long",
        "chat.postMessage",
        {"channel": GENERAL, "text": "x", "blocks": [section("x" * 2000)] * 6},
    ),
    (
        "only_one_table_allowed",
        "chat.postMessage",
        {
            "channel": GENERAL,
            "text": "x",
            "blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2,
        },
    ),
    (
        "too_many_attachments",
        "chat.postMessage",
        {
            "channel": GENERAL,
            "text": "x",
            "attachments": [{"text": "x"}] * (LIMITS["message.attachments"] + 1),
        },
    ),
    (
        "invalid_metadata_format",
        "chat.postMessage",
        {"channel": GENERAL, "text": "x", "metadata": {"event_type": "card"}},
    ),
    (
        "metadata_too_large",
        "chat.postMessage",
        {
            "channel": GENERAL,
            "text": "x",
            "metadata": {"event_type": "card", "event_payload": {"a": "x" * LIMITS["message.metadata"]}},
        },
    ),
    ("missing_scope", "chat.postMessage", {"channel": GENERAL, "text": "x", "username": "CEO"}),
    ("markdown_text_conflict", "chat.postMessage", {"channel": GENERAL, "text": "x", "markdown_text": "y"}),
    ("no_item_specified", "pins.add", {"channel": GENERAL}),
    ("channel_not_found", "pins.add", {"channel": "C0NOWHERE", "timestamp": WISH}),
    ("channel_not_found", "pins.add", {"channel": PRICING, "timestamp": WISH}),
    ("not_in_channel", "pins.add", {"channel": SALES, "timestamp": WISH}),
    ("bad_timestamp", "pins.add", {"channel": GENERAL, "timestamp": "yesterday"}),
    ("message_not_found", "pins.add", {"channel": GENERAL, "timestamp": WISH}),
    ("message_not_found", "pins.remove", {"channel": GENERAL, "timestamp": WISH}),
    ("not_in_channel", "pins.list", {"channel": SALES}),
    ("message_not_found", "chat.update", {"channel": GENERAL, "ts": WISH, "text": "x"}),
    ("channel_not_found", "chat.update", {"channel": "U0MAYA", "ts": WISH, "text": "x"}),
    ("message_not_found", "chat.delete", {"channel": GENERAL, "ts": WISH}),
    ("user_not_in_channel", "chat.postEphemeral", {"channel": GENERAL, "user": "U0GIL", "text": "x"}),
    ("user_not_found", "chat.postEphemeral", {"channel": GENERAL, "user": "U0NOBODY", "text": "x"}),
    ("not_in_channel", "conversations.history", {"channel": SALES}),
    ("channel_not_found", "conversations.history", {"channel": PRICING}),
    ("thread_not_found", "conversations.replies", {"channel": GENERAL, "ts": WISH}),
    ("channel_not_found", "conversations.info", {"channel": PRICING}),
    ("invalid_limit", "conversations.members", {"channel": GENERAL, "limit": 5000}),
    ("invalid_cursor", "conversations.list", {"cursor": "there"}),
    ("invalid_types", "conversations.list", {"types": "secret_channel"}),
    ("missing_scope", "conversations.list", {"types": "mpim"}),
    ("method_not_supported_for_channel_type", "conversations.join", {"channel": "D0MAYA"}),
    ("user_not_found", "conversations.open", {"users": "U0NOBODY"}),
    ("user_disabled", "conversations.open", {"users": "U0PETE"}),
    ("user_not_visible", "conversations.open", {"users": "U0NORA"}),
    ("user_not_found", "users.info", {"user": "U0NOBODY"}),
    ("no_item_specified", "reactions.add", {"name": "bulb"}),
    ("bad_timestamp", "reactions.add", {"channel": GENERAL, "timestamp": "yesterday", "name": "bulb"}),
    ("message_not_found", "reactions.add", {"channel": GENERAL, "timestamp": WISH, "name": "bulb"}),
    ("not_in_channel", "reactions.add", {"channel": SALES, "timestamp": WISH, "name": "bulb"}),
    ("not_found", "views.update", {"view_id": "V0NONE", "view": {"type": "home", "blocks": [section()]}}),
    (
        "invalid_arguments",
        "views.publish",
        {"user_id": "U0NORA", "view": {"type": "home", "blocks": [section()]}},
    ),
    ("invalid_arguments", "views.publish", {"user_id": "U0MAYA", "view": {"type": "home", "blocks": []}}),
    ("unknown_method", "chat.shout", {}),
]


@pytest.mark.parametrize(("code", "method", "arguments"), REFUSALS)
async def test_slack_refuses(web: AsyncWebClient, code: str, method: str, arguments: Json) -> None:
    """The code is the one Slack's method page names."""
    assert await code_of(web, method, **arguments) == code


async def test_invalid_blocks_say_where_and_what(web: AsyncWebClient) -> None:
    """response_metadata.messages points at the element, unlike a bare invalid_blocks."""
    blocks = [section(), actions(button("x" * 80))]
    with pytest.raises(SlackApiError) as refusal:
        await web.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
    assert refusal.value.response["response_metadata"]["messages"] == [
        "[ERROR] blocks[1].elements[0].text: 80 characters, 75 allowed"
    ]


async def test_an_emoji_is_set_once_and_taken_back_once(web: AsyncWebClient) -> None:
    """already_reacted and no_reaction; a name that is none is invalid_name."""
    ts = (await web.chat_postMessage(channel=GENERAL, text="x"))["ts"]
    item = {"channel": GENERAL, "timestamp": ts}
    await web.reactions_add(**item, name="+1::skin-tone-3")
    assert await code_of(web, "reactions.add", **item, name="+1::skin-tone-3") == "already_reacted"
    assert await code_of(web, "reactions.add", **item, name="💡") == "invalid_name"
    assert (await web.reactions_get(**item))["message"]["reactions"][0]["name"] == "+1::skin-tone-3"
    await web.reactions_remove(**item, name="+1::skin-tone-3")
    assert await code_of(web, "reactions.remove", **item, name="+1::skin-tone-3") == "no_reaction"


async def test_other_peoples_messages_are_not_the_apps_to_change(slack: Slack, web: AsyncWebClient) -> None:
    """cant_update_message and cant_delete_message."""
    ts = (await slack.message("#general", "Mine", as_="maya")).ts
    assert await code_of(web, "chat.update", channel=GENERAL, ts=ts, text="Yours") == "cant_update_message"
    assert await code_of(web, "chat.delete", channel=GENERAL, ts=ts) == "cant_delete_message"


async def test_an_update_takes_four_thousand_characters_and_a_post_is_cut(web: AsyncWebClient) -> None:
    """chat.update refuses what chat.postMessage would cut at forty thousand."""
    posted = await web.chat_postMessage(channel=GENERAL, text="x" * (LIMITS["message.text"] + 1))
    assert len(posted["message"]["text"]) == LIMITS["message.text"]
    long = "x" * (LIMITS["message.update_text"] + 1)
    assert await code_of(web, "chat.update", channel=GENERAL, ts=posted["ts"], text=long) == "msg_too_long"
    await web.chat_update(channel=GENERAL, ts=posted["ts"], text=long[1:])


async def test_an_archived_channel_is_closed(slack: Slack, web: AsyncWebClient) -> None:
    """is_archived for posts, reactions and joins; is_inactive for updates."""
    ts = (await web.chat_postMessage(channel="C0LAUNCH", text="x"))["ts"]
    await slack.archive("#launches", as_="maya")
    assert await code_of(web, "chat.postMessage", channel="C0LAUNCH", text="x") == "is_archived"
    assert await code_of(web, "chat.update", channel="C0LAUNCH", ts=ts, text="y") == "is_inactive"
    assert await code_of(web, "reactions.add", channel="C0LAUNCH", timestamp=ts, name="eyes") == "is_archived"
    await slack.archive("#sales", as_="maya")
    assert await code_of(web, "conversations.join", channel=SALES) == "is_archived"


async def test_unknown_arguments_do_no_harm(web: AsyncWebClient) -> None:
    """Slack ignores what it does not know; so do we."""
    answer = await web.api_call("chat.postMessage", json={"channel": GENERAL, "text": "x", "sparkle": True})
    assert answer["ok"]


async def test_forms_and_queries_work_like_json(web: AsyncWebClient) -> None:
    """Slack takes the same arguments as JSON, as a form with JSON in it, and in the query."""
    blocks = '[{"type": "divider"}]'
    posted = await web.api_call("chat.postMessage", data={"channel": GENERAL, "text": "x", "blocks": blocks})
    assert posted["message"]["blocks"][0]["type"] == "divider"
    asked = await web.api_call("conversations.info", http_verb="GET", params={"channel": GENERAL})
    assert asked["channel"]["name"] == "general"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": GENERAL, "text": "x"}),
        ("reactions:write", "reactions.add", {"channel": GENERAL, "timestamp": WISH, "name": "bulb"}),
        ("channels:history", "conversations.history", {"channel": GENERAL}),
        ("channels:join", "conversations.join", {"channel": SALES}),
        ("im:write", "conversations.open", {"users": "U0MAYA"}),
        ("users:read", "users.info", {"user": "U0MAYA"}),
        ("channels:read", "conversations.info", {"channel": GENERAL}),
    ],
)
async def test_what_the_manifest_does_not_ask_for_is_missing_scope(
    config: Configure, scope: str, method: str, arguments: Json
) -> None:
    """The answer names the scope that is needed and those that are there."""
    async with running(config(manifest=without_scope(scope))) as place:
        web = AsyncWebClient(place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError) as refusal:
            await web.api_call(method, json=arguments)
    answer = refusal.value.response
    assert answer["error"] == "missing_scope"
    assert scope in answer["needed"]
    assert "commands" in answer["provided"]
    assert scope not in answer["provided"].split(",")


async def test_tokens_are_for_their_own_methods(place: RunningSandbox) -> None:
    """No token is not_authed; an app token does not post and a bot token opens no socket."""
    config = place.sandbox.config
    nobody = AsyncWebClient(base_url=place.api_url, retry_handlers=[])
    bot = AsyncWebClient(config.bot_token, base_url=place.api_url, retry_handlers=[])
    app = AsyncWebClient(config.app_token, base_url=place.api_url, retry_handlers=[])
    assert await code_of(nobody, "auth.test") == "not_authed"
    assert await code_of(app, "chat.postMessage", channel=GENERAL, text="x") == "not_allowed_token_type"
    assert await code_of(bot, "apps.connections.open") == "not_allowed_token_type"


async def test_joining_makes_a_member_and_says_so_when_it_was_one(web: AsyncWebClient) -> None:
    """conversations.join works in public channels and only warns the second time."""
    assert (await web.conversations_join(channel=SALES))["channel"]["is_member"] is True
    assert (await web.conversations_join(channel=SALES))["warning"] == "already_in_channel"
    assert SALES in {c["id"] for c in (await web.users_conversations())["channels"]}
    assert (await web.chat_postMessage(channel=SALES, text="Here I am"))["ok"]


async def test_lists_come_in_pages(web: AsyncWebClient) -> None:
    """A cursor leads through everything once and ends empty."""
    seen: list[str] = []
    cursor = ""
    while True:
        page = await web.users_list(limit=4, cursor=cursor)
        seen += [member["name"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert {"maya", "gil", "pete", "throughline"} <= set(seen)
    assert "nora" not in seen, "somebody from another workspace is not in ours"


async def test_history_can_be_cut_by_time(web: AsyncWebClient) -> None:
    """Oldest and latest leave their own message out unless inclusive."""
    stamps = [(await web.chat_postMessage(channel=GENERAL, text=str(n)))["ts"] for n in range(3)]
    between = await web.conversations_history(channel=GENERAL, oldest=stamps[0], latest=stamps[2])
    around = await web.conversations_history(
        channel=GENERAL, oldest=stamps[0], latest=stamps[2], inclusive=True
    )
    assert [m["text"] for m in between["messages"]] == ["1"]
    assert [m["text"] for m in around["messages"]] == ["2", "1", "0"]


async def test_posting_to_somebody_who_left_succeeds_silently(web: AsyncWebClient) -> None:
    """Slack does not say that a deactivated person reads nothing."""
    assert (await web.chat_postMessage(channel="U0PETE", text="Hello?"))["ok"]
