"""Socket Mode with the SDK's own client: hello, envelopes, acks, and everything off HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, manifest
from tests.bot.sandbox.waiting import until

Json = dict[str, Any]


class Listener:
    """An app on Socket Mode that acknowledges, or keeps silent."""

    def __init__(self) -> None:
        self.requests: list[SocketModeRequest] = []
        self.payload: Json | None = None
        self.silent = False

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if not self.silent:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))


@asynccontextmanager
async def connected(place: RunningSandbox, listener: Listener) -> AsyncIterator[SocketModeClient]:
    web = AsyncWebClient(base_url=place.api_url, retry_handlers=[])
    client = SocketModeClient(place.sandbox.config.app_token, web_client=web)
    client.socket_mode_request_listeners.append(listener)
    await client.connect()  # type: ignore[no-untyped-call]  # the SDK has no types here
    try:
        yield client
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # nor here


async def test_everything_comes_over_the_socket(config: Configure, receiver: Receiver) -> None:
    """Events, commands and their answers, interactions: nothing goes to the HTTP address any more."""
    settings = config(manifest=manifest(socket_mode_enabled=True), bot_url=receiver.url)
    listener = Listener()
    async with running(settings) as place, Slack(place.url) as slack, connected(place, listener):
        event = await slack._wire.act("message", {"as": "maya", "channel": "D0MAYA", "text": "hello"})
        listener.payload = {"text": "Saved"}
        command = await slack.command("/capture", "x", as_="maya")
        state = await slack.state("maya")

    assert event["delivered"] is True
    assert command.text == "Saved"
    assert [request.type for request in listener.requests] == ["events_api", "slash_commands"]
    assert listener.requests[0].payload["event"]["text"] == "hello"
    assert listener.requests[1].accepts_response_payload is True
    assert state["bot"]["connected"] is True
    assert receiver.received == []


async def test_an_envelope_that_is_not_acknowledged_comes_again(config: Configure) -> None:
    """The retry carries attempt and reason, as Bolt reads them."""
    settings = config(manifest=manifest(socket_mode_enabled=True), ack_seconds=0.1, retry_delays=(0,))
    listener = Listener()
    listener.silent = True
    async with running(settings) as place, Slack(place.url) as slack, connected(place, listener):
        await slack.dm("maya", "hello")
        await until(lambda: len(listener.requests) == 2)
        timed_out = await slack.command("/capture", as_="maya")
    first, again = listener.requests[:2]
    assert (first.retry_attempt, again.retry_attempt, again.retry_reason) == (0, 1, "http_timeout")
    assert first.payload["event_id"] == again.payload["event_id"]
    assert timed_out.error == "operation_timeout"


async def test_any_connection_may_get_a_payload(config: Configure) -> None:
    """With two connections they take turns; with none nothing can be delivered."""
    settings = config(manifest=manifest(socket_mode_enabled=True))
    one, other = Listener(), Listener()
    async with running(settings) as place, Slack(place.url) as slack:
        alone = await slack.command("/capture", as_="maya")
        async with connected(place, one), connected(place, other):
            for _ in range(4):
                await slack.command("/capture", as_="maya")
    assert (alone.delivered, alone.error) == (False, "connection_failed")
    assert (len(one.requests), len(other.requests)) == (2, 2)


async def test_without_socket_mode_in_the_manifest_there_is_no_connection(config: Configure) -> None:
    """apps.connections.open refuses, as it does when Socket Mode is off."""
    async with running(config()) as place:
        app = AsyncWebClient(place.sandbox.config.app_token, base_url=place.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError, match="Socket Mode is not turned on"):
            await app.api_call("apps.connections.open")
