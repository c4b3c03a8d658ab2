"""Events at an even pace, in a process of its own: `python -m tests.bench.steady PORT A_SECOND SECONDS`.

Each is sent when its moment has come, over a connection of its own, so one slow answer delays no other event. Prints
what it saw as JSON.
"""

import asyncio
import itertools
import json
import sys
import time

import uvloop

from tests.bench.load import Connection, Seen
from tests.bench.traffic import stream


async def main(port: int, a_second: float, seconds: float) -> None:
    """Send them."""
    loop, seen = asyncio.get_running_loop(), Seen("everyday", 0)
    requests, count = stream("everyday", "7"), int(a_second * seconds)
    began = time.perf_counter()
    pending = set()
    for number in range(count):
        moment = began + number / a_second
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        request = next(requests)
        task = loop.create_task(_one(port, request, seen))
        pending.add(task)
        task.add_done_callback(pending.discard)
    await asyncio.gather(*pending)
    seen.seconds = time.perf_counter() - began
    seen.latencies.sort()
    json.dump({"seconds": seen.seconds, "refused": seen.refused, "latencies": seen.latencies}, sys.stdout)


async def _one(port: int, request: bytes, seen: Seen) -> None:
    """One event over a connection of its own, as a load balancer hands it over."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(
        lambda: Connection(itertools.repeat(request, 1), seen, 0.0), "127.0.0.1", port
    )
    await connection.done


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
