"""Two workspaces in one Throughline never meet, though everything in them has the same ids."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from handlers.registry import registry
from storage.database import Tx
from storage.outbox import letters
from storage.values import ChannelId, PersonId, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.alone import Alone, alone
from tests.front import SECRET, FrontDoor
from tests.signed import Answer, interact, send, submit_form

Fields = dict[str, Any]
NORTH, SOUTH, ELSEWHERE = "T0NORTHWIND", "T0SOUTHWIND", "T0ELSEWHERE"
CHANNEL, MAYA, SAM, TS = "C0SALES", "U0MAYA", "U0SAM", "1790000000.000100"
WORDS = {NORTH: "Northern words", SOUTH: "Southern words"}


@pytest.fixture
async def both(database_url: str) -> AsyncIterator[Alone]:
    """Both installed, and in both the same people have done the same things in the same channel."""
    async with alone(database_url, NORTH, SOUTH) as app:
        for workspace in (NORTH, SOUTH):
            await everyday(app, workspace)
        yield app


async def test_no_request_touches_the_other_workspace(both: Alone) -> None:
    """Every command, shortcut, button, form, menu and event of one leaves each row of the other as it was."""
    theirs = both.rows(SOUTH)
    before = both.rows(NORTH)
    for kind, fields in every_request(NORTH, "a"):
        answer = await deliver(both, kind, fields)
        assert answer.status == 200, (kind, fields)
        assert WORDS[SOUTH] not in answer.body
    assert both.rows(SOUTH) == theirs
    changed = {table for table, rows in both.rows(NORTH).items() if rows != before[table]}
    assert {"audit", "deliveries", "feedback", "outbox", "things"} <= changed


async def test_people_find_only_their_own(both: Alone) -> None:
    """The list behind `/capture` holds this workspace's words and none of the other's."""
    for workspace, other in ((NORTH, SOUTH), (SOUTH, NORTH)):
        listed = await deliver(both, "command", command(workspace, "capture", "", "list"))
        assert WORDS[workspace] in listed.body
        assert WORDS[other] not in listed.body


async def test_the_same_ids_count_in_each_workspace(both: Alone) -> None:
    """One delivery key, one message, one number: in each workspace they are its own."""
    for table in ("deliveries", "feedback", "things", "people"):
        north, south = both.rows(NORTH)[table], both.rows(SOUTH)[table]
        assert len(north) == len(south) > 0, table


async def test_a_workspace_nobody_installed_leaves_no_row(both: Alone) -> None:
    """Whatever it sends is answered 200 and forgotten."""
    before = both.rows()
    for kind, fields in every_request(ELSEWHERE, "b"):
        answer = await deliver(both, kind, fields)
        assert (answer.status, answer.body) in {(200, ""), (200, "{}")}, (kind, fields)
    assert both.rows() == before


async def test_mixed_ids_stay_where_the_request_is_for(both: Alone) -> None:
    """A person, team or message named from the other workspace does not carry a request over there."""
    theirs = both.rows(SOUTH)
    mixed = {"user": {"id": SAM, "team_id": SOUTH}, "user_team": SOUTH, "team": {"id": NORTH}}
    for kind, plain in every_request(NORTH, "c"):
        fields = {**plain, **mixed} if kind == "interaction" else plain
        if kind == "event":
            fields = {**plain, "event": {**plain["event"], "user_team": SOUTH, "source_team": SOUTH}}
        assert (await deliver(both, kind, fields)).status == 200
    assert both.rows(SOUTH) == theirs


async def test_nothing_of_one_leaves_by_the_other_ones_token(door: FrontDoor) -> None:
    """What another workspace has to say waits for its own token, and ours goes on."""

    def say(tx: Tx) -> None:
        workspaces.remember(tx, PersonId("U0THROUGH"), "B0THROUGH")
        letters.post(tx, "theirs", ChannelId("C0GENERAL"), WORDS[SOUTH], [])

    await door.app.database.transact(WorkspaceId(SOUTH), say)
    await door.slack.dm("sam", "They want it blue")

    sent = json.dumps(await door.slack.inspector())
    assert WORDS[SOUTH] not in sent
    assert "Shall I keep this as feedback?" in sent


# ---------------------------------------------------------------------------------------------------------


async def everyday(app: Alone, workspace: str) -> None:
    """Sam captures what Maya's message said, and types to us."""
    form = submission(workspace, "feedback.capture", "e1")
    assert "is saved" in (await deliver(app, "interaction", form)).body
    typed = {
        "type": "message",
        "channel_type": "im",
        "channel": "D0SAM",
        "user": SAM,
        "ts": TS,
        "text": "hello",
    }
    assert (await deliver(app, "event", event(workspace, typed, "e2"))).status == 200


def every_request(workspace: str, run: str) -> Iterator[tuple[str, Fields]]:
    """One request of every kind anything is registered for."""
    ours = registry()
    for name in ours.commands:
        for text in ("", "help", "show F-1", "They want it blue"):
            yield "command", command(workspace, name, text, run)
    for ident in ours.message_shortcuts:
        message = {"type": "message", "ts": TS, "user": MAYA, "text": "They want it blue"}
        yield (
            "interaction",
            interaction(workspace, "message_action", f"{run}{ident}", callback_id=ident, message=message),
        )
    for ident in ours.global_shortcuts:
        yield "interaction", interaction(workspace, "shortcut", f"{run}{ident}", callback_id=ident)
    for ident in ours.submits:
        yield "interaction", submission(workspace, ident, run)
    for ident in ours.type_aheads:
        yield (
            "interaction",
            interaction(workspace, "block_suggestion", run, action_id=ident, block_id="b", value="F"),
        )
    for ident in ours.buttons:
        for value in ("1", CHANNEL, f"idea|{CHANNEL}|{TS}"):
            action = {"action_id": ident, "block_id": "b", "type": "button", "value": value}
            yield (
                "interaction",
                interaction(workspace, "block_actions", f"{run}{ident}{value}", actions=[action]),
            )
    for name in ours.events:
        yield "event", event(workspace, happening(name), f"{run}{name}")


def command(workspace: str, name: str, text: str, run: str) -> Fields:
    return {
        "command": f"/{name}", "text": text, "team_id": workspace, "user_id": SAM, "channel_id": CHANNEL,
        "channel_name": "sales", "trigger_id": f"{run}.{name}.{text}", "response_url": "",
    }  # fmt: skip


def interaction(workspace: str, kind: str, trigger: str, **more: object) -> Fields:
    return {
        "type": kind, "team": {"id": workspace}, "user": {"id": SAM, "team_id": workspace},
        "channel": {"id": CHANNEL, "name": "sales"}, "trigger_id": trigger, "response_url": "", **more,
    }  # fmt: skip


def submission(workspace: str, ident: str, run: str) -> Fields:
    """A form about the first feedback, with whatever any form of ours asks for."""
    form = {"v": 1, "source": "shortcut", "channel": CHANNEL, "ts": TS, "author": MAYA}
    metadata = form if ident == "feedback.capture" else {"v": 1, "number": 1, "seen": 1}
    values = {
        "kind": {"kind": {"type": "static_select", "selected_option": {"value": "idea"}}},
        "words": {"words": {"type": "plain_text_input", "value": WORDS.get(workspace, "Words")}},
        "account": {"account": {"type": "plain_text_input", "value": "Acme"}},
    }
    view = {
        "id": f"V{run}{ident}", "hash": "1.a", "type": "modal", "callback_id": ident, "state": {"values": values},
        "private_metadata": json.dumps(metadata),
    }  # fmt: skip
    return interaction(workspace, "view_submission", f"{run}{ident}", view=view)


def event(workspace: str, inner: Fields, ident: str) -> Fields:
    return {
        "type": "event_callback", "team_id": workspace, "event_id": f"Ev{ident}", "event": inner,
        "authorizations": [{"team_id": workspace, "user_id": "U0THROUGH", "is_bot": True}],
    }  # fmt: skip


def happening(name: str) -> Fields:
    """Something of this type, about the people and the channel both workspaces have."""
    about_people = name in {"team_join", "user_change"}
    return {
        "type": name, "channel": CHANNEL, "ts": TS, "event_ts": TS,
        "user": {"id": SAM, "name": "sam", "tz": "UTC"} if about_people else SAM, "text": "They want it blue",
        "reaction": "bulb", "item": {"type": "message", "channel": CHANNEL, "ts": TS}, "item_user": MAYA,
        "old_channel_id": CHANNEL, "new_channel_id": "C0SALES2", "channel_type": "im", "tab": "home",
        "tokens": {"bot": ["U0THROUGH"]},
    }  # fmt: skip


async def deliver(app: Alone, kind: str, fields: Fields) -> Answer:
    """Send it as Slack does; its kind says how."""
    way = {"command": submit_form, "interaction": interact, "event": send}[kind]
    return await way(app.url, SECRET, fields)
