"""The HTTP intake: what it takes, what it refuses and how it says so, and that a request happens once."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake import BURST, LIMIT, Pace, read
from handlers.feedback.intake import Refused, Sent
from storage.feedback import queries as feedbacks
from storage.feedback import standings
from storage.feedback.values import Feedback, FeedbackState, Kind, NewFeedback, Source
from storage.tokens import queries as tokens
from storage.values import Audience, ChannelId, PersonId, WorkspaceId
from tests.alone import Alone, alone

NORTH, SOUTH = WorkspaceId("T0NORTHWIND"), WorkspaceId("T0SOUTHWIND")
SAID = {"words": "Please export to Excel", "account": "Acme"}
MAYA = PersonId("U0MAYA")
SECRET = ChannelId("C0SECRET")


@dataclass(frozen=True, slots=True)
class Program:
    """Another program, which has a token."""

    to: Alone
    token: str
    session: aiohttp.ClientSession

    async def call(
        self, method: str, path: str, body: object = None, *, raw: bytes | None = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """The status, what was said as JSON, and the headers."""
        about = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        about |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = json.dumps(body).encode() if raw is None else raw
        about = {name: value for name, value in about.items() if value}
        url = f"{self.to.url}{path}"
        async with self.session.request(method, url, data=data, headers=about) as answer:
            said = await answer.json() if method != "HEAD" else None
            return answer.status, said, dict(answer.headers)

    async def send(self, body: object = SAID, **headers: str) -> tuple[int, Any]:
        status, said, _ = await self.call("POST", "/api/feedback", body, raw=None, **headers)
        return status, said

    async def say(self, key: str, **said: object) -> tuple[int, Any]:
        status, answer, _ = await self.call("PATCH", f"/api/feedback/{quote(key, safe='')}", said)
        return status, answer


@pytest.fixture
async def program(database_url: str) -> AsyncIterator[Program]:
    """A program with a token of one of two workspaces."""
    async with alone(database_url, NORTH, SOUTH) as app, aiohttp.ClientSession() as session:
        _, written = await app.app.database.transact(NORTH, lambda tx: tokens.make(tx, "Zendesk", None))
        yield Program(app, written, session)


async def found(program: Program, number: int) -> Feedback:
    kept = await program.to.app.database.read(NORTH, lambda tx: feedbacks.get(tx, number))
    assert kept is not None
    return kept


async def count(program: Program, workspace: str = NORTH) -> int:
    rows = await asyncio.to_thread(program.to.rows, workspace)
    return len(rows["feedback"])


async def test_feedback_comes_in_like_any_other(program: Program) -> None:
    """What is known of it is kept, and what its words read like where nobody says; nobody counts as wanting it."""
    status, said = await program.send({**SAID, "kind": "problem", "key": "pay-12"})
    assert (status, said) == (201, {"reference": "F-1"})
    one = await found(program, 1)
    assert (one.words, one.account, one.kind, one.outside) == (SAID["words"], "Acme", Kind.PROBLEM, "PAY-12")
    assert (one.source, one.state) == (Source.API, FeedbackState.NEW)
    await program.send({"words": "Is there an API?"})
    assert (await found(program, 2)).kind is Kind.QUESTION
    rows = await asyncio.to_thread(program.to.rows, NORTH)
    assert rows["feedback_supporters"] == []
    assert await count(program, SOUTH) == 0


REFUSALS: list[tuple[dict[str, Any], int, str, str]] = [
    ({"Authorization": ""}, 401, "no_token", "Authorization: Bearer tl_"),
    ({"Authorization": "Basic abc"}, 401, "no_token", "Authorization"),
    ({"Authorization": "Bearer quokka"}, 401, "wrong_token", "opens nothing"),
    ({"Authorization": f"Bearer tl_{NORTH}_{'a' * 43}"}, 401, "wrong_token", "opens nothing"),
    ({"Authorization": f"Bearer tl_T0NOBODY_{'a' * 43}"}, 401, "wrong_token", "opens nothing"),
    ({"Content_Type": "text/plain"}, 415, "wrong_content_type", "application/json"),
    ({"raw": b"{" + b" " * LIMIT + b"}"}, 413, "too_large", "256 KiB"),
    ({"raw": b""}, 400, "not_json", "no JSON"),
    ({"raw": b'{"words": '}, 400, "not_json", "no JSON"),
    ({"raw": b"\xff\xfe"}, 400, "not_json", "no JSON"),
    ({"body": []}, 422, "invalid", ""),
    ({"body": {}}, 422, "invalid", "It is missing."),
    ({"body": {"words": 5}}, 422, "invalid", "valid string"),
    ({"body": {"words": "  "}}, 422, "invalid", "It is empty."),
    ({"body": {"words": "x" * 40_001}}, 422, "invalid", "at most 40000"),
    ({"body": {"words": "a\x00b"}}, 422, "invalid", "NUL"),
    ({"body": {**SAID, "kind": "rant"}}, 422, "invalid", "'idea'"),
    ({"body": {**SAID, "account": "A" * 81}}, 422, "invalid", "at most 80"),
    ({"body": {**SAID, "area": "Nowhere"}}, 422, "invalid", "no area of this name"),
    ({"body": {**SAID, "vip": True}}, 422, "invalid", "There is no such field."),
    ({"body": SAID, "Idempotency_Key": "a b"}, 422, "invalid", "1 to 200"),
    ({"body": SAID, "Idempotency_Key": "k" * 201}, 422, "invalid", "1 to 200"),
]


@pytest.mark.parametrize(("sent", "status", "error", "words"), REFUSALS)
async def test_what_is_wrong_is_said_as_json(
    program: Program, sent: dict[str, Any], status: int, error: str, words: str
) -> None:
    """A name for the program, a sentence for its author, and nothing is kept; what was sent is not repeated."""
    body = sent.pop("body", SAID)
    got, said, _ = await program.call("POST", "/api/feedback", body, **sent)
    sent["body"] = body
    assert (got, said["error"]) == (status, error)
    assert words in said["say"]
    assert "quokka" not in json.dumps(said)
    assert await count(program) == 0


async def test_streamed_bodies_are_measured(program: Program) -> None:
    """A body that does not say how long it is, is read no further than allowed."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LIMIT // 1024 + 2):
            yield b" " * 1024

    about = {"Authorization": f"Bearer {program.token}", "Content-Type": "application/json"}
    url = f"{program.to.url}/api/feedback"
    async with program.session.post(url, data=endless(), headers=about) as answer:
        assert (answer.status, (await answer.json())["error"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/feedback", 405),
        ("PUT", "/api/feedback", 405),
        ("POST", "/api/feedback/PAY-12", 405),
        ("OPTIONS", "/api/feedback", 405),
        ("GET", "/api/", 404),
        ("POST", "/api/quokkas", 404),
        ("PATCH", "/api/feedback/", 422),
        ("PATCH", "/api/feedback/%00", 422),
        ("PATCH", "/api/feedback/%ff%fe", 404),
        ("PATCH", f"/api/feedback/{'K' * 81}", 422),
    ],
)
async def test_other_addresses_and_methods_are_no_surprise(
    program: Program, method: str, path: str, status: int
) -> None:
    """Each is answered by JSON as well."""
    got, said, _ = await program.call(method, path, {"status": "planned"})
    assert (got, set(said) >= {"error", "say"}) == (status, True)


async def test_the_same_request_happens_once(program: Program) -> None:
    """Sent again, at once or later, it gets the same answer; the key with another body is refused."""
    both = await asyncio.gather(*(program.send(Idempotency_Key="ticket-7") for _ in range(8)))
    assert Counter(json.dumps(one) for one in both) == {json.dumps([201, {"reference": "F-1"}]): 8}
    status, said = await program.send({**SAID, "account": "BP"}, Idempotency_Key="ticket-7")
    assert (status, said["error"]) == (422, "key_used")
    assert await count(program) == 1
    assert await program.send(Idempotency_Key="ticket-8") == (201, {"reference": "F-2"})
    _, other = await program.to.app.database.transact(NORTH, lambda tx: tokens.make(tx, "Other", None))
    another = Program(program.to, other, program.session)
    assert await another.send(Idempotency_Key="ticket-7") == (201, {"reference": "F-3"})


async def test_a_refused_request_may_be_mended(program: Program) -> None:
    """What was refused used no key up."""
    status, _ = await program.send({**SAID, "area": "Nowhere"}, Idempotency_Key="k")
    assert status == 422
    assert await program.send(Idempotency_Key="k") == (201, {"reference": "F-1"})


async def test_a_flood_is_told_when_to_come_back(program: Program) -> None:
    """429 with Retry-After; another program is not made to wait for it."""
    statuses: Counter[int] = Counter()
    for _ in range(10):
        answers = await asyncio.gather(*(program.call("POST", "/api/feedback", {}) for _ in range(BURST)))
        statuses.update(status for status, _, _ in answers)
        if statuses[429]:
            break
    assert set(statuses) == {422, 429}
    refused = next(one for one in answers if one[0] == 429)
    assert refused[1]["error"] == "too_many"
    assert int(refused[2]["Retry-After"]) >= 1
    _, other = await program.to.app.database.transact(NORTH, lambda tx: tokens.make(tx, "Other", None))
    assert (await Program(program.to, other, program.session).send())[0] == 201


def test_a_token_s_pace() -> None:
    """So many at once, then two a second."""
    at = [100.0]
    pace = Pace(lambda: at[0])
    assert [pace.wait("a") for _ in range(BURST + 2)] == [0] * BURST + [1, 1]
    assert pace.wait("b") == 0
    at[0] += 1
    assert [pace.wait("a") for _ in range(3)] == [0, 0, 1]


async def test_a_revoked_token_opens_nothing(program: Program) -> None:
    """From the moment it was revoked; only a digest of it was ever kept."""
    database = program.to.app.database
    (token,) = await database.read(NORTH, tokens.every)
    assert program.token not in json.dumps([*program.to.rows().values()])
    assert await database.transact(NORTH, lambda tx: tokens.revoke(tx, token.id))
    assert (await program.send())[0] == 401
    assert not await database.transact(NORTH, lambda tx: tokens.revoke(tx, token.id))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(["words", "kind", "account", "area", "key", "x"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5)))  # fmt: skip
def test_nothing_odd_breaks_it(body: object) -> None:
    """Whatever JSON comes, it is read or refused."""
    with contextlib.suppress(Refused):
        read(Sent, json.dumps(body).encode())


# -- how what is tracked elsewhere stands --


def capture(key: str, audience: Audience | None = None) -> Any:
    new = NewFeedback(Kind.IDEA, Source.COMMAND, MAYA, "Excel", outside=key)
    return lambda tx: feedbacks.add(tx, new, "Excel", audience or Audience.workspace())


async def test_a_tracker_says_how_it_stands(program: Program) -> None:
    """All that has the key moves, also what few may see; the answer names none of it."""
    database = program.to.app.database
    for _ in range(25):
        await database.transact(NORTH, capture("PAY-12"))
    await database.transact(NORTH, capture("PAY-12", Audience.of_channel(SECRET)))
    await database.transact(NORTH, capture("PAY-120"))
    await database.transact(SOUTH, capture("PAY-12"))
    status, said = await program.say(
        "pay-12", status="planned", planned_for="2026-12-10", sentence="It comes."
    )
    assert (status, said) == (200, {"key": "PAY-12", "status": "planned"})
    states = [(await found(program, number)).state for number in range(1, 28)]
    assert states == [FeedbackState.PLANNED] * 26 + [FeedbackState.NEW]
    theirs = await database.read(SOUTH, lambda tx: feedbacks.get(tx, 1))
    assert theirs is not None
    assert theirs.state is FeedbackState.NEW
    standing = await database.read(NORTH, lambda tx: standings.find(tx, 1))
    assert standing is not None
    assert (standing.sentence, str(standing.planned_for)) == ("It comes.", "2026-12-10")


async def test_saying_it_again_changes_nothing(program: Program) -> None:
    """An automation repeats itself; what has shipped stays so."""
    await program.to.app.database.transact(NORTH, capture("Org/repo#7"))
    assert (await program.say("Org/repo#7", status="in_progress"))[0] == 200
    once = await found(program, 1)
    assert (await program.say("Org/repo#7", status="in_progress"))[0] == 200
    assert await found(program, 1) == once
    assert (await program.say("Org/repo#7", status="shipped"))[0] == 200
    assert (await program.say("Org/repo#7", status="in_progress"))[0] == 200
    assert (await found(program, 1)).state is FeedbackState.SHIPPED


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"status": "done"}, 422, "'planned'"),
        ({}, 422, "missing"),
        ({"status": "declined"}, 422, "needs its reason"),
        ({"status": "answered"}, 422, "the answer"),
        ({"status": "planned", "planned_for": "soon"}, 422, "date"),
        ({"status": "planned", "sentence": "x" * 601}, 422, "600"),
        ({"status": "planned"}, 404, "No feedback has this key."),
    ],
)
async def test_a_status_that_cannot_be_is_refused(
    program: Program, said: dict[str, object], status: int, words: str
) -> None:
    """Declining needs its reason and answering its answer, for a program as for a person."""
    await program.to.app.database.transact(NORTH, capture("PAY-1"))
    got, answer = await program.say("PAY-2" if status == 404 else "PAY-1", **said)
    assert (got, words in answer["say"]) == (status, True)
    assert (await found(program, 1)).state is FeedbackState.NEW
