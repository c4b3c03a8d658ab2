"""What a channel keeps at hand: pinned by the app or by people, once, and let go once."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.samples import Configure, without_scope
from tests.bot.sandbox.test_refusals import GENERAL, code_of


async def test_a_message_is_pinned_once_and_unpinned_once(slack: Slack, web: AsyncWebClient) -> None:
    """already_pinned and no_pin; meanwhile everybody in the channel finds it there."""
    ts = (await web.chat_postMessage(channel=GENERAL, text="The plan"))["ts"]
    item = {"channel": GENERAL, "timestamp": ts}
    await web.pins_add(**item)
    assert await code_of(web, "pins.add", **item) == "already_pinned"
    assert [pinned.text for pinned in await slack.channel("#general", "ben").pinned()] == ["The plan"]
    assert [one["message"]["ts"] for one in (await web.pins_list(channel=GENERAL))["items"]] == [ts]
    await web.pins_remove(**item)
    assert await code_of(web, "pins.remove", **item) == "no_pin"
    assert await slack.channel("#general", "ben").pinned() == []


async def test_people_pin_and_unpin_too(slack: Slack, web: AsyncWebClient) -> None:
    """Whoever is in a channel may take down what the app put up; the app then hears no_pin."""
    ts = (await web.chat_postMessage(channel=GENERAL, text="The plan"))["ts"]
    await web.pins_add(channel=GENERAL, timestamp=ts)
    await slack.unpin((await slack.channel("#general").pinned())[0], as_="ben")
    assert await code_of(web, "pins.remove", channel=GENERAL, timestamp=ts) == "no_pin"
    await slack.pin(await slack.channel("#general").saying("The plan"), as_="ben")
    assert await code_of(web, "pins.add", channel=GENERAL, timestamp=ts) == "already_pinned"


async def test_what_says_that_somebody_joined_cannot_be_pinned(slack: Slack, web: AsyncWebClient) -> None:
    """not_pinnable, as Slack calls it."""
    await web.conversations_join(channel="C0SALES")
    joined = await slack.channel("#sales").last()
    assert await code_of(web, "pins.add", channel="C0SALES", timestamp=joined.ts) == "not_pinnable"


async def test_an_archived_channel_takes_no_pins(slack: Slack, web: AsyncWebClient) -> None:
    """is_archived."""
    ts = (await web.chat_postMessage(channel="C0LAUNCH", text="x"))["ts"]
    await slack.archive("#launches", as_="maya")
    assert await code_of(web, "pins.add", channel="C0LAUNCH", timestamp=ts) == "is_archived"


async def test_pinning_needs_its_scope(config: Configure) -> None:
    """missing_scope without pins:write."""
    async with running(config(manifest=without_scope("pins:write"))) as place:
        web = AsyncWebClient(place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[])
        assert await code_of(web, "pins.add", channel=GENERAL, timestamp="1.000001") == "missing_scope"
