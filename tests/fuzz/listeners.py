"""Wrong payloads at the front door, one after the other, and what must not come of any of them."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from structlog.testing import capture_logs

from bot.sandbox.blocks import check_message, check_modal
from storage.database import Tx
from storage.values import PersonId
from storage.workspaces import queries as workspaces
from tests.front import HERE, SECRET, FrontDoor, switch_everything_on
from tests.fuzz.mutations import Mutator, as_form
from tests.fuzz.recording import Recorded
from tests.signed import FORM, JSON, sign

Json = dict[str, Any]
Line = Mapping[str, Any]

PATIENCE = 10.0
TOGETHER = 100
"""Payloads after which everything that follows from them has to happen."""
SEEN = frozenset({"command", "shortcut", "action", "submit"})
"""Kinds after which somebody waits for an answer."""
OUR_FAULT = frozenset(
    {"invalid_arguments", "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"}
)  # fmt: skip
"""What Slack says to what is built wrongly, whoever asked for it."""


@dataclass(slots=True)
class Found:
    """How many were sent, how they were answered, and each way in which something broke."""

    sent: int = 0
    taken: int = 0
    """Those that reached a listener."""
    broken: list[str] = field(default_factory=list)


async def fuzz(door: FrontDoor, recorded: Sequence[Recorded], seed: int, number: int) -> Found:
    """Send so many wrong payloads, each listener's in turn."""
    mutator, found = Mutator(list(recorded), seed), Found()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda _, told: found.broken.append(f"nobody caught {told.get('exception')!r}")
    )
    async with aiohttp.ClientSession() as session:
        while found.sent < number:
            await door.app.database.transact(HERE, _as_before)
            for at in range(found.sent, min(number, found.sent + TOGETHER)):
                base = recorded[at % len(recorded)]
                await _try(door, session, base, mutator.one(base), found)
            with capture_logs() as logs:
                await door.app.settled()
            found.broken += [f"afterwards: {one}" for one in faults(logs)]
    loop.set_exception_handler(None)
    return found


def _as_before(tx: Tx) -> None:
    """Somebody may have switched a job off, or uninstalled us."""
    workspaces.remember(tx, PersonId("U0THROUGH"), "B0THROUGH")
    switch_everything_on(tx)


async def _try(
    door: FrontDoor, session: aiohttp.ClientSession, base: Recorded, wrong: Recorded, found: Found
) -> None:
    kind, body = _encoded(wrong)
    with capture_logs() as logs:
        headers = {"Content-Type": kind, **sign(SECRET, body)}
        async with session.post(f"{door.url}/slack/events", data=body, headers=headers) as answer:
            status, said = answer.status, await answer.text()
        await door.app.listening.drain(PATIENCE)
    found.sent += 1
    taken = any(line["event"] == "handled" for line in logs)
    found.taken += taken
    shown = bool(wrong.payload.get("trigger_id"))
    problems = [*faults(logs if shown else _without_after(logs)), *_answered(status, said, base, wrong)]
    if wrong.kind in SEEN and status == 200 and not said and not taken and not _refused(logs):
        problems.append("somebody waits, and nothing says why there is no answer")
    found.broken += [f"{base.kind} {base.name}: {one}: {_changes(base, wrong)}" for one in problems]


def _encoded(one: Recorded) -> tuple[str, bytes]:
    if one.kind == "event":
        return JSON, json.dumps(one.payload).encode()
    fields = as_form(one.payload) if one.kind == "command" else {"payload": json.dumps(one.payload)}
    return FORM, urlencode(fields).encode()


def _refused(logs: Sequence[Line]) -> bool:
    """It was not from Slack, not from where we are, or of a kind nobody has heard of."""
    return any(
        line["event"] in {"malformed", "unknown workspace"} or line["action"] == "listen.unknown"
        for line in logs
    )


def _without_after(logs: Sequence[Line]) -> Sequence[Line]:
    """Nothing can be opened without a trigger, which Slack says in the words it has for views built wrongly."""
    return [line for line in logs if line["action"] != "after.reply"]


def faults(logs: Sequence[Line]) -> Iterator[str]:
    """Every line that says that something of ours went wrong."""
    for line in logs:
        if line["log_level"] == "error" or line.get("code") in OUR_FAULT:
            yield json.dumps(line, default=str, sort_keys=True)


def _answered(status: int, said: str, base: Recorded, wrong: Recorded) -> Iterator[str]:
    """What Slack would not take of an answer."""
    if not (status == 200 or 400 <= status < 500):
        yield f"answered {status}"
    ack = json.loads(said) if status == 200 and said.startswith("{") else {}
    if "view" in ack:
        yield from check_modal(ack["view"])
    yield from check_message(ack["blocks"]) if "blocks" in ack else ()
    if errors := ack.get("errors"):
        shown = base.payload["view"]["blocks"]
        fields = {block["block_id"] for block in shown if block["type"] == "input"}
        if wrong.payload["view"].get("blocks") == shown and not set(errors) <= fields:
            yield f"says {sorted(errors)} of a form with {sorted(fields)}"


def _changes(base: Recorded, wrong: Recorded) -> str:
    """What was made wrong, cut short."""
    changed = list(_different(base.payload, wrong.payload, ""))
    return "; ".join(one[:160] for one in changed)


def _different(one: object, other: object, where: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            if name not in {"trigger_id", "event_id", "hash"}:
                yield from _different(one.get(name), other.get(name), f"{where}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _different(left, right, f"{where}.{number}")
    elif one != other:
        yield f"{where} = {json.dumps(other)}"
