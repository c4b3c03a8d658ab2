"""Requests as Slack signs them, and as others would like to."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: str


def sign(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The two headers Slack proves itself with."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body to the front door."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/slack/events", data=body, headers=dict(headers)) as answer,
    ):
        return Answer(answer.status, await answer.text())


async def send(url: str, secret: str, payload: Mapping[str, Any]) -> Answer:
    """Send an event, signed."""
    body = json.dumps(payload).encode()
    return await post(url, body, {"Content-Type": JSON, **sign(secret, body)})


async def interact(url: str, secret: str, payload: Mapping[str, Any]) -> Answer:
    """Send an interaction, signed."""
    return await submit_form(url, secret, {"payload": json.dumps(payload)})


async def submit_form(url: str, secret: str, fields: Mapping[str, str]) -> Answer:
    """Send a command, signed."""
    body = urlencode(fields).encode()
    return await post(url, body, {"Content-Type": FORM, **sign(secret, body)})
