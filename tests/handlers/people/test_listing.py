"""Who is here is asked once a day and when we start, and not for nothing."""

from datetime import timedelta

from handlers.people import service
from storage.database import Clock, Database
from tests.front import HERE, FrontDoor, front_door


def asked(door: FrontDoor) -> int:
    """How often Slack was asked for everybody."""
    calls = door.sandbox.sandbox.history.calls
    return sum(one.method == "users.list" and "cursor" not in one.arguments for one in calls)


async def test_a_first_start_asks_once(database_url: str) -> None:
    """For the start and for the day together; the next day asks again."""
    async with front_door(database_url) as door:
        assert asked(door) == 1
        await door.slack.advance("2 hours")
        await door.slack.advance("2 hours")
        before = asked(door)
        await door.slack.advance("1 day")
        assert asked(door) == before + 1


async def test_a_start_soon_after_another_asks_nobody(database_url: str) -> None:
    """Slack repeats for an hour what nobody took: a bot that was restarted has missed nothing."""
    async with front_door(database_url) as door:
        assert asked(door) == 1
    async with front_door(database_url) as door:
        assert asked(door) == 0


async def test_a_start_after_a_while_asks_again(database_url: str) -> None:
    """Who joined and left while we were down is known a moment after the start."""
    clock = Clock()
    clock.moved = -timedelta(hours=2)
    database = Database(database_url, clock)
    await database.transact(HERE, service.sync_at_start)
    await database.close()

    async with front_door(database_url) as door:
        calls = [one for one in door.sandbox.sandbox.history.calls if one.method == "users.list"]
        assert len(calls) >= len(("the one that was left over", "the one of this start"))
