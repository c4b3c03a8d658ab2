"""Socket Mode, plain: the app opens websockets, payloads go out as envelopes and come back acknowledged."""

import asyncio
import json
import secrets
import time
from itertools import count
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.transport import Outcome, Parcel

Json = dict[str, Any]
_MAX_CONNECTIONS = 10


class SocketTransport:
    """Sends each parcel over one of the app's connections, in turn."""

    def __init__(self, app_id: str, timeout: float) -> None:
        self._app_id = app_id
        self._timeout = timeout
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
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
        if ticket not in self._tickets or len(self._connections) >= _MAX_CONNECTIONS:
            await socket.close(4003)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._connections.append(socket)
        try:
            await socket.send_json(self._hello())
            while True:
                self._heard(await socket.receive_text())
        except WebSocketDisconnect:
            return
        finally:
            if socket in self._connections:
                self._connections.remove(socket)

    async def send(self, parcel: Parcel) -> Outcome:
        """Deliver within the time Slack allows."""
        if not self._connections:
            return Outcome(error="connection_failed")
        envelope = _envelope(parcel)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        started = time.perf_counter()
        try:
            socket = self._connections[next(self._turn) % len(self._connections)]
            await socket.send_json(envelope)
            payload = await asyncio.wait_for(answer, self._timeout)
        except TimeoutError:
            return Outcome(error="http_timeout", ms=(time.perf_counter() - started) * 1000)
        except (RuntimeError, WebSocketDisconnect):
            return Outcome(error="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]
        body = json.dumps(payload) if payload else ""
        return Outcome(200, body, ms=(time.perf_counter() - started) * 1000)

    async def close(self) -> None:
        """Say goodbye to all connections."""
        for socket in tuple(self._connections):
            try:
                await socket.close(1001)
            except RuntimeError:
                continue
        self._connections.clear()

    def _heard(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload") or {})

    def _hello(self) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600}
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": debug,
            "connection_info": {"app_id": self._app_id},
        }


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
