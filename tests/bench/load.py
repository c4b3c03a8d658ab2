"""The load generator, in a process of its own: `python -m tests.bench.load PORT PID RUN PHASE…`.

A phase is `kind/in flight/seconds/most per second`. Each connection is kept alive and carries one request at
a time. Prints what it saw as JSON. It does as little as it can, for it shares the cores with what it measures.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import psutil
import uvloop
from typing_extensions import override

from tests.bench.traffic import stream

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """What a phase came to. `latencies` are sorted seconds; `cpu` is the subject's own."""

    kind: str
    in_flight: int
    seconds: float = 0.0
    cpu: float = 0.0
    exhausted: bool = False
    refused: int = 0
    latencies: list[float] = field(default_factory=list)


class Connection(asyncio.Protocol):
    """Sends one request after the other until `until`; `done` is set when its last answer has come."""

    def __init__(self, requests: Iterator[bytes], seen: Seen, until: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._seen = seen
        self._until = until
        self._buffer = b""
        self._sent_at = 0.0

    @override
    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._next()

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _LENGTH.search(self._buffer, 0, head)
        if length is not None and len(self._buffer) - head - 4 >= int(length[1]):
            self._answered(self._buffer[9:12] == b"200")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the subject closed the connection"))

    def _answered(self, well: bool) -> None:
        now = time.perf_counter()
        self._seen.latencies.append(now - self._sent_at)
        self._seen.refused += not well
        if now < self._until:
            self._next()
        else:
            self._finish()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._seen.exhausted = True
            self._finish()
            return
        self._buffer = b""
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def _finish(self) -> None:
        self.done.set_result(None)
        self._transport.close()


async def phase(
    port: int, subject: psutil.Process, prepared: list[bytes], seen: Seen, seconds: float
) -> Seen:
    """Keep `seen.in_flight` requests under way for so many seconds."""
    loop = asyncio.get_running_loop()
    requests, before, began = iter(prepared), subject.cpu_times(), time.perf_counter()
    made = [
        loop.create_connection(lambda: Connection(requests, seen, began + seconds), "127.0.0.1", port)
        for _ in range(seen.in_flight)
    ]
    await asyncio.gather(*(connection.done for _, connection in await asyncio.gather(*made)))
    seen.seconds, after = time.perf_counter() - began, subject.cpu_times()
    seen.cpu = after.user + after.system - before.user - before.system
    seen.latencies.sort()
    return seen


async def main(port: int, pid: int, run: str, phases: list[str]) -> None:
    """Run the phases one after the other."""
    streams: dict[str, Iterator[bytes]] = {}
    found = []
    for each in phases:
        kind, in_flight, seconds, most = each.split("/")
        requests = streams.setdefault(kind, stream(kind, run))
        prepared = list(itertools.islice(requests, int(float(seconds) * int(most)) + int(in_flight)))
        seen = Seen(kind, int(in_flight))
        found.append(asdict(await phase(port, psutil.Process(pid), prepared, seen, float(seconds))))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]))
