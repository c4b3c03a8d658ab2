"""Enqueue a call in the transaction that causes it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, new_id
from storage.outbox.tables import BoardRow, OutboxRow, is_in
from storage.outbox.values import OPEN, POSTING, Call, State
from storage.values import ChannelId, PersonId

KEPT_UP = timedelta(days=7)
"""How long a call without a last moment of its own is worth making."""

_ADD = insert(OutboxRow).values(workspace=OURS).on_conflict_do_nothing()
_RELEASE = (
    update(OutboxRow)
    .where(OutboxRow.workspace == OURS, OutboxRow.id == bindparam("which"))
    .values(
        state=State.PENDING,
        wake_at=bindparam("now"),
        lane=bindparam("new_lane"),
        arguments=bindparam("new_arguments", type_=OutboxRow.arguments.type),
        plainer=bindparam("new_plainer", type_=OutboxRow.plainer.type),
    )
)
_parked = and_(
    OutboxRow.workspace == OURS, OutboxRow.to == bindparam("whose"), is_in(OutboxRow.state, [State.PARKED])
)
_FIND_PARKED = select(OutboxRow.id, OutboxRow.method, OutboxRow.arguments, OutboxRow.plainer).where(_parked)
_no_words: dict[str, object] = {"arguments": {}, "plainer": None}
_GIVE_UP = (
    update(OutboxRow).where(_parked).values(_no_words | {"state": State.DEAD, "code": bindparam("why")})
)
_BOARDS_GONE = (
    update(BoardRow)
    .where(
        BoardRow.workspace == OURS,
        BoardRow.key.in_(select(OutboxRow.about["board"].as_string()).where(_parked)),
    )
    .values(on_its_way=False, stale=False, gone=True)
)
_this_key = and_(OutboxRow.workspace == OURS, OutboxRow.key == bindparam("which"))
_HOLD = select(OutboxRow.state).where(_this_key).with_for_update()
_AGAIN = (
    update(OutboxRow)
    .where(_this_key, OutboxRow.state.in_([State.SENT, State.DEAD, State.LATE]))
    .values(state=State.PENDING, wake_at=bindparam("now"), tries=0)
)
_RESTING = (State.PENDING, State.PARKED, State.BLOCKED)
_taken_back = _no_words | {"state": State.LATE, "code": "withdrawn"}
_WITHDRAW = update(OutboxRow).where(_this_key, OutboxRow.state.in_(_RESTING)).values(_taken_back)
_this_thread = and_(OutboxRow.workspace == OURS, OutboxRow.thread == bindparam("of_thread"))
_WITHDRAW_WAITING = (
    update(OutboxRow)
    .where(_this_thread, is_in(OutboxRow.state, OPEN), OutboxRow.state.in_([State.PENDING, State.PARKED]))
    .values(_taken_back)
)
_WITHDRAW_BLOCKED = (
    update(OutboxRow).where(_this_thread, is_in(OutboxRow.state, [State.BLOCKED])).values(_taken_back)
)


def enqueue(tx: Tx, call: Call) -> None:
    """Say it once the transaction is committed; nothing happens when the same cause enqueued it before."""
    tx.wake("courier")
    tx.put(_ADD, **_new(tx, call, State.PENDING))


def enqueue_some(tx: Tx, several: Sequence[Call]) -> None:
    """The same for several."""
    tx.wake("courier")
    tx.run_many(_ADD, [_new(tx, one, State.PENDING) for one in several])


def enqueue_new(tx: Tx, call: Call, *, parked: bool = False) -> bool:
    """The same; False when the same cause enqueued it before."""
    tx.wake("courier")
    return tx.run(_ADD, **_new(tx, call, State.PARKED if parked else State.PENDING)) == 1


def _new(tx: Tx, call: Call, state: State) -> dict[str, Any]:
    return {
        "id": new_id(),
        "key": call.key,
        "method": call.method,
        "arguments": call.arguments,
        "plainer": call.plainer,
        "was_plainer": False,
        "lane": call.lane or call.method,
        "thread": call.thread,
        "to": call.to,
        "state": state,
        "wake_at": tx.steady,
        "lease_until": None,
        "last_moment": call.last_moment or tx.now + KEPT_UP,
        "attempt": 0,
        "tries": 0,
        "first_sent_at": None,
        "last_sent_at": None,
        "code": None,
        "ts": None,
        "then": call.then,
        "about": call.about or {},
        "created_at": tx.now,
    }


def hold(tx: Tx, key: str) -> None:
    """Wait until nobody else is recording what became of this call, and let nobody until we are done."""
    tx.first(_HOLD, which=key)


def repeat(tx: Tx, key: str) -> None:
    """Make a call that is over once more, however it ended."""
    tx.wake("courier")
    tx.put(_AGAIN, which=key, now=tx.steady)


def release(tx: Tx, person: PersonId, channel: ChannelId) -> None:
    """Our conversation with the person is open: send what waited for it there."""
    tx.wake("courier")
    for row in tx.all(_FIND_PARKED, whose=person):
        tx.put(
            _RELEASE,
            which=row.id,
            now=tx.steady,
            new_lane=lane_in(row.method, channel),
            new_arguments={**row.arguments, "channel": channel},
            new_plainer=None if row.plainer is None else {**row.plainer, "channel": channel},
        )


def give_up(tx: Tx, person: PersonId, code: str) -> int:
    """Our conversation with the person cannot be opened: what waited for it is dead, its words are forgotten."""
    tx.put(_BOARDS_GONE, whose=person)
    return tx.run(_GIVE_UP, whose=person, why=code)


def withdraw(tx: Tx, key: str) -> bool:
    """Take back what nobody is sending, words and all; whether there was something to take back."""
    return tx.run(_WITHDRAW, which=key) == 1


def withdraw_thread(tx: Tx, thread: str) -> bool:
    """The same for whatever waits in a thread."""
    taken = tx.run(_WITHDRAW_WAITING, of_thread=thread) + tx.run(_WITHDRAW_BLOCKED, of_thread=thread)
    return taken > 0


def lane_in(method: str, channel: ChannelId) -> str:
    """What a call to a conversation is paced by: a message by its channel, anything else by its method."""
    return lane_of(channel) if method == POSTING else method


def lane_of(channel: ChannelId) -> str:
    """Messages to one channel share a pace: Slack allows about one a second."""
    return f"post:{channel}"
