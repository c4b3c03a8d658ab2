"""Where Slack is awkward: fields that end, updates nobody is told of."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import field, modal

Json = dict[str, Any]


async def test_a_field_ends_at_three_thousand_characters(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Whatever the app says of it: one character more and the app is not even told."""
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    await web.views_open(trigger_id=trigger, view=modal(field()))
    refused = await slack.submit("maya", Words="x" * 3001)
    assert refused.errors == {"words": "Please enter at most 3000 characters."}
    assert receiver.of("view_submission") == []
    assert (await slack.submit("maya", Words="x" * 3000)).ok


async def test_an_update_marks_nothing_unread(slack: Slack, web: AsyncWebClient) -> None:
    """Read once, a message that now mentions somebody is still read; a new message is not."""
    posted = await web.chat_postMessage(channel="C0GENERAL", text="Board")
    assert await unread(slack) == (1, 0)
    await slack.read("#general", as_="omar")
    await web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Board, <@U0OMAR>")
    assert await unread(slack) == (0, 0)
    await web.chat_postMessage(channel="C0GENERAL", text="<@U0OMAR>")
    assert await unread(slack) == (1, 1)


async def unread(slack: Slack) -> tuple[int, int]:
    """How many messages of #general are new to Omar, and how many of them mention him."""
    channels: list[Json] = (await slack.state("omar"))["channels"]
    (general,) = (channel for channel in channels if channel["name"] == "general")
    return general["unread"], general["mentions"]
