"""Messages for later: said when people's clock has come so far, within Slack's limits, unless taken back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.samples import TOKEN, Configure, section
from tests.bot.sandbox.waiting import until

Json = dict[str, Any]
GENERAL, LAUNCH = "C0GENERAL", "C0LAUNCH"
META = {"event_type": "card", "event_payload": {}}


def in_(place: RunningSandbox, **span: float) -> int:
    """That far ahead on the clock people see."""
    return int((place.sandbox.clock.now() + timedelta(**span)).timestamp())


def said(place: RunningSandbox) -> list[str]:
    return [post.text for post in place.sandbox.history.posts]


async def test_it_is_said_when_its_time_has_come(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """By the civil clock, moved or not; until then it stands in the list and in no channel."""
    at = in_(place, hours=2)
    answer = await web.chat_scheduleMessage(
        channel=GENERAL, text="Good morning", post_at=at, blocks=[section()]
    )
    assert (answer["channel"], answer["post_at"]) == (GENERAL, str(at))
    await slack.advance("1 hour")
    (waiting,) = (await web.chat_scheduledMessages_list())["scheduled_messages"]
    assert (waiting["id"], waiting["post_at"]) == (answer["scheduled_message_id"], at)
    assert said(place) == []
    await slack.advance("1 hour")
    await until(lambda: said(place) == ["Good morning"])
    assert (await slack.channel("#general").last()).words == "Hello"
    assert (await web.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_one_that_is_taken_back_is_never_said(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Once; in its own channel only."""
    ident = (await web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=in_(place, hours=1)))[
        "scheduled_message_id"
    ]
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        await web.chat_deleteScheduledMessage(channel=LAUNCH, scheduled_message_id=ident)
    await web.chat_deleteScheduledMessage(channel=GENERAL, scheduled_message_id=ident)
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        await web.chat_deleteScheduledMessage(channel=GENERAL, scheduled_message_id=ident)
    await web.chat_scheduleMessage(channel=GENERAL, text="y", post_at=in_(place, hours=2))
    await slack.advance("3 hours")
    await until(lambda: said(place) == ["y"])


async def test_one_with_metadata_is_never_said(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Slack takes it, and then nothing ever comes: its own bug alert says so."""
    await web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=in_(place, hours=1), metadata=META)
    await web.chat_scheduleMessage(channel=GENERAL, text="y", post_at=in_(place, hours=2))
    await slack.advance("3 hours")
    await until(lambda: said(place) == ["y"])
    assert len((await web.chat_scheduledMessages_list())["scheduled_messages"]) == 1


@pytest.mark.parametrize(
    ("ahead", "code"),
    [({"seconds": -1}, "time_in_past"), ({"days": 121}, "time_too_far"), ({"days": 119}, None)],
)
async def test_it_may_be_a_hundred_and_twenty_days_ahead(
    web: AsyncWebClient, place: RunningSandbox, ahead: dict[str, float], code: str | None
) -> None:
    """No further, and not in the past."""
    call = web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=in_(place, **ahead))
    if code is None:
        assert (await call)["ok"]
    else:
        with pytest.raises(SlackApiError, match=code):
            await call


async def test_a_channel_takes_thirty_within_five_minutes(web: AsyncWebClient, place: RunningSandbox) -> None:
    """restricted_too_many for the next; later or elsewhere there is room."""
    at = in_(place, hours=1) // 300 * 300
    for number in range(30):
        await web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=at + number * 10)
    with pytest.raises(SlackApiError, match="restricted_too_many"):
        await web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=at + 299)
    await web.chat_scheduleMessage(channel=GENERAL, text="x", post_at=at + 300)
    await web.chat_scheduleMessage(channel=LAUNCH, text="x", post_at=at)
    listed = await web.chat_scheduledMessages_list(channel=LAUNCH)
    assert [one["channel_id"] for one in listed["scheduled_messages"]] == [LAUNCH]


async def test_where_it_cannot_be_said_any_more_the_inspector_says_why(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """An archived channel takes nothing; the app hears nothing of that, as with Slack."""
    await web.chat_scheduleMessage(channel=LAUNCH, text="x", post_at=in_(place, hours=1))
    await slack.archive("#launches", as_="maya")
    await slack.advance("2 hours")
    await until(lambda: place.sandbox.world.scheduled == {})
    problems = [entry["problem"] for entry in await slack.inspector()]
    assert "A scheduled message could not be posted: is_archived." in problems


async def test_it_is_said_after_a_restart(config: Configure, tmp_path: Path) -> None:
    """What the last run had scheduled this one says, late if need be."""
    kept = config(state_file=tmp_path / "slack.json")
    async with running(kept) as place:
        web = AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])
        await web.chat_scheduleMessage(channel=GENERAL, text="Later", post_at=in_(place, hours=1))
    async with running(kept) as place, Slack(place.url) as slack:
        await slack.advance("1 hour")
        await until(lambda: said(place) == ["Later"])
