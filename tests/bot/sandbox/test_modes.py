"""The Slacks there are: with its pace counted, with a history for fifteen messages a minute, with replies refused."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, manifest

GENERAL, LAUNCH = "C0GENERAL", "C0LAUNCH"


class Watch:
    """The seconds by which this Slack counts calls."""

    def __init__(self) -> None:
        self.seconds = 0.0


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def place(config: Configure, receiver: Receiver, watch: Watch) -> AsyncIterator[RunningSandbox]:
    plan = manifest(socket_mode_enabled=True)
    async with running(config(bot_url=receiver.url, steady=lambda: watch.seconds, manifest=plan)) as sandbox:
        yield sandbox


async def refusal_of(call: Any) -> tuple[str, str | None]:
    """Slack's code, and the seconds to wait if it names any."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    response = refusal.value.response
    return str(response["error"]), response.headers.get("Retry-After")


@pytest.mark.parametrize(
    ("method", "a_minute", "wait"),
    [
        ("apps.connections.open", 1, "60"),
        ("users.list", 20, "3"),
        ("pins.add", 20, "3"),
        ("reactions.remove", 20, "3"),
        ("chat.update", 50, "2"),
        ("conversations.history", 50, "2"),
        ("reactions.add", 50, "2"),
        ("chat.postEphemeral", 100, "1"),
        ("users.info", 100, "1"),
        ("views.publish", 100, "1"),
    ],
)
async def test_each_method_has_its_tier(
    slack: Slack, place: RunningSandbox, method: str, a_minute: int, wait: str
) -> None:
    """So many calls go through; the next is 429 until Retry-After, and other methods are not touched."""
    config = place.sandbox.config
    token = config.app_token if method.startswith("apps.") else config.bot_token
    web = AsyncWebClient(token, base_url=place.api_url, retry_handlers=[])
    await slack.modes(rate_limits=True)
    async with aiohttp.ClientSession() as session:
        web.session = session
        for _ in range(a_minute):
            try:
                await web.api_call(method)
            except SlackApiError as error:
                assert error.response["error"] != "ratelimited"  # noqa: PT017 - other refusals count as calls, too
        assert await refusal_of(web.api_call(method)) == ("ratelimited", wait)
        assert (await web.api_test())["ok"]


async def test_a_channel_takes_a_message_a_second(slack: Slack, web: AsyncWebClient, watch: Watch) -> None:
    """A small burst into one channel passes, then 429 with Retry-After; other channels are not touched."""
    await slack.modes(rate_limits=True)
    for _ in range(3):
        await web.chat_postMessage(channel=GENERAL, text="x")
    assert await refusal_of(web.chat_postMessage(channel=GENERAL, text="x")) == ("ratelimited", "1")
    await web.chat_postMessage(channel=LAUNCH, text="x")
    watch.seconds += 1
    await web.chat_postMessage(channel=GENERAL, text="x")


async def test_a_response_url_takes_an_answer_a_second(config: Configure, receiver: Receiver) -> None:
    """What is refused for haste is none of the five uses."""
    async with running(config(bot_url=receiver.url, steady=lambda: 0.0)) as place, Slack(place.url) as slack:
        await slack.modes(rate_limits=True)
        await slack.command("/capture", as_="maya")
        hook = AsyncWebhookClient(receiver.only("command")["response_url"], retry_handlers=[])
        answers = [await hook.send(text="x") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "1"
        await slack.modes(rate_limits=False)
        assert [(await hook.send(text="x")).status_code for _ in range(3)] == [200, 200, 404]


async def test_history_gives_fifteen_messages_a_minute(
    slack: Slack, web: AsyncWebClient, watch: Watch
) -> None:
    """As for an app sold outside the Marketplace: fifteen however many are asked for, then 429 for a minute."""
    for number in range(17):
        await slack.message("#general", f"n {number}", as_="maya")
    await slack.modes(slow_history=True)
    first = await web.conversations_history(channel=GENERAL, limit=200)
    assert [m["text"] for m in first["messages"]] == [f"n {number}" for number in range(16, 1, -1)]
    assert first["has_more"] is True

    elsewhere = await refusal_of(web.conversations_history(channel=LAUNCH))
    assert elsewhere == ("ratelimited", "60")
    await web.conversations_replies(channel=GENERAL, ts=first["messages"][0]["ts"])
    watch.seconds += 60
    cursor = first["response_metadata"]["next_cursor"]
    second = await web.conversations_history(channel=GENERAL, cursor=cursor)
    assert [m["text"] for m in second["messages"]][:2] == ["n 1", "n 0"]


async def test_replies_can_be_refused_to_bots(slack: Slack, web: AsyncWebClient) -> None:
    """In channels; a direct message's replies stay readable, and so does the channel's history."""
    said = await slack.message("#general", "x", as_="maya")
    told = await slack.dm("maya", "y")
    await slack.modes(replies_refused=True)
    assert await refusal_of(web.conversations_replies(channel=GENERAL, ts=said.ts)) == (
        "not_allowed_token_type",
        None,
    )
    replies = await web.conversations_replies(channel=told.channel, ts=told.ts)
    assert [m["text"] for m in replies["messages"]] == ["y"]
    assert (await web.conversations_history(channel=GENERAL, limit=1))["messages"][0]["ts"] == said.ts


async def test_a_mode_is_switched_alone_and_by_its_name(slack: Slack) -> None:
    """The others stay as they are; a misspelt one is refused."""
    await slack.modes(slow_history=True)
    now = await slack.modes(replies_refused=True)
    assert now == {"rate_limits": False, "slow_history": True, "replies_refused": True}
    with pytest.raises(Impossible, match="slow_histry"):
        await slack.modes(slow_histry=True)
