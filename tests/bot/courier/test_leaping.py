"""Virtual steady time: nobody waits for pace, settling or leases, and nothing is doubled or lost by it."""

import time
from datetime import UTC, datetime, timedelta

from bot.courier.courier import Timing
from storage.database import Clock, Tx
from storage.database.clock import LeapingClock
from storage.outbox import calls
from storage.outbox.values import Call
from storage.values import ChannelId, Json
from tests.conftest import WORKSPACE
from tests.front import FrontDoor, front_door

MANY = 40
LIKE_SLACK = Timing(breath=0)
"""As patient as in production: a message a second and channel, half a minute until a send in doubt has settled."""
SAID = [f"n {number}" for number in range(MANY)]


def say(tx: Tx) -> None:
    lane = calls.lane_of(ChannelId("C0GENERAL"))
    for words in SAID:
        arguments: dict[str, Json] = {"channel": "C0GENERAL", "text": words}
        calls.enqueue(tx, Call(words, "chat.postMessage", arguments, lane=lane, thread="story"))


async def posted(door: FrontDoor) -> list[str]:
    await door.app.database.transact(WORKSPACE, say)
    await door.app.settled()
    return [one.text for one in await door.slack.channel("#general").messages() if one.text in SAID]


def told(door: FrontDoor, what: str) -> int:
    """How many posts met this fault or were answered with this error."""
    posts = [call for call in door.sandbox.sandbox.history.calls if call.method == "chat.postMessage"]
    return sum(what in {post.fault, (post.answer or {}).get("error")} for post in posts)


async def test_slacks_pace_costs_no_real_time(database_url: str) -> None:
    """Forty messages into one channel of a Slack that counts: in order, none refused, in seconds for forty."""
    clock = LeapingClock()
    began = time.monotonic()
    async with front_door(database_url, LIKE_SLACK, clock, rate_limits=True) as door:
        assert await posted(door) == SAID
        assert told(door, "ratelimited") == 0
    assert clock.leapt >= timedelta(seconds=MANY - 10)
    assert time.monotonic() - began < MANY


async def test_lost_answers_are_looked_up_and_nothing_is_said_twice(database_url: str) -> None:
    """With every third answer lost half a minute's settling is leapt over, and each message stands there once."""
    clock = LeapingClock()
    async with front_door(database_url, LIKE_SLACK, clock) as door:
        lost = {
            "method": "chat.postMessage",
            "when": "after",
            "fault": "reset",
            "nth": list(range(1, MANY, 3)),
        }
        refused = {
            "method": "chat.postMessage",
            "when": "before",
            "fault": "500",
            "nth": list(range(2, MANY, 7)),
        }
        await door.slack.faults([lost, refused])
        assert await posted(door) == SAID
        assert told(door, "reset") > 5
    assert clock.leapt > timedelta(minutes=5)


def test_steady_time_never_goes_back_and_real_time_never_leaps() -> None:
    """A leap to the past changes nothing; a real clock does not leap at all."""
    leaping, real = LeapingClock(), Clock()
    ahead = leaping.steady() + timedelta(hours=1)
    assert leaping.leap(ahead)
    assert leaping.leap(ahead - timedelta(minutes=5))
    assert timedelta() <= leaping.steady() - ahead < timedelta(seconds=5)
    assert not real.leap(real.steady() + timedelta(hours=1))
    assert abs(real.steady() - datetime.now(UTC)) < timedelta(seconds=5)


def test_what_a_simulation_leaves_is_past_for_a_real_clock() -> None:
    """After an hour of leaps every steady time is still weeks behind a real clock's: nothing waits for it."""
    leaping = LeapingClock()
    leaping.leap(leaping.steady() + timedelta(hours=1))
    leaping.anchor(lambda: datetime.now(UTC))
    assert leaping.steady() < Clock().steady() - timedelta(weeks=3)
