"""Whoever cannot sign as Slack does gets nothing out of the running app: no 5xx, no ack, no work, no row."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.alone import Alone, alone
from tests.front import SECRET
from tests.signed import FORM, JSON, sign

MIB = 1024 * 1024
HUNG_UP = 0
"""Instead of a status: the connection ended, and a reset may have eaten the answer."""
EVENT = json.dumps(
    {"type": "event_callback", "team_id": "T0", "event_id": "Ev1", "event": {"type": "x"}}
).encode()
CHALLENGE = b'{"type": "url_verification", "challenge": "give me this back"}'
PROBE = b"ssl_check=1&token=x"
SIGNED = sign(SECRET, EVENT)
STAMP, PROOF = "X-Slack-Request-Timestamp", "X-Slack-Signature"


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What stops at the door never comes near a database."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came back over the wire."""

    status: int
    text: str
    sent: int


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Alone]:
    """The running app, which nobody has spoken to yet."""
    async with alone(database_url) as running:
        yield running


def request(body: bytes, *lines: str, method: str = "POST", path: str = "/slack/events") -> bytes:
    """A whole request with these header lines, whatever they hold."""
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def proven(kind: str = JSON, **other: str) -> list[str]:
    """The header lines of an EVENT signed rightly just now, some of them replaced."""
    return [
        f"Content-Type: {kind}",
        *(f"{name}: {value}" for name, value in ({**sign(SECRET, EVENT), **other}).items()),
    ]


WRONG = sign("not the secret", EVENT)
STAMPS = [
    "",
    " ",
    "1e9",
    "1.5",
    "0x10",
    "-1",
    "+1",
    "9" * 12,
    "9" * 40,
    "NaN",
    "now",
    "½",
    "\xb2\xb3",
    "1 2",
    "0",
]
PROOFS = [
    "",
    "v0=",
    "v0",
    "v1=" + "0" * 64,
    "v0=" + "0" * 63,
    "v0=" + "g" * 64,
    "v0=" + "\xe9" * 64,
    "0" * 64,
]
REQUESTS = [
    *(request(EVENT, *proven(**{STAMP: stamp})) for stamp in STAMPS),
    *(request(EVENT, *proven(**{PROOF: proof})) for proof in PROOFS),
    request(EVENT, f"Content-Type: {JSON}"),
    request(EVENT, f"Content-Type: {JSON}", f"{PROOF}: {SIGNED[PROOF]}"),
    request(EVENT, f"Content-Type: {JSON}", *(f"{name}: {value}" for name, value in WRONG.items())),
    request(EVENT + b" ", *proven()),
    request(EVENT, *proven(), f"{PROOF}: {SIGNED[PROOF]}"),
    *(request(EVENT, *proven(kind)) for kind in ("text/plain", "", "multipart/form-data; boundary=x", "a/b/c")),
    *(request(EVENT, *proven(), method=one) for one in ("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH")),
    *(request(CHALLENGE, f"Content-Type: {JSON}", *extra) for extra in ((), (f"{STAMP}: {int(time.time())}",))),
    *(request(PROBE, f"Content-Type: {FORM}", *extra) for extra in ((), (f"{STAMP}: {int(time.time())}",))),
    *(request(body, f"Content-Type: {JSON}") for body in (b"", b"{", b"[" * 50_000, b"\xff\xfe", b"null")),
    request(EVENT, *proven(), path="/slack/events/"),
    request(EVENT, *proven(), path="/slack/%65vents?x=1").replace(b"v0=", b"v0=0"),
    request(EVENT, *proven(), path="//slack/events"),
    request(EVENT, *proven(), path="/slack/events/../events"),
    request(b"", path="/slack/install", method="GET"),
    request(b"x" * 1000, path="/healthz"),
    request(b"x" * 1000, path="/readyz"),
    request(b"", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: x", method="GET"),
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: five\r\n\r\nhello",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot chunked\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"GET / HTTP/9.9\r\n\r\n",
]  # fmt: skip


async def test_nobody_unsigned_gets_an_ack_or_an_error_of_ours(app: Alone) -> None:
    """Each malformed, unsigned or misdirected request is refused with a 4xx and leaves no row."""
    before = app.rows()
    for raw in REQUESTS:
        said = await talk(app.url, [raw])
        assert said.status == HUNG_UP or 300 <= said.status < 500, raw[:300]
        assert "give me this back" not in said.text
    assert app.rows() == before


async def test_a_stranger_cannot_make_a_workspace_ours(app: Alone) -> None:
    """The first signed request names the workspace; an unsigned one before it names nothing."""
    await talk(app.url, [request(EVENT, f"Content-Type: {JSON}", *(f"{n}: {v}" for n, v in WRONG.items()))])
    assert app.rows()["installations"] == []
    said = await talk(app.url, [request(EVENT, *proven())])
    assert said.status == 200


async def test_fifty_megabytes_are_not_taken(app: Alone) -> None:
    """A huge body is refused, whether it says its length or comes in chunks, long before it is through."""
    big = b"x" * MIB
    lines = [f"{name}: {value}" for name, value in {"Content-Type": JSON, **WRONG}.items()]
    head = request(b"", *lines)
    for raw in (
        head.replace(b"Content-Length: 0", b"Content-Length: 52428800"),
        head.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"),
    ):
        pieces = [b"%x\r\n%s\r\n" % (len(big), big)] * 50 if b"chunked" in raw else [big] * 50
        said = await talk(app.url, [raw, *pieces])
        assert said.status in {413, HUNG_UP}
        assert said.sent < 20 * MIB  # what the machine's own buffers on both sides had room for


async def test_a_dribbling_body_is_given_up(app: Alone) -> None:
    """A body that comes a byte at a time is refused after seconds, and others are served meanwhile."""
    raw = request(b"", *proven()).replace(b"Content-Length: 0", b"Content-Length: 1000")

    async def dribble() -> AsyncIterator[bytes]:
        yield raw
        for _ in range(1000):
            await asyncio.sleep(0.05)
            yield b"x"

    began = time.monotonic()
    slow = asyncio.create_task(talk(app.url, dribble()))
    quick = await talk(app.url, [request(EVENT, *proven())])
    assert (quick.status, time.monotonic() - began < 4) == (200, True)
    assert (await slow).status == 408
    assert time.monotonic() - began < 10


async def talk(url: str, pieces: Iterable[bytes] | AsyncIterator[bytes]) -> Said:
    """Send bytes until they are through or the other side has had enough; what it said."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    answer = asyncio.create_task(_answer(reader))
    sent = 0
    try:
        async for piece in _each(pieces):
            if answer.done():
                break
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
    except ConnectionError:
        pass  # it has had enough
    try:
        status, text = await asyncio.wait_for(answer, 10)
    finally:
        writer.close()
    return Said(status, text, sent)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    raw = b""
    with contextlib.suppress(ConnectionError):
        while b"\r\n\r\n" not in raw and (piece := await reader.read(65536)):
            raw += piece
    head, _, rest = raw.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]) if head else HUNG_UP, rest.decode(errors="replace")


async def _each(pieces: Iterable[bytes] | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(pieces, AsyncIterator):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece
