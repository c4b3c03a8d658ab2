"""What one courier makes of each answer: the row's next state, when it is looked at again, and what it costs it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.courier.attempt import EVENT_TYPE
from bot.courier.courier import ATTEMPTS, OVERDUE, Courier
from bot.courier.looking import AROUND, LIMIT, LITTLE, PAGES, look_up
from bot.courier.timing import Timing
from bot.slack import SlackLine
from handlers.kit.features import Feature, Registry
from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox import calls, claims
from storage.outbox.tables import OutboxRow
from storage.outbox.values import UNCONFIRMED, Answer, Call, Claimed, State, Verdict
from storage.values import WorkspaceId
from storage.workspaces import queries as workspaces
from storage.workspaces.values import InstallationState
from tests.answering import Asked, asked
from tests.storage.works import A, B, on_sqlite
from tests.storage.world import MORNING

SECOND = timedelta(seconds=1)
SETTLE, LONGEST = 30 * SECOND, 300 * SECOND
TIMING = Timing(settle=SETTLE, longest=LONGEST, breath=0, tick=0.05)
WORDS: dict[str, Any] = {"channel": "C1", "text": "Words"}
PLAIN: dict[str, Any] = {"channel": "C1", "text": "Plain"}
POST = "chat.postMessage"
heard: list[Answer] = []


def hear(_tx: Tx, answer: Answer) -> None:
    heard.append(answer)


def stumble(_tx: Tx, answer: Answer) -> None:
    heard.append(answer)
    raise LookupError("They want it blue")


def noted(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "text": "Words, perhaps once more"}


REGISTRY = Registry(
    [Feature("kit", thens={"kit.heard": hear, "kit.stumbles": stumble}, says_again={"kit.heard": noted})]
)


@dataclass(slots=True)
class Desk:
    """A courier, its database, and Slack."""

    database: Database
    clock: VirtualClock
    slack: Asked
    line: SlackLine
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.courier = Courier(self.database, self.line, REGISTRY, TIMING)

    async def enqueue(self, method: str = POST, workspace: WorkspaceId = A, **more: Any) -> None:
        call = Call("key", method, {**WORDS}, **more)
        await self.database.transact(workspace, lambda tx: calls.enqueue_new(tx, call))

    async def step(self) -> bool:
        """Once round, until what was sent is recorded."""
        busy = await self.courier.step()
        await self.recorded()
        return busy

    async def recorded(self) -> None:
        while self.courier._under_way:
            await asyncio.wait(self.courier._under_way)

    def later(self, time: timedelta) -> None:
        self.clock.pass_time(time)

    async def row(self) -> Any:
        query = select(*OutboxRow.__table__.c)
        return await self.database.read_everywhere(lambda tx: tx.first(query))

    async def set(self, **values: Any) -> None:
        await self.database.transact_everywhere(lambda tx: tx.run(update(OutboxRow).values(values)))

    async def in_doubt(self, **more: Any) -> None:
        """It was tried, and nobody knows what became of it."""
        self.slack.says = {"ok": False, "error": "internal_error"}
        await self.enqueue(**more)
        await self.step()
        assert (await self.row()).state == State.UNKNOWN
        self.slack.calls.clear()
        self.slack.says = {"ok": True, "ts": "2.2"}

    def said(self) -> list[str]:
        return [method for method, _ in self.slack.calls]


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    heard.clear()
    clock = VirtualClock(MORNING)
    database = Database(database_url, clock)
    async with asked() as slack:
        line = SlackLine(slack.base, "xoxb-1", timeout=1)
        line.workspace = A
        slack.says = {"ok": True, "ts": "1.1"}
        yield Desk(database, clock, slack, line)
        await line.close()
    await database.close()


def no(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}


async def test_what_slack_did_is_sent(desk: Desk) -> None:
    """With its marker, once; its time is kept and its words are not; what wanted it said hears of it."""
    await desk.enqueue(then="kit.heard", about={"n": 1})
    assert await desk.step()
    row = await desk.row()
    assert (row.state, row.code, row.ts, row.arguments, row.lease_until) == (State.SENT, "", "1.1", {}, None)
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"k": row.id}}
    assert desk.slack.calls == [(POST, {**WORDS, "metadata": metadata})]
    assert heard == [Answer(True, Verdict.DONE, "", {"ok": True, "ts": "1.1"}, {"n": 1})]
    assert not await desk.step()


async def test_only_a_message_carries_a_marker(desk: Desk) -> None:
    """Other methods take none; what is no text is no time of a message."""
    desk.slack.says = {"ok": True, "ts": 7}
    await desk.enqueue("users.info")
    await desk.step()
    assert desk.slack.calls == [("users.info", WORDS)]
    assert ((await desk.row()).state, (await desk.row()).ts) == (State.SENT, None)


@pytest.mark.parametrize(
    ("method", "code", "state", "wait", "tries"),
    [
        (POST, "message_limit_exceeded", State.PENDING, 1, 0),
        (POST, "internal_error", State.UNKNOWN, 30, 0),
        (POST, "never_documented", State.UNKNOWN, 30, 1),
        ("users.info", "internal_error", State.UNKNOWN, 1, 0),
        ("users.info", "never_documented", State.UNKNOWN, 1, 1),
        (POST, "is_archived", State.BLOCKED, None, 0),
        (POST, "no_text", State.DEAD, None, 0),
        (POST, "invalid_blocks", State.DEAD, None, 0),
    ],
)
async def test_what_slack_says_decides_what_comes_next(
    desk: Desk, method: str, code: str, state: State, wait: int | None, tries: int
) -> None:
    """Again after a pause, looked up when it has settled, waiting for somebody, or over: each at its price."""
    desk.slack.says = no(code)
    await desk.enqueue(method, then="kit.heard")
    await desk.step()
    row = await desk.row()
    assert (row.state, row.code, row.tries, row.lease_until, row.attempt) == (state, code, tries, None, 1)
    assert row.wake_at == MORNING + (wait or 0) * SECOND
    assert [(one.ok, one.code) for one in heard] == ([] if wait else [(False, code)])
    assert row.last_sent_at == (MORNING if state is State.UNKNOWN else None)


async def test_slack_s_own_word_says_how_long_to_wait(desk: Desk) -> None:
    """And it costs no attempt."""
    desk.slack.status, desk.slack.headers, desk.slack.says = 429, {"retry-after": "7"}, no("ratelimited")
    await desk.enqueue()
    await desk.step()
    row = await desk.row()
    assert (row.state, row.tries, row.wake_at) == (State.PENDING, 0, MORNING + 7 * SECOND)
    assert not await desk.step()


async def test_plain_words_are_said_once_instead(desk: Desk) -> None:
    """At once, where there are any; if Slack takes these neither, it is over."""
    desk.slack.says = no("invalid_blocks")
    await desk.enqueue(plainer=PLAIN)
    await desk.step()
    row = await desk.row()
    assert (row.state, row.arguments, row.was_plainer, row.wake_at) == (State.PENDING, PLAIN, True, MORNING)
    desk.later(SECOND)
    await desk.step()
    assert (await desk.row()).state == State.DEAD
    assert [body["text"] for _, body in desk.slack.calls] == ["Words", "Plain"]


async def test_what_may_be_undone_next_has_settled_before(desk: Desk) -> None:
    """A tick that Slack sets late must not stand after the call that takes it away: that one waits behind it."""
    desk.slack.says = {"ok": False, "error": "internal_error"}
    await desk.enqueue("reactions.add", thread="tick:F-1")

    await desk.step()

    row = await desk.row()
    assert (row.state, row.wake_at) == (State.UNKNOWN, MORNING + SETTLE)


@pytest.mark.parametrize(("tries", "state"), [(ATTEMPTS - 1, State.UNKNOWN), (ATTEMPTS, State.DEAD)])
async def test_after_so_many_attempts_it_is_over(desk: Desk, tries: int, state: State) -> None:
    """But not while Slack itself is down: that is no fault of the call's."""
    desk.slack.says = no("never_documented")
    await desk.enqueue("users.info")
    await desk.set(tries=tries)
    await desk.step()
    assert (await desk.row()).state == state
    await desk.set(tries=ATTEMPTS, state=State.PENDING, wake_at=desk.clock.steady())
    desk.slack.says = no("internal_error")
    await desk.step()
    assert (await desk.row()).state == State.UNKNOWN


@pytest.mark.parametrize(("attempt", "wait"), [(1, 2), (3, 8), (8, 256), (9, 300), (50, 300)])
async def test_what_keeps_failing_is_tried_less_and_less_often(desk: Desk, attempt: int, wait: int) -> None:
    """Twice as long each time, and never longer than the longest."""
    desk.slack.says = no("internal_error")
    await desk.enqueue("users.info")
    await desk.set(attempt=attempt)
    await desk.step()
    assert (await desk.row()).wake_at == MORNING + wait * SECOND


async def test_what_never_reached_slack_costs_nothing(desk: Desk) -> None:
    """Nobody listens there: it was not done, so there is nothing to look up."""
    line = SlackLine("http://127.0.0.1:9/api/", "xoxb-1")
    line.workspace = A
    desk.courier = Courier(desk.database, line, REGISTRY, TIMING)
    await desk.enqueue()
    await desk.step()
    await line.close()
    row = await desk.row()
    assert (row.state, row.tries, row.code) == (State.PENDING, 0, "ClientConnectorError")


async def test_no_answer_in_time_is_doubt(desk: Desk) -> None:
    """It may have been done; that Slack did not answer is no fault of the call's."""
    desk.slack.slow = 3.0
    await desk.enqueue()
    await desk.step()
    row = await desk.row()
    assert (row.state, row.tries, row.wake_at) == (State.UNKNOWN, 0, MORNING + SETTLE)
    assert row.code in {"TimeoutError", "ServerTimeoutError"}


# -- what is in doubt -----------------------------------------------------------------------------------------


def history(*marks: object, cursor: str = "", kind: str = EVENT_TYPE) -> dict[str, Any]:
    messages = [
        {"ts": f"{number}.0", "metadata": {"event_type": kind, "event_payload": {"k": mark}}}
        for number, mark in enumerate(marks, 1)
    ]
    return {"ok": True, "messages": messages, "response_metadata": {"next_cursor": cursor}}


async def test_what_is_found_is_sent(desk: Desk) -> None:
    """It is not said a second time, and what wanted it said gets its time."""
    await desk.in_doubt(then="kit.heard")
    desk.later(SETTLE)
    desk.slack.of = {"conversations.history": history("another", (await desk.row()).id)}
    await desk.step()
    row = await desk.row()
    assert (row.state, row.ts, desk.said()) == (State.SENT, "2.0", ["conversations.history"])
    assert heard[0].data == {"ok": True, "ts": "2.0", "channel": "C1"}


async def test_what_is_not_there_is_said_again(desk: Desk) -> None:
    """Once it had time to arrive."""
    await desk.in_doubt()
    desk.slack.of = {"conversations.history": history()}
    desk.later(SETTLE - SECOND)
    assert not await desk.step()
    await desk.set(wake_at=desk.clock.steady())
    await desk.step()
    row = await desk.row()
    assert (row.state, row.code, row.tries) == (State.UNKNOWN, "not_there", 0)
    assert row.wake_at == desk.clock.steady() + SETTLE
    await desk.set(wake_at=desk.clock.steady() + SECOND)
    desk.later(SECOND)
    await desk.step()
    assert (await desk.row()).state == State.SENT
    assert desk.said() == ["conversations.history", "conversations.history", POST]


async def test_what_can_be_repeated_is_not_looked_for(desk: Desk) -> None:
    """Done twice it is the same."""
    await desk.in_doubt(method="users.info")
    desk.later(SECOND)
    await desk.step()
    assert ((await desk.row()).state, desk.said()) == (State.SENT, ["users.info"])


async def test_where_slack_does_not_tell_now_it_is_asked_later(desk: Desk) -> None:
    """After a pause, or when Slack says; nothing is spent by it."""
    await desk.in_doubt()
    desk.later(SETTLE)
    desk.slack.of = {"conversations.history": no("internal_error")}
    await desk.step()
    row = await desk.row()
    assert (row.state, row.tries, row.wake_at) == (State.UNKNOWN, 0, desk.clock.steady() + 2 * SECOND)
    desk.later(2 * SECOND)
    desk.slack.of, desk.slack.status, desk.slack.headers = {}, 429, {"retry-after": "9"}
    desk.slack.says = no("ratelimited")
    await desk.step()
    assert (await desk.row()).wake_at == desk.clock.steady() + 9 * SECOND


async def test_where_nobody_can_look_it_is_said_once_more_with_a_note(desk: Desk) -> None:
    """If it is of a kind that may be; in doubt again, it waits for somebody's word."""
    await desk.in_doubt(then="kit.heard")
    desk.slack.of = {"conversations.history": no("missing_scope")}
    desk.later(SETTLE)
    desk.slack.says = no("internal_error")
    await desk.step()
    row = await desk.row()
    assert (row.state, row.code, row.arguments, row.tries) == (State.PENDING, UNCONFIRMED, noted(WORDS), 0)
    desk.later(SECOND)
    await desk.step()
    desk.later(SETTLE)
    await desk.step()
    row = await desk.row()
    assert (row.state, row.code) == (State.BLOCKED, UNCONFIRMED)
    assert [(one.ok, one.code) for one in heard] == [(False, UNCONFIRMED)]


async def test_an_announcement_is_not_said_again(desk: Desk) -> None:
    """Nor is anything whose last moment has passed: somebody has to say whether it is there."""
    await desk.in_doubt()
    desk.slack.of = {"conversations.history": no("missing_scope")}
    desk.later(SETTLE - SECOND)
    await desk.set(wake_at=desk.clock.steady())
    await desk.step()
    assert (await desk.row()).state == State.UNKNOWN, "it had no time to arrive yet"
    desk.later(SETTLE)
    await desk.step()
    assert ((await desk.row()).state, (await desk.row()).code) == (State.BLOCKED, UNCONFIRMED)


async def test_after_hours_of_not_knowing_somebody_hears_of_it(desk: Desk) -> None:
    """Six beyond its last moment, not before."""
    await desk.in_doubt(last_moment=MORNING + SETTLE, then="kit.heard")
    desk.slack.of = {"conversations.history": no("internal_error")}
    desk.later(SETTLE + OVERDUE)
    await desk.step()
    assert (await desk.row()).state == State.UNKNOWN
    desk.later(LONGEST)
    await desk.step()
    assert ((await desk.row()).state, (await desk.row()).code) == (State.BLOCKED, UNCONFIRMED)


# -- what is not sent at all ----------------------------------------------------------------------------------


async def test_what_is_too_late_is_dropped(desk: Desk) -> None:
    """A second after its last moment, not at it; what was in doubt, too, once it is known not to be there."""
    await desk.enqueue(last_moment=MORNING, then="kit.heard")
    desk.later(SECOND)
    await desk.step()
    assert ((await desk.row()).state, (await desk.row()).code, desk.said()) == (State.LATE, "too_late", [])
    assert [(one.ok, one.verdict, one.code) for one in heard] == [(False, Verdict.DEAD, "too_late")]


async def test_its_last_moment_is_still_in_time(desk: Desk) -> None:
    """It is said."""
    await desk.enqueue(last_moment=MORNING)
    await desk.step()
    assert (await desk.row()).state == State.SENT


async def test_what_was_in_doubt_for_too_long_is_dropped(desk: Desk) -> None:
    """It is not there, and would only puzzle."""
    await desk.in_doubt(last_moment=MORNING + SETTLE)
    desk.slack.of = {"conversations.history": history()}
    desk.later(SETTLE + SECOND)
    await desk.step()
    assert ((await desk.row()).state, desk.said()) == (State.LATE, ["conversations.history"])


async def test_nothing_of_another_workspace_is_sent_with_this_token(desk: Desk) -> None:
    """It waits for a token of its own."""
    await desk.enqueue(workspace=B)
    await desk.step()
    assert ((await desk.row()).state, (await desk.row()).code, desk.said()) == (State.BLOCKED, "no_token", [])


async def test_nothing_is_sent_before_we_know_whose_token_it_is(desk: Desk) -> None:
    """It stays as it is."""
    desk.line.workspace = None
    await desk.enqueue()
    assert not await desk.step()
    assert ((await desk.row()).state, desk.said()) == (State.PENDING, [])


async def test_a_call_does_not_begin_late_in_its_lease(desk: Desk) -> None:
    """Another courier takes it over then, and both would say it."""
    await desk.enqueue()
    await desk.courier.step()
    desk.later(TIMING.calls_within)
    await desk.step()
    assert (await desk.row()).state == State.SENT
    await desk.database.transact(A, lambda tx: calls.enqueue_new(tx, Call("other", "users.info", {})))
    await desk.courier.step()
    desk.later(TIMING.calls_within + SECOND)
    await desk.recorded()
    assert desk.said() == [POST]


async def test_a_token_that_was_taken_away_is_noted(desk: Desk) -> None:
    """Nothing else is tried with it."""
    await desk.database.transact(A, workspaces.name)
    desk.slack.says = no("token_revoked")
    await desk.enqueue()
    await desk.step()
    assert (await desk.row()).state == State.BLOCKED
    [here] = await desk.database.read_everywhere(workspaces.every)
    assert here.state is InstallationState.REVOKED


async def test_what_follows_cannot_undo_what_was_said(desk: Desk) -> None:
    """It stumbles, and still the message stands and is not said again."""
    await desk.enqueue(then="kit.stumbles")
    await desk.step()
    assert ((await desk.row()).state, len(heard)) == (State.SENT, 1)


async def test_no_more_is_under_way_than_it_may(desk: Desk) -> None:
    """A turn takes what there is room for, and waits for room where there is none."""
    desk.courier = Courier(desk.database, desk.line, REGISTRY, Timing(at_once=2, breath=0))
    for number in range(3):
        call = Call(f"{number}", "users.info", {"n": number})
        await desk.database.transact(A, lambda tx, call=call: calls.enqueue_new(tx, call))  # type: ignore[misc]
    desk.slack.slow = 0.2
    assert await desk.courier.step()
    assert (len(desk.courier._under_way), desk.slack.calls) == (2, [])
    assert await desk.courier.step()
    assert desk.slack.calls
    assert len(desk.courier._under_way) <= 2
    await desk.recorded()
    await desk.step()
    assert len(desk.slack.calls) == 3


# -- stopping -------------------------------------------------------------------------------------------------


async def test_a_stop_finishes_what_is_under_way(desk: Desk) -> None:
    """And claims nothing more."""
    desk.slack.slow = 0.1
    await desk.enqueue()
    await desk.courier.step()
    await desk.courier.stop(5)
    assert (await desk.row()).state == State.SENT
    await desk.database.transact(A, lambda tx: calls.enqueue_new(tx, Call("other", "users.info", {})))
    await asyncio.wait_for(desk.courier.run(), 5)
    assert desk.said() == [POST]


async def test_what_a_stop_cannot_wait_for_is_in_doubt(desk: Desk) -> None:
    """Nobody waits for its lease: it is looked up when it has settled, and nothing is spent."""
    desk.slack.slow = 5.0
    await desk.enqueue()
    await desk.courier.step()
    await asyncio.sleep(0.05)
    await desk.courier.stop(0.05)
    row = await desk.row()
    assert (row.state, row.code, row.tries) == (State.UNKNOWN, "stopped", 0)
    assert (row.wake_at, row.last_sent_at, row.lease_until) == (MORNING + SETTLE, MORNING, None)


async def test_at_the_start_whoever_was_sending_is_dead_where_there_is_only_one(desk: Desk) -> None:
    """On SQLite; elsewhere it may be another process, and its lease says when it is not."""
    await desk.enqueue()
    await desk.database.transact_everywhere(lambda tx: claims.claim(tx, 1, TIMING.lease, desk.courier._pace))
    await desk.courier.start()
    row = await desk.row()
    alone = desk.database.dialect == "sqlite"
    assert row.state == (State.UNKNOWN if alone else State.SENDING)
    assert row.wake_at == (MORNING + SETTLE if alone else MORNING)


async def test_it_is_idle_when_nothing_is_due(desk: Desk) -> None:
    """Not while something is under way, or due, or can be had by letting time pass; then it is."""
    assert await desk.courier.idle()
    desk.slack.slow = 0.1
    await desk.enqueue()
    assert not await desk.courier.idle()
    await desk.courier.step()
    assert not await desk.courier.idle()
    await desk.step()
    assert await desk.courier.idle()


# -- looking --------------------------------------------------------------------------------------------------


def tried(**arguments: Any) -> Claimed:
    return Claimed(
        A, "mark", POST, {**WORDS, **arguments}, None, 2, 1, True, MORNING, MORNING, False, False, None, MORNING, None, POST
    )  # fmt: skip


def stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"


async def look(desk: Desk, row: Claimed | None = None, until: datetime | None = None) -> Verdict:
    return (await look_up(desk.line, row or tried(), until)).verdict


async def test_only_the_time_around_the_tries_is_read(desk: Desk) -> None:
    """Ten minutes before and after, with all that messages carry; a reply in its thread."""
    desk.slack.says = history()
    basis = {
        "channel": "C1",
        "include_all_metadata": "true",
        "limit": f"{LIMIT}",
        "oldest": stamp(MORNING - AROUND),
    }
    await look(desk)
    await look(desk, until=MORNING + SETTLE)
    await look(desk, tried(thread_ts="1.5"))
    assert [
        (method, {name: str(value) for name, value in sent.items()}) for method, sent in desk.slack.calls
    ] == [
        ("conversations.history", basis),
        ("conversations.history", {**basis, "latest": stamp(MORNING + SETTLE + AROUND)}),
        ("conversations.replies", {**basis, "ts": "1.5"}),
    ]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (history("mark"), Verdict.DONE),
        (history("another", "mark"), Verdict.DONE),
        (history("another", 7, None), Verdict.DEAD),
        (history("mark", kind="another_app"), Verdict.DEAD),
        ({"ok": True, "messages": [{"ts": "1.0"}, {"ts": "2.0", "metadata": None}]}, Verdict.DEAD),
        ({"ok": True, "messages": [{"ts": "1.0", "metadata": {"event_type": EVENT_TYPE}}]}, Verdict.DEAD),
        ({"ok": True}, Verdict.DEAD),
        (no("missing_scope"), Verdict.BLOCKED),
        (no("token_revoked"), Verdict.UNKNOWN),
        (no("internal_error"), Verdict.UNKNOWN),
    ],
)
async def test_ours_is_known_by_its_marker(desk: Desk, answer: dict[str, Any], verdict: Verdict) -> None:
    """Its own, and of our app; whatever else stands there is somebody else's."""
    desk.slack.says = answer
    assert await look(desk) is verdict


async def test_every_page_is_read_up_to_a_limit(desk: Desk) -> None:
    """From where the last one ended; where there is no end to it, nobody can look."""
    desk.slack.says = history("another", cursor="next")
    assert await look(desk) is Verdict.BLOCKED
    assert len(desk.slack.calls) == PAGES
    assert [sent.get("cursor") for _, sent in desk.slack.calls[:3]] == [None, "next", "next"]


@pytest.mark.parametrize(("shown", "verdict"), [(LITTLE, Verdict.BLOCKED), (LITTLE + 1, Verdict.UNKNOWN)])
async def test_a_page_that_is_put_off_after_a_small_one_never_comes(
    desk: Desk, shown: int, verdict: Verdict
) -> None:
    """An app that is shown so little is allowed one request a minute; after a full page it is only patience."""
    desk.slack.in_turn = [(history(*range(shown), cursor="next"), 200)]
    desk.slack.status, desk.slack.says = 429, no("ratelimited")
    assert await look(desk) is verdict


@on_sqlite
async def test_a_courier_that_was_woken_rests_again(desk: Desk) -> None:
    """It goes round a few times for what woke it, and then not before its next tick: at rest it costs nothing."""
    rounds: list[int] = []
    timing = replace(TIMING, tick=60)
    courier = Courier(desk.database, desk.line, REGISTRY, timing, beat=lambda: rounds.append(1))
    running = asyncio.create_task(courier.run())
    await desk.enqueue()
    while (await desk.row()).state != State.SENT:  # noqa: ASYNC110 - the courier goes on by itself
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    gone_round = len(rounds)
    await asyncio.sleep(0.3)
    assert len(rounds) <= gone_round + 2, "a round or two may have been late"
    await courier.stop(5)
    await running


async def test_a_look_that_gets_no_answer_says_nothing() -> None:
    """It may be there or not."""
    line = SlackLine("http://127.0.0.1:9/api/", "xoxb-1")
    found = await look_up(line, tried(), None)
    await line.close()
    assert (found.verdict, found.code) == (Verdict.UNKNOWN, aiohttp.ClientConnectorError.__name__)
