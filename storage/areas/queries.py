"""Keep and find product areas."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.areas.tables import AreaChannelRow, AreaRow
from storage.areas.values import Area, AreaId, Cards
from storage.database import OURS, Tx, new_id
from storage.values import ChannelId, PersonId, folded

_NAMES = (
    "id", "name", "owner", "deputy", "triage", "cards", "part_of", "retired", "version", "changed_by",
)  # fmt: skip
_FIELDS = [getattr(AreaRow, one) for one in _NAMES]
_ours = select(*_FIELDS).where(AreaRow.workspace == OURS)
_EVERY = _ours.where(AreaRow.part_of.is_(None)).order_by(AreaRow.retired, AreaRow.id)
_this = and_(AreaRow.workspace == OURS, AreaRow.id == bindparam("which"))
_HELD = (
    _ours.where(AreaRow.id.in_(bindparam("these", expanding=True)))
    .order_by(AreaRow.id)
    .with_for_update(of=AreaRow)
)
_PARTS = _ours.where(AreaRow.part_of == bindparam("which")).order_by(AreaRow.folded)
_FAMILY = select(AreaRow.id).where(
    AreaRow.workspace == OURS,
    or_(
        AreaRow.id.in_(bindparam("these", expanding=True)),
        AreaRow.part_of.in_(bindparam("these", expanding=True)),
    ),
)
_whole = aliased(AreaRow)
_counted_under = (
    select(*(getattr(_whole, one) for one in _NAMES))
    .join(
        AreaRow,
        and_(AreaRow.workspace == _whole.workspace, func.coalesce(AreaRow.part_of, AreaRow.id) == _whole.id),
    )
    .where(_whole.workspace == OURS)
)
_FIND = _counted_under.where(AreaRow.id == bindparam("which"))
_BY_NAME = _counted_under.where(AreaRow.folded == bindparam("written"))
_CALLED = _ours.where(AreaRow.folded == bindparam("written"))
_NAMED = select(AreaRow.folded, func.coalesce(AreaRow.part_of, AreaRow.id).label("area")).where(
    AreaRow.workspace == OURS
)
_OF_CHANNEL = _counted_under.join(
    AreaChannelRow, and_(AreaChannelRow.workspace == AreaRow.workspace, AreaChannelRow.area == AreaRow.id)
).where(AreaChannelRow.channel == bindparam("in_channel"), _whole.retired.is_(False))
_CHANNELS = (
    select(AreaChannelRow.channel)
    .where(AreaChannelRow.workspace == OURS, AreaChannelRow.area == bindparam("which"))
    .order_by(AreaChannelRow.channel)
)
_ADD = insert(AreaRow).values(workspace=OURS)
_READ = "areas.every"
"""Taken out by whoever changes one."""
_CHANGED = ("name", "folded", "owner", "deputy", "triage", "cards", "part_of", "retired", "changed_by")
_CHANGE = (
    update(AreaRow)
    .where(_this)
    .values({one: bindparam(f"new_{one}") for one in _CHANGED} | {"version": AreaRow.version + 1})
)
_ADOPT = (
    update(AreaRow)
    .where(AreaRow.workspace == OURS, AreaRow.part_of == bindparam("which"))
    .values(part_of=bindparam("new_part_of"))
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
_REDRAW = update(AreaRow).where(_this).values(redraw=bindparam("new_redraw"))
_TO_REDRAW = (
    select(AreaRow.id, AreaRow.redraw)
    .where(AreaRow.workspace == OURS, AreaRow.redraw.is_not(None))
    .order_by(AreaRow.id)
    .limit(1)
    .with_for_update()
)
_SORTED_THERE = (
    update(AreaRow)
    .where(AreaRow.workspace == OURS, AreaRow.triage == bindparam("old"))
    .values(triage=bindparam("new"))
)
_there = aliased(AreaChannelRow)
_RENUMBER = (
    update(AreaChannelRow)
    .where(AreaChannelRow.workspace == OURS, AreaChannelRow.channel == bindparam("old"))
    .where(~exists().where(_there.workspace == OURS, _there.channel == bindparam("new")))
    .values(channel=bindparam("new"))
)


def want(tx: Tx) -> None:
    """Every area will be asked for: the question goes with what is asked next."""
    if _READ not in tx.read:
        tx.read[_READ] = cache(tx.ask(_EVERY))


def every(tx: Tx) -> list[Area]:
    """All that stand for themselves, the first one first, the retired ones last."""
    want(tx)
    return [_area(row) for row in tx.read[_READ]()]


def find(tx: Tx, area: AreaId) -> Area | None:
    """The area of that id, or the one it counts under."""
    row = tx.first(_FIND, which=area)
    return None if row is None else _area(row)


def by_name(tx: Tx, name: str) -> Area | None:
    """The area that is called so, or the one that counts under."""
    row = tx.first(_BY_NAME, written=folded(name))
    return None if row is None else _area(row)


def called(tx: Tx, name: str) -> Area | None:
    """The very area that has this name, also where it counts under another one."""
    row = tx.first(_CALLED, written=folded(name))
    return None if row is None else _area(row)


def names(tx: Tx) -> dict[str, AreaId]:
    """Every folded name there ever was, and the area it stands for now."""
    return {row.folded: AreaId(row.area) for row in tx.all(_NAMED)}


def of_channel(tx: Tx, channel: ChannelId) -> Area | None:
    """The area in use that somebody said the channel belongs to."""
    return asked_of_channel(tx, channel)()


def asked_of_channel(tx: Tx, channel: ChannelId) -> Callable[[], Area | None]:
    """The same, asked now and taken later."""
    found = tx.ask(_OF_CHANNEL, in_channel=channel)
    return lambda: next((_area(row) for row in found()), None)


def hold(tx: Tx, *these: AreaId) -> list[Area]:
    """The areas of these ids themselves, to be changed: others who would change them wait until we are done."""
    found = {row.id: _area(row) for row in tx.all(_HELD, these=sorted(these))}
    return [found[one] for one in these if one in found]


def parts(tx: Tx, area: AreaId) -> list[Area]:
    """What counts under it."""
    return [_area(row) for row in tx.all(_PARTS, which=area)]


def family(tx: Tx, *these: AreaId) -> list[AreaId]:
    """Their own ids and those of what counts under them."""
    return [AreaId(row.id) for row in tx.all(_FAMILY, these=list(these))] if these else []


def channels(tx: Tx, area: AreaId) -> list[ChannelId]:
    """The channels that belong to it."""
    return [ChannelId(one) for (one,) in tx.all(_CHANNELS, which=area)]


def add(tx: Tx, name: str) -> Area:
    """A new one, which nobody looks after yet."""
    tx.read.pop(_READ, None)
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
        part_of=None,
        retired=False,
        version=1,
        changed_by=None,
        redraw=None,
    )
    return area


def change(tx: Tx, area: Area) -> None:
    """It is so from now on; whoever changes it holds it."""
    tx.read.pop(_READ, None)
    tx.put(
        _CHANGE,
        which=area.id,
        new_name=area.name,
        new_folded=folded(area.name),
        new_owner=area.owner,
        new_deputy=area.deputy,
        new_triage=area.triage,
        new_cards=area.cards,
        new_part_of=area.part_of,
        new_retired=area.retired,
        new_changed_by=area.by,
    )


def adopt(tx: Tx, area: AreaId, into: AreaId) -> None:
    """What counts under the one counts under the other."""
    tx.read.pop(_READ, None)
    tx.put(_ADOPT, which=area, new_part_of=into)


def redraw(tx: Tx, area: AreaId, below: int | None) -> None:
    """What is about it below this number is still to be drawn again; None once all is."""
    tx.put(_REDRAW, which=area, new_redraw=below)


def to_redraw(tx: Tx) -> tuple[AreaId, int] | None:
    """An area whose cards say what was before, and below which number they do; who changes it waits until we are done."""
    row = tx.first(_TO_REDRAW)
    return None if row is None else (AreaId(row.id), row.redraw)


def assign(tx: Tx, area: AreaId, channels: Sequence[ChannelId]) -> None:
    """These channels belong to it, and no others; a channel belongs to the area that was given it last."""
    tx.put(_EMPTY, which=area)
    for channel in channels:
        tx.put(_ASSIGN, channel=channel, area=area)


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id: what is sorted there is sorted there still, and it belongs where it belonged."""
    tx.read.pop(_READ, None)
    tx.put(_SORTED_THERE, old=old, new=new)
    tx.put(_RENUMBER, old=old, new=new)


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
        None if row.part_of is None else AreaId(row.part_of),
        bool(row.retired),
        row.version,
        None if row.changed_by is None else PersonId(row.changed_by),
    )
