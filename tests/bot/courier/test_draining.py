"""A stop finishes what is being sent, and leaves nobody waiting for a lease."""

import asyncio
from datetime import datetime

from sqlalchemy import select

from bot.courier.courier import Courier
from bot.sandbox.hub import CallMoment
from handlers.registry import registry
from storage.database import Tx
from storage.outbox import calls
from storage.outbox.tables import OutboxRow
from storage.outbox.values import Call
from storage.values import ChannelId
from tests.conftest import WORKSPACE
from tests.front import QUICK, FrontDoor

WORDS = "Said while we were told to stop"


def say(tx: Tx) -> None:
    arguments = {"channel": "C0GENERAL", "text": WORDS}
    calls.enqueue(
        tx, Call("said", "chat.postMessage", {**arguments}, lane=calls.lane_of(ChannelId("C0GENERAL")))
    )


async def row(door: FrontDoor) -> tuple[str, datetime | None]:
    """The state and the lease of what was said."""
    query = select(OutboxRow.state, OutboxRow.lease_until).where(OutboxRow.key == "said")
    found = await door.app.database.read_everywhere(lambda tx: tx.first(query))
    assert found is not None
    return found.state, found.lease_until


async def standing(door: FrontDoor) -> int:
    """How often it stands in the channel."""
    return [one.text for one in await door.slack.channel("#general").messages()].count(WORDS)


async def begun(door: FrontDoor, seconds: float) -> None:
    """Slack has the message and takes so many seconds to answer."""
    posted = asyncio.Event()

    async def slowly(moment: CallMoment) -> None:
        if moment.method == "chat.postMessage" and moment.when == "after":
            posted.set()
            await asyncio.sleep(seconds)

    door.sandbox.sandbox.on_call = slowly
    await door.app.database.transact(WORKSPACE, say)
    await asyncio.wait_for(posted.wait(), 10)


async def test_what_is_being_sent_is_finished(door: FrontDoor) -> None:
    """Slack answers within the patience of a stop: it is recorded, and nothing has to be looked up."""
    await begun(door, 0.5)
    await door.app.courier.stop(10)
    assert await row(door) == ("sent", None)
    assert await standing(door) == 1


async def test_what_is_not_finished_in_time_is_let_go_and_found(door: FrontDoor) -> None:
    """It is in doubt at once, without a lease, and the next courier finds it instead of saying it again."""
    await begun(door, 30)
    await door.app.courier.stop(0.2)
    assert await row(door) == ("unknown", None)

    door.sandbox.sandbox.on_call = None
    app = door.app
    following = Courier(app.database, app.slack, registry(), QUICK)
    running = asyncio.create_task(following.run())
    async with asyncio.timeout(20):
        while (await row(door))[0] != "sent":  # noqa: ASYNC110 - the courier works by itself
            await asyncio.sleep(0.05)
    await following.stop(5)
    await running
    assert await standing(door) == 1


async def test_nothing_new_is_begun_after_a_stop(door: FrontDoor) -> None:
    """What is enqueued from then on waits for the next start."""
    await door.app.courier.stop(5)
    await door.app.database.transact(WORKSPACE, say)
    await asyncio.sleep(0.5)
    assert await row(door) == ("pending", None)
