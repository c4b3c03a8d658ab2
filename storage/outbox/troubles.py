"""What did not get through to Slack: blocked, dead, or never confirmed; and having it tried again.

Nothing here tells what was to be said: only which call it was, where to, and why it did not go.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update

from storage.database import OURS, Tx
from storage.outbox.calls import KEPT_UP
from storage.outbox.tables import OutboxRow, is_in
from storage.outbox.values import SAYING, UNCONFIRMED, State, Trouble
from storage.values import ChannelId, WorkspaceId

MOST = 500
"""Rows that are looked at, or put back, in one work."""


_kept = or_(OutboxRow.method.not_in(sorted(SAYING)), OutboxRow.then.is_(None))
_FIELDS = (
    OutboxRow.workspace,
    OutboxRow.id,
    OutboxRow.method,
    OutboxRow.state,
    OutboxRow.code,
    OutboxRow.arguments["channel"].as_string().label("channel"),
    OutboxRow.created_at,
    OutboxRow.then,
)
_blocked, _dead = is_in(OutboxRow.state, [State.BLOCKED]), is_in(OutboxRow.state, [State.DEAD])
_unknown = is_in(OutboxRow.state, [State.UNKNOWN])
_some = select(*_FIELDS).order_by(OutboxRow.id).limit(bindparam("limit"))
_ALL_BLOCKED, _ALL_DEAD, _ALL_UNKNOWN = _some.where(_blocked), _some.where(_dead), _some.where(_unknown)
_ours = OutboxRow.workspace == OURS
_OUR_BLOCKED, _OUR_DEAD = _some.where(_ours, _blocked), _some.where(_ours, _dead)
_again: dict[str, Any] = {
    "tries": 0,
    "code": None,
    "wake_at": bindparam("now"),
    "last_moment": bindparam("until"),
}
_REVIVE = update(OutboxRow).where(_dead, _kept).values({**_again, "state": State.UNKNOWN})
_REVIVE_OURS = _REVIVE.where(OutboxRow.workspace == OURS, OutboxRow.id.in_(bindparam("ids", expanding=True)))
_unsure = and_(
    OutboxRow.workspace == OURS,
    _blocked,
    OutboxRow.code == UNCONFIRMED,
    OutboxRow.id.in_(bindparam("ids", expanding=True)),
)
_SEND_AGAIN = update(OutboxRow).where(_unsure).values({**_again, "state": State.PENDING})
_over: dict[str, Any] = {"state": State.LATE, "arguments": {}, "plainer": None}
_LEAVE_UNSURE = update(OutboxRow).where(_unsure).values(_over)
_LEAVE_DEAD = (
    update(OutboxRow)
    .where(OutboxRow.workspace == OURS, _dead, OutboxRow.id.in_(bindparam("ids", expanding=True)))
    .values(_over)
)


def here(tx: Tx, limit: int = MOST) -> list[Trouble]:
    """What is blocked or dead in this workspace, the oldest first."""
    return [_trouble(row) for query in (_OUR_BLOCKED, _OUR_DEAD) for row in tx.all(query, limit=limit)]


def everywhere(tx: Tx, limit: int = MOST) -> list[Trouble]:
    """The same in all workspaces, and what is in doubt: for the command line."""
    every = (_ALL_BLOCKED, _ALL_DEAD, _ALL_UNKNOWN)
    return [_trouble(row) for query in every for row in tx.all(query, limit=limit)]


def revive(tx: Tx, ids: Sequence[str]) -> int:
    """Try these dead calls again: each is looked up before it is sent, for it may be there after all."""
    tx.wake("courier")
    return tx.run(_REVIVE_OURS, ids=list(ids), now=tx.steady, until=tx.now + KEPT_UP)


def revive_everywhere(tx: Tx) -> int:
    """The same for all that can be tried again in every workspace."""
    tx.wake("courier")
    return tx.run(_REVIVE, now=tx.steady, until=tx.now + KEPT_UP)


def send_again(tx: Tx, ids: Sequence[str]) -> int:
    """Somebody says that what nobody could look up is not there: send it."""
    tx.wake("courier")
    return tx.run(_SEND_AGAIN, ids=list(ids), now=tx.steady, until=tx.now + KEPT_UP)


def leave(tx: Tx, ids: Sequence[str]) -> int:
    """Nobody needs these any more: what is dead or unconfirmed among them is over, words and all."""
    return tx.run(_LEAVE_UNSURE, ids=list(ids)) + tx.run(_LEAVE_DEAD, ids=list(ids))


def _trouble(row: Any) -> Trouble:
    return Trouble(
        WorkspaceId(row.workspace),
        row.id,
        row.method,
        State(row.state),
        row.code or "",
        None if row.channel is None else ChannelId(row.channel),
        row.created_at,
        row.method not in SAYING or row.then is None,
        row.then is not None,
    )
