"""What planned launches have of a function, and what becomes of it when it counts under another one, or is retired."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update

from storage.database import OURS, Tx, given
from storage.launches import queries
from storage.launches.tables import ItemRow, LaunchRow, LeadRow
from storage.launches.values import Gate, ItemState, Launch, LaunchState, Lead, OpenParts
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Viewer
from storage.values import FunctionId, PersonId

_OVER = (ItemState.DONE, ItemState.NOT_NEEDED)
_planned = and_(LaunchRow.workspace == OURS, LaunchRow.state == LaunchState.PLANNED)
_item_of = and_(ItemRow.workspace == OURS, ItemRow.launch == given(LaunchRow.number))
_lead_of = and_(LeadRow.workspace == OURS, LeadRow.launch == LaunchRow.number)
_NAMING = (
    select(LaunchRow.number)
    .where(
        _planned,
        LaunchRow.number < bindparam("below"),
        or_(
            exists().where(_lead_of, LeadRow.function == bindparam("which")),
            exists().where(_item_of, ItemRow.function == bindparam("which")),
        ),
    )
    .order_by(LaunchRow.number.desc())
    .limit(bindparam("limit"))
)
_ITEMS = (
    select(func.count())
    .select_from(LaunchRow)
    .join(ThingRow, queries.its_thing)
    .join(ItemRow, _item_of)
    .where(
        _planned,
        things.VISIBLE,
        ItemRow.function.in_(bindparam("family", expanding=True)),
        ItemRow.state.not_in(_OVER),
    )
)
_LAUNCHES = (
    select(LaunchRow.gate, LaunchRow.required)
    .join(ThingRow, queries.its_thing)
    .where(
        _planned,
        things.VISIBLE,
        exists().where(_lead_of, LeadRow.function.in_(bindparam("family", expanding=True))),
    )
)
_its_items = and_(
    ItemRow.workspace == OURS, ItemRow.launch == bindparam("of"), ItemRow.function == bindparam("which")
)
_ITEMS_GO = update(ItemRow).where(_its_items).values(function=bindparam("into"))
_OPEN_ITEMS_GO = _ITEMS_GO.where(ItemRow.state.not_in(_OVER))
_DROP_LEADS = delete(LeadRow).where(
    LeadRow.workspace == OURS,
    LeadRow.launch == bindparam("of"),
    LeadRow.function.in_(bindparam("those", expanding=True)),
)
_VOTERS = (
    update(LaunchRow)
    .where(LaunchRow.workspace == OURS, LaunchRow.number == bindparam("of"))
    .values(
        required=bindparam("new_required", type_=LaunchRow.required.type),
        gate=bindparam("new_gate"),
        changed_by=bindparam("by"),
        changed_at=bindparam("at", type_=LaunchRow.changed_at.type),
        version=LaunchRow.version + 1,
    )
)


def open_parts(tx: Tx, viewer: Viewer, family: Sequence[FunctionId]) -> OpenParts:
    """What planned launches that this person may see have of these functions, and what of it is open."""
    seen = things.viewing(viewer)
    found = tx.all(_LAUNCHES, family=list(family), **seen)
    votes = sum(row.gate == Gate.OPEN and not set(family).isdisjoint(row.required) for row in found)
    return OpenParts(len(found), tx.scalar(_ITEMS, family=list(family), **seen) or 0, votes)


def naming(tx: Tx, function: FunctionId, below: int, limit: int) -> list[int]:
    """Planned launches numbered below this that have a part or an item of it, the newest first."""
    return [row.number for row in tx.all(_NAMING, which=function, below=below, limit=limit)]


def move_items(tx: Tx, launch: int, function: FunctionId, into: FunctionId | None) -> None:
    """All its items are another one's now; where there is none, what is open belongs to no function."""
    tx.run(_OPEN_ITEMS_GO if into is None else _ITEMS_GO, of=launch, which=function, into=into)


def replace_leads(tx: Tx, launch: int, before: Sequence[Lead], now: Sequence[Lead]) -> None:
    """These see to their functions' parts instead of those."""
    tx.run(_DROP_LEADS, of=launch, those=[one.function for one in before])
    queries.add_leads(tx, launch, now)


def set_voters(tx: Tx, launch: Launch, required: Sequence[FunctionId], gate: Gate, by: PersonId) -> Launch:
    """These functions vote now; whoever calls it holds the launch."""
    tx.put(_VOTERS, of=launch.number, new_required=[*required], new_gate=gate, by=by, at=tx.now)
    return queries.must(tx, launch.number)
