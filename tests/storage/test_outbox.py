"""The outbox: the same cause is one row, each row is one courier's at a time, in order, at Slack's pace."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import bindparam, select, update

from storage.database import OURS, Tx
from storage.outbox import calls, claims
from storage.outbox.tables import OutboxRow
from storage.outbox.values import OPEN, Call, Claimed, Ended, State
from storage.values import ChannelId, PersonId
from storage.workspaces import queries as workspaces
from tests.storage.works import A, B
from tests.storage.world import MORNING, World, keys, post

_SET = (
    update(OutboxRow)
    .where(OutboxRow.workspace == OURS, OutboxRow.key == bindparam("which"))
    .values(state=bindparam("new"), lease_until=bindparam("lease"))
)


def in_state(tx: Tx, key: str, state: State) -> None:
    tx.run(_SET, which=key, new=state, lease=tx.steady + timedelta(hours=1))


# -- enqueueing -------------------------------------------------------------------------------------------


async def test_the_same_cause_is_one_row(world: World) -> None:
    """Enqueued again, before or after it was sent, by the same key: nothing new is said. Another workspace's is its own."""
    assert await world.enqueue(post("a"), post("b"), post("a")) == [True, True, False]
    for row in await world.claim():
        await world.finish(row)

    assert await world.enqueue(post("a")) == [False]
    assert await world.enqueue(post("a"), workspace=B) == [True]
    assert [row.workspace for row in await world.claim()] == [B]


async def test_a_work_that_is_undone_says_nothing(world: World) -> None:
    """The call belongs to the transaction that causes it."""

    def failing(tx: Tx) -> None:
        calls.enqueue(tx, post("a"))
        raise LookupError

    with pytest.raises(LookupError):
        await world.do(failing)
    assert await world.claim() == []


async def test_what_nobody_began_can_be_taken_back(world: World) -> None:
    """A pending call is withdrawn, visibly; one that is being sent is not."""
    await world.enqueue(post("a"), post("b"))
    assert await world.do(lambda tx: calls.withdraw(tx, "a"))
    assert keys(await world.claim()) == ["b"]
    assert not await world.do(lambda tx: calls.withdraw(tx, "b"))
    assert not await world.do(lambda tx: calls.withdraw(tx, "c"))
    assert await world.states() == {"a": State.LATE, "b": State.SENDING}


# -- pace and order ---------------------------------------------------------------------------------------


async def test_one_message_a_second_in_a_lane(world: World) -> None:
    """Of a lane's messages one is claimed at a time, the first first, and the next a second later; no lane, no pace."""
    await world.enqueue(
        *(post(f"x{n}", "x") for n in range(3)), post("y0", "y"), post("free1"), post("free2")
    )

    assert keys(await world.claim()) == ["free1", "free2", "x0", "y0"]
    assert await world.claim() == []
    world.later(0.9)
    assert await world.claim() == []
    world.later(0.1)
    assert keys(await world.claim()) == ["x1"]
    world.later(5)
    assert keys(await world.claim()) == ["x2"]


async def test_civil_time_does_not_change_the_pace(world: World) -> None:
    """Moving the calendar by sixteen hours frees no lane."""
    await world.enqueue(post("x0", "x"), post("x1", "x"))
    await world.claim()
    world.clock.moved += timedelta(hours=16)
    assert await world.claim() == []


async def test_lanes_are_each_workspace_s_own(world: World) -> None:
    """The same channel id in two workspaces is two lanes."""
    await world.enqueue(post("a", "x"))
    await world.enqueue(post("b", "x"), workspace=B)
    assert keys(await world.claim()) == ["a", "b"]


async def test_a_claim_is_bounded_and_goes_on_where_it_ended(world: World) -> None:
    """A long queue is claimed a batch at a time, lane after lane; one that is taken does not stand in the way."""
    await world.enqueue(*(post(f"x{n}", "x") for n in range(5)), post("y", "y"), post("z", "z"))
    found = [keys(await world.claim(limit=2)) for _ in range(3)]
    assert found == [["x0", "y"], ["z"], []]


@pytest.mark.parametrize("state", State)
async def test_a_thread_keeps_its_order(world: World, state: State) -> None:
    """What may still come holds back what was said later in its thread; what is over, or blocked, does not."""
    await world.enqueue(post("first", thread="t"), post("second", thread="t"), post("beside", thread="u"))
    await world.do(lambda tx: in_state(tx, "first", state))

    found = keys(await world.claim())

    assert ("second" in found) is (state not in OPEN)
    assert "beside" in found


async def test_a_thread_is_a_workspace_s_own(world: World) -> None:
    """The same thread name elsewhere holds back nothing."""
    await world.enqueue(post("a", thread="t"))
    await world.claim()
    await world.enqueue(post("b", thread="t"), workspace=B)
    assert keys(await world.claim()) == ["b"]


# -- outcomes ---------------------------------------------------------------------------------------------


async def one(world: World, call: Call) -> Claimed:
    await world.enqueue(call)
    (row,) = await world.claim()
    return row


async def test_a_final_outcome_says_what_comes_next(world: World) -> None:
    """The row's `then` and `about` come back once, to whoever recorded it."""
    row = await one(world, replace(post("a"), then="feedback.words", about={"number": 7}))

    def finish(tx: Tx) -> object:
        return claims.finish(tx, [Ended(row, State.SENT, "", "1700000000.000100")])

    assert await world.do(finish) == {row.id: ("feedback.words", {"number": 7})}
    assert await world.do(finish) == {}


async def test_what_ended_together_is_recorded_together(world: World) -> None:
    """Each with its own outcome; what was said is forgotten where it stands, and kept to be put back."""
    told = replace(post("told"), then="feedback.words", about={"number": 7})
    outcomes = {
        "sent": (State.SENT, "", "1700000000.000100"),
        "late": (State.LATE, "too_late", None),
        "dead": (State.DEAD, "no_text", None),
        "told": (State.DEAD, "no_text", None),
        "blocked": (State.BLOCKED, "is_archived", None),
        "stale": (State.SENT, "", "1700000000.000200"),
    }
    for call in (*(post(key) for key in outcomes if key != "told"), told):
        await world.enqueue(replace(call, lane=f"post:{call.key}", thread=None, plainer={"text": "plainly"}))
    rows = {
        row.key: row for row in await world.across(lambda tx: tx.all(select(OutboxRow.id, OutboxRow.key)))
    }
    taken = {row.id: row for row in await world.claim()}
    ended = [Ended(taken[rows[key].id], *outcome) for key, outcome in outcomes.items()]
    ended[-1] = replace(ended[-1], row=replace(ended[-1].row, attempt=2))

    found = await world.do(lambda tx: claims.finish(tx, ended))

    assert {one.row.id for one in ended[:-1]} == found.keys()
    assert found[rows["told"].id] == ("feedback.words", {"number": 7})
    query = select(
        OutboxRow.key, OutboxRow.state, OutboxRow.code, OutboxRow.ts, OutboxRow.arguments, OutboxRow.plainer
    )
    kept = {row.key: row for row in await world.across(lambda tx: tx.all(query))}
    assert {key: tuple(row)[1:4] for key, row in kept.items()} == outcomes | {
        "stale": (State.SENDING, None, None)
    }
    assert {key for key, row in kept.items() if row.arguments} == {"dead", "blocked", "stale"}
    assert {key for key, row in kept.items() if row.plainer} == {"dead", "blocked", "stale"}


async def test_a_stale_attempt_records_nothing(world: World) -> None:
    """A courier that slept past its lease finds the row in another's hands, and leaves no trace."""
    stale = await one(world, post("a"))
    world.later(61)
    (fresh,) = await world.claim()

    assert (stale.attempt, fresh.attempt, stale.doubtful, fresh.doubtful) == (1, 2, False, True)
    assert not await world.finish(stale, State.DEAD)
    await world.do(lambda tx: claims.again(tx, stale, State.PENDING, "later", tx.steady))
    assert await world.claim() == []
    assert await world.finish(fresh)
    assert not await world.finish(stale, State.DEAD)
    assert await world.states() == {"a": State.SENT}


async def test_a_live_lease_is_respected(world: World) -> None:
    """Nobody else gets the row until the lease is over."""
    await one(world, post("a"))
    world.later(59.9)
    assert await world.claim() == []


async def test_when_it_was_tried_last_is_known_even_of_a_dead_owner(world: World) -> None:
    """A try that nobody recorded was made before its lease ended: a look from then on has to reach that far."""
    first = await one(world, post("a"))
    await world.do(lambda tx: claims.again(tx, first, State.UNKNOWN, "timeout", MORNING, sent_at=MORNING))
    world.later(3600)
    (second,) = await world.claim()
    assert (first.tried_until, second.tried_until) == (None, MORNING)
    world.later(61)
    (third,) = await world.claim()
    assert third.tried_until == MORNING + timedelta(seconds=3660)
    await world.do(lambda tx: claims.again(tx, third, State.UNKNOWN, "ratelimited", tx.steady))
    (fourth,) = await world.claim()
    assert fourth.tried_until == third.tried_until


async def test_what_nobody_confirmed_is_looked_up_when_it_goes_on(world: World) -> None:
    """It may stand there: resuming it does not say it again without a look."""
    row = await one(world, post("a"))
    await world.finish(row, State.BLOCKED, "unconfirmed")
    await world.do(lambda tx: claims.resume_after(tx, ["unconfirmed"]))
    assert [one.doubtful for one in await world.claim()] == [True]


async def test_patience_spends_no_attempt_and_keeps_the_fence(world: World) -> None:
    """A refunded try does not count, but the old attempt still cannot record."""
    first = await one(world, post("a"))
    wake = world.clock.steady() + timedelta(seconds=3)
    await world.do(lambda tx: claims.again(tx, first, State.PENDING, "ratelimited", wake, refund=True))
    assert await world.claim() == []
    world.later(3)
    (second,) = await world.claim()
    assert (second.attempt, second.tries, second.doubtful) == (2, 0, False)
    assert not await world.finish(first)

    await world.do(
        lambda tx: claims.again(tx, second, State.UNKNOWN, "timeout", tx.steady, sent_at=tx.steady)
    )
    (third,) = await world.claim()
    assert (third.attempt, third.tries, third.doubtful) == (3, 1, True)
    assert (third.first_sent_at, third.last_sent_at) == (MORNING, MORNING + timedelta(seconds=3))


async def test_a_plainer_rendering_takes_the_place_of_the_first(world: World) -> None:
    """What Slack would not take is said again in plain words, once."""
    row = await one(world, replace(post("a"), plainer={"mark": "plain"}))
    await world.do(
        lambda tx: claims.again(tx, row, State.PENDING, "invalid_blocks", tx.steady, otherwise=row.plainer)
    )
    (plain,) = await world.claim()
    assert (plain.arguments, plain.was_plainer, row.was_plainer) == ({"mark": "plain"}, True, False)


async def test_too_late_is_said_of_what_cannot_be_there(world: World) -> None:
    """Past its last moment (civil time) a call is claimed to be dropped, unless an earlier attempt may have arrived."""
    moment = MORNING + timedelta(hours=1)
    await world.enqueue(*(replace(post(name), last_moment=moment) for name in ("tried", "new")))
    await world.claim(limit=1)
    world.clock.moved += timedelta(hours=1)
    world.later(61)
    assert [(row.arguments["mark"], row.too_late, row.doubtful) for row in await world.claim()] == [
        ("tried", False, True),
        ("new", True, False),
    ]


async def test_on_the_dot_is_not_too_late(world: World) -> None:
    """The last moment itself still counts."""
    await world.enqueue(replace(post("a"), last_moment=MORNING))
    assert [row.too_late for row in await world.claim()] == [False]


async def test_what_a_dead_owner_was_sending_is_in_doubt(world: World) -> None:
    """After a kill of the only process: looked at again once it has settled, and no wait is longer than it may be."""
    await world.enqueue(post("a"), post("b"), post("c"))
    (row, *_) = await world.claim(limit=2)
    far = MORNING + timedelta(days=300)
    await world.do(lambda tx: claims.again(tx, row, State.UNKNOWN, "timeout", far))

    died = partial(claims.owner_died, settle=timedelta(seconds=30), latest=timedelta(minutes=5))
    assert await world.across(died) == 1

    assert [(r.arguments["mark"], r.doubtful) for r in await world.claim()] == [("c", False)]
    world.later(30)
    assert [(r.arguments["mark"], r.doubtful, r.last_sent_at) for r in await world.claim()] == [
        ("b", True, MORNING)
    ]
    world.later(270)
    assert "a" in keys(await world.claim())


# -- blocked and revoked ----------------------------------------------------------------------------------


def in_channel(key: str, channel: str, method: str = "chat.postMessage") -> Call:
    return Call(key, method, {"mark": key, "channel": channel}, thread=f"board:{key}")


async def test_a_channel_that_is_back_resumes_its_own(world: World) -> None:
    """Every call to that channel goes on: posts, updates, reactions; those to a channel with a longer name do not."""
    await world.enqueue(
        in_channel("post", "C1"),
        in_channel("update", "C1", "chat.update"),
        in_channel("tick", "C1", "reactions.add"),
        in_channel("other", "C12"),
        Call("home", "views.publish", {"mark": "home"}),
    )
    for row in await world.claim():
        await world.finish(
            row, State.BLOCKED, "missing_scope" if row.arguments["mark"] == "home" else "is_archived"
        )
    assert await world.claim() == []

    await world.do(lambda tx: claims.resume_channel(tx, ChannelId("C1")), B)
    assert await world.claim() == []
    await world.do(lambda tx: claims.resume_channel(tx, ChannelId("C1")))
    assert keys(await world.claim()) == ["post", "update", "tick"]
    await world.do(lambda tx: claims.resume_after(tx, ["missing_scope", "token_revoked"]))
    assert keys(await world.claim()) == ["home"]


async def test_a_revoked_workspace_is_left_alone(world: World) -> None:
    """Nothing of it is claimed, nothing waits for it, and it goes on when the token is back."""
    for workspace in (A, B):
        await world.do(lambda tx: workspaces.remember(tx, PersonId("UBOT"), "BBOT"), workspace)
        await world.enqueue(post(workspace), workspace=workspace)
    await world.do(workspaces.revoke)

    assert keys(await world.claim()) == [B]
    assert await world.next_wake() is None
    await world.do(lambda tx: workspaces.remember(tx, PersonId("UBOT"), "BBOT"))
    assert keys(await world.claim()) == [A]


# -- waking and forgetting --------------------------------------------------------------------------------


async def test_the_next_wake_is_when_something_can_be_done(world: World) -> None:
    """What waits for a lane, its turn, its conversation or an answer does not wake the courier before its time."""
    second = timedelta(seconds=1)
    assert await world.next_wake() is None
    await world.enqueue(post("a", "x", "t"), post("b", "x", "t"), post("c", "x", "u"))
    assert await world.next_wake() is None  # what can go is not waited for
    (row,) = await world.claim()
    assert await world.next_wake() == MORNING + second  # c waits for the lane, b for a
    await world.do(lambda tx: claims.again(tx, row, State.UNKNOWN, "timeout", MORNING + 30 * second))
    world.later(1)
    (other,) = await world.claim()
    await world.finish(other)
    assert await world.next_wake() == MORNING + 30 * second
    await world.do(lambda tx: in_state(tx, "a", State.PARKED))
    assert await world.next_wake() is None


async def test_what_was_sent_long_ago_is_forgotten(world: World) -> None:
    """After two weeks of civil time; what ended badly stays visible, what waits stays."""
    for state in State:
        await world.enqueue(post(state))
        await world.do(partial(in_state, key=state, state=state))
    assert await world.across(claims.forget) == 0
    world.clock.moved += timedelta(days=14, seconds=1)
    await world.enqueue(post("new"))

    assert await world.across(claims.forget) == 2
    left = {state.value: state for state in State if state not in (State.SENT, State.LATE)}
    assert await world.states() == {**left, "new": State.PENDING}
    counted = dict.fromkeys(left.values(), 1)
    assert await world.across(claims.counts) == {**counted, State.PENDING: 2}
