"""Keep what has shipped, the feedback it closes, and who of those it matters to is told how of each turn."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, func, null, or_, select, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx
from storage.feedback import family
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.family import FAMILY
from storage.feedback.tables import (
    AskedRow,
    ClosingRow,
    FeedbackRow,
    ShipmentRow,
    StandingRow,
    SupporterRow,
    ToldRow,
)
from storage.feedback.values import Closing, Feedback, FeedbackState, News, Part, Shipment, Wish
from storage.things.tables import FollowerRow, ThingRow
from storage.things.values import Letter
from storage.values import PersonId

SHIPPED = 0
"""The turn of what shipped; it is said once, with a launch."""
NOBODY = "nobody"
"""Instead of a telling's key: there was nobody to tell, or something newer to say."""

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
# Joined with what is materialized, and its account looked at as an expression: or SQLite would begin with who
# captured all there is, and with all that was ever for an account.
_its = FAMILY.cte("its").prefix_with("MATERIALIZED")
_one_of_it = and_(FeedbackRow.workspace == OURS, FeedbackRow.number == _its.c[0])
_wanting = union(
    select(SupporterRow.person).where(SupporterRow.workspace == OURS, SupporterRow.number.in_(FAMILY)),
    select(FeedbackRow.captured_by).join_from(_its, FeedbackRow, _one_of_it),
    select(FollowerRow.person).where(
        FollowerRow.workspace == OURS,
        FollowerRow.letter == Letter.FEEDBACK,
        FollowerRow.number.in_(FAMILY),
    ),
    select(AccountRow.owner)
    .join_from(_its, FeedbackRow, _one_of_it)
    .join(AccountRow, AccountRow.id == func.coalesce(FeedbackRow.account, ""))
    .where(AccountRow.workspace == OURS, AccountRow.owner.is_not(None)),
    select(AccountRow.owner)
    .join(AskedRow, and_(AskedRow.workspace == AccountRow.workspace, AskedRow.account == AccountRow.id))
    .where(AccountRow.workspace == OURS, AskedRow.number.in_(FAMILY), AccountRow.owner.is_not(None)),
).subquery("wanting")  # fmt: skip
_WANTING = select(_wanting.c.person).where(_wanting.c.person != bindparam("but"))
_NAME = insert(ToldRow).values(workspace=OURS, telling=None).on_conflict_do_nothing()
_its_told = and_(ToldRow.workspace == OURS, ToldRow.number == bindparam("of"))
_TOLD = (
    select(ToldRow.person)
    .where(_its_told, ToldRow.turn == bindparam("at_turn"), ToldRow.telling.is_distinct_from(NOBODY))
    .order_by(ToldRow.person)
)
_HOW = select(ToldRow.person, ToldRow.telling).where(
    _its_told, ToldRow.turn == bindparam("at_turn"), ToldRow.telling.is_not(null())
)
_TELLINGS = select(ToldRow.telling).where(_its_told, ToldRow.telling.is_not(null())).distinct()
_waits = and_(ToldRow.workspace == OURS, ToldRow.telling.is_(null()), ToldRow.due <= bindparam("now"))
_UNTOLD = select(ToldRow.person).where(_waits).distinct().order_by(ToldRow.person).limit(bindparam("limit"))
_OVERTAKE = (
    update(ToldRow)
    .where(_its_told, ToldRow.turn != bindparam("at_turn"), ToldRow.telling.is_(null()))
    .values(telling=NOBODY)
)
_POSTPONE = (
    update(ToldRow)
    .where(ToldRow.workspace == OURS, ToldRow.person == bindparam("who"), ToldRow.telling.is_(null()))
    .values(due=bindparam("new_due"))
)
_before = aliased(StandingRow)
_news = select(
    ToldRow.number,
    ToldRow.turn,
    AccountRow.name.label("account"),
    FeedbackRow.captured_by,
    FeedbackRow.captured_at,
    FeedbackRow.author,
    FeedbackRow.state,
    SupporterRow.since,
    ClosingRow.launch,
    func.coalesce(ClosingRow.sentence, StandingRow.sentence).label("sentence"),
    func.coalesce(ClosingRow.by, StandingRow.by).label("by"),
    func.coalesce(ShipmentRow.at, StandingRow.at).label("at"),
    StandingRow.state.label("said"),
    StandingRow.reason,
    StandingRow.planned_for,
    _before.state.label("before"),
)
_WISHES = (
    _news.join(
        FeedbackRow, and_(FeedbackRow.workspace == ToldRow.workspace, FeedbackRow.number == ToldRow.number)
    )
    .outerjoin(AccountRow, ITS_ACCOUNT)
    .outerjoin(
        SupporterRow,
        and_(
            SupporterRow.workspace == ToldRow.workspace,
            SupporterRow.number == ToldRow.number,
            SupporterRow.person == ToldRow.person,
        ),
    )
    .outerjoin(
        ClosingRow,
        and_(
            ClosingRow.workspace == ToldRow.workspace, ClosingRow.number == ToldRow.number, ToldRow.turn == 0
        ),
    )
    .outerjoin(
        ShipmentRow,
        and_(ShipmentRow.workspace == ClosingRow.workspace, ShipmentRow.launch == ClosingRow.launch),
    )
    .outerjoin(
        StandingRow,
        and_(
            StandingRow.workspace == ToldRow.workspace,
            StandingRow.number == ToldRow.number,
            StandingRow.turn == ToldRow.turn,
        ),
    )
    .outerjoin(
        _before,
        and_(
            _before.workspace == ToldRow.workspace,
            _before.number == ToldRow.number,
            _before.turn == ToldRow.turn - 1,
        ),
    )
    .where(
        _waits,
        ToldRow.person == bindparam("who"),
        or_(ClosingRow.number.is_not(None), StandingRow.number.is_not(None)),
    )
    .order_by(ToldRow.number + 0, ToldRow.turn)  # or SQLite would read in this order all that was ever told
    .limit(bindparam("limit"))
)
_THEIRS = (
    select(AccountRow.name)
    .join(AskedRow, and_(AskedRow.workspace == AccountRow.workspace, AskedRow.account == AccountRow.id))
    .where(AccountRow.workspace == OURS, AskedRow.number.in_(FAMILY), AskedRow.person == bindparam("who"))
    .order_by(AskedRow.at.desc(), AskedRow.id.desc())
    .limit(1)
)
_for_it = union(
    select(FeedbackRow.account).where(FeedbackRow.workspace == OURS, FeedbackRow.number.in_(FAMILY)),
    select(AskedRow.account).where(AskedRow.workspace == OURS, AskedRow.number.in_(FAMILY)),
)
_OWNED = select(AccountRow.folded, AccountRow.name).where(
    AccountRow.workspace == OURS, AccountRow.owner == bindparam("who"), AccountRow.id.in_(_for_it)
)
_MARK = (
    update(ToldRow)
    .where(
        _its_told,
        ToldRow.person == bindparam("who"),
        ToldRow.turn == bindparam("at_turn"),
        ToldRow.telling.is_(null()),
    )
    .values(telling=bindparam("key"))
)
_UNTELL = (
    update(ToldRow)
    .where(
        ToldRow.workspace == OURS,
        ToldRow.number.in_(bindparam("numbers", expanding=True)),
        ToldRow.person == bindparam("who"),
        ToldRow.telling == bindparam("key"),
    )
    .values(telling=null(), due=bindparam("now"))
)
_FORGET = delete(ClosingRow).where(ClosingRow.workspace == OURS, ClosingRow.number == bindparam("of"))
_FORGET_TOLD = delete(ToldRow).where(_its_told)
_whole = func.coalesce(ThingRow.part_of, ThingRow.number)
_these: BindParameter[int] = bindparam("numbers", expanding=True)
_family = union(
    select(ThingRow.number).where(
        ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK, ThingRow.number.in_(_these)
    ),
    select(ThingRow.number).where(
        ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK, ThingRow.part_of.in_(_these)
    ),
)
_COUNTS = (
    select(_whole.label("number"), func.count(SupporterRow.person.distinct()).label("people"))
    .join(SupporterRow, and_(SupporterRow.workspace == OURS, SupporterRow.number == ThingRow.number))
    .where(ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK, ThingRow.number.in_(_family))
    .group_by(_whole)
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
    name(tx, number, SHIPPED, by, tx.now)
    return True


def name(
    tx: Tx, number: int, turn: int, by: PersonId, due: datetime, also: Collection[PersonId] = ()
) -> None:
    """All it matters to, and these, are told of this turn from then on, except who said it; of no earlier one."""
    wanting = {PersonId(person) for (person,) in tx.all(_WANTING, of=number, but=by)} | {*also} - {by}
    tell(tx, number, turn, wanting, due)


def tell(tx: Tx, number: int, turn: int, these: Collection[PersonId], due: datetime) -> None:
    """These are told of this turn from then on; nobody of an earlier one any more."""
    overtake(tx, number, turn)
    rows = [{"number": number, "person": one, "turn": turn, "due": due} for one in sorted(these)]
    for start in range(0, len(rows), MOST):
        tx.run_many(_NAME, rows[start : start + MOST])
    tx.wake("clock")


def find(tx: Tx, number: int) -> Closing | None:
    """How this feedback was closed."""
    row = tx.first(_ONE, of=number)
    return None if row is None else _closing(row)


def overtake(tx: Tx, number: int, turn: int) -> None:
    """There is something newer than what somebody is still to be told of it."""
    tx.put(_OVERTAKE, of=number, at_turn=turn)


def told(tx: Tx, number: int, turn: int = SHIPPED) -> list[PersonId]:
    """Who is told of this turn of it: that it has shipped, if nothing else is said."""
    return [PersonId(person) for (person,) in tx.all(_TOLD, of=number, at_turn=turn)]


def how_told(tx: Tx, number: int, turn: int) -> dict[PersonId, str]:
    """The key by which each of those was told who were told of this turn."""
    rows = tx.all(_HOW, of=number, at_turn=turn)
    return {PersonId(row.person): row.telling for row in rows if row.telling != NOBODY}


def untold(tx: Tx, limit: int) -> list[PersonId]:
    """People who are still to be told of something."""
    return [PersonId(person) for (person,) in tx.all(_UNTOLD, now=tx.now, limit=limit)]


def postpone(tx: Tx, person: PersonId, until: datetime) -> None:
    """They are told of nothing more before then."""
    tx.put(_POSTPONE, who=person, new_due=until)


def wishes(tx: Tx, person: PersonId) -> list[Wish]:
    """What this person is still to be told of."""
    return [_wish(tx, row, person) for row in tx.all(_WISHES, who=person, now=tx.now, limit=AT_ONCE)]


def mark(tx: Tx, news: News, person: PersonId, key: str) -> None:
    """They have been told so; or need not be, and the key is `NOBODY`."""
    tx.put(_MARK, of=news.number, who=person, at_turn=news.turn, key=key)


def untell(tx: Tx, numbers: Collection[int], person: PersonId, key: str) -> None:
    """They have not been told of these by it after all."""
    tx.put(_UNTELL, numbers=sorted(numbers), who=person, key=key, now=tx.now)


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


def _wish(tx: Tx, row: Any, person: PersonId) -> Wish:
    """Why it matters to them, and for which account: the one they asked for, or look after.

    Where what they said was merged into it, they are told of it as they said it.
    """
    state = FeedbackState.SHIPPED if row.turn == SHIPPED else FeedbackState(row.said)
    taken_back = row.before == FeedbackState.SHIPPED and state is not FeedbackState.SHIPPED
    news = News(
        row.number,
        row.turn,
        state,
        PersonId(row.by),
        row.at,
        None if taken_back else row.sentence,
        None if taken_back else row.reason,
        row.planned_for,
        row.launch,
        taken_back,
    )
    if row.captured_by == person:
        return Wish(news, row.account, row.captured_at, Part.CAPTURED)
    if (own := family.captured(tx, row.number, person)) is not None:
        return Wish(news, *own, Part.CAPTURED)
    if (since := row.since or family.since(tx, row.number, person)) is not None:
        theirs = tx.scalar(_THEIRS, of=row.number, who=person)
        return Wish(news, theirs or (row.account if row.since else None), since, Part.WANTED)
    if row.author == person:
        return Wish(news, row.account, row.captured_at, Part.SAID)
    _, owned = min(tx.all(_OWNED, of=row.number, who=person), default=(None, None))
    part = Part.FOLLOWS if owned is None else Part.OWNS
    return Wish(news, owned, row.captured_at, part)


def _closing(row: Any) -> Closing:
    return Closing(row.number, row.launch, row.sentence, PersonId(row.by), row.at, row.shipped_at)
