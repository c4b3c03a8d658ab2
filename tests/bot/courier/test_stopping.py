"""The courier stops when it is told to, whatever comes at that moment."""

import asyncio

import pytest

from storage.values import WorkspaceId
from tests.alone import alone
from tests.storage.works import on_sqlite

HERE = WorkspaceId("T1")


@on_sqlite
@pytest.mark.parametrize("turns", range(6))
async def test_it_stops_when_it_is_woken_at_that_moment(database_url: str, turns: int) -> None:
    """Something to send, some turns of the loop before it is told to stop: it does not begin again."""
    async with alone(database_url, HERE) as running:
        courier = asyncio.create_task(running.app.courier.run())
        await asyncio.sleep(0.1)
        woken = asyncio.Event()
        running.app.database.on_wake("courier", woken.set)

        await running.app.database.transact(HERE, lambda tx: tx.wake("courier"))
        await woken.wait()
        for _ in range(turns):
            await asyncio.sleep(0)
        courier.cancel()

        await asyncio.wait([courier], timeout=5)
        assert courier.cancelled()
