"""Messages said by one shared HTTP client and nothing else: `python -m tests.bench.bare URL COUNT AT_ONCE`.

No row is claimed and none recorded; it is what a courier could come to if its own work cost nothing.
"""

import asyncio
import sys
from collections.abc import Iterator

import aiohttp
import uvloop

from tests.bench.letters import arguments
from tests.bench.workspace import TOKEN


async def main(url: str, count: int, at_once: int) -> None:
    """Say them all."""
    messages = iter([arguments(number) for number in range(count)])
    connector = aiohttp.TCPConnector(limit=100)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.ClientSession(headers=headers, connector=connector) as session:
        await asyncio.gather(*(_say(session, url, messages) for _ in range(at_once)))


async def _say(session: aiohttp.ClientSession, url: str, messages: Iterator[dict[str, object]]) -> None:
    for one in messages:
        async with session.post(f"{url}chat.postMessage", json=one) as answer:
            said = await answer.json()
            if not said["ok"]:
                raise RuntimeError(said["error"])


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
