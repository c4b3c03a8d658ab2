"""Each class of code once, through the courier and the local Slack: what becomes of the call."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox.records import Called
from storage.database import Tx
from storage.outbox import calls
from storage.outbox.tables import OutboxRow
from storage.outbox.values import Call, Verdict
from storage.values import ChannelId, Json
from tests.conftest import WORKSPACE
from tests.front import FrontDoor

GENERAL = ChannelId("C0GENERAL")
WORDS = "Something to be said once"
BLOCKS: list[Json] = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Something*"}}]


def say(tx: Tx) -> None:
    """A message with blocks, and a plainer rendering of it."""
    plain = {"channel": GENERAL, "text": WORDS}
    calls.enqueue(
        tx,
        Call("it", "chat.postMessage", {**plain, "blocks": [*BLOCKS]}, {**plain}, calls.lane_of(GENERAL)),
    )


def tick(tx: Tx, ts: str) -> None:
    """A reaction."""
    calls.enqueue(tx, Call("it", "reactions.add", {"channel": GENERAL, "timestamp": ts, "name": "eyes"}))


async def became(door: FrontDoor) -> tuple[str, str | None]:
    """The row's state and code."""
    query = select(OutboxRow.state, OutboxRow.code).where(OutboxRow.key == "it")
    found = await door.app.database.read_everywhere(lambda tx: tx.first(query))
    assert found is not None
    return found.state, found.code


def made(door: FrontDoor, method: str) -> list[Called]:
    """The calls of this method that are about it."""
    return [
        one
        for one in door.sandbox.sandbox.history.calls
        if one.method == method
        and (one.arguments.get("text") == WORDS or one.arguments.get("name") == "eyes")
    ]


@pytest.mark.parametrize(
    ("verdict", "fault", "state", "times"),
    [
        (Verdict.LATER, {"fault": "message_limit_exceeded"}, ("sent", ""), 2),
        (Verdict.LATER, {"fault": "429"}, ("sent", ""), 2),
        (Verdict.PLAINER, {"fault": "invalid_blocks"}, ("sent", ""), 2),
        (Verdict.BLOCKED, {"fault": "restricted_action"}, ("blocked", "restricted_action"), 1),
        (Verdict.DEAD, {"fault": "no_text"}, ("dead", "no_text"), 1),
        (Verdict.UNKNOWN, {"fault": "internal_error", "when": "after"}, ("sent", ""), 1),
        (Verdict.UNKNOWN, {"fault": "internal_error", "when": "before"}, ("sent", ""), 2),
        (Verdict.UNKNOWN, {"fault": "a_code_of_tomorrow", "when": "after"}, ("sent", ""), 1),
    ],
)
async def test_a_message_of_each_class(
    door: FrontDoor, verdict: Verdict, fault: dict[str, Any], state: tuple[str, str], times: int
) -> None:
    """It is said again or not as its class says, and never stands there twice."""
    await door.slack.faults([{"method": "chat.postMessage", "times": 1, **fault}])

    await door.app.database.transact(WORKSPACE, say)
    await settled(door)

    assert await became(door) == state
    posts = made(door, "chat.postMessage")
    assert len(posts) == times
    plain = verdict is Verdict.PLAINER
    assert ("blocks" not in posts[-1].arguments) is plain
    standing = [one.text for one in await door.slack.channel("#general").messages()].count(WORDS)
    assert standing == (1 if state[0] == "sent" else 0)


async def test_what_is_there_already_is_done(door: FrontDoor) -> None:
    """A reaction that stands there is as we wanted it: one call, and it counts."""
    said = await door.slack.message("#general", "Look at this", as_="dana")
    await door.slack.faults([{"method": "reactions.add", "fault": "already_reacted"}])

    await door.app.database.transact(WORKSPACE, lambda tx: tick(tx, said.ts))
    await settled(door)

    assert await became(door) == ("sent", "already_reacted")
    assert len(made(door, "reactions.add")) == 1


async def settled(door: FrontDoor) -> None:
    """Until it is over, or waits for somebody."""
    async with asyncio.timeout(20):
        while (await became(door))[0] in {"pending", "sending", "unknown"}:  # noqa: ASYNC110 - it works by itself
            await asyncio.sleep(0.02)
