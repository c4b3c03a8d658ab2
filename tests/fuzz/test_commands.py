"""Nobody can type what Throughline stumbles over."""

import asyncio

from tests.front import FrontDoor
from tests.fuzz.commands import type_much
from tests.handlers.links.acts import capture
from tests.storage.works import on_sqlite

MANY = 300
"""`make proof` types for minutes."""


@on_sqlite
async def test_whatever_is_typed(door: FrontDoor) -> None:
    """Each command answers with words or a form Slack can show, whatever stands behind it; nothing breaks."""
    await capture(door.slack)
    loop = asyncio.get_running_loop()
    assert await asyncio.to_thread(type_much, door, loop, MANY) >= MANY
