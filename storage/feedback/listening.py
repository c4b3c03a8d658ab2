"""In which channels an emoji captures."""

from sqlalchemy import and_, bindparam, exists, false, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.feedback.tables import ListeningRow
from storage.feedback.values import Listening, ListeningState
from storage.people.tables import ChannelRow
from storage.people.values import Channel, ChannelKind
from storage.values import ChannelId, PersonId

_set = insert(ListeningRow).values(workspace=OURS)
_SET = _set.on_conflict_do_update(
    index_elements=["workspace", "channel"],
    set_={key: _set.excluded[key] for key in ("state", "by", "at")},
)
_with_name = (
    select(
        ListeningRow.channel,
        func.coalesce(ChannelRow.name, ""),
        ListeningRow.state,
        ListeningRow.by,
        func.coalesce(ChannelRow.ours, false()),
        func.coalesce(ChannelRow.shared, false()),
    )
    .join(
        ChannelRow,
        and_(ChannelRow.workspace == ListeningRow.workspace, ChannelRow.id == ListeningRow.channel),
        isouter=True,
    )
    .where(ListeningRow.workspace == OURS)
)
_ONE = _with_name.where(ListeningRow.channel == bindparam("in_channel"))
_EVERY = _with_name.where(ListeningRow.state != ListeningState.OFF).order_by(ListeningRow.at)
_WHERE_ON = (
    select(ChannelRow.id, ChannelRow.name, ChannelRow.kind)
    .join(
        ListeningRow,
        and_(ListeningRow.workspace == ChannelRow.workspace, ListeningRow.channel == ChannelRow.id),
    )
    .where(
        ChannelRow.workspace == OURS,
        ChannelRow.id == bindparam("in_channel"),
        ChannelRow.shared.is_(False),
        ChannelRow.kind.in_([ChannelKind.PUBLIC, ChannelKind.PRIVATE]),
        ListeningRow.state == ListeningState.ON,
    )
)
_CHANGE = (
    update(ListeningRow)
    .where(ListeningRow.workspace == OURS, ListeningRow.channel == bindparam("in_channel"))
    .where(ListeningRow.state != ListeningState.OFF)
    .values(state=bindparam("new_state"))
)
_there = aliased(ListeningRow)
_RENUMBER = (
    update(ListeningRow)
    .where(
        ListeningRow.workspace == OURS,
        ListeningRow.channel == bindparam("old"),
        ~exists().where(_there.workspace == OURS, _there.channel == bindparam("new")),
    )
    .values(channel=bindparam("new"))
)


def switch(tx: Tx, channel: ChannelId, state: ListeningState, by: PersonId) -> None:
    """Somebody switched capturing on or off there."""
    tx.put(_SET, channel=channel, state=state, by=by, at=tx.now)


def change(tx: Tx, channel: ChannelId, state: ListeningState) -> bool:
    """We came in, left, or need an invitation; nothing where it is switched off."""
    return tx.run(_CHANGE, in_channel=channel, new_state=state) == 1


def find(tx: Tx, channel: ChannelId) -> Listening | None:
    """Whether and how we listen there; None where nobody ever said."""
    row = tx.first(_ONE, in_channel=channel)
    return None if row is None else _listening(*row)


def where_on(tx: Tx, channel: ChannelId) -> Channel | None:
    """The channel, if an emoji captures there now: switched on, and nobody from outside in it."""
    row = tx.first(_WHERE_ON, in_channel=channel)
    return None if row is None else Channel(ChannelId(row[0]), row[1], ChannelKind(row[2]), ours=True)


def every(tx: Tx) -> list[Listening]:
    """Every channel where capturing is on or about to be."""
    return [_listening(*row) for row in tx.all(_EVERY)]


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """Slack gave the channel another id for good; what somebody has switched there since stays."""
    tx.put(_RENUMBER, old=old, new=new)


def _listening(channel: str, name: str, state: str, by: str, ours: bool, shared: bool) -> Listening:
    return Listening(ChannelId(channel), name, ListeningState(state), PersonId(by), bool(ours), bool(shared))
