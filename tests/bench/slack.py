"""The Slack the measured bots call: a thread that answers after a moment, counts, and can fall silent."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.types import Receive, Scope, Send

from tests.bench.workspace import BOT, CHANNEL, PEOPLE, TEAM

MOMENT = 0.1
"""Seconds Slack takes for a call; the real one takes about that long."""


class LocalSlack:
    """Answers what Throughline asks. `calls` counts them by method."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.silent = False
        self.url = ""
        self._said = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] != "http":
            return
        method = scope["path"].removeprefix("/api/")
        self.calls[method] += 1
        arguments = await _arguments(scope, receive)
        await asyncio.sleep(3600 if self.silent else MOMENT)
        self._said += 1
        body = json.dumps({"ok": True, **answer(method, arguments, f"1770000000.{self._said:06}")}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@contextmanager
def local_slack() -> Iterator[LocalSlack]:
    """A running one, on a free port of this machine."""
    slack = LocalSlack()
    config = uvicorn.Config(slack, port=0, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="slack", daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    slack.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/"
    try:
        yield slack
    finally:
        server.force_exit = server.should_exit = True
        thread.join(5)


def answer(method: str, arguments: Mapping[str, Any], stamp: str) -> dict[str, Any]:
    """What Slack answers; a message it is given gets this stamp."""
    answers: dict[str, dict[str, Any]] = {
        "auth.test": {"user_id": BOT, "team_id": TEAM, "bot_id": "B0THROUGHLINE", "url": "", "team": ""},
        "users.list": {"members": [_member(one) for one in PEOPLE]},
        "users.conversations": {
            "channels": [{"id": CHANNEL, "name": "sales", "is_channel": True, "is_member": True}]
        },
        "conversations.members": {"members": [*PEOPLE, BOT]},
        "chat.postMessage": {"ts": stamp, "channel": arguments.get("channel", "D0")},
        "chat.getPermalink": {"permalink": f"https://northwind.slack.com/archives/C0/p{stamp}"},
        "conversations.history": {
            "messages": [{"ts": arguments.get("latest", ""), "text": "Could the export keep my columns?"}]
        },
    }
    return answers.get(method, {})


def _member(person: str) -> dict[str, Any]:
    return {
        "id": person,
        "team_id": TEAM,
        "tz": "Europe/Lisbon",
        "profile": {"real_name": f"Person {person[-2:]}"},
    }


async def _arguments(scope: Scope, receive: Receive) -> dict[str, Any]:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if body.startswith(b"{"):
        found: dict[str, Any] = json.loads(body)
        return found
    return dict(parse_qsl(scope["query_string"].decode() + "&" + body.decode()))
