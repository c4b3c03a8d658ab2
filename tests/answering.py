"""A server in Slack's place that answers everything with one and the same: what a proxy may do to us."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it goes over the line."""

    status: int
    kind: str
    body: bytes


ODD = {
    "broken JSON": Said(200, "application/json", b'{"ok": tr'),
    "a list": Said(200, "application/json", b"[]"),
    "nothing at all": Said(200, "application/json", b""),
    "null": Said(200, "application/json", b"null"),
    "no text": Said(200, "application/json", b'{"ok": "\xff"}'),
    "a charset of its own": Said(200, "application/json; charset=nonsense", b"{}"),
    "plain words": Said(200, "text/plain", b"ok"),
    "a page": Said(200, "text/html", b"<html>Sign in</html>"),
    "a failing page": Said(503, "text/html", b"<html>Sorry</html>"),
    "failing plain words": Said(503, "text/plain", b"Sorry"),
    "failing broken JSON": Said(502, "application/json", b"<html>"),
}
"""Answers that are none of Slack's."""


@asynccontextmanager
async def answering(said: Said) -> AsyncIterator[str]:
    """The base of a Web API where every call is answered so."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=said.status, body=said.body, headers={"Content-Type": said.kind})

    async with api(answer) as url:
        yield url


@asynccontextmanager
async def api(
    answer: Callable[[web.Request], Awaitable[web.Response]],
    link: Callable[[web.Request], Awaitable[web.WebSocketResponse]] | None = None,
) -> AsyncIterator[str]:
    """The base of a Web API on loopback, each of whose methods is answered by this; `link` is for a socket."""
    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    if link is not None:
        app.router.add_get("/link", link)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@dataclass
class Asked:
    """What it was asked; it says to each call what it was told to say, and takes notes at `respond`."""

    base: str = ""
    says: Mapping[str, Any] = field(default_factory=lambda: {"ok": True})
    of: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What some methods are told instead."""
    status: int = 200
    in_turn: list[tuple[Mapping[str, Any], int]] = field(default_factory=list)
    """What it says, with its status, before it says always the same."""
    headers: Mapping[str, str] = field(default_factory=dict)
    noted: int = 200
    slow: float = 0.0
    """Seconds each answer takes."""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        await asyncio.sleep(self.slow)
        sent = await (request.json() if request.content_type == "application/json" else request.post())
        self.calls.append(
            (method, {name: _read(name, value) for name, value in {**request.query, **sent}.items()})
        )
        if method == "respond":
            return web.Response(status=self.noted, text="ok")
        if method in self.of:
            return web.json_response(self.of[method])
        says, status = self.in_turn.pop(0) if self.in_turn else (self.says, self.status)
        return web.json_response(says, status=status, headers=self.headers)


def _read(name: str, value: Any) -> Any:
    return json.loads(value) if name == "view" and isinstance(value, str) else value


@asynccontextmanager
async def asked() -> AsyncIterator[Asked]:
    """A server that remembers."""
    found = Asked()
    async with api(found.answer) as found.base:
        yield found
