"""Socket Mode: the app opens websockets, payloads go out as envelopes and come back acknowledged.

A connection lasts about an hour: shortly before its end Slack warns, then asks for another one and closes it.
"""

import asyncio
import json
import secrets
import time
from contextlib import suppress
from itertools import count
from typing import Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.transport import Outcome, Parcel

Json = dict[str, Any]
Goodbye = Literal["warning", "refresh_requested", "link_disabled"]
_MAX_CONNECTIONS = 10
_WARNING_SECONDS = 10.0
_DEBUG_SECONDS = 360.0


class Connection:
    """One of the app's websockets, and the envelopes on it that wait for their answer."""

    def __init__(self, socket: WebSocket, seconds: float) -> None:
        self.socket = socket
        self.seconds = seconds
        self.waiting: dict[str, asyncio.Future[Json]] = {}

    async def heard(self, text: str) -> None:
        """The app said something: an acknowledgement, or words nobody understands."""
        with suppress(ValueError):
            said = json.loads(text)
            waiting = self.waiting.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
            if waiting is not None and not waiting.done():
                waiting.set_result(said.get("payload") or {})

    async def leave(self, reason: Goodbye) -> None:
        """Tell the app why to connect anew; after a warning the connection goes on for a moment."""
        with suppress(RuntimeError, WebSocketDisconnect):
            debug = {"host": "sandbox"}
            await self.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
            if reason != "warning":
                await self.socket.close(1000)

    async def grow_old(self) -> None:
        """Until its time is over."""
        await asyncio.sleep(max(0.0, self.seconds - _WARNING_SECONDS))
        await self.leave("warning")
        await asyncio.sleep(min(self.seconds, _WARNING_SECONDS))
        await self.leave("refresh_requested")

    def ended(self) -> None:
        """Whoever waits for an answer on it need not any longer."""
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())


class SocketTransport:
    """Sends each parcel over one of the app's connections, in turn; again, over another one."""

    def __init__(self, app_id: str, timeout: float, seconds: float) -> None:
        self.enabled = True
        self._app_id = app_id
        self._timeout = timeout
        self._seconds = seconds
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._failed: dict[str, Connection] = {}
        self._turn = count()

    @property
    def connected(self) -> bool:
        """Whether the app holds at least one connection."""
        return bool(self._connections)

    def ticket(self) -> str:
        """What apps.connections.open hands out: good for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One connection of the app, from hello to the end."""
        ticket = socket.query_params.get("ticket", "")
        if not self.enabled or ticket not in self._tickets or len(self._connections) >= _MAX_CONNECTIONS:
            await socket.close(4003)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        debug = socket.query_params.get("debug_reconnects") == "true"
        await self._hold(Connection(socket, min(_DEBUG_SECONDS, self._seconds) if debug else self._seconds))

    async def _hold(self, connection: Connection) -> None:
        self._connections.append(connection)
        life = asyncio.get_running_loop().create_task(connection.grow_old())
        try:
            await connection.socket.send_json(self._hello(connection))
            while True:
                await connection.heard(await connection.socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            life.cancel()
            self._forget(connection)

    async def send(self, parcel: Parcel) -> Outcome:
        """Deliver within the time Slack allows."""
        if not self._connections:
            return Outcome(error="connection_failed")
        started = time.perf_counter()
        connection = self._next(parcel)
        try:
            payload = await asyncio.wait_for(_ask(connection, parcel), self._timeout)
        except TimeoutError:
            self._failed[parcel.id] = connection
            return Outcome(error="http_timeout", ms=(time.perf_counter() - started) * 1000)
        except (RuntimeError, WebSocketDisconnect, ConnectionResetError):
            return Outcome(error="connection_failed")
        self._failed.pop(parcel.id, None)
        body = json.dumps(payload) if payload else ""
        return Outcome(200, body, ms=(time.perf_counter() - started) * 1000)

    async def dismiss(self, reason: Goodbye) -> None:
        """Ask the app off all its connections, or, of a disabled link, for good."""
        self.enabled = self.enabled and reason != "link_disabled"
        for connection in tuple(self._connections):
            await connection.leave(reason)
            if reason != "warning":
                self._forget(connection)

    async def close(self) -> None:
        """Say goodbye to all connections."""
        for connection in tuple(self._connections):
            with suppress(RuntimeError):
                await connection.socket.close(1001)
            self._forget(connection)

    def _next(self, parcel: Parcel) -> Connection:
        """The connection whose turn it is, but not the one that kept silent on this already."""
        silent = self._failed.get(parcel.id)
        others = [one for one in self._connections if one is not silent] or self._connections
        return others[next(self._turn) % len(others)]

    def _forget(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        self._failed = {key: one for key, one in self._failed.items() if one is not connection}
        connection.ended()

    def _hello(self, connection: Connection) -> Json:
        debug = {
            "host": "sandbox",
            "build_number": 1,
            "approximate_connection_time": int(connection.seconds),
        }
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": debug,
            "connection_info": {"app_id": self._app_id},
        }


async def _ask(connection: Connection, parcel: Parcel) -> Json:
    envelope = _envelope(parcel)
    answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
    connection.waiting[envelope["envelope_id"]] = answer
    try:
        await connection.socket.send_json(envelope)
        return await answer
    finally:
        del connection.waiting[envelope["envelope_id"]]


def _envelope(parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": secrets.token_hex(16),
        "payload": parcel.payload,
        "type": parcel.kind,
        "accepts_response_payload": parcel.kind != "events_api",
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason or ""}
    return envelope
