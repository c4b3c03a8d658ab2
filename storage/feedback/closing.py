"""Keep what has shipped: the launches, the feedback they close, and who of those who wanted it is told how."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, null, select, union, update
from sqlalchemy.dialects.postgresql import insert

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.tables import ClosingRow, FeedbackRow, ShipmentRow, SupporterRow, ToldRow
from storage.feedback.values import Closing, Feedback, Shipment, Wish
from storage.values import PersonId

_SHIP = insert(ShipmentRow).values(workspace=OURS).on_conflict_do_nothing()
_SHIPMENTS = (
    select(ShipmentRow.launch, ShipmentRow.owner, ShipmentRow.at)
    .where(ShipmentRow.workspace == OURS, ShipmentRow.launch.in_(bindparam("launches", expanding=True)))
    .order_by(ShipmentRow.at.desc(), ShipmentRow.launch.desc())
)
_CLOSE = insert(ClosingRow).values(workspace=OURS).on_conflict_do_nothing()
_its_shipment = and_(ShipmentRow.workspace == OURS, ShipmentRow.launch == ClosingRow.launch)
_fields = (
    ClosingRow.number,
    ClosingRow.launch,
    ClosingRow.sentence,
    ClosingRow.by,
    ClosingRow.at,
    ShipmentRow.at.label("shipped_at"),
)
_closings = select(*_fields).join(ShipmentRow, _its_shipment).where(ClosingRow.workspace == OURS)
_ONE = _closings.where(ClosingRow.number == bindparam("of"))
_wanting = union(
    select(SupporterRow.workspace, SupporterRow.number, SupporterRow.person).where(
        SupporterRow.workspace == OURS, SupporterRow.number == bindparam("of")
    ),
    select(FeedbackRow.workspace, FeedbackRow.number, FeedbackRow.captured_by).where(
        FeedbackRow.workspace == OURS, FeedbackRow.number == bindparam("of")
    ),
).subquery("wanting")
_WANTING = select(_wanting.c.person).where(_wanting.c.person != bindparam("but")).order_by(_wanting.c.person)
_NAME = insert(ToldRow).values(workspace=OURS, telling=None).on_conflict_do_nothing()
_its_told = and_(ToldRow.workspace == OURS, ToldRow.number == bindparam("of"))
_TOLD = select(ToldRow.person).where(_its_told).order_by(ToldRow.person)
_TELLINGS = select(ToldRow.telling).where(_its_told, ToldRow.telling.is_not(null())).distinct()
_UNTOLD = (
    select(ToldRow.person)
    .where(ToldRow.workspace == OURS, ToldRow.telling.is_(null()))
    .distinct()
    .order_by(ToldRow.person)
    .limit(bindparam("limit"))
)
_WISHES = (
    select(
        *_fields,
        AccountRow.name.label("account"),
        FeedbackRow.captured_by,
        FeedbackRow.captured_at,
        SupporterRow.since,
    )
    .join(ShipmentRow, _its_shipment)
    .join(ToldRow, and_(ToldRow.workspace == OURS, ToldRow.number == ClosingRow.number))
    .join(FeedbackRow, and_(FeedbackRow.workspace == OURS, FeedbackRow.number == ClosingRow.number))
    .outerjoin(AccountRow, ITS_ACCOUNT)
    .outerjoin(
        SupporterRow,
        and_(
            SupporterRow.workspace == OURS,
            SupporterRow.number == ClosingRow.number,
            SupporterRow.person == ToldRow.person,
        ),
    )
    .where(ClosingRow.workspace == OURS, ToldRow.person == bindparam("who"), ToldRow.telling.is_(null()))
    .order_by(ClosingRow.number)
    .limit(bindparam("limit"))
)
_MARK = (
    update(ToldRow)
    .where(_its_told, ToldRow.person == bindparam("who"), ToldRow.telling.is_(null()))
    .values(telling=bindparam("key"))
)
_FORGET = delete(ClosingRow).where(ClosingRow.workspace == OURS, ClosingRow.number == bindparam("of"))
_FORGET_TOLD = delete(ToldRow).where(_its_told)
_COUNTS = (
    select(SupporterRow.number, func.count().label("people"))
    .where(SupporterRow.workspace == OURS, SupporterRow.number.in_(bindparam("numbers", expanding=True)))
    .group_by(SupporterRow.number)
)

MOST = 500
"""Rows written at once."""
AT_ONCE = 8
"""Wishes somebody is told of in one message."""


def ship(tx: Tx, shipment: Shipment) -> bool:
    """The launch has shipped; False when that was known."""
    return tx.run(_SHIP, launch=shipment.launch, owner=shipment.owner, at=shipment.at) == 1


def shipments(tx: Tx, launches: Sequence[int]) -> list[Shipment]:
    """Those of these launches that have shipped, the last one first."""
    if not launches:
        return []
    rows = tx.all(_SHIPMENTS, launches=[*launches])
    return [Shipment(launch, PersonId(owner), at) for launch, owner, at in rows]


def close(tx: Tx, feedback: Feedback, shipment: Shipment, sentence: str, by: PersonId) -> bool:
    """It has shipped; everybody who wanted it is to be told, except who says so. False when it was closed before."""
    number = feedback.number
    if not tx.run(_CLOSE, number=number, launch=shipment.launch, sentence=sentence, by=by, at=tx.now):
        return False
    wanting = [person for (person,) in tx.all(_WANTING, of=number, but=by)]
    for start in range(0, len(wanting), MOST):
        tx.run_many(_NAME, [{"number": number, "person": one} for one in wanting[start : start + MOST]])
    return True


def find(tx: Tx, number: int) -> Closing | None:
    """How this feedback was closed."""
    row = tx.first(_ONE, of=number)
    return None if row is None else _closing(row)


def told(tx: Tx, number: int) -> list[PersonId]:
    """Who is told that it has shipped."""
    return [PersonId(person) for (person,) in tx.all(_TOLD, of=number)]


def untold(tx: Tx, limit: int) -> list[PersonId]:
    """People who are still to be told of something."""
    return [PersonId(person) for (person,) in tx.all(_UNTOLD, limit=limit)]


def wishes(tx: Tx, person: PersonId) -> list[Wish]:
    """What this person is still to be told of."""
    return [
        Wish(
            _closing(row),
            row.account,
            row.captured_at if row.captured_by == person else row.since or row.captured_at,
            captured=row.captured_by == person,
        )
        for row in tx.all(_WISHES, who=person, limit=AT_ONCE)
    ]


def mark(tx: Tx, number: int, person: PersonId, key: str) -> None:
    """They have been told so; or need not be, and the key says nothing."""
    tx.put(_MARK, of=number, who=person, key=key)


def tellings(tx: Tx, number: int) -> list[str]:
    """The keys by which people were told of it."""
    return [key for (key,) in tx.all(_TELLINGS, of=number) if key]


def forget(tx: Tx, number: int) -> None:
    """Nothing that was said about it is kept."""
    tx.put(_FORGET, of=number)
    tx.put(_FORGET_TOLD, of=number)


def wanted_by(tx: Tx, numbers: Sequence[int]) -> dict[int, int]:
    """How many people want each of these."""
    rows = tx.all(_COUNTS, numbers=[*numbers]) if numbers else []
    return {row.number: row.people for row in rows}


# ---------------------------------------------------------------------------------------------------------


def _closing(row: Any) -> Closing:
    return Closing(row.number, row.launch, row.sentence, PersonId(row.by), row.at, row.shipped_at)
