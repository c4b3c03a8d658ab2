"""Which workspaces are ours, remembered, and never from before the change that made us look again."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from bot.installations import Installations
from storage.database import Database
from storage.workspaces import queries as workspaces
from tests.storage.works import A


async def name(database: Database) -> None:
    await database.transact(A, workspaces.name)


async def test_what_was_read_before_a_change_is_not_remembered_after_it(database: Database) -> None:
    """Slack says who we are while somebody looks: the next look must not find nobody for a minute."""
    installations = Installations(database)
    looking = asyncio.create_task(installations.active())
    await asyncio.sleep(0)
    time.sleep(0.1)  # noqa: ASYNC251 - it has read that there is nobody, and has not heard it yet
    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(asyncio.run, name(database)).result()
    installations.forget()

    await looking

    assert await installations.active() == [A]
