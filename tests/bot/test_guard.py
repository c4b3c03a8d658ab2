"""The door in front of Slack's requests: what it refuses, what it lets through, and how little that costs."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from bot.guard import MIB, Guard

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_750_000_000
EVENT = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "app_mention"}}).encode()

Headers = list[tuple[bytes, bytes]]


@dataclass
class Inside:
    """The app behind the door; it remembers what reached it."""

    bodies: list[bytes] = field(default_factory=list)
    headers: Headers = field(default_factory=list)
    waits_for_more: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.headers = scope["headers"]
        message = await receive()
        assert message["type"] == "http.request"
        self.bodies.append(message["body"])
        self.waits_for_more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"inside"})


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes


def guarding(
    inside: Inside,
    secrets: Sequence[str] = (SECRET,),
    patience: float = 5.0,
    on_skew: Callable[[float], None] | None = None,
) -> Guard:
    return Guard(inside, secrets, clock=lambda: NOW, patience=patience, on_skew=on_skew)


def sign(body: bytes, timestamp: bytes = b"%d" % NOW, secret: str = SECRET) -> bytes:
    digest = hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, hashlib.sha256).hexdigest()
    return b"v0=" + digest.encode()


def signed(
    body: bytes, kind: bytes = b"application/json", timestamp: bytes = b"%d" % NOW, secret: str = SECRET
) -> Headers:
    return [
        (b"content-type", kind),
        (b"x-slack-request-timestamp", timestamp),
        (b"x-slack-signature", sign(body, timestamp, secret)),
    ]


def replaced(headers: Headers, name: bytes, value: bytes) -> Headers:
    return [(key, value if key == name else old) for key, old in headers]


def without(headers: Headers, name: bytes) -> Headers:
    return [(key, value) for key, value in headers if key != name]


async def at_once(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def ask(
    guard: Guard,
    headers: Headers,
    chunks: AsyncIterator[bytes],
    method: str = "POST",
    path: str = "/slack/events",
) -> Answer:
    sent: list[Message] = []

    async def receive() -> Message:
        chunk = await anext(chunks, None)
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}
    await guard(scope, receive, send)
    start, *rest = sent
    assert [one["type"] for one in sent] == ["http.response.start", *["http.response.body"] * len(rest)]
    return Answer(start["status"], dict(start["headers"]), b"".join(part["body"] for part in rest))


def post(guard: Guard, headers: Headers, body: bytes, method: str = "POST") -> Answer:
    return asyncio.run(ask(guard, headers, at_once([body]), method))


def test_signed_event_reaches_the_app_unchanged() -> None:
    """What Slack signed arrives byte for byte."""
    inside = Inside()
    answer = post(guarding(inside), signed(EVENT), EVENT)
    assert (answer.status, answer.body, inside.bodies) == (200, b"inside", [EVENT])


def test_every_active_secret_counts() -> None:
    """While one signing secret replaces another, requests signed with either get in."""
    guard = guarding(Inside(), secrets=["the-new-one", SECRET])
    for secret in ("the-new-one", SECRET):
        assert post(guard, signed(EVENT, secret=secret), EVENT).status == 200
    assert post(guard, signed(EVENT, secret="an-old-one"), EVENT).status == 401


@pytest.mark.parametrize("secrets", [[], [""], [SECRET, ""]])
def test_no_empty_secret(secrets: list[str]) -> None:
    """An empty signing secret, which anybody could sign with, does not start."""
    with pytest.raises(ValueError, match="signing secret"):
        guarding(Inside(), secrets=secrets)


GOOD = signed(EVENT)
FORM = b"application/x-www-form-urlencoded"
TIMESTAMP, SIGNATURE = b"x-slack-request-timestamp", b"x-slack-signature"

REFUSALS: list[tuple[str, int, Headers, bytes]] = [
    ("wrong_content_type", 415, replaced(GOOD, b"content-type", b"text/plain"), EVENT),
    ("wrong_content_type", 415, replaced(GOOD, b"content-type", b"multipart/form-data; boundary=x"), EVENT),
    ("wrong_content_type", 415, replaced(GOOD, b"content-type", b"application/json-patch+json"), EVENT),
    ("wrong_content_type", 415, without(GOOD, b"content-type"), EVENT),
    ("too_large", 413, [*GOOD, (b"content-length", b"%d" % (MIB + 1))], EVENT),
    ("too_large", 413, [*GOOD, (b"content-length", b"9" * 5000)], EVENT),
    ("bad_length", 400, [*GOOD, (b"content-length", b"-1")], EVENT),
    ("bad_length", 400, [*GOOD, (b"content-length", "٣".encode())], EVENT),
    *[
        ("bad_timestamp", 401, signed(EVENT, timestamp=odd), EVENT)
        for odd in (
            b"", b"now", b"1e9", b"1750000000.0", b"-1750000000", b"+1750000000", b" 1750000000",
            b"1750000000\n", b"1_750_000_000", "١٧٥٠٠٠٠٠٠٠".encode(), b"1" * 13, b"9" * 5000, b"nan", b"\xff",
        )
    ],
    *[
        ("bad_signature", 401, replaced(GOOD, SIGNATURE, odd), EVENT)
        for odd in (
            b"", b"v0=", sign(EVENT)[3:], b"v1" + sign(EVENT)[2:], sign(EVENT).upper(), sign(EVENT) + b"0",
            sign(EVENT)[:-1], "v0=ａ".encode() * 16, b"\xe9" * 67,
        )
    ],
    ("bad_timestamp", 401, without(GOOD, TIMESTAMP), EVENT),
    ("bad_signature", 401, without(GOOD, SIGNATURE), EVENT),
    ("wrong_signature", 401, replaced(GOOD, SIGNATURE, b"v0=" + b"0" * 64), EVENT),
    ("wrong_signature", 401, replaced(GOOD, TIMESTAMP, b"%d" % (NOW - 1)), EVENT),
    ("wrong_signature", 401, GOOD, EVENT + b" "),
    ("old_timestamp", 401, replaced(GOOD, TIMESTAMP, b"%d" % (NOW - 301)), EVENT),
    ("old_timestamp", 401, replaced(GOOD, TIMESTAMP, b"9" * 12), EVENT),
    *[("duplicate_header", 401, [*GOOD, (name, value)], EVENT) for name, value in GOOD],
    ("duplicate_header", 401, [*GOOD, (b"X-Slack-Signature", sign(EVENT))], EVENT),
    ("bad_timestamp", 401, [(b"content-type", FORM)], b"ssl_check=1&token=x"),
    ("bad_timestamp", 401, [GOOD[0]], b'{"type": "url_verification", "challenge": "x"}'),
    ("malformed_body", 400, signed(b"not json"), b"not json"),
    ("malformed_body", 400, signed(b"[]"), b"[]"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "status", "headers", "body"), REFUSALS)
def test_refusals(reason: str, status: int, headers: Headers, body: bytes) -> None:
    """Each kind of bad request is refused with its status and reason, and nothing reaches the app."""
    inside = Inside()
    with capture_logs() as logs:
        answer = post(guarding(inside), headers, body)
    assert (answer.status, inside.bodies) == (status, [])
    assert list(json.loads(answer.body)) == ["error"]
    assert [(line["action"], line["reason"], line["status"]) for line in logs] == [
        ("guard.refused", reason, status)
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_only_post(method: str) -> None:
    """Any other method is told which one is allowed."""
    with capture_logs() as logs:
        answer = post(guarding(Inside()), GOOD, EVENT, method)
    assert (answer.status, answer.headers[b"allow"]) == (405, b"POST")
    assert [line["reason"] for line in logs] == ["wrong_method"]


@pytest.mark.parametrize(
    "kind",
    [
        b"application/json",
        b"application/json; charset=utf-8",
        b"Application/JSON",
        b" application/json ;charset=utf-8",
    ],
)
def test_content_type_parameters(kind: bytes) -> None:
    """A charset, capitals or blanks in the content type change nothing."""
    inside = Inside()
    assert post(guarding(inside), signed(EVENT, kind), EVENT).status == 200
    assert dict(inside.headers)[b"content-type"] == b"application/json"


def test_log_holds_no_words() -> None:
    """A refusal's log line has neither the body nor the signature in it."""
    body = b'{"text": "canary"}'
    with capture_logs() as logs:
        post(guarding(Inside()), replaced(signed(body), TIMESTAMP, b"1"), body)
        post(guarding(Inside()), signed(body), body)
    assert len(logs) == 2
    assert "canary" not in str(logs)
    assert sign(body).decode() not in str(logs)


@pytest.mark.parametrize(("ahead", "status"), [(-300, 200), (300, 200), (-301, 401), (301, 401)])
def test_five_minutes(ahead: int, status: int) -> None:
    """A rightly signed request counts for five minutes either way."""
    stamp = b"%d" % (NOW - ahead)
    assert post(guarding(Inside()), signed(EVENT, timestamp=stamp), EVENT).status == status


def test_skew_is_told_apart_from_a_wrong_secret() -> None:
    """When only our clock is wrong, the log and the readiness page learn by how much; forgeries never do."""
    heard: list[float] = []
    guard = guarding(Inside(), on_skew=heard.append)
    late = signed(EVENT, timestamp=b"%d" % (NOW - 400))
    with capture_logs() as logs:
        post(guard, late, EVENT)
        post(guard, replaced(late, SIGNATURE, b"v0=" + b"0" * 64), EVENT)
    assert [(line["reason"], line.get("seconds")) for line in logs] == [
        ("clock_skew", 400),
        ("old_timestamp", None),
    ]
    assert heard == [400]


def test_skew_heals() -> None:
    """Every right signature tells how far our clock is off, so a clock put right is noticed too."""
    heard: list[float] = []
    post(guarding(Inside(), on_skew=heard.append), signed(EVENT, timestamp=b"%d" % (NOW + 2)), EVENT)
    assert heard == [-2]


def test_signed_challenge_and_ssl_check() -> None:
    """Slack's two probes are answered at the door, once they are signed."""
    inside = Inside()
    challenge = b'{"type": "url_verification", "challenge": "3eZbrw1aB"}'
    echoed = post(guarding(inside), signed(challenge), challenge)
    assert (echoed.status, json.loads(echoed.body)) == (200, {"challenge": "3eZbrw1aB"})
    probe = b"ssl_check=1&token=x"
    answer = post(guarding(inside), signed(probe, FORM), probe)
    assert (answer.status, answer.body, inside.bodies) == (200, b"", [])


def test_a_refusal_says_why() -> None:
    """In one sentence, for whoever tries it by hand; it is JSON of the length it says."""
    answer = post(guarding(Inside()), GOOD, EVENT, "GET")
    assert json.loads(answer.body) == {"error": "Slack's requests come as POST."}
    assert answer.headers[b"content-type"] == b"application/json"
    assert answer.headers[b"content-length"] == b"%d" % len(answer.body)


def test_a_body_in_chunks_travels_on_in_one() -> None:
    """With the length it has now, and no word of the chunks it came in."""
    inside = Inside()
    post(guarding(inside), [*GOOD, (b"Transfer-Encoding", b"chunked"), (b"Content-Length", b"1000")], EVENT)
    about = [
        (key, value)
        for key, value in inside.headers
        if key.lower() in {b"content-length", b"transfer-encoding"}
    ]
    assert about == [(b"content-length", b"%d" % len(EVENT))]
    assert not inside.waits_for_more


def test_other_paths_pass() -> None:
    """The rest of the HTTP app is none of the guard's business."""
    inside = Inside()
    answer = asyncio.run(ask(guarding(inside), [], at_once([b"x"]), "GET", "/healthz"))
    assert (answer.status, inside.bodies) == (200, [b"x"])


def test_forms_travel_on_as_json() -> None:
    """A command whose words contain "payload" arrives whole (Bolt alone would lose it)."""
    inside = Inside()
    body = b"command=%2Fcapture&team_id=T1&text=a+smaller+payload%21&empty="
    assert post(guarding(inside), signed(body, FORM), body).status == 200
    fields = {"command": "/capture", "team_id": "T1", "text": "a smaller payload!", "empty": ""}
    assert [json.loads(body) for body in inside.bodies] == [fields]
    assert dict(inside.headers)[b"content-length"] == b"%d" % len(inside.bodies[0])


def test_headers_of_bolt_stay_outside() -> None:
    """Nobody can have a listener skipped by a header, which no signature covers."""
    inside = Inside()
    post(guarding(inside), [*GOOD, (b"X-Slack-Bolt-Lazy-Only", b"1"), (b"x-slack-retry-num", b"1")], EVENT)
    assert [key for key, _ in inside.headers if key.startswith(b"x-slack-r")] == [
        TIMESTAMP,
        b"x-slack-retry-num",
    ]
    assert not [key for key, _ in inside.headers if b"bolt" in key.lower()]


@dataclass
class Sender:
    """Somebody who sends pieces of a body for as long as they are taken."""

    piece: bytes
    pause: float = 0
    taken: int = 0

    async def pieces(self, total: int) -> AsyncIterator[bytes]:
        while self.taken < total:
            await asyncio.sleep(self.pause)
            self.taken += len(self.piece)
            yield self.piece


def test_fifty_megabytes_stop_at_one() -> None:
    """A body without a stated length is read no further than the limit."""
    sender = Sender(b"x" * 65536)
    answer = asyncio.run(ask(guarding(Inside()), GOOD, sender.pieces(50 * MIB)))
    assert answer.status == 413
    assert sender.taken == MIB + 65536


def test_stated_length_is_not_even_read() -> None:
    """A body that says it is too large is refused before its first byte."""
    sender = Sender(b"x" * 65536)
    headers = [*GOOD, (b"content-length", b"52428800")]
    assert asyncio.run(ask(guarding(Inside()), headers, sender.pieces(50 * MIB))).status == 413
    assert sender.taken == 0


def test_slow_body() -> None:
    """A body that dribbles is given up after the patience for the whole of it, not for each piece."""
    sender = Sender(b"x", pause=0.02)
    answer = asyncio.run(ask(guarding(Inside(), patience=0.1), GOOD, sender.pieces(MIB)))
    assert answer.status == 408
    assert sender.taken < 10


def test_body_that_breaks_off() -> None:
    """A sender that hangs up halfway is no error of ours."""

    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        assert message.get("status", 400) == 400

    inside = Inside()
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "headers": GOOD}
    asyncio.run(guarding(inside)(scope, hang_up, send))
    assert inside.bodies == []


@pytest.mark.parametrize("last", [{"body": EVENT}, {"body": EVENT, "more_body": False}])
def test_a_body_ends_where_the_server_says_nothing_more(last: Message) -> None:
    """ASGI lets a server leave out a piece's bytes, and that it was the last one."""
    pieces: list[Message] = [{"type": "http.request", "more_body": True}, {"type": "http.request", **last}]
    sent: list[Message] = []

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    inside = Inside()
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "headers": GOOD}
    asyncio.run(guarding(inside)(scope, receive, send))
    assert (inside.bodies, sent[0]["status"]) == ([EVENT], 200)


def test_the_limits_themselves_are_let_in() -> None:
    """A body that is said to be as large as may be, a signature as old as may be; not one that is a second older."""
    assert post(guarding(Inside()), [*GOOD, (b"content-length", b"%d" % MIB)], EVENT).status == 200
    for age, reasons in ((300, ["wrong_signature"]), (301, ["old_timestamp"])):
        then = b"%d" % (NOW - age)
        assert post(guarding(Inside()), signed(EVENT, timestamp=then), EVENT).status == (
            200 if age == 300 else 401
        )
        told: list[str] = []
        guard = Guard(Inside(), [SECRET], clock=lambda: NOW, on_refused=told.append)
        assert post(guard, signed(EVENT, timestamp=then, secret="another"), EVENT).status == 401
        assert told == reasons


def test_whoever_counts_refusals_hears_each_reason() -> None:
    """A body that is too slow, and one that breaks off, are told apart."""

    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        pass

    told: list[str] = []
    guard = Guard(Inside(), [SECRET], clock=lambda: NOW, patience=0.01, on_refused=told.append)
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "headers": GOOD}
    for receive in (never, hang_up):
        asyncio.run(guard(scope, receive, send))
    assert told == ["slow_body", "broken_off"]


@given(st.data())
@settings(deadline=None)
def test_any_flipped_byte_is_refused(data: st.DataObject) -> None:
    """One changed bit anywhere in the body, timestamp or signature makes a request unsigned."""
    parts = {"body": EVENT, "timestamp": b"%d" % NOW, "signature": sign(EVENT)}
    part = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[part]) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = bytearray(parts[part])
    changed[at] ^= flip
    parts[part] = bytes(changed)
    headers = [GOOD[0], (TIMESTAMP, parts["timestamp"]), (SIGNATURE, parts["signature"])]
    assert post(guarding(Inside()), headers, parts["body"]).status == 401


HEADER = st.tuples(
    st.sampled_from([b"content-type", b"content-length", TIMESTAMP, SIGNATURE, b"host"]),
    st.one_of(
        st.binary(max_size=80),
        st.sampled_from([b"application/json", FORM, b"%d" % NOW, b"v0=" + b"0" * 64, b"1", b"9999999999"]),
    ),
)


@given(
    method=st.sampled_from(["POST", "POST", "POST", "GET", "PUT", ""]),
    headers=st.lists(HEADER, max_size=8),
    chunks=st.lists(st.binary(max_size=200), max_size=5),
)
@settings(max_examples=300, deadline=None)
def test_arbitrary_requests(method: str, headers: Headers, chunks: list[bytes]) -> None:
    """Whatever anybody sends unsigned gets a 4xx, and the app behind never hears of it."""
    inside = Inside()
    answer = asyncio.run(ask(guarding(inside), headers, at_once(chunks), method))
    assert answer.status in {400, 401, 405, 408, 413, 415}
    assert inside.bodies == []


@given(st.binary(max_size=300), st.sampled_from([b"application/json", FORM]))
@settings(max_examples=300, deadline=None)
def test_arbitrary_signed_bodies(body: bytes, kind: bytes) -> None:
    """Rightly signed nonsense gets a 400 or is passed on; it never raises."""
    assert post(guarding(Inside()), signed(body, kind), body).status in {200, 400}
