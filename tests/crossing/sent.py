"""All that two workspaces left to be said, sent to a local Slack that is only one of theirs."""

import json
from dataclasses import dataclass

from bot.sandbox.records import Called
from tests.crossing.lives import BEGINS, EACH, STEP
from tests.crossing.requests import NORTH, OTHER, WORDS
from tests.front import front_door


@dataclass(frozen=True, slots=True)
class SentToSlack:
    """How many calls came, how many had the workspace's own word in them, and those that had the other's."""

    calls: int
    own: int
    foreign: list[str]


async def sent_to_slack(url: str, number: int) -> SentToSlack:
    """Start the courier where so many requests of each left off; the local Slack is the northern one."""
    async with front_door(url, begins=BEGINS + number // EACH * STEP) as door:
        await door.app.settled()
        calls = [json.dumps(one.arguments) for one in door.sandbox.sandbox.history if isinstance(one, Called)]
    own, foreign = WORDS[NORTH], WORDS[OTHER[NORTH]]
    return SentToSlack(len(calls), sum(own in one for one in calls), [one for one in calls if foreign in one])
