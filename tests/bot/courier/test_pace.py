"""No minute holds more calls than Slack allows, and a rest is rewarded with a burst."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.courier.courier import Courier
from bot.courier.documented import METHODS
from bot.courier.pace import CHANNEL, LEAST, TIERS, Gaps, pace_of
from bot.courier.timing import Timing
from bot.slack import SlackLine
from handlers.kit.features import Registry
from storage.database import Clock, Database
from storage.outbox import claims, letters
from storage.values import ChannelId
from tests.answering import asked
from tests.storage.works import A
from tests.storage.world import MORNING, taken


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_we_call_has_its_tier(method: str) -> None:
    """A method without one would be held to the strictest."""
    assert method in TIERS


def test_a_method_of_no_tier_is_held_to_the_strictest() -> None:
    """What nobody looked up is called no more often than what Slack allows least."""
    strictest = min(TIERS, key=lambda method: TIERS[method])
    assert pace_of("never.looked_up") == pace_of(strictest)


@pytest.mark.parametrize(("method", "allowed"), TIERS.items())
def test_no_minute_holds_more_than_slack_allows(method: str, allowed: int) -> None:
    """The burst and the even flow behind it together stay within a minute's allowance."""
    pace = pace_of(method)
    assert pace.burst + timedelta(minutes=1) // pace.every <= allowed


def test_a_workspace_s_messages_are_as_many_as_we_are_told() -> None:
    """Slack says "several hundred" a minute; who knows better says so."""
    assert pace_of("chat.postMessage", 600).burst == 2 * pace_of("chat.postMessage").burst
    assert pace_of("chat.update", 600) == pace_of("chat.update")


def test_messages_to_one_channel_are_a_second_apart() -> None:
    """Slack's own advice for posting."""
    assert pace_of("post:C0SALES").every == timedelta(seconds=1)
    assert pace_of("post:C0SALES").burst == 1


def test_what_was_long_on_its_way_keeps_the_next_one_waiting() -> None:
    """Slack counts from when it took a call; what came a while later, or in another lane, waits for nothing."""
    row, gaps = taken(1), Gaps()
    elsewhere, second = replace(row, lane="post:C0OTHER"), timedelta(seconds=1)
    assert gaps.missing(row, CHANNEL, MORNING) == 0

    gaps.answered(row, MORNING)

    assert gaps.missing(row, CHANNEL, MORNING + 0.4 * second) == pytest.approx(LEAST - 0.4)
    assert gaps.missing(row, CHANNEL, MORNING + second) == 0
    assert gaps.missing(elsewhere, CHANNEL, MORNING + 0.4 * second) == 0
    assert gaps.missing(row, pace_of("chat.update"), MORNING + 0.4 * second) == 0
    assert gaps.missing(row, replace(CHANNEL, every=timedelta()), MORNING + 0.4 * second) == 0


def test_only_the_last_second_is_remembered() -> None:
    """A workspace has many channels, and a process lives for months."""
    gaps = Gaps()
    for number in range(100):
        gaps.answered(replace(taken(1), lane=f"post:C{number}"), MORNING + number * timedelta(seconds=0.5))

    assert len(gaps._answered) <= 3


async def test_two_messages_of_a_channel_reach_slack_a_second_apart(database_url: str) -> None:
    """Also where the first one took its time and the second one did not: that would be too early for Slack."""
    database, came = Database(database_url, Clock()), list[float]()
    async with asked() as slack:
        line = SlackLine(slack.base, "xoxb-1", timeout=5)
        line.workspace, slack.says, slack.slow = A, {"ok": True, "ts": "1.1"}, 0.5
        courier = Courier(database, line, Registry([]), Timing(tick=0.05))
        for key in ("first", "second"):
            said = partial(letters.post, key=key, channel=ChannelId("C1"), text=key, blocks=[])
            await database.transact(A, said)
        running = asyncio.ensure_future(courier.run())
        while len(came) < 2:
            if len(slack.calls) > len(came):
                came.append(asyncio.get_running_loop().time())
                slack.slow = 0.0
            await asyncio.sleep(0.005)
        while await database.read_everywhere(claims.busy):  # noqa: ASYNC110 - the courier says nothing
            await asyncio.sleep(0.01)
        await courier.stop(5)
        await running
        await line.close()
    await database.close()

    assert came[1] - came[0] >= 0.9 * LEAST
