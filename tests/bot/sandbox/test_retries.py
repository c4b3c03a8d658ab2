"""Slack tries an event again at once, after a minute and after five more, by the clock people can move."""

from collections.abc import AsyncIterator

import pytest
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Received, Receiver
from tests.bot.sandbox.samples import SECRET, TOKEN, manifest
from tests.bot.sandbox.waiting import until

AS_SLACK_DOES = SandboxConfig(manifest(), SECRET, TOKEN)


@pytest.fixture
async def place(receiver: Receiver) -> AsyncIterator[RunningSandbox]:
    async with running(AS_SLACK_DOES) as sandbox:
        sandbox.sandbox.bot_url = receiver.url
        yield sandbox


def attempts(receiver: Receiver) -> list[str]:
    return [request.headers.get("x-slack-retry-num", "0") for request in receiver.received]


async def test_a_retry_comes_at_its_minute_and_not_before(slack: Slack, receiver: Receiver) -> None:
    """At once; nothing before the minute is over, then the second; the third and last five minutes later."""
    receiver.answer = lambda _: PlainTextResponse("no", 500)
    await slack.dm("maya", "hello")
    await until(lambda: attempts(receiver) == ["0", "1"])
    await slack.advance(20)
    await slack.advance(20)
    assert attempts(receiver) == ["0", "1"]
    await slack.advance(20)
    await until(lambda: attempts(receiver) == ["0", "1", "2"])
    await slack.advance("4 minutes")
    assert attempts(receiver) == ["0", "1", "2"]
    await slack.advance("1 minute")
    await until(lambda: attempts(receiver) == ["0", "1", "2", "3"])
    await slack.advance("1 day")
    assert attempts(receiver) == ["0", "1", "2", "3"]


async def test_an_app_that_is_back_gets_what_it_did_not_take(slack: Slack, receiver: Receiver) -> None:
    """Down for a minute: the same event comes when it answers again, marked with the reason."""
    receiver.answer = lambda got: (
        PlainTextResponse("no", 503) if got.headers.get("x-slack-retry-num") in {None, "1"} else None
    )
    await slack.dm("maya", "hello")
    await until(lambda: attempts(receiver) == ["0", "1"])
    await slack.advance("1 minute")
    await until(lambda: attempts(receiver) == ["0", "1", "2"])
    await slack.advance("1 hour")
    first, _, third = receiver.received
    assert first.body == third.body
    assert third.headers["x-slack-retry-reason"] == "http_error"


@pytest.mark.parametrize(("away", "seen", "reason"), [(2, 3, None), (3, 3, "too_many_redirects")])
async def test_slack_follows_two_redirects(
    slack: Slack, receiver: Receiver, away: int, seen: int, reason: str | None
) -> None:
    """Signed and whole, twice; a third is a failure with its own reason."""

    def elsewhere(_: Received) -> Response:
        return RedirectResponse(receiver.url) if len(receiver.received) <= away else PlainTextResponse("ok")

    receiver.answer = elsewhere
    await slack.dm("maya", "hello")
    if reason is not None:
        await until(lambda: len(receiver.received) == seen + 1)
    assert [one.event["text"] for one in receiver.received[:seen]] == ["hello"] * seen
    reasons = [one.headers.get("x-slack-retry-reason") for one in receiver.received[seen:]]
    assert reasons == ([reason] if reason else [])
