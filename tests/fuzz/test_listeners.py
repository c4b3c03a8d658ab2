"""Every listener there is, with payloads of Slack's own making made wrong: nothing breaks, and nobody is left waiting."""

import json
from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from handlers.feedback.ids import BLOCK_INTO, BLOCK_KIND, EDITED, MERGED, SAVE_TYPED
from handlers.launches.ids import SHIP
from tests.bot.test_two_workspaces import interaction
from tests.front import HERE, SECRET, FrontDoor
from tests.fuzz.listeners import fuzz
from tests.fuzz.recording import record, unheard
from tests.handlers.links.acts import capture
from tests.signed import interact, submit_form
from tests.storage.works import on_sqlite

MANY = 1_500
"""`make proof` sends many more, on both databases."""


@on_sqlite
async def test_wrong_payloads(door: FrontDoor) -> None:
    """No answer of 500, no error in the log, nothing built that Slack refuses, and a word for whoever waits."""
    recorded = await record(door)
    assert unheard(recorded) == set()
    found = await fuzz(door, recorded, seed=1, number=MANY)
    assert found.broken == []
    assert found.sent == MANY
    assert found.taken > MANY // 2, "most are sound enough to reach a listener"


@on_sqlite
@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (
            "block_actions",
            {"actions": [{"action_id": "gone.show", "value": "1"}]},
            "I do not know this button",
        ),
        ("shortcut", {"callback_id": "gone.shortcut"}, "I do not know this shortcut"),
    ],
)
async def test_what_is_gone_says_so(door: FrontDoor, kind: str, fields: dict[str, object], said: str) -> None:
    """A button or shortcut of another version tells whoever used it that nothing was done."""
    trigger = door.sandbox.sandbox.triggers.issue("U0MAYA")
    assert (await interact(door.url, SECRET, interaction(HERE, kind, trigger, **fields))).status == 200
    await door.app.settled()
    assert said in (await door.slack.modal("maya")).text


@on_sqlite
async def test_a_form_and_a_command_that_are_gone_say_so(door: FrontDoor) -> None:
    """Words in a form of another version are not lost silently, and an unknown command is answered."""
    view = {"id": "V1", "hash": "1.a", "type": "modal", "callback_id": "gone.form", "private_metadata": ""}
    answer = await interact(door.url, SECRET, interaction(HERE, "view_submission", "1.2", view=view))
    assert "nothing was saved" in answer.body
    fields = {"command": "/gone", "text": "x", "team_id": HERE, "user_id": "U0MAYA", "channel_id": "C0SALES"}
    assert (
        "I do not know this command"
        in (await submit_form(door.url, SECRET, {**fields, "trigger_id": "1.3"})).body
    )


@on_sqlite
async def test_an_error_stands_at_a_field_the_form_has(door: FrontDoor) -> None:
    """Words too long to edit have no field: that they were changed meanwhile is said at the one there is.

    So is what is missing in a form about one piece of feedback that does not say about which.
    """
    await capture(door.slack)
    metadata = {"v": 1, "number": 1, "seen": 99, "editable": False}
    assert await _wrong_fields(door, EDITED, metadata) == [BLOCK_KIND]
    assert await _wrong_fields(door, MERGED, {"v": 1, "number": 0}) == [BLOCK_INTO]


async def _wrong_fields(door: FrontDoor, callback: str, metadata: Mapping[str, object]) -> list[str]:
    about = json.dumps(metadata)
    view = {"id": "V1", "hash": "1.a", "callback_id": callback, "private_metadata": about, "type": "modal"}
    answer = await interact(door.url, SECRET, interaction(HERE, "view_submission", "1.2", view=view))
    return list(json.loads(answer.body)["errors"])


@on_sqlite
async def test_a_window_without_a_name_is_no_error_nobody_fetches(door: FrontDoor) -> None:
    """What the SDK refuses by itself is a line in the log, as is what Slack refuses."""
    used = {"actions": [{"action_id": SHIP, "value": "999"}], "view": {"type": "modal"}}
    with capture_logs() as logs:
        answer = await interact(door.url, SECRET, interaction(HERE, "block_actions", "1.2", **used))
        await door.app.settled()
    assert answer.status == 200
    assert [one["code"] for one in logs if one["event"] == "not shown"] == ["SlackRequestError"]


@on_sqlite
async def test_an_offer_that_does_not_say_where_it_stands_is_saved_all_the_same(door: FrontDoor) -> None:
    """Its card cannot take its place, so it is said anew; nothing is sent that Slack refuses."""
    await door.slack.dm("sam", "Invoices in euro")
    await door.app.settled()
    offer = (await door.slack.dms("sam"))[-1].raw
    buttons = [one for block in offer["blocks"] for one in block.get("elements", ())]
    pressed = next(one for one in buttons if str(one.get("action_id", "")).startswith(SAVE_TYPED))
    message = {"type": "message", "text": offer["text"], "blocks": offer["blocks"]}
    used = {"actions": [{"action_id": SAVE_TYPED, "value": pressed["value"]}], "message": message}
    with capture_logs() as logs:
        answer = await interact(door.url, SECRET, interaction(HERE, "block_actions", "1.2", **used))
        await door.app.settled()
    assert answer.status == 200
    assert "F-1" in (await door.slack.dms("sam"))[-1].text
    assert [one for one in logs if one.get("method") == "chat.update"] == []
