"""The checker sees what is broken: each promise is broken on purpose, and found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.courier.attempt import EVENT_TYPE
from bot.sandbox.records import Delivered, Posted
from bot.sandbox.world import Channel, Message, Reaction
from handlers.feedback import ids
from handlers.registry import registry
from tests.proof.checker import READ, Evidence, violations
from tests.proof.rules import Rules

US, SALES = "U0THROUGH", "C0SALES"
Row = dict[str, Any]


def delivered(
    event: str, kind: str = "reaction_added", status: int | None = 200, who: str = "U0SAM"
) -> Delivered:
    item = {"type": "message", "channel": "C0SALES", "ts": "1.000001"}
    said_of_it = {"type": kind, "user": who, "reaction": "bulb", "item": item, "event_ts": "1.000002"}
    payload = {"type": "event_callback", "event_id": event, "event": said_of_it}
    return Delivered(f"event {kind}", event, 0, status, None if status else "http_timeout", 1.0, payload)


def said(marker: str, ts: str, text: str = "Hello") -> Message:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"k": marker}}
    return Message(ts, "2026-11-25T14:30:00+00:00", SALES, US, text, metadata=metadata)


def posted(message: Message) -> Posted:
    return Posted(message.channel, message.ts, message.user, message.text, None, message.metadata)


def call(ident: str, ts: str | None, state: str = "sent", thread: str | None = None) -> Row:
    method = "chat.postMessage"
    return {"id": ident, "key": f"letter:{ident}", "method": method, "state": state, "ts": ts, "thread": thread,
            "code": ""}  # fmt: skip


def evidence(messages: Sequence[Message] = (), history: Sequence[Any] = (), **tables: list[Row]) -> Evidence:
    channel = Channel(SALES, "sales", "public", [US], messages={one.ts: one for one in messages})
    return Evidence(
        [*history, *map(posted, messages)],
        {SALES: channel},
        {name: tables.get(name, []) for name in READ},
        Rules(registry(), US),
        US,
    )


def test_a_run_in_which_all_went_well_is_clean() -> None:
    """An event taken and kept, a message posted once, a tick where feedback is: nothing to complain about."""
    ticked = replace(said("1", "1.1"), reactions=[Reaction("white_check_mark", [US])])
    kept = {"number": 1, "state": "new", "channel": SALES, "message_ts": "1.1"}
    found = evidence(
        [ticked],
        [delivered("E1", status=None), delivered("E1")],
        deliveries=[{"key": "event:E1"}],
        outbox=[call("1", "1.1")],
        feedback=[kept],
    )
    assert violations(found) == []


def test_a_lost_event_is_found() -> None:
    """Acknowledged, and no delivery of it in the database."""
    assert violations(evidence(history=[delivered("E1")])) == [
        "event reaction_added E1 was acknowledged and is not kept"
    ]


def test_an_event_slack_gave_up_on_is_found() -> None:
    """Never acknowledged: nobody will send it again."""
    assert violations(evidence(history=[delivered("E1", status=503)])) == ["event E1 was never acknowledged"]


@pytest.mark.parametrize("event", [delivered("E1", "pin_added"), delivered("E1", who=US)])
def test_what_nobody_listens_to_need_not_be_kept(event: Delivered) -> None:
    """An event nobody registered, or one of our own doings, is acknowledged and forgotten."""
    assert violations(evidence(history=[event])) == []


def test_a_lost_click_is_found() -> None:
    """A button that changes something was acknowledged, and nothing of it is kept."""
    payload = {"type": "block_actions", "trigger_id": "T1", "actions": [{"action_id": ids.UNDO}]}
    click = Delivered("block_actions", "T1", 0, 200, None, 1.0, payload)
    assert len(violations(evidence(history=[click]))) == 1


def test_a_refused_submit_need_not_be_kept_and_a_taken_one_must() -> None:
    """Field errors undo everything, the delivery's key included."""
    payload = {"type": "view_submission", "view": {"id": "V1", "hash": "h"}}
    refused = Delivered(
        "view_submission", "V1 h", 0, 200, None, 1.0, payload, '{"response_action": "errors"}'
    )
    assert violations(evidence(history=[refused])) == []
    assert len(violations(evidence(history=[replace(refused, answer="")]))) == 1


def test_a_message_posted_twice_is_found() -> None:
    """Two messages carry the marker of one call."""
    twice = evidence([said("1", "1.1"), said("1", "1.2")], outbox=[call("1", "1.1")])
    assert violations(twice) == ["letter:1 was posted 2 times"]


def test_a_message_posted_twice_and_deleted_once_is_found() -> None:
    """The history remembers what the channel no longer shows."""
    deleted = posted(said("1", "1.2"))
    assert violations(evidence([said("1", "1.1")], [deleted], outbox=[call("1", "1.1")])) == [
        "letter:1 was posted 2 times"
    ]


def test_a_message_nobody_asked_for_is_found() -> None:
    """It carries our marker, and no row tells of it."""
    assert len(violations(evidence([said("9", "1.1")]))) == 1


def test_a_message_that_counts_as_sent_and_is_not_there_is_found() -> None:
    """Lost: the row says sent."""
    assert violations(evidence(outbox=[call("1", "1.1")])) == ["letter:1 counts as sent and is not there"]


def test_a_message_that_counts_as_too_late_and_stands_there_is_found() -> None:
    """Somebody would be told that it was never said."""
    assert len(violations(evidence([said("1", "1.1")], outbox=[call("1", None, "late")]))) == 1


@pytest.mark.parametrize("state", ["parked", "pending", "sending", "unknown", "dead"])
def test_a_call_without_a_good_end_is_found(state: str) -> None:
    """It waits for ever, or was given up."""
    assert len(violations(evidence(outbox=[call("1", None, state)]))) == 1


@pytest.mark.parametrize("what", ["gone", "on_its_way", "stale"])
def test_a_board_that_is_not_true_is_found(what: str) -> None:
    """It will never be drawn again, or is waited for in vain, or shows the past."""
    board = {"key": "card:1", "gone": False, "on_its_way": False, "stale": False, what: True}
    assert len(violations(evidence(boards=[board]))) == 1


def test_messages_in_the_wrong_order_are_found() -> None:
    """The second was said before the first."""
    rows = [call("1", "1.2", thread="t"), call("2", "1.1", thread="t")]
    found = evidence([said("1", "1.2"), said("2", "1.1")], outbox=rows)
    assert violations(found) == ["letter:2 overtook an earlier message of t"]


def test_a_tick_without_feedback_is_found() -> None:
    """A tick means it is saved."""
    ticked = replace(said("1", "1.1"), reactions=[Reaction("white_check_mark", [US])])
    assert len(violations(evidence([ticked], outbox=[call("1", "1.1")]))) == 1


def test_a_reference_to_nothing_is_found() -> None:
    """People were shown something that is not kept."""
    found = evidence([said("1", "1.1", "F-7 is saved")], outbox=[call("1", "1.1")])
    assert violations(found) == ["message 1.1 speaks of F-7, which is not kept"]


def test_a_message_kept_twice_and_one_not_kept_are_found() -> None:
    """One emoji, one piece of feedback."""
    kept = {"number": 1, "state": "new", "channel": SALES, "message_ts": "1.1"}
    heard = {"channel": SALES, "message_ts": "1.1", "emoji": "bulb", "active": True}
    assert len(violations(evidence(feedback=[kept, {**kept, "number": 2}], feedback_reactions=[heard]))) == 1
    assert len(violations(evidence(feedback_reactions=[heard]))) == 1
