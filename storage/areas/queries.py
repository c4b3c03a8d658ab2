"""Keep and find product areas."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.areas.tables import AreaChannelRow, AreaRow
from storage.areas.values import Area, AreaId, Cards
from storage.database import OURS, Tx, new_id
from storage.values import ChannelId, PersonId, folded

_FIELDS = (AreaRow.id, AreaRow.name, AreaRow.owner, AreaRow.deputy, AreaRow.triage, AreaRow.cards)
_EVERY = select(*_FIELDS).where(AreaRow.workspace == OURS).order_by(AreaRow.id)
_this = and_(AreaRow.workspace == OURS, AreaRow.id == bindparam("which"))
_FIND = select(*_FIELDS).where(_this)
_BY_NAME = select(*_FIELDS).where(AreaRow.workspace == OURS, AreaRow.folded == bindparam("written"))
_OF_CHANNEL = (
    select(*_FIELDS)
    .join(
        AreaChannelRow, and_(AreaChannelRow.workspace == AreaRow.workspace, AreaChannelRow.area == AreaRow.id)
    )
    .where(AreaRow.workspace == OURS, AreaChannelRow.channel == bindparam("in_channel"))
)
_CHANNELS = (
    select(AreaChannelRow.channel)
    .where(AreaChannelRow.workspace == OURS, AreaChannelRow.area == bindparam("which"))
    .order_by(AreaChannelRow.channel)
)
_ADD = insert(AreaRow).values(workspace=OURS)
_CHANGE = (
    update(AreaRow)
    .where(_this)
    .values(
        {one: bindparam(f"new_{one}") for one in ("name", "folded", "owner", "deputy", "triage", "cards")}
    )
)
_CARDED = select(AreaRow.carded).where(_this)
_CARD = update(AreaRow).where(_this).values(carded=bindparam("new_carded"))
_EMPTY = delete(AreaChannelRow).where(
    AreaChannelRow.workspace == OURS, AreaChannelRow.area == bindparam("which")
)
_assign = insert(AreaChannelRow).values(workspace=OURS)
_ASSIGN = _assign.on_conflict_do_update(
    index_elements=["workspace", "channel"], set_={"area": _assign.excluded.area}
)


def every(tx: Tx) -> list[Area]:
    """All of them, the first one first."""
    return [_area(row) for row in tx.all(_EVERY)]


def find(tx: Tx, area: AreaId) -> Area | None:
    """The area of that id."""
    row = tx.first(_FIND, which=area)
    return None if row is None else _area(row)


def by_name(tx: Tx, name: str) -> Area | None:
    """The area that is called so."""
    row = tx.first(_BY_NAME, written=folded(name))
    return None if row is None else _area(row)


def of_channel(tx: Tx, channel: ChannelId) -> Area | None:
    """The area somebody said the channel belongs to."""
    return asked_of_channel(tx, channel)()


def asked_of_channel(tx: Tx, channel: ChannelId) -> Callable[[], Area | None]:
    """The same, asked now and taken later."""
    found = tx.ask(_OF_CHANNEL, in_channel=channel)
    return lambda: next((_area(row) for row in found()), None)


def channels(tx: Tx, area: AreaId) -> list[ChannelId]:
    """The channels that belong to it."""
    return [ChannelId(one) for (one,) in tx.all(_CHANNELS, which=area)]


def add(tx: Tx, name: str) -> Area:
    """A new one, which nobody looks after yet."""
    area = Area(AreaId(new_id()), name)
    tx.put(
        _ADD,
        id=area.id,
        name=name,
        folded=folded(name),
        owner=None,
        deputy=None,
        triage=None,
        cards=None,
        carded=None,
    )
    return area


def change(tx: Tx, area: Area, channels: Sequence[ChannelId]) -> None:
    """It is so from now on; a channel belongs to the area that was given it last."""
    tx.put(
        _CHANGE,
        which=area.id,
        new_name=area.name,
        new_folded=folded(area.name),
        new_owner=area.owner,
        new_deputy=area.deputy,
        new_triage=area.triage,
        new_cards=area.cards,
    )
    tx.put(_EMPTY, which=area.id)
    for channel in channels:
        tx.put(_ASSIGN, channel=channel, area=area.id)


def carded(tx: Tx, area: AreaId) -> date | None:
    """The last day that had one card for all that waits of it."""
    return tx.scalar(_CARDED, which=area)


def card(tx: Tx, area: AreaId, day: date) -> None:
    """That day has its card."""
    tx.put(_CARD, which=area, new_carded=day)


def _area(row: Any) -> Area:
    return Area(
        AreaId(row.id),
        row.name,
        None if row.owner is None else PersonId(row.owner),
        None if row.deputy is None else PersonId(row.deputy),
        None if row.triage is None else ChannelId(row.triage),
        Cards(row.cards) if row.cards else Cards.EACH,
    )
