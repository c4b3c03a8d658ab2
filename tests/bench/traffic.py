"""Signed requests as Slack sends them, ready to be written to a connection; made before the clock starts."""

import hmac
import itertools
import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from storage.feedback.values import same
from tests.bench.workspace import BOT, CHANNEL, PEOPLE, SECRET, TEAM

Body = tuple[str, bytes]
"""A content type and the body of that type."""

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
FIRST_MESSAGE = 1_760_000_000


def stream(kind: str, run: str) -> Iterator[bytes]:
    """Endless different requests of a kind; `run` (a number) keeps those of one run apart from another's."""
    name, _, count = kind.partition(":")
    mark = f"{run:>05}{[*KINDS].index(name)}"
    for number in itertools.count():
        yield signed(*KINDS[name](mark, number, int(count or 1)))


def signed(content_type: str, body: bytes) -> bytes:
    """The whole HTTP request."""
    stamp = str(int(time.time()))
    proof = hmac.digest(SECRET.encode(), f"v0:{stamp}:".encode() + body, "sha256").hex()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={proof}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def capture(run: str, number: int, _count: int) -> Body:
    """A member reacts 💡 to a message nobody has captured: the heaviest event there is."""
    return _reaction(run, number, number, "bulb", PEOPLE[number % len(PEOPLE)])


def everyday(run: str, number: int, _count: int) -> Body:
    """Of ten: three captures, two more people for one of them, one change of mind, four emoji that mean nothing."""
    turn, place = divmod(number, 10)
    message = 4 * turn + min(place, 3)
    who = PEOPLE[(number + turn) % len(PEOPLE)]
    if place < 3:
        return _reaction(run, number, message, "bulb", PEOPLE[message % len(PEOPLE)])
    if place < 5:
        return _reaction(run, number, 4 * turn, "bulb", who)
    if place == 5:
        captor = PEOPLE[(4 * turn + 1) % len(PEOPLE)]
        return _reaction(run, number, 4 * turn + 1, "bulb", captor, kind="reaction_removed")
    return _reaction(run, number, message, ("eyes", "tada", "heart", "+1")[place - 6], who)


def submit(run: str, number: int, _count: int) -> Body:
    """Somebody saves the form of `/capture`, whose words were compared as it opened: the answer is its last page."""
    words = f"Export number {number} as CSV"
    about = {"v": 1, "source": "command", "channel": CHANNEL, "where": "public", "probed": same(words)}
    view = {
        "id": f"V{run}{number}",
        "hash": f"{FIRST_MESSAGE}.{number}",
        "type": "modal",
        "callback_id": "feedback.capture",
        "private_metadata": json.dumps(about),
        "state": {
            "values": {
                "words": {"words": {"type": "plain_text_input", "value": words}},
                "kind": {"kind": {"type": "static_select", "selected_option": {"value": "idea"}}},
                "account": {"account": {"type": "plain_text_input", "value": "Fabrikam"}},
            }
        },
    }
    payload = {"type": "view_submission", **_interaction(run, number), "view": view, "response_urls": []}
    return FORM, urlencode({"payload": json.dumps(payload)}).encode()


def helped(run: str, number: int, _count: int) -> Body:
    """`/capture help`: read and answered in the acknowledgement."""
    return _command(run, number, "/capture", "help")


def named(run: str, number: int, count: int) -> Body:
    """One of `count` commands in turn."""
    return _command(run, number, f"/name{number % count}", "")


KINDS: dict[str, Callable[[str, int, int], Body]] = {
    "captures": capture,
    "everyday": everyday,
    "submits": submit,
    "help": helped,
    "names": named,
}


# ---------------------------------------------------------------------------------------------------------


def _reaction(
    run: str, number: int, message: int, emoji: str, person: str, kind: str = "reaction_added"
) -> Body:
    event = {
        "type": kind,
        "user": person,
        "reaction": emoji,
        "item": {"type": "message", "channel": CHANNEL, "ts": f"{FIRST_MESSAGE + message}.{run}"},
        "item_user": PEOPLE[(message + 7) % len(PEOPLE)],
        "event_ts": f"{FIRST_MESSAGE + number}.000200",
    }
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    envelope = {
        "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": "A0BENCH",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{run}{number}",
        "event_time": FIRST_MESSAGE + number,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": "4-eyJldCI6InJlYWN0aW9uX2FkZGVkIiwidGlkIjoiVDBCRU5DSCIsImFpZCI6IkEwQkVOQ0gifQ",
    }
    return JSON, json.dumps(envelope).encode()


def _command(run: str, number: int, command: str, text: str) -> Body:
    fields = {
        "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
        "team_id": TEAM,
        "team_domain": "northwind",
        "channel_id": CHANNEL,
        "channel_name": "sales",
        "user_id": PEOPLE[number % len(PEOPLE)],
        "user_name": "maya",
        "command": command,
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/commands/1",
        "trigger_id": f"{number}.{run}",
    }
    return FORM, urlencode(fields).encode()


def _interaction(run: str, number: int) -> dict[str, Any]:
    return {
        "team": {"id": TEAM, "domain": "northwind"},
        "user": {"id": PEOPLE[number % len(PEOPLE)], "username": "maya", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
        "trigger_id": f"{number}.{run}",
        "enterprise": None,
        "is_enterprise_install": False,
    }
