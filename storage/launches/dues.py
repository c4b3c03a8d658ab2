"""What the clock finds: items to ask about, dates to tell, boards that show yesterday."""

from datetime import date

from sqlalchemy import and_, bindparam, func, select, update

from storage.database import OURS, Tx
from storage.launches.tables import ItemRow, LaunchRow
from storage.launches.values import LaunchState
from storage.people.tables import PersonRow
from storage.worktime.tables import WorkTimeRow

_zone = func.coalesce(WorkTimeRow.zone, PersonRow.zone, "UTC")
_item_person = and_(PersonRow.workspace == ItemRow.workspace, PersonRow.id == ItemRow.owner)
_item_time = and_(WorkTimeRow.workspace == ItemRow.workspace, WorkTimeRow.person == ItemRow.owner)
_launch_person = and_(PersonRow.workspace == LaunchRow.workspace, PersonRow.id == LaunchRow.owner)
_launch_time = and_(WorkTimeRow.workspace == LaunchRow.workspace, WorkTimeRow.person == LaunchRow.owner)
_ITEM_ZONES = (
    select(_zone)
    .select_from(ItemRow)
    .join(PersonRow, _item_person, isouter=True)
    .join(WorkTimeRow, _item_time, isouter=True)
    .where(ItemRow.workspace == OURS, ItemRow.ask_on.is_not(None), ItemRow.owner.is_not(None))
    .distinct()
)
_ITEMS_IN_ZONE = (
    select(ItemRow.launch, ItemRow.number)
    .join(PersonRow, _item_person, isouter=True)
    .join(WorkTimeRow, _item_time, isouter=True)
    .where(ItemRow.workspace == OURS, ItemRow.ask_on <= bindparam("today"), ItemRow.owner.is_not(None))
    .where(_zone == bindparam("zone"))
    .order_by(ItemRow.ask_on, ItemRow.launch, ItemRow.number)
    .limit(bindparam("limit"))
)
_planned = and_(LaunchRow.workspace == OURS, LaunchRow.state == LaunchState.PLANNED)
_LAUNCH_ZONES = (
    select(_zone)
    .select_from(LaunchRow)
    .join(PersonRow, _launch_person, isouter=True)
    .join(WorkTimeRow, _launch_time, isouter=True)
    .where(_planned)
    .distinct()
)
_YESTERDAYS = (
    select(LaunchRow.number)
    .join(PersonRow, _launch_person, isouter=True)
    .join(WorkTimeRow, _launch_time, isouter=True)
    .where(_planned, LaunchRow.shown_on < bindparam("today"), _zone == bindparam("zone"))
    .limit(bindparam("limit"))
)
_SHOWN = (
    update(LaunchRow)
    .where(LaunchRow.workspace == OURS, LaunchRow.number == bindparam("which"))
    .values(shown_on=bindparam("today", type_=LaunchRow.shown_on.type))
)
_TO_TELL = (
    select(LaunchRow.number)
    .where(LaunchRow.workspace == OURS, LaunchRow.tell_at <= bindparam("now"))
    .order_by(LaunchRow.tell_at)
    .limit(1)
)
_TELLING = (
    update(LaunchRow)
    .where(LaunchRow.workspace == OURS, LaunchRow.number == bindparam("which"))
    .where(LaunchRow.tell_at <= bindparam("now"))
    .values(tell_at=None, told_on=LaunchRow.on)
)


def item_zones(tx: Tx) -> list[str]:
    """The zones of everybody who is to be asked about an item."""
    return [zone for (zone,) in tx.all(_ITEM_ZONES)]


def items_in(tx: Tx, zone: str, today: date, limit: int) -> list[tuple[int, int]]:
    """Items whose owners in a zone are to be asked, where it is `today`: launch and number."""
    return [
        (launch, number) for launch, number in tx.all(_ITEMS_IN_ZONE, zone=zone, today=today, limit=limit)
    ]


def launch_zones(tx: Tx) -> list[str]:
    """The zones of everybody who has a launch planned."""
    return [zone for (zone,) in tx.all(_LAUNCH_ZONES)]


def shown_yesterday(tx: Tx, zone: str, today: date, limit: int) -> list[int]:
    """Planned launches of a zone whose boards were last counted on an earlier day."""
    return [number for (number,) in tx.all(_YESTERDAYS, zone=zone, today=today, limit=limit)]


def shown(tx: Tx, number: int, today: date) -> None:
    """Its board is counted for today."""
    tx.put(_SHOWN, which=number, today=today)


def to_tell(tx: Tx) -> int | None:
    """A launch about which something is to be told now."""
    return tx.scalar(_TO_TELL, now=tx.now)


def take_telling(tx: Tx, number: int) -> bool:
    """It is ours to tell, and from now on people know its date; False when another worker took it before."""
    return tx.run(_TELLING, which=number, now=tx.now) == 1
