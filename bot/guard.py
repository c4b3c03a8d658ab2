"""The door in front of Bolt: what is not a well-formed, rightly signed request from Slack stops here.

`bot/` puts it around the whole HTTP app; it minds one path and lets the others pass. Nothing it refuses is
parsed, kept or logged beyond the reason, and it never answers with a 5xx. What passes travels on as one JSON
object (`bot/payloads.py`), already read under `scope[PAYLOAD]`, so that nobody behind has to read it again.
"""

import asyncio
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import payloads

MIB = 1024 * 1024
PAYLOAD = "throughline.payload"
WINDOW = 300  # seconds; Slack's own advice for how old a signed request may be
JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"

_TIMESTAMP = re.compile(rb"[0-9]{1,12}")
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


class RefusedError(Exception):
    """A request that stops at the door: status and sentence for the answer, reason and facts for the log."""

    def __init__(self, status: int, reason: str, sentence: str, **facts: float) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class _Proof:
    timestamp: bytes
    signature: bytes


class Guard:
    """A pure ASGI middleware.

    Args:
        app: Everything behind the door.
        secrets: The signing secrets that count; two while one replaces the other.
        clock: Real time in seconds since 1970, the one Slack signs with.
        path: The only path that is guarded.
        limit: The most bytes of a body that are read.
        patience: Seconds a whole body may take to arrive.
        on_skew: Told how far our clock is ahead (in seconds; behind is negative) at every right signature.
        on_refused: Told the reason of every refusal.
    """

    def __init__(
        self,
        app: ASGIApp,
        secrets: Sequence[str],
        clock: Callable[[], float],
        path: str = "/slack/events",
        limit: int = MIB,
        patience: float = 5.0,
        on_skew: Callable[[float], None] | None = None,
        on_refused: Callable[[str], None] | None = None,
    ) -> None:
        if not secrets or not all(secrets):
            raise ValueError("The guard needs a signing secret; an empty one would let everybody in.")
        self._app = app
        self._secrets = [secret.encode() for secret in secrets]
        self._clock = clock
        self._path = path
        self._limit = limit
        self._patience = patience
        self._on_skew = on_skew
        self._on_refused = on_refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] != "http" or scope["path"] != self._path:
            await self._app(scope, receive, send)
            return
        try:
            payload = await self._admit(scope, receive)
        except RefusedError as refused:
            if self._on_refused:
                self._on_refused(refused.reason)
            await _refuse(refused, send)
        else:
            await self._pass_on(payload, scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive) -> payloads.Payload:
        _check_method(scope["method"])
        headers = _minded(scope["headers"])
        form = _is_form(headers)
        proof = _proof(headers)
        self._check_length(headers)
        body = await self._body(receive)
        self._verify(proof, body)
        try:
            return payloads.read(body, form=form)
        except payloads.MalformedError as error:
            raise RefusedError(400, "malformed_body", str(error)) from error

    async def _pass_on(self, payload: payloads.Payload, scope: Scope, receive: Receive, send: Send) -> None:
        if payload.fields.get("ssl_check") == "1":
            await _answer(send, 200, b"")
        elif payload.fields.get("type") == "url_verification":
            await _answer(send, 200, json.dumps({"challenge": payload.fields["challenge"]}).encode())
        else:
            await self._app(_as_json(scope, payload), _replay(payload.json, receive), send)

    def _check_length(self, headers: Mapping[bytes, bytes]) -> None:
        length = headers.get(b"content-length")
        if length is None:
            return
        if not length.isdigit():
            raise RefusedError(400, "bad_length", "Content-Length must be a number.")
        if len(length) > 12 or int(length) > self._limit:
            raise _too_large()

    async def _body(self, receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                return await self._read(receive)
        except TimeoutError as error:
            raise RefusedError(408, "slow_body", "The body took too long to arrive.") from error

    async def _read(self, receive: Receive) -> bytes:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RefusedError(400, "broken_off", "The body broke off.")
            body += message.get("body", b"")
            if len(body) > self._limit:
                raise _too_large()
            if not message.get("more_body", False):
                return bytes(body)

    def _verify(self, proof: _Proof, body: bytes) -> None:
        basis = b"v0:" + proof.timestamp + b":" + body
        found = [hmac.compare_digest(proof.signature, _sign(secret, basis)) for secret in self._secrets]
        ahead = self._clock() - int(proof.timestamp)
        if any(found):
            self._note_skew(ahead)
        elif abs(ahead) > WINDOW:
            raise _unsigned("old_timestamp")
        else:
            raise _unsigned("wrong_signature")

    def _note_skew(self, ahead: float) -> None:
        if self._on_skew:
            self._on_skew(ahead)
        if abs(ahead) > WINDOW:
            raise RefusedError(401, "clock_skew", _NOT_SIGNED, seconds=ahead)


def _check_method(method: str) -> None:
    if method != "POST":
        raise RefusedError(405, "wrong_method", "Slack's requests come as POST.")


def _is_form(headers: Mapping[bytes, bytes]) -> bool:
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if kind not in {JSON, FORM}:
        raise RefusedError(415, "wrong_content_type", "Slack's requests are JSON or a form.")
    return kind == FORM


def _proof(headers: Mapping[bytes, bytes]) -> _Proof:
    timestamp = headers.get(b"x-slack-request-timestamp", b"")
    signature = headers.get(b"x-slack-signature", b"")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise _unsigned("bad_timestamp")
    if not _SIGNATURE.fullmatch(signature):
        raise _unsigned("bad_signature")
    return _Proof(timestamp, signature)


_MINDED = {b"content-type", b"content-length", b"x-slack-request-timestamp", b"x-slack-signature"}


def _minded(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[bytes, bytes]:
    """The headers we go by; none of them may come twice, for then it would not be clear which counts."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        name = name.lower()  # noqa: PLW2901 - one name in either case
        if name in _MINDED:
            if name in found:
                raise _unsigned("duplicate_header")
            found[name] = value
    return found


_NOT_SIGNED = "This request is not signed by Slack, or not within the last five minutes."


def _unsigned(reason: str) -> RefusedError:
    return RefusedError(401, reason, _NOT_SIGNED)


def _too_large() -> RefusedError:
    return RefusedError(413, "too_large", "The body is larger than Slack's ever are.")


def _sign(secret: bytes, basis: bytes) -> bytes:
    return b"v0=" + hmac.digest(secret, basis, "sha256").hex().encode()


def _as_json(scope: Scope, payload: payloads.Payload) -> Scope:
    # The headers are not under the signature: Bolt's own "x-slack-bolt-…" would let a listener be skipped.
    kept = [(key, value) for key, value in scope["headers"] if not _rewritten(key.lower())]
    kept += [(b"content-type", JSON), (b"content-length", str(len(payload.json)).encode())]
    return {**scope, "headers": kept, PAYLOAD: payload.fields}


def _rewritten(key: bytes) -> bool:
    return key in {b"content-type", b"content-length", b"transfer-encoding"} or key.startswith(
        b"x-slack-bolt-"
    )


def _replay(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return messages.pop() if messages else await receive()

    return replayed


async def _refuse(refused: RefusedError, send: Send) -> None:
    structlog.get_logger().warning(
        "A request was refused",
        action="guard.refused",
        reason=refused.reason,
        status=refused.status,
        **refused.facts,
    )
    # Closing spares us the rest of a body that was not read to its end.
    headers = [(b"connection", b"close")] + [(b"allow", b"POST")] * (refused.status == 405)
    await _answer(send, refused.status, json.dumps({"error": str(refused)}).encode(), headers)


async def _answer(send: Send, status: int, body: bytes, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    about = [(b"content-type", JSON), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": body})
