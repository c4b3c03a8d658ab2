"""How long a connection may take to say what it wants.

uvicorn waits for ever for the rest of a header; here a connection that does not get to the end of its headers in time is
closed without an answer. The guard has its own patience for bodies. One timer per connection, and no thread.
"""

import asyncio
from typing import Any

import structlog
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS = 5.0
"""Seconds from the connection, or from the first byte of a later request on it, to the end of the headers."""


class Impatient(HttpToolsProtocol):
    """uvicorn's own protocol with an end to its patience."""

    patience = HEADERS
    _waiting: asyncio.TimerHandle | None = None
    _begun = False

    @override
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    @override
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._begun and self._waiting is None:  # most headers come in one piece, and need no timer
            self._wait()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun = True

    @override
    def on_headers_complete(self) -> None:
        self._begun = False
        self._wait_no_more()
        super().on_headers_complete()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.patience, self._give_up)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        structlog.get_logger().warning("A request took too long to begin", action="guard.slow_headers")
        self.transport.abort()
