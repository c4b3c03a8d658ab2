"""I1: what was captured, decided, voted or answered is there once, and whole."""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from storage.checkins.tables import AnswerRow, AnswerTextRow, BlockerRow, BlockerTextRow, CheckInRow, RoundRow
from storage.checks.check import Check, Invariant, rows
from storage.decisions.tables import DecisionRow, RoleRow, StanceRow, TextRow
from storage.feedback.tables import (
    ClosingRow,
    FeedbackRow,
    OriginRow,
    ReopeningRow,
    StandingRow,
    SupporterRow,
    ToldRow,
    TriageRow,
)
from storage.launches.tables import ItemRow, LaunchRow, LeadRow, MoveRow, VoteRow
from storage.things.tables import CounterRow, ThingRow
from storage.things.values import Letter

Query = Select[*tuple[Any, ...]]

RECORDS: dict[Letter, tuple[Any, Any, Any]] = {
    Letter.FEEDBACK: (FeedbackRow, FeedbackRow.state, FeedbackRow.captured_by),
    Letter.DECISION: (DecisionRow, DecisionRow.state, DecisionRow.driver),
    Letter.LAUNCH: (LaunchRow, LaunchRow.state, LaunchRow.owner),
    Letter.BLOCKER: (BlockerRow, BlockerRow.state, BlockerRow.blocked),
    Letter.CHECKIN: (CheckInRow, None, CheckInRow.owner),
}
"""Each kind of thing: its record, and which of the record's columns the thing repeats as state and owner."""
PARTS: list[tuple[Any, str, Any]] = [
    (RoundRow, "number", CheckInRow),
    (StanceRow, "number", DecisionRow),
    (RoleRow, "number", DecisionRow),
    (SupporterRow, "number", FeedbackRow),
    (ClosingRow, "number", FeedbackRow),
    (ToldRow, "number", FeedbackRow),
    (StandingRow, "number", FeedbackRow),
    (ReopeningRow, "number", FeedbackRow),
    (TriageRow, "number", FeedbackRow),
    (OriginRow, "number", FeedbackRow),
    (ItemRow, "launch", LaunchRow),
    (LeadRow, "launch", LaunchRow),
    (MoveRow, "launch", LaunchRow),
    (VoteRow, "launch", LaunchRow),
]
"""What is part of something else, and the column that names it."""


def _thing(letter: Letter, record: Any) -> Any:
    return and_(
        ThingRow.workspace == record.workspace, ThingRow.letter == letter, ThingRow.number == record.number
    )


def _alone() -> list[Query]:
    """Things without their record, and records without their thing."""
    found: list[Query] = []
    for letter, (record, _, _) in RECORDS.items():
        on = _thing(letter, record)
        thing = (
            select(ThingRow.workspace, ThingRow.letter, ThingRow.number)
            .outerjoin(record, on)
            .where(ThingRow.letter == letter, record.number.is_(None))
        )
        named = select(record.workspace, func.coalesce(ThingRow.letter, letter.value), record.number)
        found += [thing, named.select_from(record).outerjoin(ThingRow, on).where(ThingRow.number.is_(None))]
    return found


def _differing() -> list[Query]:
    """Things that say another state or owner than their record."""
    found: list[Query] = []
    for letter, (record, state, owner) in RECORDS.items():
        other = [owner != ThingRow.owner, ThingRow.owner.is_(None)]
        if state is not None:
            other.append(state != ThingRow.state)
        query = select(ThingRow.workspace, ThingRow.letter, ThingRow.number)
        found.append(query.join(record, _thing(letter, record)).where(or_(*other)))
    return found


def _unnumbered() -> Query:
    """Letters whose highest number is above what their counter gave out."""
    its = and_(CounterRow.workspace == ThingRow.workspace, CounterRow.letter == ThingRow.letter)
    highest = func.max(ThingRow.number)
    return (
        select(ThingRow.workspace, ThingRow.letter, highest)
        .outerjoin(CounterRow, its)
        .group_by(ThingRow.workspace, ThingRow.letter, CounterRow.last)
        .having(or_(CounterRow.last.is_(None), CounterRow.last < highest))
    )


def _parts() -> list[Query]:
    found: list[Query] = []
    for part, name, whole in PARTS:
        of = getattr(part, name)
        query = select(part.workspace, of).select_from(part)
        joined = query.outerjoin(whole, and_(whole.workspace == part.workspace, whole.number == of))
        found.append(joined.where(whole.number.is_(None)))
    return found


_DECISION_WORDS = (
    select(DecisionRow.workspace, DecisionRow.number)
    .outerjoin(
        TextRow,
        and_(
            TextRow.workspace == DecisionRow.workspace,
            TextRow.number == DecisionRow.number,
            TextRow.version == DecisionRow.text_version,
        ),
    )
    .where(TextRow.number.is_(None))
)
_BLOCKER_WORDS = (
    select(BlockerRow.workspace, BlockerRow.number)
    .outerjoin(
        BlockerTextRow,
        and_(BlockerTextRow.workspace == BlockerRow.workspace, BlockerTextRow.number == BlockerRow.number),
    )
    .where(BlockerTextRow.number.is_(None))
)
_same_answer = and_(
    AnswerTextRow.workspace == AnswerRow.workspace,
    AnswerTextRow.number == AnswerRow.number,
    AnswerTextRow.on_date == AnswerRow.on_date,
    AnswerTextRow.person == AnswerRow.person,
)
_ANSWER_WORDS = (
    select(AnswerRow.workspace, AnswerRow.number, AnswerRow.on_date, AnswerRow.person)
    .outerjoin(AnswerTextRow, and_(_same_answer, AnswerTextRow.version == AnswerRow.version))
    .where(AnswerTextRow.number.is_(None))
)
_ANSWER_ROUND = (
    select(AnswerRow.workspace, AnswerRow.number, AnswerRow.on_date, AnswerRow.person)
    .outerjoin(
        RoundRow,
        and_(
            RoundRow.workspace == AnswerRow.workspace,
            RoundRow.number == AnswerRow.number,
            RoundRow.on_date == AnswerRow.on_date,
        ),
    )
    .where(RoundRow.number.is_(None))
)

CHECKS = [
    Check(Invariant.ONCE, "things and records", "Each thing has its one record.", rows("{}-{}", *_alone())),
    Check(
        Invariant.ONCE,
        "state and owner",
        "A thing says the same state and owner as its record.",
        rows("{}-{}", *_differing()),
    ),
    Check(
        Invariant.ONCE,
        "numbers",
        "No number is given out twice: the counter is at the highest or above.",
        rows("{} up to {}", _unnumbered()),
    ),
    Check(
        Invariant.ONCE,
        "parts",
        "Votes, stances, supporters, items, moves and rounds belong to something that is there.",
        rows("a part of number {}", *_parts()),
    ),
    Check(
        Invariant.ONCE,
        "words",
        "Decisions and blockers have their words.",
        rows("number {}", _DECISION_WORDS, _BLOCKER_WORDS),
    ),
    Check(
        Invariant.ONCE,
        "answers",
        "Each answer has its words and its round.",
        rows("C-{} on {} by {}", _ANSWER_WORDS, _ANSWER_ROUND),
    ),
]
