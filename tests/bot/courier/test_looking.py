"""Looking up what may have arrived: around the time of the tries, and what becomes of it where nobody can look."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.courier.attempt import EVENT_TYPE
from bot.courier.looking import AROUND, look_up
from bot.sandbox.modes import Modes
from bot.sandbox.world import Message
from handlers.asks import service as asks
from handlers.asks.views import AGAIN
from storage.database import Tx
from storage.outbox import boards, claims, letters
from storage.outbox.tables import OutboxRow
from storage.outbox.values import UNCONFIRMED, Claimed, Verdict
from storage.values import ChannelId, PersonId, WorkspaceId
from tests.conftest import WORKSPACE
from tests.front import FrontDoor
from tests.handlers.feedback.acts import all_sent

GENERAL = ChannelId("C0GENERAL")
TRIED = datetime.now(UTC) - timedelta(hours=3)
NO_SCOPE: dict[str, Any] = {"method": "conversations.history", "fault": "missing_scope"}
LOST: dict[str, Any] = {"method": "chat.postMessage", "when": "after", "fault": "reset", "times": 1}


def tried(**how: Any) -> Claimed:
    """A message that was tried three hours ago, and may stand there."""
    arguments = {"channel": GENERAL, "text": "Tried"}
    row = Claimed(
        WorkspaceId("T0NORTHWIND"), "mark", "chat.postMessage", {**arguments}, None, 2, 1, True,
        TRIED, TRIED, False, False, None, TRIED, None, "post:C0GENERAL",
    )  # fmt: skip
    return replace(row, **how)


def put(door: FrontDoor, at: datetime, mark: str | None = None, thread: str | None = None) -> str:
    """A message that was posted then; ours carries its mark."""
    ts = f"{at.timestamp():.6f}"
    metadata = None if mark is None else {"event_type": EVENT_TYPE, "event_payload": {"k": mark}}
    channel = door.sandbox.sandbox.world.channels[GENERAL]
    channel.messages[ts] = Message(
        ts, at.isoformat(), GENERAL, "U0DANA", "Words", thread_ts=thread, metadata=metadata
    )
    channel.messages = dict(sorted(channel.messages.items()))
    return ts


async def test_a_busy_channel_s_later_messages_do_not_stand_in_the_way(door: FrontDoor) -> None:
    """Ours is found behind six thousand that came in the three hours since."""
    ours = put(door, TRIED + timedelta(seconds=2), "mark")
    for number in range(6_000):
        put(door, TRIED + timedelta(minutes=15, seconds=number))

    found = await look_up(door.app.slack, tried(), TRIED)

    assert (found.verdict, found.data["ts"]) == (Verdict.DONE, ours)


async def test_what_is_not_there_is_known_not_to_be(door: FrontDoor) -> None:
    """Another's mark is not ours, and neither is one from long before the first try."""
    put(door, TRIED, "another")
    put(door, TRIED - AROUND - timedelta(minutes=1), "mark")
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.DEAD


async def test_a_reply_is_looked_for_in_its_thread(door: FrontDoor) -> None:
    """A thread's replies stand in no channel's history."""
    parent = put(door, TRIED - timedelta(days=1))
    ours = put(door, TRIED, "mark", thread=parent)
    arguments = {"channel": GENERAL, "text": "Tried", "thread_ts": parent}
    found = await look_up(door.app.slack, tried(arguments=arguments), TRIED)
    assert found.data["ts"] == ours


@pytest.mark.parametrize(
    ("method", "code", "verdict"),
    [
        ("conversations.history", "missing_scope", Verdict.BLOCKED),
        ("conversations.history", "not_in_channel", Verdict.BLOCKED),
        ("conversations.replies", "method_not_supported_for_channel_type", Verdict.BLOCKED),
        ("conversations.history", "internal_error", Verdict.UNKNOWN),
        ("conversations.history", "500", Verdict.UNKNOWN),
        ("conversations.history", "429", Verdict.UNKNOWN),
        ("conversations.history", "reset", Verdict.UNKNOWN),
        ("conversations.history", "token_revoked", Verdict.UNKNOWN),
    ],
)
async def test_whether_nobody_can_look_or_only_not_now(
    door: FrontDoor, method: str, code: str, verdict: Verdict
) -> None:
    """A refusal for good is told from one that passes; a token that is taken away comes back."""
    await door.slack.faults([{"method": method, "fault": code}])
    parent = put(door, TRIED - timedelta(days=1))
    arguments = {"channel": GENERAL, "text": "Tried"}
    if method == "conversations.replies":
        arguments["thread_ts"] = parent
    found = await look_up(door.app.slack, tried(arguments=arguments), TRIED)
    assert found.verdict is verdict


async def test_a_page_that_is_put_off_is_asked_for_later(door: FrontDoor) -> None:
    """A full page and then a 429: patience is all it takes."""
    for number in range(400):
        put(door, TRIED + timedelta(seconds=number))
    await door.slack.faults([{"method": "conversations.history", "fault": "429", "nth": [2]}])
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.UNKNOWN
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.DEAD


async def test_one_request_a_minute_is_enough_for_a_quiet_channel_only(door: FrontDoor) -> None:
    """Fifteen messages in a minute may be all there is; where more was said, nobody can look."""
    door.sandbox.sandbox.modes = Modes(slow_history=True)
    put(door, TRIED, "another")
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.DEAD
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.UNKNOWN, "not twice in a minute"


async def test_one_request_a_minute_is_too_little_for_a_busy_channel(door: FrontDoor) -> None:
    """The first page is not the last, and the next one is refused: it would never be seen as a whole."""
    door.sandbox.sandbox.modes = Modes(slow_history=True)
    for number in range(40):
        put(door, TRIED + timedelta(seconds=number))
    assert (await look_up(door.app.slack, tried(), TRIED)).verdict is Verdict.BLOCKED


async def test_replies_that_are_refused_to_bots_cannot_be_looked_up(door: FrontDoor) -> None:
    """In a thread of a channel nobody can look then; in our conversation with a person it still can be."""
    door.sandbox.sandbox.modes = Modes(replies_refused=True)
    parent = put(door, TRIED - timedelta(days=1))
    put(door, TRIED, "mark", thread=parent)
    arguments = {"channel": GENERAL, "text": "Tried", "thread_ts": parent}
    assert (await look_up(door.app.slack, tried(arguments=arguments), TRIED)).verdict is Verdict.BLOCKED


# -- what becomes of it, by what it is ------------------------------------------------------------------------


async def rows(door: FrontDoor) -> list[tuple[str, str | None]]:
    """State and code of every message that is not simply sent."""
    query = select(OutboxRow.state, OutboxRow.code).where(OutboxRow.method == "chat.postMessage")
    found = await door.app.database.read_everywhere(lambda tx: tx.all(query))
    return [(row.state, row.code) for row in found]


def announce(tx: Tx) -> None:
    letters.post(tx, "announced", GENERAL, "It is announced", [])


def ask(tx: Tx) -> None:
    asks.tell_back(tx, PersonId("U0DANA"), "asked", "Something for you", [])


def board(tx: Tx) -> None:
    tx.wake("courier")
    boards.put_home(tx, PersonId("U0DANA"), "home")


async def test_a_message_to_a_person_is_said_once_more_with_a_note(door: FrontDoor) -> None:
    """Nobody can look whether it arrived: better twice, and saying so, than never."""
    await door.slack.faults([LOST, NO_SCOPE])
    await door.app.database.transact(WORKSPACE, ask)
    await all_sent(door)

    said = [one.text for one in await door.slack.dms("dana") if one.user == "throughline"]
    assert [AGAIN in one for one in said] == [False, True]
    assert all(one.startswith("Something for you") for one in said)


async def test_it_is_not_said_a_third_time(door: FrontDoor) -> None:
    """If that, too, is in doubt, it waits for somebody's word."""
    await door.slack.faults([{**LOST, "times": 2}, NO_SCOPE])
    await door.app.database.transact(WORKSPACE, ask)
    await all_sent(door)

    said = [one.text for one in await door.slack.dms("dana") if one.user == "throughline"]
    assert len(said) == 2
    assert await rows(door) == [("blocked", UNCONFIRMED)]


async def test_an_announcement_waits_for_somebody_s_word(door: FrontDoor) -> None:
    """In front of everybody once is right and twice is not: it is kept, and looked up when that is possible."""
    await door.slack.faults([LOST, NO_SCOPE])
    await door.app.database.transact(WORKSPACE, announce)
    await all_sent(door)
    assert await rows(door) == [("blocked", UNCONFIRMED)]

    await door.slack.faults()
    await door.app.database.transact(
        WORKSPACE, lambda tx: claims.resume_after(tx, ["missing_scope", UNCONFIRMED])
    )
    await all_sent(door)

    assert await rows(door) == [("sent", "")]
    said = [one.text for one in await door.slack.channel("#general").messages()]
    assert said.count("It is announced") == 1


async def test_what_stays_in_doubt_past_its_time_is_told_to_somebody(door: FrontDoor) -> None:
    """As long as it is of use, and some hours more, it is looked for by itself; then it waits for somebody's word."""
    await door.slack.faults([LOST, {"method": "conversations.history", "fault": "500"}])

    def soon_over(tx: Tx) -> None:
        letters.post(tx, "announced", GENERAL, "It is announced", [], last_moment=tx.now + timedelta(hours=1))

    await door.app.database.transact(WORKSPACE, soon_over)
    await asyncio.sleep(1)
    assert [state for state, _ in await rows(door)] == ["unknown"]
    await door.slack.advance("6 hours")
    await asyncio.sleep(1)
    assert [state for state, _ in await rows(door)] == ["unknown"]
    await door.slack.advance("2 hours")
    await all_sent(door)
    assert await rows(door) == [("blocked", UNCONFIRMED)]


async def test_a_board_is_simply_published_again(door: FrontDoor) -> None:
    """What is kept true needs no look: done twice it is the same."""
    await door.slack.faults(
        [{"method": "views.publish", "when": "after", "fault": "reset", "times": 1}, NO_SCOPE]
    )
    await door.app.database.transact(WORKSPACE, board)
    await all_sent(door)
    query = select(OutboxRow.state).where(OutboxRow.method == "views.publish")
    found = await door.app.database.read_everywhere(lambda tx: tx.all(query))
    assert {row.state for row in found} == {"sent"}
