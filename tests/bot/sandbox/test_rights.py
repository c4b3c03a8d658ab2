"""What an interaction allows: one view within three seconds, five answers within half an hour."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, actions, button, modal, section

Json = dict[str, Any]


async def code_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await call
    return str(refusal.value.response["error"])


async def test_a_trigger_opens_one_view(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """Used a second time it is exchanged; one never issued is invalid."""
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    await web.views_open(trigger_id=trigger, view=modal())
    assert await code_of(web.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await code_of(web.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_trigger_is_too_old_after_its_time(config: Configure, receiver: Receiver) -> None:
    """Three seconds in Slack; here as configured."""
    async with (
        running(config(bot_url=receiver.url, trigger_seconds=0.05)) as place,
        Slack(place.url) as slack,
    ):
        web = AsyncWebClient(place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[])
        await slack.command("/capture", as_="maya")
        await asyncio.sleep(0.06)
        trigger = receiver.only("command")["trigger_id"]
        assert await code_of(web.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_a_response_url_answers_five_times(slack: Slack, receiver: Receiver) -> None:
    """The first answers are private unless they say in_channel; the sixth is refused."""
    await slack.command("/capture", as_="maya", channel="#general")
    hook = AsyncWebhookClient(receiver.only("command")["response_url"], retry_handlers=[])
    assert (await hook.send(text="Only you")).status_code == 200
    assert (await hook.send(text="Everybody", response_type="in_channel")).status_code == 200
    for _ in range(3):
        await hook.send(text="again")
    sixth = await hook.send(text="too much")

    assert (sixth.status_code, "used_url" in sixth.body) == (404, True)
    assert [m.text for m in await slack.ephemerals("maya", "#general")] == ["Only you", *["again"] * 3]
    assert (await slack.channel("#general").last()).text == "Everybody"


async def test_a_response_url_is_gone_after_half_an_hour(
    slack: Slack, receiver: Receiver, place: RunningSandbox
) -> None:
    """Nobody waits that long in a test: the sandbox lets it age."""
    await slack.command("/capture", as_="maya")
    url = receiver.only("command")["response_url"]
    place.sandbox.response_urls.age(url.rsplit("/", 1)[1], 30 * 60 + 1)
    late = await AsyncWebhookClient(url, retry_handlers=[]).send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_a_response_url_replaces_and_deletes_an_ephemeral_message(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """The only way to change what chat.update cannot reach."""
    blocks = [section("Capture here?"), actions(button("Yes"))]
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="Capture here?", blocks=blocks)
    (offer,) = await slack.ephemerals("maya", "#general")
    await slack.click(offer, "Yes", as_="maya")
    body = receiver.only("block_actions")
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True

    hook = AsyncWebhookClient(body["response_url"], retry_handlers=[])
    await hook.send(text="Done", replace_original=True)
    assert [m.text for m in await slack.ephemerals("maya", "#general")] == ["Done"]
    await hook.send(delete_original=True)
    assert await slack.ephemerals("maya", "#general") == []


async def test_bad_blocks_are_refused_at_a_response_url_too(slack: Slack, receiver: Receiver) -> None:
    """respond() gets an answer that says why; the SDK does not raise."""
    await slack.command("/capture", as_="maya")
    hook = AsyncWebhookClient(receiver.only("command")["response_url"], retry_handlers=[])
    answer = await hook.send(text="x", blocks=[section("")])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)


async def test_no_response_url_where_slack_gives_none(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Neither a submission nor a click in a modal or Home carries one."""
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    await web.views_open(trigger_id=trigger, view=modal(section(accessory=button("Look"))))
    await slack.click(await slack.modal("maya"), "Look", as_="maya")
    await slack.submit("maya")

    assert "response_url" not in receiver.only("block_actions")
    submitted = receiver.only("view_submission")
    assert "response_url" not in submitted
    assert submitted["response_urls"] == []


async def test_an_ephemeral_message_is_gone_after_a_reload(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Seen, then the page comes anew: Slack's clients have forgotten it."""
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="Only now")
    assert len(await slack.ephemerals("maya", "#general")) == 1
    place.sandbox.seen_at = dict.fromkeys(place.sandbox.seen_at, 0.0)
    await _reload(place.url)
    assert await slack.ephemerals("maya", "#general") == []


async def test_an_ephemeral_message_nobody_saw_waits(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Whoever begins to act as somebody sees what came for them meanwhile."""
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0OMAR", text="For you")
    async with aiohttp.ClientSession() as page, page.get(f"{place.url}/sandbox/stream?as=U0OMAR") as stream:
        await stream.content.readline()
    assert [m.text for m in await slack.ephemerals("omar", "#general")] == ["For you"]


async def _reload(url: str) -> None:
    async with aiohttp.ClientSession() as page, page.get(f"{url}/sandbox/stream?as=U0MAYA") as stream:
        await stream.content.readline()
