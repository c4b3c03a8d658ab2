"""The life of one workspace beside another, and alone; what was answered, called and kept each time."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import NullPool, create_engine, select
from starlette.types import ASGIApp, Message
from structlog.testing import capture_logs

from bot.app import Application, Roles
from handlers.registry import registry
from migrations.models import metadata
from storage.database import Tx
from storage.database.clock import VirtualClock
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.answering import api
from tests.crossing.requests import CHANNELS, DIGIT, PEOPLE, Request, Workspace
from tests.front import SECRET, settings_for, switch_everything_on
from tests.fuzz.mutations import as_form
from tests.fuzz.recording import Recorded
from tests.signed import FORM, JSON, sign

BEGINS = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""A Monday that is past: what waits to be sent afterwards is due by any real clock."""
STEP = timedelta(hours=5)
EACH = 100
"""Requests of each workspace between two moments at which time goes by and what is due is done."""
_DRAWN = re.compile(
    r"""\b[0-9a-f]{22}\b | (\btl_[A-Z0-9]+_)[A-Za-z0-9_-]{43} | ("digest":[ ]")[0-9a-f]{64}""", re.VERBOSE
)
"""Ids and API tokens that each process draws anew, and what is kept of a token; whose it is stays."""
PATIENCE = 10.0


@dataclass(slots=True)
class Lived:
    """What came of it."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    """By workspace, in its own order."""
    calls: Counter[str] = field(default_factory=Counter)
    """Everything Slack was asked to show, by content."""
    rows: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By workspace and table."""
    errors: list[str] = field(default_factory=list)


async def live(url: str, names: Sequence[str], recorded: Sequence[Recorded], seed: int, number: int) -> Lived:
    """So many requests of each of these workspaces, at the same time."""
    lived = Lived(answers={name: [] for name in names})
    async with _slack(lived) as slack:
        clock = VirtualClock(BEGINS)
        app = Application(settings_for(url, slack), registry(), roles=Roles(worker=False), civil=clock)
        drawn = [Workspace(name, recorded, seed, slack) for name in names]
        try:
            for one in drawn:
                await app.database.transact(WorkspaceId(one.name), partial(_settle_in, workspace=one))
            for done in range(0, number, EACH):
                some = min(EACH, number - done)
                with capture_logs() as logs:
                    await asyncio.gather(*(_drive(app, one, some, lived) for one in drawn))
                    await app.hands.everything()
                lived.errors += [json.dumps(one, default=str) for one in logs if one["log_level"] == "error"]
                clock.pass_time(STEP)
        finally:
            await app.stop()
    lived.rows = {name: _rows(url, name) for name in names}
    return lived


async def _drive(app: Application, workspace: Workspace, number: int, lived: Lived) -> None:
    door = app.asgi()
    for _ in range(number):
        status, body = await _ask(door, workspace.request())
        await app.listening.drain(PATIENCE)
        lived.answers[workspace.name].append(as_drawn(f"{status} {body}"))


async def _ask(door: ASGIApp, request: Request) -> tuple[int, str]:
    """Through the guard, as a server would hand it over."""
    kind, body = _encoded(request)
    headers = [(name.lower().encode(), value.encode()) for name, value in sign(SECRET, body).items()]
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b""}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await door({**scope, "headers": [(b"content-type", kind.encode()), *headers]}, receive, send)
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]).decode()


def _encoded(request: Request) -> tuple[str, bytes]:
    if request.kind == "event":
        return JSON, json.dumps(request.payload).encode()
    command = request.kind == "command"
    return FORM, urlencode(
        as_form(request.payload) if command else {"payload": json.dumps(request.payload)}
    ).encode()


def _settle_in(tx: Tx, workspace: Workspace) -> None:
    """We are installed, know everybody by names with their word in them, and every job is on."""
    sign_, word = DIGIT[workspace.name], workspace.word
    workspaces.remember(tx, PersonId(f"U{sign_}THROUGH"), "B0THROUGH")
    kinds = {"GIL": PersonKind.GUEST, "NORA": PersonKind.OUTSIDER}
    everybody = [
        Person(
            PersonId(f"U{sign_}{one}"),
            f"{one.title()} {word}",
            kinds.get(one, PersonKind.MEMBER),
            admin=one == "MAYA",
        )
        for one in PEOPLE
    ]
    people.learn(tx, everybody)
    for place in CHANNELS:
        kind = ChannelKind.PRIVATE if place.startswith("G") else ChannelKind.PUBLIC
        channel = ChannelId(place.format(sign_))
        people.keep_channels(tx, [Channel(channel, f"{channel.lower()}-{word}", kind, ours=True)])
        people.join(tx, channel, [one.id for one in everybody[: 4 if kind is ChannelKind.PRIVATE else None]])
    switch_everything_on(tx)


@asynccontextmanager
async def _slack(lived: Lived) -> AsyncIterator[str]:
    """A Web API that takes what is shown, and remembers it."""

    async def answer(request: web.Request) -> web.Response:
        body = await request.text()
        lived.calls[as_drawn(f"{request.match_info['method']} {body}")] += 1
        return web.json_response({"ok": True})

    async with api(answer) as url:
        yield url


def _rows(url: str, workspace: str) -> dict[str, list[str]]:
    """Every row of the workspace, but for what is drawn anew each time."""
    engine = create_engine(url, poolclass=NullPool)
    scoped = [table for table in metadata.sorted_tables if "workspace" in table.c]
    with engine.connect() as connection:
        return {
            table.name: sorted(
                _line(row._asdict())
                for row in connection.execute(select(table).where(table.c.workspace == workspace))
            )
            for table in scoped
        }


def _line(row: Mapping[str, Any]) -> str:
    return as_drawn(json.dumps(dict(row), sort_keys=True, default=str))


def as_drawn(text: str) -> str:
    """The same whatever was drawn."""
    return _DRAWN.sub(r"\1\2drawn", text)
