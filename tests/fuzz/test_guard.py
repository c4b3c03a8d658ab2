"""What anybody may send to the door, as bytes on a socket."""

import asyncio

from tests.alone import alone
from tests.front import HERE, SECRET
from tests.fuzz.guard import besiege
from tests.signed import send
from tests.storage.works import on_sqlite

MANY = 400
"""`make proof` draws for minutes."""


@on_sqlite
async def test_raw_requests(database_url: str) -> None:
    """Whatever comes gets a 2xx or 4xx, or the end of what is no HTTP; never a 5xx, never silence; then we still answer."""
    async with alone(database_url, HERE) as app:
        statuses = await asyncio.to_thread(besiege, app.url, MANY)
        assert {200, 400, 401, 405, 413, 415} <= statuses.keys(), statuses
        event = {
            "type": "event_callback",
            "team_id": HERE,
            "event_id": "Ev2",
            "event": {"type": "app_home_opened"},
        }
        assert (await send(app.url, SECRET, event)).status == 200
