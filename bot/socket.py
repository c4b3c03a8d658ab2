"""The socket to Slack, watched: a connection on which nothing is heard is torn down, and a new one is made.

The SDK's client connects again by itself, but not always: it can wait minutes for an answer that never comes, keep a
session that is closed, or hold a connection on which Slack never began. So what counts here is only what was heard on the
connection of the moment: Slack's hello, then envelopes and answers to pings. Made by `bot/serving.py`.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiohttp import ClientWebSocketResponse, WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from storage.database import Clock

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Watch:
    """How closely the socket is watched, in seconds.

    `ping`: between two pings, which Slack answers. `silence`: without a sound, then it is given up. `look`: between two
    looks. `goodbye`: for a connection to close when we stop.
    """

    ping: float = 10.0
    silence: float = 45.0
    look: float = 1.0
    goodbye: float = 5.0


class Socket:
    """One at a time: `run` until cancelled, after `close`."""

    def __init__(
        self, app: AsyncApp, token: str, client: AsyncWebClient, clock: Clock, watch: Watch | None = None
    ) -> None:
        self._app = app
        self._token = token
        self._web_client = client
        self._clock = clock
        self._watch = watch or Watch()
        self._handler: AsyncSocketModeHandler | None = None
        self._greeted: ClientWebSocketResponse | None = None
        self._pong: float | None = None
        self._began = asyncio.get_running_loop().time()
        self._heard: float | None = None
        self.opened = 0
        """How many connections were given up and made anew."""

    @property
    def silent(self) -> float:
        """Seconds since anything was heard, or since we began to listen."""
        return asyncio.get_running_loop().time() - (self._began if self._heard is None else self._heard)

    @property
    def problem(self) -> str | None:
        """What a supervisor is told; None while Slack is heard."""
        if self._heard is None:
            return "Slack has not said hello yet; check SLACK_APP_TOKEN and the network"
        if self.silent <= self._watch.silence:
            return None
        since = self._clock.now() - timedelta(seconds=self.silent)
        return f"silent since {since:%Y-%m-%dT%H:%M:%SZ}; a new connection is being made, check the network"

    async def run(self) -> None:
        """Keep a connection that is heard of."""
        while True:
            handler = self._handler = self._made()
            connecting = asyncio.create_task(_connect(handler))
            try:
                await self._while_heard(handler.client)
            finally:
                connecting.cancel()
                await _let_go(handler.client)
            self.opened += 1
            log.warning(
                "the socket is silent: a new one is opened", action="socket.watch", seconds=round(self.silent)
            )

    async def close(self) -> None:
        """Take nothing more from Slack; what is being answered still is."""
        if self._handler is not None:
            with suppress(Exception):
                async with asyncio.timeout(self._watch.goodbye):
                    await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's own code

    def _made(self) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(
            self._app, self._token, web_client=self._web_client, ping_interval=self._watch.ping
        )
        handler.client.on_message_listeners.append(self._hear)
        self._greeted, self._pong = None, None
        return handler

    async def _while_heard(self, client: SocketModeClient) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() - max(began, self._heard or began) <= self._watch.silence:
            await asyncio.sleep(self._watch.look)
            pong, self._pong = self._pong, client.last_ping_pong_time
            if self._pong != pong and self._greeted is not None and client.current_session is self._greeted:
                self._heard = loop.time()

    async def _hear(self, message: WSMessage) -> None:
        """Something was said; before Slack's hello it counts for nothing."""
        session = None if self._handler is None else self._handler.client.current_session
        if session is not self._greeted and _is_hello(message.data):
            self._greeted = session
        if session is self._greeted:
            self._heard = asyncio.get_running_loop().time()


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """The client itself tries again while Slack is away; what it does not catch is left to the watch."""
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own code
    except Exception as error:  # noqa: BLE001 - whatever is in the way, it is tried again
        log.warning("the socket could not be opened", action="socket.connect", error=type(error).__name__)


async def _let_go(client: SocketModeClient) -> None:
    """End a client at once: its own goodbye waits for the other side, which is not there."""
    client.closed, client.auto_reconnect_enabled = True, False
    for task in (client.message_receiver, client.current_session_monitor, client.message_processor):
        if task is not None:
            task.cancel()
    await client.aiohttp_client_session.close()


def _is_hello(data: object) -> bool:
    try:
        said = json.loads(data) if isinstance(data, str) else None
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("type") == "hello"
