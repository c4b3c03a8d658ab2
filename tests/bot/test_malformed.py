"""Rightly signed requests that are not what Slack sends: a 4xx or a logged 200, and never a 5xx."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from structlog.testing import capture_logs

from handlers.registry import registry
from tests.alone import Alone, alone
from tests.bot.test_guard_before_bolt import ACTION, BODIES, MESSAGE, VIEW, changed, paths, shortened
from tests.bot.test_two_workspaces import event, happening
from tests.front import SECRET
from tests.signed import FORM, JSON, sign

Fields = dict[str, Any]
ODD: list[object] = [None, 5, "", "id", ["id"], {"id": 5}, {"type": 5}, "x" * 4000]
OURS = "T1"
"""The workspace of those bodies."""

COMMAND: Fields = {
    "command": "/capture", "team_id": OURS, "user_id": "U0MAYA", "channel_id": "C1", "trigger_id": "1.2",
    "channel_name": "general", "text": "They want it blue", "response_url": "http://127.0.0.1:9/respond/x",
}  # fmt: skip
INPUT = {"words": {"words": {"type": "plain_text_input", "value": "They want it blue"}}}
FULL: list[Fields] = [
    {**body, "trigger_id": "1.2"} if "actions" in body or "view" in body else body for body in BODIES
]
FULL += [
    {
        "type": "view_submission", "user": {"id": "U0MAYA"}, "team": {"id": OURS},
        "view": VIEW | {"state": {"values": INPUT}, "private_metadata": '{"v":1,"source":"command"}'},
    },
    {
        "type": "message_action", "callback_id": "feedback.capture_message", "trigger_id": "1.2",
        "user": {"id": "U0MAYA"}, "team": {"id": OURS}, "channel": {"id": "C1", "name": "x"}, "message": MESSAGE,
    },
    {
        "type": "block_actions", "user": {"id": "U0MAYA"}, "team": {"id": OURS}, "trigger_id": "1.2",
        "actions": [ACTION | {"action_id": "feedback.save_typed", "value": "idea|C1|1.2"}],
        "message": {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": []}]}]},
    },
]  # fmt: skip


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Alone]:
    """The running app, installed where the bodies come from."""
    async with alone(database_url, OURS) as running:
        yield running


def mutants(body: Fields) -> Iterator[Fields]:
    """The body with each of its fields missing, and of some other type or size; no two are one delivery."""
    number = 0
    for path in paths(body):
        for mutant in (shortened(body, path), *(changed(body, path, odd) for odd in ODD)):
            number += 1
            yield _anew(mutant, body, str(number))


def _anew(mutant: Fields, body: Fields, suffix: str) -> Fields:
    """The mutant under a name of its own: a delivery that came before is not looked at again."""
    places: list[tuple[Any, Any]] = [(mutant, body), (mutant.get("view"), body.get("view"))]
    for place, was in places:
        for name in ("event_id", "trigger_id", "hash") if isinstance(place, dict) else ():
            if name in was and place.get(name) == was[name]:
                place[name] = f"{was[name]}{suffix}"
    return mutant


@pytest.mark.parametrize("body", FULL)
async def test_each_field_missing_or_odd(app: Alone, body: Fields) -> None:
    """Whatever field is wrong, the whole app answers with a 4xx, or with a 200 that it logged."""
    async with aiohttp.ClientSession() as session:
        for mutant in mutants(body):
            await deliver(app, session, json.dumps(mutant).encode(), JSON)


async def test_each_field_of_a_command_missing_or_odd(app: Alone) -> None:
    """The same for a slash command, which comes as a form."""
    async with aiohttp.ClientSession() as session:
        for mutant in mutants(COMMAND):
            await deliver(app, session, urlencode(mutant).encode(), FORM)


async def test_each_field_of_every_event_missing_or_odd(app: Alone) -> None:
    """The same for everything that may happen in a workspace and that we listen to."""
    async with aiohttp.ClientSession() as session:
        for name in registry().events:
            for number, mutant in enumerate(mutants(happening(name))):
                body = event(OURS, mutant, f"{name}{number}")
                await deliver(app, session, json.dumps(body).encode(), JSON)


DEEP = 50_000
NONSENSE = [
    (b"", JSON),
    (b"not json", JSON),
    (b"null", JSON),
    (b"[]", JSON),
    (b'"text"', JSON),
    (b"\xff\xfe", JSON),
    (b'{"type": NaN}', JSON),
    (b'{"a":' * DEEP + b"1" + b"}" * DEEP, JSON),
    (b'{"type": "event_callback", "event": ' + b"[" * DEEP + b"]" * DEEP + b"}", JSON),
    (b"payload=" + b"[" * DEEP + b"]" * DEEP, FORM),
    (b"payload=%7B", FORM),
    (b"payload=1&payload=2", FORM),
    (b"text=neither+a+command+nor+a+payload", FORM),
    (b"&".join(b"f%d=x" % number for number in range(5000)), FORM),
    (b"%", FORM),
    (json.dumps({"type": "view_submission", "view": {"type": "modal", "callback_id": "\0"}}).encode(), JSON),
]  # fmt: skip


async def test_nonsense_is_refused(app: Alone) -> None:
    """What is no JSON object, or 50,000 levels deep, or no form of Slack's, gets a 400 and leaves no row."""
    before = app.rows()
    async with aiohttp.ClientSession() as session:
        statuses = {await deliver(app, session, body, kind) for body, kind in NONSENSE}
    assert statuses == {400}
    assert app.rows() == before


async def test_a_missing_team_is_a_logged_200(app: Alone) -> None:
    """An event or interaction that says no workspace is answered, logged, and leaves no row."""
    before = app.rows()
    person = {"user": {"id": "U0MAYA"}, "trigger_id": "1.2"}
    async with aiohttp.ClientSession() as session:
        for body in (
            {"type": "event_callback", "event_id": "Ev1", "event": {**MESSAGE, "channel_type": "im"}},
            {"type": "block_actions", "actions": [ACTION], **person},
            {"type": "view_submission", "view": VIEW, **person},
            {"type": "shortcut", "callback_id": "feedback.capture_anywhere", **person},
        ):
            assert await deliver(app, session, json.dumps(body).encode(), JSON) == 200
        form = urlencode({name: value for name, value in COMMAND.items() if name != "team_id"}).encode()
        assert await deliver(app, session, form, FORM) == 400
    assert app.rows() == before


async def deliver(app: Alone, session: aiohttp.ClientSession, body: bytes, kind: str) -> int:
    """Send it signed; the status: never a 5xx, a 200 nobody finds in the logs, or one after something broke."""
    headers = {"Content-Type": kind, **sign(SECRET, body)}
    with capture_logs() as logs:
        async with session.post(f"{app.url}/slack/events", data=body, headers=headers) as answer:
            await answer.read()
    assert answer.status == 200 or 400 <= answer.status < 500, (answer.status, body[:500], logs)
    told = [line for line in logs if line["action"].startswith(("listen.", "guard."))]
    assert answer.status != 200 or told or _acknowledged(body), body[:500]
    assert [line for line in told if line["event"] == "failed"] == [], body[:500]
    return answer.status


def _acknowledged(body: bytes) -> bool:
    """A closed modal needs no line: it asks for nothing."""
    return b"view_closed" in body or b"ssl_check" in body
