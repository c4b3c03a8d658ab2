"""What did not get through: its owner is told once, it stands in admins' Homes, and it is mended from there."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from handlers.delivery.rules import Kind, grouped
from handlers.delivery.service import operator_of
from handlers.kit import switches
from handlers.registry import registry
from storage.database import Tx
from storage.outbox import letters, troubles
from storage.outbox.tables import OutboxRow
from storage.outbox.values import UNCONFIRMED, State, Trouble
from storage.values import ChannelId, PersonId, WorkspaceId
from tests.conftest import WORKSPACE
from tests.front import FrontDoor
from tests.handlers.feedback.acts import all_sent, ours_to, press

GENERAL, SALES = ChannelId("C0GENERAL"), ChannelId("C0SALES")
REFUSED: dict[str, Any] = {"method": "chat.postMessage", "channel": GENERAL, "fault": "restricted_action"}
BROKEN: dict[str, Any] = {"method": "chat.postMessage", "channel": GENERAL, "fault": "no_text"}


async def announce(door: FrontDoor, *words: str, channel: ChannelId = GENERAL) -> None:
    """Somebody has these announced; until that has come to something."""

    def work(tx: Tx) -> None:
        for one in words:
            letters.post(tx, one, channel, one, [])

    await door.app.database.transact(WORKSPACE, work)
    await all_sent(door)


async def later(door: FrontDoor, step: str = "2 minutes") -> None:
    """The clock looks again."""
    await door.slack.advance(step)
    await all_sent(door)


async def states(door: FrontDoor) -> dict[str, str]:
    """Of what was announced, by its words."""
    query = select(OutboxRow.key, OutboxRow.state).where(OutboxRow.method == "chat.postMessage")
    found = await door.app.database.read_everywhere(lambda tx: tx.all(query))
    return {row.key: row.state for row in found if not row.key.startswith("asks:")}


async def told(door: FrontDoor, as_: str = "maya") -> list[str]:
    """What Maya, the admin, was told of it."""
    words = ("Something of mine waits", "I could not find out", "Slack would not take")
    return [one for one in await ours_to(door.slack, as_) if one.startswith(words)]


async def at_nine(door: FrontDoor) -> None:
    """When people are told things at once."""
    await door.slack.advance("next morning")
    await door.slack.advance("3 hours")


async def home(door: FrontDoor, as_: str) -> str:
    """What stands in somebody's Home."""
    return (await door.slack.home(as_)).text


async def test_a_cause_is_told_once_and_not_per_message(door: FrontDoor) -> None:
    """Three messages wait for the same reason: one telling, whatever is tried in vain meanwhile; Dana hears nothing."""
    await at_nine(door)
    await door.slack.faults([REFUSED])
    await announce(door, "one", "two", "three")
    await later(door)
    await door.app.hands.resume()
    await all_sent(door)
    await later(door)

    assert await told(door) == ["Something of mine waits: Slack does not allow it"]
    assert await told(door, "dana") == []
    assert set((await states(door)).values()) == {"blocked"}


async def test_what_goes_on_is_not_told_of_again_and_a_new_cause_is(door: FrontDoor) -> None:
    """Once mended, all of it is said; the next time something is in the way it is told anew."""
    await at_nine(door)
    await door.slack.faults([REFUSED])
    await announce(door, "one", "two")
    await later(door)
    await door.slack.faults()
    await door.app.hands.resume()
    await later(door)
    assert set((await states(door)).values()) == {"sent"}

    await door.slack.faults([REFUSED])
    await announce(door, "three")
    await later(door)
    assert len(await told(door)) == 2


async def test_home_shows_it_to_admins_while_it_lasts(door: FrontDoor) -> None:
    """With what to do; not to others, and not once it is mended."""
    for person in ("maya", "dana"):
        await door.slack.open_home(person)
    await door.slack.faults([REFUSED])
    await announce(door, "one", "two")
    await later(door)
    assert "2 messages wait" in await home(door, "maya")
    assert "did not get through" not in await home(door, "dana")

    await door.slack.faults()
    await door.app.hands.resume()
    await all_sent(door)
    await later(door)
    assert "did not get through" not in await home(door, "maya")


async def key_of(door: FrontDoor, kind: Kind) -> str:
    """The group's key, as its button carries it."""
    found = await door.app.database.read(WORKSPACE, troubles.here)
    return next(one.key for one in grouped(found) if one.kind is kind)


async def test_what_slack_would_not_take_is_tried_again_from_home(door: FrontDoor) -> None:
    """Dead, visible, put back: looked up first and then said, once."""
    await door.slack.faults([BROKEN])
    await announce(door, "one")
    assert await states(door) == {"one": "dead"}
    key = await key_of(door, Kind.DEAD)
    await door.slack.faults()

    assert (await press(door, "delivery.try_again", key, "dana")).status == 200
    await all_sent(door)
    assert await states(door) == {"one": "dead"}, "it is for admins"

    for _ in range(2):
        assert (await press(door, "delivery.try_again", key, "maya")).status == 200
        await all_sent(door)
    assert await states(door) == {"one": "sent"}
    looked = [one for one in door.sandbox.sandbox.history.calls if one.method == "conversations.history"]
    assert looked
    said = [one.text for one in await door.slack.channel("#general").messages()]
    assert said.count("one") == 1


async def unconfirmed(door: FrontDoor) -> str:
    """Something of which nobody can tell whether it arrived; the group's key."""
    lost = {"method": "chat.postMessage", "channel": GENERAL, "when": "after", "fault": "reset", "times": 1}
    await door.slack.faults([lost, {"method": "conversations.history", "fault": "missing_scope"}])
    await announce(door, "one")
    assert await states(door) == {"one": "blocked"}
    return await key_of(door, Kind.UNSURE)


@pytest.mark.parametrize(("action", "times"), [("delivery.send_again", 2), ("delivery.leave_unsure", 1)])
async def test_somebody_says_whether_it_is_there(door: FrontDoor, action: str, times: int) -> None:
    """It was there: sent again on an admin's word it stands twice, left it stands once; and then it is over."""
    key = await unconfirmed(door)
    await press(door, action, key, "maya")
    await all_sent(door)

    said = [one.text for one in await door.slack.channel("#general").messages()]
    assert said.count("one") == times
    assert (await states(door))["one"] in {"sent", "late"}
    assert await door.app.database.read(WORKSPACE, troubles.here) == []


async def test_what_is_left_has_no_words_any_more(door: FrontDoor) -> None:
    """Nobody needs it, so nothing of it is kept."""
    await door.slack.faults([BROKEN])
    await announce(door, "one")
    await press(door, "delivery.leave_dead", await key_of(door, Kind.DEAD), "maya")
    query = select(OutboxRow.arguments, OutboxRow.plainer, OutboxRow.state).where(OutboxRow.key == "one")
    row = await door.app.database.read_everywhere(lambda tx: tx.first(query))
    assert row is not None
    assert (row.arguments, row.plainer, row.state) == ({}, None, "late")


async def test_who_set_it_up_is_told(door: FrontDoor) -> None:
    """Whoever switched a job on last, as long as they are an admin; else an admin."""
    assert await door.app.database.read(WORKSPACE, operator_of) == "U0MAYA"
    switch = registry().switches[0]
    await door.app.database.transact(
        WORKSPACE, lambda tx: switches.put(tx, switch, on=True, by=PersonId("U0DANA"))
    )
    assert await door.app.database.read(WORKSPACE, operator_of) == "U0MAYA"


def trouble(
    id_: str, state: State, code: str, *, heard: bool = False, channel: ChannelId | None = None
) -> Trouble:
    """One call that did not get through."""
    at = datetime(2026, 11, 29, tzinfo=UTC)
    return Trouble(WorkspaceId("T1"), id_, "chat.postMessage", state, code, channel, at, not heard, heard)


def test_what_belongs_together() -> None:
    """One cause in one place is one group; what its feature hears of, and another's token, are nobody's business."""
    found = grouped(
        [
            trouble("1", State.BLOCKED, "not_in_channel", channel=SALES),
            trouble("2", State.BLOCKED, "not_in_channel", channel=SALES, heard=True),
            trouble("3", State.BLOCKED, "not_in_channel", channel=GENERAL),
            trouble("4", State.BLOCKED, "no_token"),
            trouble("5", State.BLOCKED, UNCONFIRMED, channel=SALES),
            trouble("6", State.DEAD, "no_text"),
            trouble("7", State.DEAD, "no_text", heard=True),
        ]
    )
    assert [(one.kind, one.channel, one.ids) for one in found] == [
        (Kind.BLOCKED, SALES, ["1", "2"]),
        (Kind.BLOCKED, GENERAL, ["3"]),
        (Kind.UNSURE, SALES, ["5"]),
        (Kind.DEAD, None, ["6"]),
    ]


def test_a_card_that_cannot_be_changed_is_nobodys_news() -> None:
    """Where we were thrown out a card stays as it is: that stands in Home; a message that waits there is told."""
    at = datetime(2026, 11, 30, tzinfo=UTC)
    card = Trouble(
        WorkspaceId("T1"), "1", "chat.update", State.BLOCKED, "not_in_channel", GENERAL, at, True, False
    )
    message = replace(card, id="2", method="chat.postMessage")

    (alone,) = grouped([card])
    (both,) = grouped([card, message])

    assert (alone.awaited, alone.ids) == (False, ["1"])
    assert (both.awaited, both.ids) == (True, ["2", "1"])
    assert alone.key != both.key
