"""The guard in front of the real Bolt: no signed body, however malformed, gets a 5xx out of it."""

import asyncio
import copy
import hashlib
import hmac
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.types import Message

from bot.bolt import door
from bot.guard import Guard

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_750_000_000
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"


Fields = dict[str, object]


async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id,
        team_id=team_id,
        user_id=user_id,
        bot_user_id="U0THROUGH",
        bot_id="B0THROUGH",
    )


async def listener() -> BoltResponse:
    return BoltResponse(status=200, body="")


def bolt() -> AsyncApp:
    """Bolt as we run it, one catch-all per kind."""
    app = AsyncApp(
        authorize=authorize,
        signing_secret=SECRET,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
    )
    any_name = re.compile("")
    app.function(any_name, auto_acknowledge=False)(listener)
    for kind in (app.event, app.command, app.action, app.view, app.view_closed, app.shortcut, app.options):
        kind(any_name)(listener)
    return app


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guard]:
    logging.getLogger("slack_bolt.AsyncApp").setLevel(logging.CRITICAL)
    yield Guard(door(bolt(), Starlette()), [SECRET], clock=lambda: NOW)
    logging.getLogger("slack_bolt.AsyncApp").setLevel(logging.NOTSET)


async def deliver(guard: Guard, body: bytes, kind: bytes) -> int:
    stamp = str(NOW).encode()
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    proof = [(b"x-slack-request-timestamp", stamp), (b"x-slack-signature", f"v0={digest}".encode())]
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b"", "root_path": ""}
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    await guard(scope | {"headers": [(b"content-type", kind), *proof]}, receive, send)
    return statuses[0]


ACTION: Fields = {"action_id": "feedback.undo", "block_id": "b", "value": "1", "type": "button"}
PEOPLE: Fields = {"user": {"id": "U0MAYA", "team_id": "T1"}, "team": {"id": "T1", "enterprise_id": None}}
VIEW: Fields = {
    "id": "V1",
    "type": "modal",
    "callback_id": "feedback.capture",
    "team_id": "T1",
    "hash": "1.a",
}
THREAD: Fields = {
    "channel_id": "D1",
    "thread_ts": "1.2",
    "user_id": "U0MAYA",
    "context": {"channel_id": "C1"},
}
MESSAGE: Fields = {
    "type": "message",
    "channel": "D1",
    "channel_type": "im",
    "user": "U0MAYA",
    "text": "hi",
    "ts": "1.2",
}

EVENTS: list[Fields] = [
    {
        "type": "reaction_added",
        "user": "U0MAYA",
        "item_user": "U0SAM",
        "item": {"channel": "C1", "ts": "1.2"},
    },
    MESSAGE | {"thread_ts": "1.1"},
    MESSAGE | {"subtype": "message_changed", "message": MESSAGE, "previous_message": MESSAGE},
    MESSAGE | {"bot_id": "B0THROUGH", "thread_ts": "1.1"},
    {"type": "team_join", "user": {"id": "U0MAYA", "team_id": "T1"}},
    {
        "type": "function_executed",
        "function": {"callback_id": "f"},
        "function_execution_id": "Fx1",
        "inputs": {},
    },
    {"type": "assistant_thread_started", "assistant_thread": THREAD},
    {"type": "app_home_opened", "user": "U0MAYA", "channel": "D1", "tab": "messages"},
    {"type": "workflow_step_execute", "callback_id": "c", "workflow_step": {}},
    {"type": "tokens_revoked", "tokens": {"bot": ["U0THROUGH"]}},
]
BODIES: list[Fields] = [
    *(
        {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": event}
        | {"authorizations": [{"team_id": "T1", "enterprise_id": None}], "is_ext_shared_channel": True}
        for number, event in enumerate(EVENTS)
    ),
    {"type": "block_actions", "actions": [ACTION], "channel": {"id": "C1"}, "response_url": "u"} | PEOPLE,
    {"type": "block_actions", "actions": [ACTION], "view": VIEW} | PEOPLE,
    {"type": "view_submission", "view": VIEW, "response_urls": [{"response_url": "u"}]} | PEOPLE,
    {"type": "view_closed", "view": VIEW, "is_cleared": False} | PEOPLE,
    {"type": "shortcut", "callback_id": "feedback.capture", "trigger_id": "1.2"} | PEOPLE,
    {"type": "message_action", "callback_id": "feedback.capture", "message": MESSAGE} | PEOPLE,
    {"type": "block_suggestion", "action_id": "a", "block_id": "b", "value": "x"} | PEOPLE,
    {"type": "interactive_message", "callback_id": "c", "actions": [{"name": "a"}]} | PEOPLE,
    {"type": "dialog_submission", "callback_id": "c", "submission": {}} | PEOPLE,
    {"type": "workflow_step_edit", "callback_id": "c", "workflow_step": {}} | PEOPLE,
    {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820},
    {"type": "event_callback", "command": "/capture", "team_id": "T1", "event": MESSAGE},
    {"type": "event_callback", "channel_id": "D1", "event": MESSAGE | {"thread_ts": "1.1"}},
]
ODD: list[object] = [None, True, 5, "", "id", [], ["id"], [None], [5], {}, {"id": 5}, {"id": []}, {"type": 5}]
KNOWN = sorted(
    {name for body in [*BODIES, *EVENTS, VIEW, THREAD] for name in body}
    | {
        "enterprise",
        "enterprise_id",
        "user_team",
        "team_id",
        "bot_access_token",
        "function_data",
        "ssl_check",
    }
)

Path = tuple[Any, ...]  # names and indices on the way into nested JSON


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    entries: list[tuple[Any, object]] = list(value.items()) if isinstance(value, dict) else []
    entries += list(enumerate(value)) if isinstance(value, list) else []
    for name, inner in entries:
        yield (*here, name)
        yield from paths(inner, (*here, name))


def holder(body: Any, path: Path) -> Any:
    for step in path[:-1]:
        body = body[step]
    return body


def changed(body: Fields, path: Path, value: object) -> Fields:
    body = copy.deepcopy(body)
    holder(body, path)[path[-1]] = value
    return body


def shortened(body: Fields, path: Path) -> Fields:
    body = copy.deepcopy(body)
    del holder(body, path)[path[-1]]
    return body


def mutants(body: Fields) -> Iterator[Fields]:
    yield body
    for path in paths(body):
        yield shortened(body, path)
        yield from (changed(body, path, odd) for odd in ODD)


@pytest.mark.parametrize("body", BODIES)
def test_sound_bodies_are_answered(guarded: Guard, body: Fields) -> None:
    """Every kind of request Slack makes gets through the guard."""
    assert asyncio.run(deliver(guarded, json.dumps(body).encode(), JSON)) in {200, 404}


@pytest.mark.parametrize("body", BODIES)
def test_each_field_in_turn_missing_or_odd(guarded: Guard, body: Fields) -> None:
    """Whichever field is missing or of another type, the answer is a 200, a 4xx, never a 5xx."""

    async def statuses() -> set[int]:
        return {await deliver(guarded, json.dumps(mutant).encode(), JSON) for mutant in mutants(body)}

    assert asyncio.run(statuses()) <= {200, 400, 404}


def strangers(body: Fields) -> Iterator[Fields]:
    """The body with each field that Bolt knows in each place of it, of a type it is not."""
    places = {()} | {path[:-1] for path in paths(body) if isinstance(holder(body, path), dict)}
    for place in sorted(places, key=str):
        for name in KNOWN:
            yield from (changed(body, (*place, name), odd) for odd in (5, "id", ["id"], {"id": 5}))


@pytest.mark.parametrize("body", BODIES)
def test_each_known_field_where_it_does_not_belong(guarded: Guard, body: Fields) -> None:
    """Whichever field turns up wherever, the answer is a 200, a 4xx, never a 5xx."""

    async def statuses() -> set[int]:
        return {await deliver(guarded, json.dumps(stranger).encode(), JSON) for stranger in strangers(body)}

    assert asyncio.run(statuses()) <= {200, 400, 404}


JSON_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["id", "T1", "1"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*KNOWN, "id"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=500, deadline=None)
def test_fields_anywhere(guarded: Guard, data: st.DataObject) -> None:
    """Known fields with arbitrary values, wherever they turn up and in whatever envelope: no 5xx."""
    body = copy.deepcopy(data.draw(st.sampled_from(BODIES)))
    for _ in range(data.draw(st.integers(1, 3))):
        spots = [path for path in paths(body) if isinstance(holder(body, path), dict)]
        place = data.draw(st.sampled_from(spots))
        body = changed(body, (*place[:-1], data.draw(st.sampled_from(KNOWN))), data.draw(JSON_VALUES))
    raw = json.dumps(body).encode()
    assert asyncio.run(deliver(guarded, raw, JSON)) in {200, 400, 404}
    form = urlencode({"payload": json.dumps(body)}).encode()
    assert asyncio.run(deliver(guarded, form, FORM)) in {200, 400, 404}


@given(st.dictionaries(st.sampled_from([*KNOWN, "payload", "text"]), st.text(max_size=8), max_size=6))
@settings(max_examples=300, deadline=None)
def test_commands(guarded: Guard, fields: dict[str, str]) -> None:
    """A slash command with arbitrary fields and words is answered."""
    body = urlencode({"command": "/capture", "team_id": "T1"} | fields).encode()
    assert asyncio.run(deliver(guarded, body, FORM)) in {200, 400, 404}


def test_a_command_about_payloads_arrives(guarded: Guard) -> None:
    """Somebody may capture that a payload is too large: Bolt alone would find no command in that."""
    body = urlencode({"command": "/capture", "team_id": "T1", "text": "the payload is too large"}).encode()
    assert asyncio.run(deliver(guarded, body, FORM)) == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"\xff",
        b"{" * 50_000,
        b"[" * 50_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    ],
)
def test_signed_nonsense(guarded: Guard, body: bytes) -> None:
    """What is no JSON object gets a 400, 50,000 levels of it too."""
    assert asyncio.run(deliver(guarded, body, JSON)) == 400
    assert asyncio.run(deliver(guarded, body, FORM)) == 400


@pytest.mark.parametrize("depth", range(90, 1100, 10))
def test_nesting(guarded: Guard, depth: int) -> None:
    """Between what the guard can read and what Bolt can read there is no depth that fails inside."""
    body = b'{"type": "x", "deep": ' + b"[" * depth + b"]" * depth + b"}"
    assert asyncio.run(deliver(guarded, body, JSON)) == (404 if depth < 100 else 400)


def test_a_form_may_name_several_places_to_answer_at(guarded: Guard) -> None:
    """Bolt has a word to say about that, with a logger it has not got by then."""
    urls = [{"response_url": f"http://127.0.0.1:9/{number}", "channel_id": "C1"} for number in (1, 2)]
    body = {"type": "view_submission", **PEOPLE, "view": VIEW, "response_urls": urls}
    assert asyncio.run(deliver(guarded, json.dumps(body).encode(), b"application/json")) == 200
