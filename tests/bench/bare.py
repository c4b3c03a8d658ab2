"""Messages said by one shared client of Slack's SDK and nothing else: `python -m tests.bench.bare URL COUNT AT_ONCE`.

It is made as ours is: one connection pool, nothing retried. No row is claimed and none recorded; it is what a courier
could come to if its own work cost nothing.
"""

import asyncio
import sys
from collections.abc import Iterator

import aiohttp
import uvloop
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.letters import arguments
from tests.bench.workspace import TOKEN


async def main(url: str, count: int, at_once: int) -> None:
    """Say them all."""
    messages = iter([arguments(number) for number in range(count)])
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as session:
        client = AsyncWebClient(TOKEN, base_url=url, session=session, retry_handlers=[])
        await asyncio.gather(*(_say(client, messages) for _ in range(at_once)))


async def _say(client: AsyncWebClient, messages: Iterator[dict[str, object]]) -> None:
    for one in messages:
        await client.api_call("chat.postMessage", json=one)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
