"""Socket Mode with the SDK's own client: hello, envelopes, acks, and everything off HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
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
SOCKETS = manifest(socket_mode_enabled=True)


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
async def raw(place: RunningSandbox, query: str = "") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A connection without the SDK's own ideas."""
    web = AsyncWebClient(place.sandbox.config.app_token, base_url=place.api_url, retry_handlers=[])
    url = str((await web.api_call("apps.connections.open"))["url"])
    async with aiohttp.ClientSession() as session, session.ws_connect(url + query) as socket:
        yield socket


async def frames(socket: aiohttp.ClientWebSocketResponse) -> AsyncIterator[Json]:
    """Everything Slack says until it closes the connection."""
    async for message in socket:
        yield message.json()


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


async def test_what_one_connection_does_not_acknowledge_another_gets(config: Configure) -> None:
    """One keeps silent for good: each event it did not take comes to the other, with its reason."""
    settings = config(manifest=SOCKETS, ack_seconds=0.5, retry_delays=(0,))
    silent, awake = Listener(), Listener()
    silent.silent = True
    async with (
        running(settings) as place,
        Slack(place.url) as slack,
        connected(place, silent),
        connected(place, awake),
    ):
        await asyncio.gather(slack.dm("maya", "one"), slack.dm("omar", "two"))
        await until(lambda: len(awake.requests) == 2)
    lost = {request.payload["event_id"] for request in silent.requests}
    again = [request for request in awake.requests if request.retry_attempt == 1]
    assert {request.payload["event_id"] for request in again} == lost
    assert {request.retry_reason for request in again} == {"http_timeout"}


async def test_what_waits_on_a_connection_that_breaks_comes_again_at_once(config: Configure) -> None:
    """Nobody waits three seconds for an answer from nobody."""
    settings = config(manifest=SOCKETS, ack_seconds=60, retry_delays=(0,))
    silent, awake = Listener(), Listener()
    silent.silent = True
    async with running(settings) as place, Slack(place.url) as slack, AsyncExitStack() as stack:
        async with connected(place, silent):
            said = asyncio.create_task(slack.dm("maya", "hello"))
            await until(lambda: silent.requests)
            await stack.enter_async_context(connected(place, awake))
        await said
        await until(lambda: awake.requests)
    assert awake.requests[0].retry_reason == "connection_failed"
    assert awake.requests[0].payload == silent.requests[0].payload


async def test_a_connection_lasts_its_time(config: Configure) -> None:
    """Hello says how long; a warning, then refresh_requested and the end, and the SDK has a new one by then."""
    settings = config(manifest=SOCKETS, socket_seconds=0.4)
    async with running(settings) as place, raw(place) as socket:
        said = [message async for message in frames(socket)]
    hello, *goodbyes = said
    assert hello["debug_info"]["approximate_connection_time"] == 0
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert [(one["type"], one["reason"]) for one in goodbyes] == [
        ("disconnect", "warning"),
        ("disconnect", "refresh_requested"),
    ]


@pytest.mark.parametrize(("query", "seconds"), [("", 3600), ("&debug_reconnects=true", 360)])
async def test_reconnecting_can_be_tried_every_six_minutes(
    config: Configure, query: str, seconds: int
) -> None:
    """debug_reconnects shortens the hour."""
    async with running(config(manifest=SOCKETS)) as place, raw(place, query) as socket:
        hello = await socket.receive_json()
    assert hello["debug_info"]["approximate_connection_time"] == seconds


async def test_the_sdk_follows_when_it_is_asked_to_reconnect(config: Configure) -> None:
    """Before and after each goodbye everything arrives: what went out on a socket that was being left comes again."""
    listener = Listener()
    again = config(manifest=SOCKETS, retry_delays=(0.1,) * 50, retry_wait=asyncio.sleep)
    async with (
        running(again) as place,
        Slack(place.url) as slack,
        connected(place, listener),
    ):
        for reason in ("warning", "refresh_requested"):
            await slack.dm("maya", f"before {reason}")
            await slack.sockets(reason)
            await slack.dm("maya", f"after {reason}")
        said = [f"{when} {why}" for why in ("warning", "refresh_requested") for when in ("before", "after")]
        await until(
            lambda: {one.payload["event"]["text"] for one in listener.requests} == {*said}, seconds=20
        )


async def test_a_disabled_link_stays_shut_until_it_is_enabled(config: Configure) -> None:
    """link_disabled ends all connections; apps.connections.open refuses until somebody switches it on again."""
    async with running(config(manifest=SOCKETS)) as place, Slack(place.url) as slack:
        async with raw(place) as one, raw(place) as other:
            await slack.sockets("link_disabled")
            goodbyes = [[message async for message in frames(socket)][-1] for socket in (one, other)]
        assert [(one["type"], one["reason"]) for one in goodbyes] == [("disconnect", "link_disabled")] * 2
        app = AsyncWebClient(place.sandbox.config.app_token, base_url=place.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError, match="not turned on"):
            await app.api_call("apps.connections.open")
        assert (await slack.command("/capture", as_="maya")).error == "connection_failed"
        await slack.sockets("link_enabled")
        assert (await app.api_call("apps.connections.open"))["ok"]


async def test_an_app_holds_ten_connections_and_no_eleventh(config: Configure) -> None:
    """The eleventh is turned away; a ticket is good for one connection."""
    async with running(config(manifest=SOCKETS)) as place, AsyncExitStack() as stack:
        for number in range(1, 11):
            socket = await stack.enter_async_context(raw(place))
            assert (await socket.receive_json())["num_connections"] == number
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await stack.enter_async_context(raw(place))


async def test_without_socket_mode_in_the_manifest_there_is_no_connection(config: Configure) -> None:
    """apps.connections.open refuses, as it does when Socket Mode is off."""
    async with running(config()) as place:
        app = AsyncWebClient(place.sandbox.config.app_token, base_url=place.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError, match="Socket Mode is not turned on"):
            await app.api_call("apps.connections.open")
