"""The courier's side of the outbox: claim what is due, record what became of it.

PENDING → claim (lease) → SENDING → SENT, with UNKNOWN for what may or may not have happened. Each record is
fenced by the attempt's number: a process that slept past its lease cannot overwrite what another one found.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    select,
    update,
)

from storage.database import OURS, Tx, rows_given
from storage.outbox import turns
from storage.outbox.tables import OutboxRow, is_in
from storage.outbox.values import DOABLE, DONE, SAYING, UNCONFIRMED, Claimed, Ended, Pace, State
from storage.values import ChannelId, Json, WorkspaceId
from storage.workspaces.tables import InstallationRow
from storage.workspaces.values import InstallationState

KEPT = timedelta(days=14)
_doable = is_in(OutboxRow.state, DOABLE)
_waiting = and_(_doable, OutboxRow.state != State.SENDING)
_token_taken = ~exists().where(
    InstallationRow.workspace == OutboxRow.workspace, InstallationRow.state == InstallationState.REVOKED
)
_TAKE = (
    update(OutboxRow)
    .where(
        OutboxRow.workspace == bindparam("in_workspace"),
        OutboxRow.id.in_(bindparam("these", expanding=True)),
    )
    .values(
        state=State.SENDING,
        attempt=OutboxRow.attempt + 1,
        lease_until=bindparam("until"),
        first_sent_at=func.coalesce(OutboxRow.first_sent_at, bindparam("now")),
    )
)
_ENDED = rows_given("ended")
_attempt, _new_state, _new_code, _new_ts, _over = (_ENDED.c.value[place] for place in range(5))
_nobody_hears = and_(_new_state.as_string() == State.DEAD, OutboxRow.then.is_(None))
_forgotten = and_(_over.as_boolean(), ~_nobody_hears)
_RECORD = (
    update(OutboxRow)
    .where(
        OutboxRow.workspace == OURS,
        OutboxRow.id.in_(bindparam("these", expanding=True)),
        OutboxRow.id == _ENDED.c.key,
        OutboxRow.attempt == _attempt.as_integer(),
        OutboxRow.state == bindparam("being"),
    )
    .values(
        state=_new_state.as_string(),
        code=_new_code.as_string(),
        ts=_new_ts.as_string(),
        lease_until=None,
        arguments=case((_forgotten, literal({}, OutboxRow.arguments.type)), else_=OutboxRow.arguments),
        plainer=case((_forgotten, null()), else_=OutboxRow.plainer),
    )
    .returning(OutboxRow.id, OutboxRow.then, OutboxRow.about)
)
"""All at once: one by one they cost PostgreSQL seven times as much. They are named twice, so that each is looked up
by its key, and their state is a value, so that a plan made while little waited does not read all that waits."""
_mine = and_(
    OutboxRow.workspace == OURS,
    OutboxRow.id == bindparam("which"),
    OutboxRow.attempt == bindparam("fence"),
    OutboxRow.state == State.SENDING,
)
_AGAIN = (
    update(OutboxRow)
    .where(_mine)
    .values(
        state=bindparam("new_state"),
        code=bindparam("new_code"),
        wake_at=bindparam("wake"),
        lease_until=None,
        tries=OutboxRow.tries + bindparam("spent"),
        last_sent_at=bindparam("sent_at"),
        was_plainer=bindparam("plain"),
        arguments=bindparam("new_arguments", type_=OutboxRow.arguments.type),
    )
)
_BUSY = select(OutboxRow.id).where(_doable, OutboxRow.wake_at <= bindparam("now"), _token_taken).limit(1)
_OWNER_DIED = (
    update(OutboxRow)
    .where(_doable, OutboxRow.state == State.SENDING)
    .values(state=State.UNKNOWN, lease_until=None, last_sent_at=bindparam("now"), wake_at=bindparam("wake"))
)
_NOT_BEYOND = (
    update(OutboxRow)
    .where(_waiting, OutboxRow.wake_at > bindparam("latest"))
    .values(wake_at=bindparam("latest"))
)
_blocked = and_(OutboxRow.workspace == OURS, is_in(OutboxRow.state, [State.BLOCKED]))
_resumed: dict[str, Any] = {
    # what may have been posted is looked up before anything else
    "state": case((OutboxRow.code == UNCONFIRMED, State.UNKNOWN), else_=State.PENDING),
    "wake_at": bindparam("now"),
}
_RESUME = (
    update(OutboxRow)
    .where(_blocked, OutboxRow.arguments["channel"].as_string() == bindparam("in_channel"))
    .values(_resumed)
)
_RESUME_AFTER = (
    update(OutboxRow).where(_blocked, OutboxRow.code.in_(bindparam("codes", expanding=True))).values(_resumed)
)
_FORGET = delete(OutboxRow).where(is_in(OutboxRow.state, DONE), OutboxRow.created_at < bindparam("before"))
_COUNT = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
_OLDEST = select(func.min(OutboxRow.created_at)).where(_doable)


def claim(
    tx: Tx, limit: int, lease: timedelta, pace: Callable[[str], Pace], after: Claimed | None = None
) -> list[Claimed]:
    """Take up to `limit` calls that are due, as many of each lane as its pace allows; across workspaces.

    `lease` is longer than the HTTP timeout and any pause of the process, or a live send is taken for lost.
    `after` is the last one claimed before: workspaces and lanes take turns, so much to say in one delays no other.
    A call whose last moment has passed is claimed too, marked `too_late`, unless it may already be there.
    """
    due = turns.due(tx, limit, pace, ("", "") if after is None else (after.workspace, after.lane))
    claimed = [_claimed(row, tx.now) for row in due]
    for workspace in {one.workspace for one in claimed}:
        ids = [one.id for one in claimed if one.workspace == workspace]
        until = tx.steady + lease
        tx.put(_TAKE, in_workspace=workspace, these=ids, until=until, now=tx.steady)
    return claimed


def finish(tx: Tx, ended: Sequence[Ended]) -> Mapping[str, tuple[str | None, dict[str, Any]]]:
    """Record final outcomes; by the row's id its `then` and `about`, but for what another process recorded first.

    What was said is not kept here once it stands in Slack, or once whoever wanted it said hears that it never
    will; only a dead call that nobody hears of keeps it, to be put back.
    """
    if not ended:
        return {}
    rows = tx.all(
        _RECORD,
        these=[one.row.id for one in ended],
        ended={one.row.id: _told(one) for one in ended},
        being=State.SENDING,
    )
    if rows:
        tx.wake("courier")
    return {row.id: (row.then, row.about) for row in rows}


def again(
    tx: Tx,
    row: Claimed,
    state: State,
    code: str,
    wake_at: datetime,
    *,
    refund: bool = False,
    sent_at: datetime | None = None,
    otherwise: dict[str, Json] | None = None,
) -> None:
    """Record that it has to be tried or looked up again at `wake_at` (steady); `refund` spends no attempt.

    `otherwise` is what is said in its place, once: in plain words, or with a note.
    """
    tx.put(
        _AGAIN,
        which=row.id,
        fence=row.attempt,
        new_state=state,
        new_code=code,
        wake=wake_at,
        spent=0 if refund else 1,
        sent_at=sent_at or row.tried_until,
        plain=otherwise is not None or row.was_plainer,
        new_arguments=row.arguments if otherwise is None else otherwise,
    )


def busy(tx: Tx) -> bool:
    """Whether a call is due now or being made."""
    return tx.first(_BUSY, now=tx.steady) is not None


def owner_died(tx: Tx, settle: timedelta, latest: timedelta) -> int:
    """At the start of the only process: what was being sent may or may not have arrived.

    The machine's clock may have been set back while we were down, so nothing waits longer than `latest`.
    """
    tx.put(_NOT_BEYOND, latest=tx.steady + latest)
    return tx.run(_OWNER_DIED, now=tx.steady, wake=tx.steady + settle)


def resume_channel(tx: Tx, channel: ChannelId) -> None:
    """We can post in this channel again."""
    tx.wake("courier")
    tx.put(_RESUME, in_channel=channel, now=tx.steady)


def resume_after(tx: Tx, codes: Iterable[str]) -> None:
    """What was blocked for these reasons can go on, or is worth another try: their cause may be gone."""
    tx.wake("courier")
    tx.put(_RESUME_AFTER, codes=sorted(codes), now=tx.steady)


def forget(tx: Tx) -> int:
    """Drop what was sent long ago; across workspaces, by the clock."""
    return tx.run(_FORGET, before=tx.now - KEPT)


def counts(tx: Tx) -> dict[State, int]:
    """How many rows are in each state, over all workspaces."""
    return {State(state): count for state, count in tx.all(_COUNT)}


def oldest(tx: Tx) -> timedelta | None:
    """How long the oldest call that a courier can do something about has waited, over all workspaces."""
    created_at = tx.scalar(_OLDEST)
    return None if created_at is None else max(tx.now - created_at, timedelta())


def _told(one: Ended) -> list[Json]:
    over = one.row.method in SAYING and one.state in {*DONE, State.DEAD}
    return [one.row.attempt, one.state, one.code, one.ts, over]


def _claimed(row: Any, now: datetime) -> Claimed:
    doubtful = row.state != State.PENDING
    late = row.last_moment is not None and now > row.last_moment and not doubtful
    return Claimed(
        WorkspaceId(row.workspace),
        row.id,
        row.method,
        row.arguments,
        row.plainer,
        row.attempt + 1,
        row.tries,
        doubtful,
        row.first_sent_at,
        row.last_sent_at,
        row.was_plainer,
        late,
        row.last_moment,
        row.lease_until if row.state == State.SENDING else row.last_sent_at,
        row.then,
        row.lane,
        row.thread is not None,
    )
