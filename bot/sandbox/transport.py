"""How a payload reaches the app: a signed HTTP request, or an envelope on a Socket Mode connection."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode, urlsplit

import aiohttp

Json = dict[str, Any]
_KNOCK_TIMEOUT = 0.3
_REDIRECTS = 2
Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One payload on its way to the app."""

    kind: Kind
    what: str
    id: str
    payload: Json
    attempt: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back: an HTTP status and body, or the reason why nothing did."""

    status: int | None = None
    body: str = ""
    error: str | None = None
    ms: float = 0.0
    final: bool = field(default=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether the app said it has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def reason(self) -> str:
        """The name Slack gives a failure in X-Slack-Retry-Reason."""
        return self.error or "http_error"


class Transport(Protocol):
    """Something that carries a parcel and brings back an outcome."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Deliver within the time Slack allows."""


class HttpTransport:
    """Posts signed requests as Slack does, and waits three seconds."""

    def __init__(self, secret: str, timeout: float) -> None:
        self.url: str | None = None
        self._secret = secret
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, parcel: Parcel) -> Outcome:
        """Deliver within the time Slack allows."""
        if self.url is None:
            return Outcome(error="connection_failed")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
            )
        started = time.perf_counter()
        outcome = await self._post(self._session, self.url, parcel)
        return Outcome(
            outcome.status, outcome.body, outcome.error, (time.perf_counter() - started) * 1000, outcome.final
        )

    async def reachable(self) -> bool:
        """Whether somebody listens at the app's address."""
        address = urlsplit(self.url or "")
        try:
            async with asyncio.timeout(_KNOCK_TIMEOUT):
                _, writer = await asyncio.open_connection(address.hostname, address.port)
        except (TimeoutError, OSError):
            return False
        writer.close()
        return True

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, session: aiohttp.ClientSession, url: str, parcel: Parcel) -> Outcome:
        content_type, body = _encode(parcel)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        headers |= sign(self._secret, body) | _retry_headers(parcel)
        try:
            async with session.post(
                url, data=body, headers=headers, timeout=self._timeout,
                allow_redirects=parcel.kind == "events_api", max_redirects=_REDIRECTS + 1,
            ) as answer:  # fmt: skip
                text = await answer.text(errors="replace")
                return Outcome(answer.status, text, final=answer.headers.get("X-Slack-No-Retry") == "1")
        except TimeoutError:
            return Outcome(error="http_timeout")
        except aiohttp.TooManyRedirects:
            return Outcome(error="too_many_redirects")
        except (aiohttp.ClientError, OSError):
            return Outcome(error="connection_failed")


def sign(secret: str, body: bytes, at: int | None = None) -> dict[str, str]:
    """The headers that prove a request comes from Slack; real time, whatever the movable clock says."""
    stamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _encode(parcel: Parcel) -> tuple[str, bytes]:
    if parcel.kind == "events_api":
        return "application/json", json.dumps(parcel.payload).encode()
    fields = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _retry_headers(parcel: Parcel) -> dict[str, str]:
    if parcel.attempt == 0:
        return {}
    return {
        "X-Slack-Retry-Num": str(parcel.attempt),
        "X-Slack-Retry-Reason": parcel.reason or "unknown_error",
    }
