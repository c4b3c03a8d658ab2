"""The one read behind a digest and a catch-up: everything that is open, and everything that happened.

Every statement shows only what `VISIBLE` lets through; it is bound by `things.viewing(person)` or, for what is
said aloud, by `things.viewing_in(channel)`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, exists, false, func, literal, or_, select

from storage.database import OURS, Tx
from storage.decisions.tables import DecisionRow, RoleRow
from storage.decisions.values import DecisionState
from storage.digests import blockers, closings, launches
from storage.digests.values import Decided, Need, News, Open, Period, Subject
from storage.feedback.tables import FeedbackRow
from storage.feedback.values import KEPT, TRIAGED_KINDS, FeedbackState, Kind, Source
from storage.things import queries as things
from storage.things.tables import LinkRow, ThingRow
from storage.things.values import Letter, LinkState, Reference
from storage.values import FunctionId, PersonId

WEEKS = 6
MOST_PRAISE = 3
MOST, MOST_OPEN = 40, 200
"""Of each sort of thing in one read, and of what is open; nobody reads more."""

_viewer: BindParameter[str] = bindparam("viewer")
_its_thing = things.is_thing(Letter.DECISION, DecisionRow)
_decisions = (
    select(
        DecisionRow.number,
        ThingRow.title,
        ThingRow.permalink,
        DecisionRow.driver,
        DecisionRow.approver,
        DecisionRow.due_on,
        DecisionRow.review_on,
        DecisionRow.recorded_at,
    )
    .join(ThingRow, _its_thing)
    .where(DecisionRow.workspace == OURS, things.VISIBLE)
    .limit(MOST_OPEN)
)
_PROPOSED = _decisions.where(DecisionRow.state == DecisionState.PROPOSED).order_by(DecisionRow.recorded_at)
_TO_REVIEW = _decisions.where(
    DecisionRow.state == DecisionState.DECIDED,
    DecisionRow.replaced_by.is_(None),
    DecisionRow.review_on <= bindparam("today"),
).order_by(DecisionRow.review_on)
_named = exists().where(
    RoleRow.workspace == OURS, RoleRow.number == DecisionRow.number, RoleRow.person == _viewer
)
_concerns = or_(
    DecisionRow.driver == _viewer,
    DecisionRow.approver == _viewer,
    DecisionRow.recorded_by == _viewer,
    _named,
)
_DECIDED = (
    select(
        DecisionRow.number,
        ThingRow.title,
        ThingRow.permalink,
        DecisionRow.decided_by,
        DecisionRow.decided_at,
        DecisionRow.replaces,
        DecisionRow.functions,
        _concerns.label("concerns"),
        func.count().over().label("total"),
    )
    .join(ThingRow, _its_thing)
    .where(
        DecisionRow.workspace == OURS,
        DecisionRow.state.in_([DecisionState.DECIDED, DecisionState.SUPERSEDED]),
        DecisionRow.decided_at > bindparam("since"),
        DecisionRow.decided_at <= bindparam("until"),
        things.VISIBLE,
    )
    .order_by(DecisionRow.decided_at.desc(), DecisionRow.number.desc())
    .limit(MOST)
)
_its_feedback = things.is_thing(Letter.FEEDBACK, FeedbackRow)
_kept = (
    FeedbackRow.workspace == OURS,
    FeedbackRow.state.in_(KEPT),
    things.VISIBLE,
)
"""What came in stays so when it has shipped."""
_came_in = (*_kept, FeedbackRow.source != Source.IMPORT)
"""What was carried over from elsewhere is no news."""
_link = exists().where(LinkRow.workspace == OURS, LinkRow.state == LinkState.CONFIRMED)
_linked = or_(
    _link.where(LinkRow.letter == Letter.FEEDBACK, LinkRow.number == FeedbackRow.number),
    _link.where(LinkRow.other_letter == Letter.FEEDBACK, LinkRow.other_number == FeedbackRow.number),
)
_untouched = (
    *_kept,
    FeedbackRow.state == FeedbackState.NEW,
    FeedbackRow.kind.in_(TRIAGED_KINDS),
    FeedbackRow.touched == false(),
    FeedbackRow.captured_at < bindparam("before"),
    ~_linked,
)
_title = case((FeedbackRow.kind == Kind.CHURN_RISK, literal("A churn risk")), else_=ThingRow.title)
"""Who might leave us is nothing to be read out; whoever may see it opens it."""
_UNTOUCHED = (
    select(
        FeedbackRow.number,
        _title.label("title"),
        ThingRow.permalink,
        FeedbackRow.captured_by,
        FeedbackRow.captured_at,
    )
    .join(ThingRow, _its_feedback)
    .where(*_untouched)
    .order_by(FeedbackRow.captured_at, FeedbackRow.number)
    .limit(1)
)
_COUNT_UNTOUCHED = (
    select(func.count()).select_from(FeedbackRow).join(ThingRow, _its_feedback).where(*_untouched)
)
_CAPTURED = (
    select(FeedbackRow.kind, func.count())
    .join(ThingRow, _its_feedback)
    .where(
        *_came_in, FeedbackRow.captured_at > bindparam("since"), FeedbackRow.captured_at <= bindparam("until")
    )
    .group_by(FeedbackRow.kind)
)
_PRAISED = (
    select(FeedbackRow.number, ThingRow.title, ThingRow.permalink)
    .join(ThingRow, _its_feedback)
    .where(
        *_kept,
        FeedbackRow.kind == Kind.PRAISE,
        FeedbackRow.captured_at > bindparam("since"),
        FeedbackRow.captured_at <= bindparam("until"),
    )
    .order_by(FeedbackRow.captured_at.desc(), FeedbackRow.number.desc())
    .limit(MOST_PRAISE)
)
_nth = case(
    *[(FeedbackRow.captured_at <= bindparam(f"week{at + 1}"), at) for at in range(WEEKS - 1)], else_=WEEKS - 1
)
_A_WEEK = (
    select(_nth.label("nth"), FeedbackRow.kind, func.count())
    .join(ThingRow, _its_feedback)
    .where(
        *_came_in, FeedbackRow.captured_at > bindparam("week0"), FeedbackRow.captured_at <= bindparam("until")
    )
    .group_by("nth", FeedbackRow.kind)
)


def gather(
    tx: Tx, seen: Mapping[str, object], period: Period, weeks: Sequence[datetime], stale: datetime
) -> News:
    """Everything there is to tell of a period to whoever `VISIBLE` is bound to by `seen`.

    Args:
        tx: A transaction; one that only reads will do.
        seen: Who looks.
        period: What happened in this time is told.
        weeks: When each of the last `WEEKS` weeks began.
        stale: Feedback captured before then should have been touched by now.
    """
    limits = {"since": period.since, "until": period.until}
    captured = {Kind(kind): count for kind, count in tx.all(_CAPTURED, **limits, **seen)}
    untouched = tx.scalar(_COUNT_UNTOUCHED, before=stale, **seen) or 0
    decided = tx.all(_DECIDED, **limits, **seen)
    stuck = blockers.stuck(tx, seen)
    return News(
        (
            *launches.open_in(tx, seen, period),
            *blockers.open_in(stuck, period),
            *_open_decisions(tx, seen, period),
            *(_oldest(tx, seen, period, stale) if untouched else ()),
        ),
        untouched,
        tuple(_decided(row) for row in decided),
        decided[0].total if decided else 0,
        captured,
        _weeks(tx, seen, period, weeks),
        launches.turns(tx, seen, period),
        tuple(one for one, _ in stuck),
        blockers.cleared(tx, seen, period),
        closings.closed(tx, seen, period),
        tuple(_praise(row) for row in tx.all(_PRAISED, **limits, **seen)),
    )


# ---------------------------------------------------------------------------------------------------------


def _praise(row: Any) -> Subject:
    return Subject(Reference(Letter.FEEDBACK, row.number), row.title, row.permalink)


def _open_decisions(tx: Tx, seen: Mapping[str, object], period: Period) -> list[Open]:
    proposed = [_proposed(row, period) for row in tx.all(_PROPOSED, **seen)]
    reviews = tx.all(_TO_REVIEW, today=period.today, **seen)
    return [
        *proposed,
        *(Open(Need.REVIEW, _decision(row), PersonId(row.driver), row.review_on) for row in reviews),
    ]


def _proposed(row: Any, period: Period) -> Open:
    owner = PersonId(row.approver or row.driver)
    if row.due_on is not None:
        return Open(Need.OVERDUE, _decision(row), owner, row.due_on)
    return Open(Need.UNDECIDED, _decision(row), owner, period.day(row.recorded_at))


def _oldest(tx: Tx, seen: Mapping[str, object], period: Period, stale: datetime) -> list[Open]:
    return [
        Open(
            Need.UNTOUCHED,
            Subject(Reference(Letter.FEEDBACK, row.number), row.title, row.permalink),
            PersonId(row.captured_by),
            period.day(row.captured_at),
        )
        for row in tx.all(_UNTOUCHED, before=stale, **seen)
    ]


def _decided(row: Any) -> Decided:
    by = None if row.decided_by is None else PersonId(row.decided_by)
    functions = tuple(FunctionId(one) for one in row.functions)
    return Decided(_decision(row), by, row.decided_at, row.replaces, functions, concerns=bool(row.concerns))


def _decision(row: Any) -> Subject:
    return Subject(Reference(Letter.DECISION, row.number), row.title, row.permalink)


def _weeks(
    tx: Tx, seen: Mapping[str, object], period: Period, weeks: Sequence[datetime]
) -> tuple[Mapping[Kind, int], ...]:
    starts = {f"week{at}": start for at, start in enumerate(weeks)}
    found: tuple[dict[Kind, int], ...] = tuple({} for _ in range(WEEKS))
    for nth, kind, count in tx.all(_A_WEEK, until=period.until, **starts, **seen):
        found[nth][Kind(kind)] = count
    return found
