"""Enqueue a call in the transaction that causes it."""

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, new_id
from storage.outbox.tables import OutboxRow
from storage.outbox.values import Call, State
from storage.values import ChannelId, PersonId

_ADD = insert(OutboxRow).values(workspace=OURS).on_conflict_do_nothing()
_RELEASE = (
    update(OutboxRow)
    .where(OutboxRow.workspace == OURS, OutboxRow.to == bindparam("person"), OutboxRow.state == State.PARKED)
    .values(state=State.PENDING, wake_at=bindparam("now"))
)
_WITHDRAW = (
    update(OutboxRow)
    .where(
        OutboxRow.workspace == OURS,
        OutboxRow.key == bindparam("which"),
        OutboxRow.state.in_([State.PENDING, State.PARKED]),
    )
    .values(state=State.LATE, code="withdrawn")
)


def enqueue(tx: Tx, call: Call, *, parked: bool = False) -> bool:
    """Say it once the transaction is committed; False when the same cause enqueued it before."""
    tx.wake("courier")
    return (
        tx.run(
            _ADD,
            id=new_id(),
            key=call.key,
            method=call.method,
            arguments=call.arguments,
            plainer=call.plainer,
            was_plainer=False,
            lane=call.lane,
            thread=call.thread,
            to=call.to,
            state=State.PARKED if parked else State.PENDING,
            wake_at=tx.steady,
            lease_until=None,
            last_moment=call.last_moment,
            attempt=0,
            first_sent_at=None,
            last_sent_at=None,
            code=None,
            ts=None,
            then=call.then,
            about=call.about or {},
            created_at=tx.now,
        )
        == 1
    )


def release(tx: Tx, person: PersonId) -> None:
    """Our conversation with the person is open: send what waited for it."""
    tx.wake("courier")
    tx.run(_RELEASE, person=person, now=tx.steady)


def withdraw(tx: Tx, key: str) -> bool:
    """Take back what nobody has begun to send; whether there was something to take back."""
    return tx.run(_WITHDRAW, which=key) == 1


def lane_of(channel: ChannelId) -> str:
    """Messages to one channel share a pace: Slack allows about one a second."""
    return f"post:{channel}"
