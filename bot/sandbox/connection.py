"""The HTTP server around the sandbox: starts quickly on any port, and can cut a connection for real."""

import asyncio
import os
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_GRACE_SECONDS = 2
_LINGER_NONE = struct.pack("ii", 1, 0)


class _ResettableProtocol(HttpToolsProtocol):
    """Puts a way to reset the connection into the scope, for an endpoint to end it with."""

    @override
    def on_message_begin(self) -> None:
        """A request begins: remember over which connection."""
        super().on_message_begin()
        self.scope["extensions"] = {"sandbox.connection": {"reset": partial(_cut, self.transport)}}


class Server(uvicorn.Server):
    """Lets long polls and streams go before it waits for them, and tidies up before a signal ends it all."""

    def __init__(
        self, config: uvicorn.Config, on_exit: Callable[[], None], stopped: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._on_exit = on_exit
        self._stopped = stopped
        self.listening = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.listening.set()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: those who wait first."""
        self._on_exit()
        await super().shutdown(sockets)
        await self._stopped()


class QuietServer(Server):
    """A server inside somebody else's event loop: no signal handlers, and it stops at once."""

    def __init__(self, config: uvicorn.Config, on_exit: Callable[[], None]) -> None:
        super().__init__(config, on_exit, _nothing_more)
        self._told = asyncio.Event()

    def stop(self) -> None:
        """End `serve`."""
        self._told.set()

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signal handlers alone: they are that program's business."""
        yield

    @override
    async def main_loop(self) -> None:
        """Wait without ticking."""
        await self._told.wait()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what is under way, then go; uvicorn itself would sleep first."""
        self._on_exit()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if tasks := set(self.server_state.tasks):
            _, unfinished = await asyncio.wait(tasks, timeout=_GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
        for server in self.servers:
            await server.wait_closed()


def listener(port: int = 0) -> socket.socket:
    """A listening socket on loopback.

    Its protocol is named, or asyncio leaves Nagle's algorithm on for what it accepts: 40 ms a request.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind(("127.0.0.1", port))
    found.listen(512)
    return found


def quiet_server(app: ASGIApp, on_exit: Callable[[], None]) -> QuietServer:
    """A server for tests and harnesses."""
    return QuietServer(_config(app, loop="none"), on_exit)


def server(
    app: ASGIApp, on_exit: Callable[[], None], stopped: Callable[[], Awaitable[None]], host: str, port: int
) -> Server:
    """A server that is a program of its own."""
    return Server(_config(app, host=host, port=port), on_exit, stopped)


async def _nothing_more() -> None:
    """Whoever started a quiet server tidies up."""


def _config(app: ASGIApp, **where: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_ResettableProtocol,
        lifespan="off",
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        **where,
    )


def reset(request: Request) -> None:
    """Cut the connection so that the other side sees a reset, if it is there to see it."""
    request.scope["extensions"]["sandbox.connection"]["reset"]()


def _cut(transport: Any) -> None:
    if transport.is_closing():
        return
    with socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno())) as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NONE)
    transport.abort()
