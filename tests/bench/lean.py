"""A Slack that does hardly anything, in a process of its own: `python -m tests.bench.lean PORT PACE`.

It takes a message in a few microseconds, so that what is measured is who sends it. With PACE above 0 it takes one
message in so many seconds in each channel and refuses what comes earlier, as Slack does. `GET /seen` tells when
every message came, and how many were refused.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl

import uvloop
from typing_extensions import override

from tests.bench.slack import answer

SAYING = b"POST /api/chat.postMessage "
SLACK = 0.1
"""Seconds of the pace that are forgiven: what left in time may have met less of a delay than the one before."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHANNEL = re.compile(rb'"channel": ?"(\w+)"')


class Lean:
    """What it saw: when each message of a channel came."""

    def __init__(self, pace: float) -> None:
        self.came: dict[str, list[float]] = defaultdict(list)
        self.refused = 0
        self._pace = pace
        self._said = 0
        self._others: dict[str, int] = defaultdict(int)

    def post(self, body: bytes) -> bytes:
        """Take a message, or refuse it."""
        now, found = time.monotonic(), _CHANNEL.search(body)
        channel = found[1].decode() if found else ""
        earlier = self.came[channel]
        if self._pace and earlier and now < earlier[-1] + self._pace - SLACK:
            self.refused += 1
            return _http(429, b'{"ok":false,"error":"ratelimited"}', b"Retry-After: 1\r\n")
        earlier.append(now)
        self._said += 1
        return _http(
            200, b'{"ok":true,"channel":"%b","ts":"1770000000.%06d"}' % (channel.encode(), self._said)
        )

    def other(self, path: str, body: bytes) -> bytes:
        """Whatever else is asked."""
        if path == "/seen":
            return _http(
                200, json.dumps({"came": self.came, "refused": self.refused, "others": self._others}).encode()
            )
        method = path.removeprefix("/api/")
        self._others[method] += 1
        arguments = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
        return _http(200, json.dumps({"ok": True, **answer(method, arguments, "1760000000.000100")}).encode())


class Connection(asyncio.Protocol):
    """One kept-alive connection with one request at a time."""

    def __init__(self, lean: Lean) -> None:
        self._lean = lean
        self._buffer = b""

    @override
    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _LENGTH.search(self._buffer, 0, head)
        ends = head + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < ends:
            return
        request, self._buffer = self._buffer, b""
        self._transport.write(self._answer(request, request[head + 4 :]))

    def _answer(self, request: bytes, body: bytes) -> bytes:
        if request.startswith(SAYING):
            return self._lean.post(body)
        return self._lean.other(request.split(b" ", 2)[1].decode().partition("?")[0], body)


def _http(status: int, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n"
    return head % (status, len(body), more) + body


async def main(port: int, pace: float) -> None:
    """Serve until killed."""
    lean = Lean(pace)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(lean), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2])))
