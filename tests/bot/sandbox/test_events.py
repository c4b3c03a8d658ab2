"""What reaches the app as events: retries, membership, subscriptions, shared channels, its own doings."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import PlainTextResponse, Response

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Received, Receiver
from tests.bot.sandbox.samples import Configure, with_events, without_scope
from tests.bot.sandbox.waiting import until

Json = dict[str, Any]


async def test_an_event_is_repeated_three_times_with_its_number_and_reason(
    config: Configure, receiver: Receiver
) -> None:
    """The same event id comes again, marked as Slack marks it, until a 2xx or the third retry."""
    receiver.answer = lambda _: PlainTextResponse("no", 500)
    async with (
        running(config(bot_url=receiver.url, retry_delays=(0, 0.01, 0.01))) as place,
        Slack(place.url) as slack,
    ):
        outcome = await slack.dm("maya", "hello")
        await until(lambda: len(receiver.received) == 4)
        statuses = [d.status for d in place.sandbox.history.deliveries]

    assert outcome.text == "hello"
    assert len({request.body["event_id"] for request in receiver.received}) == 1
    assert [r.headers.get("x-slack-retry-num") for r in receiver.received] == [None, "1", "2", "3"]
    assert {r.headers.get("x-slack-retry-reason") for r in receiver.received[1:]} == {"http_error"}
    assert statuses == [500] * 4


async def test_retries_end_with_a_200_or_when_the_app_says_so(config: Configure, receiver: Receiver) -> None:
    """A success ends it; so does X-Slack-No-Retry on a failure."""
    answers: list[Response] = [
        PlainTextResponse("no", 503),
        PlainTextResponse("yes"),
        PlainTextResponse("never", 500, {"X-Slack-No-Retry": "1"}),
    ]
    receiver.answer = lambda _: answers.pop(0)
    async with (
        running(config(bot_url=receiver.url, retry_delays=(0, 0, 0))) as place,
        Slack(place.url) as slack,
    ):
        await slack.dm("maya", "first")
        await until(lambda: len(receiver.received) == 2)
        await slack.dm("maya", "second")
        await asyncio.sleep(0.05)
    assert [request.event["text"] for request in receiver.received] == ["first", "first", "second"]


async def test_a_slow_or_missing_app_is_a_timeout_or_no_connection(
    config: Configure, receiver: Receiver
) -> None:
    """The reasons are Slack's: http_timeout and connection_failed."""

    async def slowly(request: Received) -> None:
        if "x-slack-retry-num" not in request.headers:
            await asyncio.sleep(0.3)

    receiver.answer = slowly
    settings = config(bot_url=receiver.url, retry_delays=(0,), ack_seconds=0.1)
    async with running(settings) as place, Slack(place.url) as slack:
        await slack.dm("maya", "slow")
        await until(lambda: len(receiver.received) == 2)
        place.sandbox.bot_url = "http://127.0.0.1:9/slack/events"
        await slack.dm("maya", "nobody home")
        await until(lambda: len(place.sandbox.history.deliveries) == 4)
        errors = [d.error for d in place.sandbox.history.deliveries]
        connected = (await slack.state("maya"))["bot"]["connected"]

    assert receiver.received[1].headers["x-slack-retry-reason"] == "http_timeout"
    assert errors == ["http_timeout", None, "connection_failed", "connection_failed"]
    assert connected is False


async def test_commands_and_clicks_are_never_repeated(config: Configure, receiver: Receiver) -> None:
    """The person sees the failure instead: dispatch_failed, or operation_timeout after three seconds."""

    async def answer(request: Received) -> Response:
        await asyncio.sleep(0.3 if request.body["text"] == "slow" else 0)
        return PlainTextResponse("no", 404)

    receiver.answer = answer
    settings = config(bot_url=receiver.url, retry_delays=(0, 0, 0), ack_seconds=0.1)
    async with running(settings) as place, Slack(place.url) as slack:
        failed = await slack.command("/capture", "x", as_="maya")
        slow = await slack.command("/capture", "slow", as_="maya")
        await asyncio.sleep(0.05)
        seen = len(receiver.received)
    assert (failed.ok, failed.status, failed.error) == (False, 404, "dispatch_failed")
    assert (slow.ok, slow.error) == (False, "operation_timeout")
    assert seen == 2


async def test_only_what_the_manifest_subscribes_to_is_sent(config: Configure, receiver: Receiver) -> None:
    """message.channels arrives when asked for, and never without its scope."""
    async with running(config(bot_url=receiver.url)) as place, Slack(place.url) as slack:
        await slack.message("#general", "quiet", as_="maya")
    assert receiver.received == []

    listening = config(bot_url=receiver.url, manifest=with_events("message.channels"))
    async with running(listening) as place, Slack(place.url) as slack:
        await slack.message("#general", "heard", as_="maya")
    assert receiver.only("message")["event"]["channel_type"] == "channel"

    deaf = config(bot_url=receiver.url, manifest=without_scope("reactions:read"))
    async with running(deaf) as place, Slack(place.url) as slack:
        message = await slack.message("#general", "x", as_="maya")
        await slack.react(message, "bulb", "omar")
    assert receiver.of("reaction_added") == []


async def test_the_apps_own_emoji_and_joining_arrive_too(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Slack sends them; an app that counts reactions has to leave its own out."""
    message = await slack.message("#general", "x", as_="maya")
    await web.reactions_add(channel=message.channel, timestamp=message.ts, name="eyes")
    await web.conversations_join(channel="C0SALES")
    await place.sandbox.idle()
    assert receiver.only("reaction_added")["event"]["user"] == "U0THROUGH"
    assert receiver.only("member_joined_channel")["event"]["user"] == "U0THROUGH"


async def test_the_apps_own_direct_messages_and_changes_arrive_as_slack_sends_them(
    receiver: Receiver, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """A post of ours comes back with our bot_id; updates are message_changed, deletions message_deleted."""
    posted = await web.chat_postMessage(channel="U0MAYA", text="Hello")
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="Hello again")
    await web.chat_delete(channel=posted["channel"], ts=posted["ts"])
    await place.sandbox.idle()
    own, changed, deleted = (request.event for request in receiver.of("message"))
    assert (own["bot_id"], own["user"]) == ("B0THROUGH", "U0THROUGH")
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "Hello again")
    assert changed["previous_message"]["text"] == "Hello"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", posted["ts"])


async def test_a_shared_channel_says_so_and_names_the_strangers_team(
    slack: Slack, receiver: Receiver
) -> None:
    """is_ext_shared_channel is set; a stranger's mention carries their own team."""
    await slack.invite("throughline", "#acme-shared", as_="maya")
    await slack.message("#acme-shared", "@throughline hello", as_="nora")
    body = receiver.only("app_mention")
    assert body["is_ext_shared_channel"] is True
    assert body["event"]["user_team"] == "T0ACME"
    assert body["team_id"] == "T0NORTHWIND"


async def test_leaving_is_told_even_when_it_is_the_app_that_goes(
    config: Configure, receiver: Receiver
) -> None:
    """member_left_channel for people; the app removed hears that and channel_left, then nothing."""
    settings = config(bot_url=receiver.url, manifest=with_events("channel_left", "channel_archive"))
    async with running(settings) as place, Slack(place.url) as slack:
        await slack.leave("#general", as_="ben")
        await slack.kick("throughline", "#general", as_="maya")
        await slack.archive("#launches", as_="maya")
        await slack.leave("#general", as_="omar")
        await place.sandbox.idle()
    gone = [request.event["user"] for request in receiver.of("member_left_channel")]
    assert gone == ["U0BEN", "U0THROUGH"]
    assert receiver.only("channel_left")["event"]["channel"] == "C0GENERAL"
    assert receiver.only("channel_archive")["event"]["channel"] == "C0LAUNCH"


async def test_replies_and_edits_carry_their_thread(slack: Slack, receiver: Receiver) -> None:
    """A mention in a thread has thread_ts, where slash commands do not work."""
    top = await slack.message("#general", "Export fails", as_="ben")
    await slack.message("#general", "@throughline please keep this", as_="maya", thread=top)
    event = receiver.only("app_mention")["event"]
    assert (event["thread_ts"], event["parent_user_id"]) == (top.ts, "U0BEN")
    assert [m.text for m in await slack.channel("#general").thread(top)][1] == "<@U0THROUGH> please keep this"
    assert (await slack.channel("#general").last()).ts == top.ts


@pytest.mark.parametrize("body", ["[]", '"x"', '{"as": "maya"}', '{"as": "nobody"}', "not json"])
async def test_a_malformed_act_is_refused_in_words(place: RunningSandbox, body: str) -> None:
    """The page's own mistakes are a 4xx with a sentence, never a 500."""
    async with (
        aiohttp.ClientSession() as page,
        page.post(f"{place.url}/sandbox/act/message", data=body) as answer,
    ):
        assert 400 <= answer.status < 500
        assert (await answer.json())["error"]
