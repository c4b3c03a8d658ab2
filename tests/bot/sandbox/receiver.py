"""Another app, standing where a bot would: takes what Slack sends, checks the signature, answers as told."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.connection import listener, quiet_server
from tests.bot.sandbox.samples import SECRET

Json = dict[str, Any]
Answer = Response | Json | str | None


@dataclass(slots=True)
class Received:
    """One request of Slack's."""

    kind: str
    body: Json
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)

    @property
    def event(self) -> Json:
        """The inner event."""
        return dict(self.body["event"])


class Receiver:
    """Keeps everything; `answer` decides what to say."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[Received] = []
        self.answer: Callable[[Received], Answer | Awaitable[Answer]] = lambda _: None
        self.app = Starlette(routes=[Route("/slack/events", self._take, methods=["POST"])])

    def of(self, kind: str) -> list[Received]:
        """Everything of one kind: an event's type, `command`, or an interaction's type."""
        return [request for request in self.received if request.kind == kind]

    def only(self, kind: str) -> Json:
        """The body of the one request of this kind."""
        (request,) = self.of(kind)
        return request.body

    async def _take(self, request: Request) -> Response:
        raw = await request.body()
        if not SignatureVerifier(SECRET).is_valid_request(raw, dict(request.headers)):
            return PlainTextResponse("bad signature", 401)
        received = await _read(request, raw)
        self.received.append(received)
        said = self.answer(received)
        return _response(await said if isinstance(said, Awaitable) else said)


async def _read(request: Request, raw: bytes) -> Received:
    headers = {key.lower(): value for key, value in request.headers.items()}
    if headers["content-type"] == "application/json":
        body = json.loads(raw)
        return Received(body["event"]["type"], body, headers)
    form = {key: str(value) for key, value in (await request.form()).items()}
    if "payload" in form:
        body = json.loads(form["payload"])
        return Received(body["type"], body, headers)
    return Received("command", dict(form), headers)


def _response(said: Answer) -> Response:
    if isinstance(said, Response):
        return said
    if isinstance(said, dict):
        return JSONResponse(said)
    return PlainTextResponse(said or "")


@asynccontextmanager
async def listening() -> AsyncIterator[Receiver]:
    """A receiver on any free port."""
    receiver = Receiver()
    with listener() as ear:
        receiver.url = f"http://127.0.0.1:{ear.getsockname()[1]}/slack/events"
        server = quiet_server(receiver.app, lambda: None)
        serving = asyncio.get_running_loop().create_task(server.serve([ear]))
        try:
            yield receiver
        finally:
            server.stop()
            await serving
