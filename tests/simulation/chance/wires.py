"""What lies between Throughline and the local Slack where there is no network: calls from one ASGI app to the other.

Every request is the one that would go over a socket: signed, with its headers and its body as bytes.
"""

import asyncio
import contextvars
import json
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from multidict import CIMultiDict
from starlette.types import ASGIApp
from typing_extensions import override

from bot.sandbox.transport import HttpTransport, Outcome, Parcel, _encode, _retry_headers, sign

ADDRESS = "http://127.0.0.1:1"
"""Where the local Slack would be; nobody listens there, and nobody asks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as the SDK reads it."""

    status: int
    headers: CIMultiDict[str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "application/octet-stream").partition(";")[0]

    async def read(self) -> bytes:
        return self.body

    async def text(self, **_: Any) -> str:
        return self.body.decode()

    async def json(self, **_: Any) -> Any:
        return json.loads(self.body)


async def exchange(
    app: ASGIApp, method: str, target: str, headers: Mapping[str, str], body: bytes
) -> Answer | None:
    """One request to an ASGI app and its answer; None where the connection was cut."""
    url = urlsplit(target)
    asked, told = [body], list[Any]()
    cut = False

    def reset() -> None:
        nonlocal cut
        cut = True

    async def receive() -> Any:
        if asked:
            return {"type": "http.request", "body": asked.pop(), "more_body": False}
        return await asyncio.Future()  # we stay on the line

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": method,
        "path": url.path, "raw_path": url.path.encode(), "query_string": url.query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2),
        "extensions": {"sandbox.connection": {"reset": reset}},
    }  # fmt: skip
    await app(scope, receive, send)
    if cut:
        return None
    start = told[0]
    found = CIMultiDict((name.decode(), value.decode()) for name, value in start["headers"])
    return Answer(start["status"], found, b"".join(one.get("body", b"") for one in told[1:]))


class ToSlack:
    """Stands where the bot's HTTP session stands. `dies` is asked before, during and after each call.

    What was sent is on its way, whatever becomes of its sender: it is Slack's business in Slack's own context.
    """

    closed = False

    def __init__(
        self,
        slack: ASGIApp,
        timeout: float,
        rng: random.Random,
        dies: Callable[[str], bool],
        outside: contextvars.Context,
    ) -> None:
        self._slack = slack
        self._timeout = timeout
        self._rng = rng
        self._dies = dies
        self._outside = outside

    def request(self, method: str, url: str, **args: Any) -> AbstractAsyncContextManager[Answer]:
        """As aiohttp's."""
        return _Asking(self._call(method, str(url), args))

    async def close(self) -> None:
        """Nothing is open."""

    async def _call(self, method: str, url: str, args: Mapping[str, Any]) -> Answer:
        headers, body = dict(args.get("headers") or {}), b""
        if args.get("json") is not None:
            headers["Content-Type"], body = "application/json", json.dumps(args["json"]).encode()
        elif isinstance(args.get("data"), str):
            body = args["data"].encode()
        elif args.get("data"):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(args["data"]).encode()
        if args.get("params"):
            url = f"{url}?{urlencode(args['params'])}"
        await self._passes("before")
        on_its_way = asyncio.get_running_loop().create_task(
            self._travel(method, url, headers, body), context=self._outside.copy()
        )
        await self._passes("sent")
        async with asyncio.timeout(self._timeout):
            answer = await asyncio.shield(on_its_way)
        if answer is None:
            raise aiohttp.ServerDisconnectedError
        await self._passes("after")
        return answer

    async def _passes(self, side: str) -> None:
        if self._dies(side):
            await asyncio.Future()  # the dead go no further

    async def _travel(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        await asyncio.sleep(self._rng.uniform(0.01, 0.2))
        answer = await exchange(self._slack, method, url, headers, body)
        await asyncio.sleep(self._rng.uniform(0.01, 0.1))
        return answer


class _Asking(AbstractAsyncContextManager[Answer]):
    def __init__(self, call: Any) -> None:
        self._call = call

    @override
    async def __aenter__(self) -> Answer:
        answer: Answer = await self._call
        return answer

    @override
    async def __aexit__(self, *_: object) -> None:
        return None


class ToBot(HttpTransport):
    """Stands where Slack's HTTP stands: what it posts, signed, goes to whoever lives in the house now.

    `deliver` gives the answer, or None where nobody took it or whoever did has died since.
    """

    def __init__(self, secret: str, patience: float, deliver: Callable[..., Any]) -> None:
        super().__init__(secret, patience)
        self._signed_with = secret
        self._patience = patience
        self._deliver = deliver

    @override
    async def send(self, parcel: Parcel) -> Outcome:
        content_type, body = _encode(parcel)
        headers = {"Content-Type": content_type, "Content-Length": str(len(body))}
        headers |= sign(self._signed_with, body) | _retry_headers(parcel)
        try:
            async with asyncio.timeout(self._patience):
                answer: Answer | None = await self._deliver("POST", "/slack/events", headers, body)
        except TimeoutError:
            return Outcome(error="http_timeout")
        if answer is None:
            return Outcome(error="connection_failed")
        final = answer.headers.get("X-Slack-No-Retry") == "1"
        return Outcome(answer.status, answer.body.decode(), ms=0.0, final=final)
