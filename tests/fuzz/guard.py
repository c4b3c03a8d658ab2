"""Raw HTTP at the door, drawn by Hypothesis: methods, paths, headers, bodies, chunks, stamps and signatures."""

import hashlib
import hmac
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.front import SECRET
from tests.fuzz.raw import Sent, status_of
from tests.signed import FORM, JSON

EVENT = (
    b'{"type":"event_callback","team_id":"T0NORTHWIND","event_id":"Ev1","event":{"type":"app_home_opened"}}'
)
COMMAND = (
    b"command=%2Fcapture&team_id=T0NORTHWIND&user_id=U0MAYA&channel_id=C1&trigger_id=1.2&text=They+want+it"
)
TOGETHER = 200
"""Requests drawn in one go."""

RIGHT, PROBABLY = None, 6
"""A part that is as it should be, and how much likelier that is than each other way."""
METHODS = [
    *[b"POST"] * PROBABLY,
    b"GET",
    b"PUT",
    b"HEAD",
    b"OPTIONS",
    b"DELETE",
    b"post",
    b"\xff",
    b"",
    b"PRI",
]
PATHS = [
    *[b"/slack/events"] * PROBABLY,
    b"/slack/events?x=%00",
    b"/slack/events/",
    b"//slack/events",
    b"*",
    b"/%ff",
    b"",
]
VERSIONS = [*[b"HTTP/1.1"] * PROBABLY, b"HTTP/1.0", b"HTTP/2.0", b"HTTP/9", b""]
KINDS = [*[JSON.encode(), FORM.encode()] * PROBABLY, b"text/plain", b"application/json; charset=\xff", b""]
BODIES = [EVENT, COMMAND, b"payload=" + EVENT, b"ssl_check=1", b"", b"{}", b"[" * 2000, b'{"type":"\\ud800"}']
STAMPS = [b"", b"0", b"-1", b"1e9", b"9" * 12, b"9" * 400, "١٧".encode(), b"nan"]
SIGNATURES = [RIGHT, RIGHT, b"v0=", b"v0=" + b"0" * 64, b"v1=" + b"a" * 64, b"v0=" + b"\xff" * 64]
NAMES = [
    b"Content-Length", b"Transfer-Encoding", b"X-Slack-Retry-Num", b"X-Slack-Bolt-Lazy-Only", b"Expect", b"Host",
    b"Connection", b"Upgrade", b"X-Slack-Signature", b"X-Slack-Request-Timestamp", b"Content-Type", b"X" * 300,
]  # fmt: skip
VALUES = [b"0", b"5", b"-1", b"1e3", b"9" * 30, b"chunked", b"gzip", b"100-continue", b"websocket", b"close"]
FRAMINGS = [*["length"] * PROBABLY, "chunks", "chunks", "neither", "too short", "too long", "odd chunks"]

bodies = st.one_of(
    st.sampled_from(BODIES),
    st.binary(max_size=400),
    st.tuples(st.integers(0, 60), st.binary(max_size=9), st.integers(0, 90)).map(
        lambda cut: EVENT[: cut[0]] + cut[1] + EVENT[cut[2] :]
    ),
    st.integers(1, 3).map(lambda size: b'{"type":"' + b"x" * (size * 600_000) + b'"}'),
)
stamps = st.one_of(
    st.integers(-400, 400).map(lambda off: b"%d" % (int(time.time()) + off)),
    st.sampled_from(STAMPS),
    st.binary(max_size=20),
)
signatures = st.one_of(st.sampled_from(SIGNATURES), st.binary(max_size=80))
others = st.lists(
    st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.binary(max_size=30))), max_size=3
)
cuts = st.lists(st.integers(0, 900), max_size=4)


@st.composite
def requests(draw: st.DrawFn) -> Sent:
    """One request, right in most of its parts."""
    body, stamp, signature = draw(bodies), draw(stamps), draw(signatures)
    signature = _signed(stamp, body) if signature is RIGHT else signature
    head = b" ".join(
        [draw(st.sampled_from(METHODS)), draw(st.sampled_from(PATHS)), draw(st.sampled_from(VERSIONS))]
    )
    lines = [
        (b"Host", b"bot.example"),
        (b"Content-Type", draw(st.sampled_from(KINDS))),
        (b"X-Slack-Request-Timestamp", stamp),
        (b"X-Slack-Signature", signature),
    ]
    framing, told = _framed(draw(st.sampled_from(FRAMINGS)), body)
    fields = b"".join(b"%s: %s\r\n" % line for line in [*lines, *framing, *draw(others)])
    return Sent(_cut(head + b"\r\n" + fields + b"\r\n" + told, draw(cuts)))


def _signed(stamp: bytes, body: bytes) -> bytes:
    return (
        b"v0=" + hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest().encode()
    )


def _framed(how: str, body: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The header that says how long it is, and the body as it travels."""
    size = len(body)
    chunked = [(b"Transfer-Encoding", b"chunked")]
    match how:
        case "chunks":
            halves = [body[: size // 2], body[size // 2 :]]
            return chunked, b"".join(
                b"%x\r\n%s\r\n" % (len(one), one) for one in halves if one
            ) + b"0\r\n\r\n"
        case "odd chunks":
            return chunked, b"fffffffffffffffff\r\n" + body + b"\r\n-1\r\n"
        case "neither":
            return [], body
        case "too short":
            return [(b"Content-Length", b"%d" % (size + 5))], body
        case "too long":
            return [(b"Content-Length", b"%d" % (size // 2))], body
    return [(b"Content-Length", b"%d" % size)], body


def _cut(whole: bytes, places: list[int]) -> tuple[bytes, ...]:
    """In pieces, as a network delivers it."""
    edges = [0, *sorted(place for place in places if place < len(whole)), len(whole)]
    return tuple(whole[one:other] for one, other in pairwise(edges))


Statuses = Counter[int | None]


def besiege(url: str, number: int, enough: Callable[[], bool] = lambda: False) -> Statuses:
    """Send so many requests, or until it is enough; how often each status came. A 5xx or a silence raises."""
    statuses = Statuses()
    while statuses.total() < number and not enough():

        @seed(statuses.total())
        @settings(
            max_examples=TOGETHER, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(requests())
        def one(sent: Sent) -> None:
            status = status_of(url, sent)
            statuses[status] += 1
            assert status is None or 200 <= status < 500, (status, sent)

        one()
    return statuses
