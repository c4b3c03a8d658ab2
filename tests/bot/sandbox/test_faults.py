"""The fault plan strikes as it says: nothing happened, it happened unheard, or it happens later."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import CallMoment, RunningSandbox, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure
from tests.bot.sandbox.waiting import until

Json = dict[str, Any]
GENERAL = "C0GENERAL"


def texts(place: RunningSandbox) -> list[str]:
    return [post.text for post in place.sandbox.history.posts]


async def test_before_nothing_happened_after_it_did(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """internal_error before leaves no message; after leaves one that the app was not told of."""
    for when, expected in (("before", []), ("after", ["after"])):
        await slack.faults([{"method": "chat.postMessage", "when": when, "fault": "internal_error"}])
        with pytest.raises(SlackApiError, match="internal_error"):
            await web.chat_postMessage(channel=GENERAL, text=when)
        assert texts(place) == expected


async def test_late_it_happens_after_the_answer(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """The trap of looking too early: the fault is answered first, the message comes later."""
    await slack.faults([{"when": "late", "fault": "500", "seconds": 0.05}])
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel=GENERAL, text="late")
    assert texts(place) == []
    await place.sandbox.idle()
    assert texts(place) == ["late"]


async def test_a_reset_is_a_real_one(slack: Slack, web: AsyncWebClient, place: RunningSandbox) -> None:
    """The connection is cut without an answer, though the message is there."""
    await slack.faults([{"when": "after", "fault": "reset", "times": 1}])
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.chat_postMessage(channel=GENERAL, text="reset")
    await web.chat_postMessage(channel=GENERAL, text="next")
    assert texts(place) == ["reset", "next"]


async def test_a_timeout_says_nothing_until_the_app_gives_up(slack: Slack, place: RunningSandbox) -> None:
    """The connection stays open for as long as the plan says."""
    await slack.faults([{"when": "before", "fault": "timeout", "hold": 5}])
    impatient = AsyncWebClient(
        place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[], timeout=0.1  # type: ignore[arg-type]  # the SDK passes fractions on
    )  # fmt: skip
    started = time.perf_counter()
    with pytest.raises(TimeoutError):
        await impatient.chat_postMessage(channel=GENERAL, text="x")
    assert time.perf_counter() - started < 1


async def test_a_429_says_when_to_come_back(slack: Slack, web: AsyncWebClient, place: RunningSandbox) -> None:
    """Retry-After comes with it, and nothing was posted."""
    await slack.faults([{"method": "chat.postMessage", "fault": "429", "retry_after": 7}])
    with pytest.raises(SlackApiError) as refusal:
        await web.chat_postMessage(channel=GENERAL, text="x")
    assert (refusal.value.response.status_code, refusal.value.response.headers["Retry-After"]) == (429, "7")
    assert texts(place) == []


async def test_the_plan_picks_method_channel_and_turn(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Only the second post to this channel is struck."""
    await slack.faults(
        [{"method": "chat.postMessage", "channel": GENERAL, "nth": 2, "fault": "channel_not_found"}]
    )
    await web.chat_postMessage(channel="C0LAUNCH", text="elsewhere")
    await web.chat_postMessage(channel=GENERAL, text="first")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await web.chat_postMessage(channel=GENERAL, text="second")
    await web.chat_postMessage(channel=GENERAL, text="third")
    assert texts(place) == ["elsewhere", "first", "third"]
    await slack.faults()
    assert [(c.method, c.done, c.fault) for c in place.sandbox.history.calls][2] == (
        "chat.postMessage",
        False,
        "channel_not_found",
    )


async def test_chance_repeats_itself_with_the_same_seed(slack: Slack, web: AsyncWebClient) -> None:
    """A failing run can be run again."""

    async def pattern() -> list[bool]:
        await slack.faults([{"method": "api.test", "probability": 0.5, "seed": 3, "fault": "fatal_error"}])
        found = []
        for _ in range(12):
            try:
                await web.api_test()
                found.append(True)
            except SlackApiError:
                found.append(False)
        return found

    first = await pattern()
    assert first == await pattern()
    assert set(first) == {True, False}


async def test_a_plan_with_a_typing_mistake_is_refused(slack: Slack) -> None:
    """A rule that would never strike must not pass as one that does."""
    with pytest.raises(Impossible, match="metod"):
        await slack.faults([{"metod": "chat.postMessage"}])


@pytest.fixture
async def patient(config: Configure, receiver: Receiver) -> AsyncIterator[Slack]:
    settings = config(bot_url=receiver.url, retry_delays=(0, 0, 0))
    async with running(settings) as place, Slack(place.url, settle=place.sandbox.idle) as people:
        yield people


async def test_events_can_come_twice_or_never(patient: Slack, receiver: Receiver) -> None:
    """A duplicate has the same id and no retry mark; a black hole swallows for good."""
    await patient.faults(events={"duplicate": 1, "copies": 2})
    await patient.dm("maya", "thrice")
    assert len(receiver.received) == 3
    assert len({request.body["event_id"] for request in receiver.received}) == 1
    assert not any("x-slack-retry-num" in request.headers for request in receiver.received)

    await patient.faults(events={"black_hole": 1})
    await patient.dm("maya", "never")
    await asyncio.sleep(0.02)
    assert len(receiver.received) == 3


async def test_a_lost_200_brings_the_event_again(patient: Slack, receiver: Receiver) -> None:
    """The app said yes, Slack did not hear it: retries come with http_timeout."""
    await patient.faults(events={"lost_200": 1, "extra_retries": 2})
    await patient.dm("maya", "hello")
    await until(lambda: len(receiver.received) == 3)
    await asyncio.sleep(0.02)
    assert [r.headers.get("x-slack-retry-num") for r in receiver.received] == [None, "1", "2"]
    assert receiver.received[1].headers["x-slack-retry-reason"] == "http_timeout"


async def test_events_can_come_late_and_out_of_order(patient: Slack, receiver: Receiver) -> None:
    """A held-back event arrives after the one that follows it; a delayed one after its delay."""
    await patient.faults(events={"types": ["reaction_added"], "reorder": 1})
    message = await patient.message("#general", "x", as_="ben")
    reacted = asyncio.create_task(patient.react(message, "bulb", "maya"))
    await asyncio.sleep(0.05)
    await patient.unreact(message, "bulb", "maya")
    await reacted
    assert [request.kind for request in receiver.received] == ["reaction_removed", "reaction_added"]

    await patient.faults(events={"delay": 1, "delay_seconds": 0.05})
    before = time.monotonic()
    await patient.dm("maya", "later")
    assert receiver.received[-1].at - before >= 0.05


async def test_a_harness_stands_before_and_after_each_call(
    web: AsyncWebClient, place: RunningSandbox
) -> None:
    """It can see whether the effect is there at each side, and count the calls."""
    moments: list[tuple[str, str, int, int]] = []

    async def watch(moment: CallMoment) -> None:
        moments.append((moment.when, moment.method, moment.count, len(place.sandbox.history.posts)))

    place.sandbox.on_call = watch
    await web.auth_test()
    await web.chat_postMessage(channel=GENERAL, text="x")
    assert moments == [
        ("before", "auth.test", 1, 0),
        ("after", "auth.test", 1, 0),
        ("before", "chat.postMessage", 2, 0),
        ("after", "chat.postMessage", 2, 1),
    ]
