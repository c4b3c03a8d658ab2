"""Rounds and what was said in them: open, answer, remind, move and close."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.checkins.tables import AnswerRow, AnswerTextRow, ReminderRow, RoundRow
from storage.checkins.values import Answer, Moved, Round, RoundState
from storage.database import OURS, Tx, insert_each, rows_given
from storage.values import PersonId

_FIELDS = (
    RoundRow.number,
    RoundRow.on_date,
    RoundRow.questions,
    RoundRow.state,
    RoundRow.opened_at,
    RoundRow.closes_at,
    RoundRow.moved,
    RoundRow.closed_at,
    RoundRow.summary_ts,
)
_ROUND = select(*_FIELDS).where(RoundRow.workspace == OURS)
_this = and_(RoundRow.number == bindparam("which"), RoundRow.on_date == bindparam("day"))
_ONE = _ROUND.where(_this)
_LAST = (
    _ROUND.where(RoundRow.number == bindparam("which"))
    .order_by(RoundRow.on_date.desc())
    .limit(bindparam("limit"))
)
_DUE = (
    _ROUND.where(RoundRow.state == RoundState.OPEN, RoundRow.closes_at <= bindparam("now"))
    .order_by(RoundRow.closes_at, RoundRow.number)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_HOLD = _ONE.with_for_update()
_OPEN = (
    insert(RoundRow)
    .values(workspace=OURS, state=RoundState.OPEN, moved=None, closed_at=None, summary_ts=None)
    .on_conflict_do_nothing()
    .returning(*_FIELDS)
)
_MOVE = (
    update(RoundRow)
    .where(RoundRow.workspace == OURS, _this, RoundRow.state == RoundState.OPEN)
    .values(closes_at=bindparam("then"), moved=bindparam("because"))
)
_CLOSE = (
    update(RoundRow)
    .where(RoundRow.workspace == OURS, _this)
    .values(state=bindparam("new_state"), closed_at=bindparam("at", type_=RoundRow.closed_at.type))
)
_ARRIVED = update(RoundRow).where(RoundRow.workspace == OURS, _this).values(summary_ts=bindparam("ts"))

_REMIND = insert_each(ReminderRow, person=rows_given("whom").c.key)
_REMINDERS_DUE = (
    select(ReminderRow.number, ReminderRow.on_date, ReminderRow.person, ReminderRow.remind_at)
    .where(ReminderRow.workspace == OURS, ReminderRow.remind_at <= bindparam("now"))
    .order_by(ReminderRow.remind_at, ReminderRow.number, ReminderRow.person)
    .limit(bindparam("limit"))
)
_of_round = and_(ReminderRow.number == bindparam("which"), ReminderRow.on_date == bindparam("day"))
_FORGET_ALL = delete(ReminderRow).where(ReminderRow.workspace == OURS, _of_round)
_FORGET_ONE = _FORGET_ALL.where(ReminderRow.person == bindparam("who"))

_its_words = and_(
    AnswerTextRow.workspace == AnswerRow.workspace,
    AnswerTextRow.number == AnswerRow.number,
    AnswerTextRow.on_date == AnswerRow.on_date,
    AnswerTextRow.person == AnswerRow.person,
    AnswerTextRow.version == AnswerRow.version,
)
_answers = (
    select(
        AnswerRow.on_date,
        AnswerRow.person,
        AnswerRow.at,
        AnswerRow.version,
        AnswerRow.late,
        AnswerTextRow.question,
        AnswerTextRow.words,
        RoundRow.questions,
    )
    .join(
        RoundRow,
        and_(
            RoundRow.workspace == AnswerRow.workspace,
            RoundRow.number == AnswerRow.number,
            RoundRow.on_date == AnswerRow.on_date,
        ),
    )
    .outerjoin(AnswerTextRow, _its_words)
    .where(AnswerRow.workspace == OURS, AnswerRow.number == bindparam("which"))
)
_ANSWERS = _answers.where(AnswerRow.on_date == bindparam("day")).order_by(
    AnswerRow.at, AnswerRow.person, AnswerTextRow.question
)
_ANSWER = _ANSWERS.where(AnswerRow.person == bindparam("who"))
_LAST_DAY = (
    select(AnswerRow.on_date)
    .where(
        AnswerRow.workspace == OURS,
        AnswerRow.person == bindparam("who"),
        AnswerRow.number == bindparam("which"),
        AnswerRow.on_date < bindparam("day"),
    )
    .order_by(AnswerRow.on_date.desc())
    .limit(1)
)
_put = insert(AnswerRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "number", "on_date", "person"],
    set_={"version": AnswerRow.version + 1, "at": _put.excluded.at, "late": _put.excluded.late},
).returning(AnswerRow.version)
_ADD_WORDS = insert(AnswerTextRow).values(workspace=OURS)


def open_round(tx: Tx, number: int, on: date, questions: Sequence[str], closes_at: datetime) -> Round:
    """The round of that date: begun now, or the one there is."""
    found = begin(tx, number, on, questions, closes_at) or find(tx, number, on)
    assert found is not None
    return found


def begin(tx: Tx, number: int, on: date, questions: Sequence[str], closes_at: datetime) -> Round | None:
    """The round of that date, begun now; None where there is one."""
    row = tx.first(
        _OPEN, number=number, on_date=on, questions=[*questions], opened_at=tx.now, closes_at=closes_at
    )
    return None if row is None else _round(row)


def find(tx: Tx, number: int, on: date) -> Round | None:
    """The round of that date."""
    row = tx.first(_ONE, which=number, day=on)
    return None if row is None else _round(row)


def hold(tx: Tx, number: int, on: date) -> Round | None:
    """The round of that date, which nobody else closes or answers until this transaction ends."""
    row = tx.first(_HOLD, which=number, day=on)
    return None if row is None else _round(row)


def last(tx: Tx, number: int, limit: int) -> list[Round]:
    """The last rounds, newest first."""
    return [_round(row) for row in tx.all(_LAST, which=number, limit=limit)]


def due(tx: Tx) -> Round | None:
    """The round that should have closed first, locked; None when none is due."""
    row = tx.first(_DUE, now=tx.now)
    return None if row is None else _round(row)


def move(tx: Tx, found: Round, closes_at: datetime, because: Moved) -> None:
    """It closes later than planned, and why."""
    tx.put(_MOVE, which=found.number, day=found.on, then=closes_at, because=because)


def close(tx: Tx, found: Round, state: RoundState) -> None:
    """It is over, and nobody is reminded any more."""
    tx.put(_CLOSE, which=found.number, day=found.on, new_state=state, at=tx.now)
    tx.put(_FORGET_ALL, which=found.number, day=found.on)


def arrived(tx: Tx, found: Round, ts: str) -> None:
    """Its summary stands in the channel."""
    tx.put(_ARRIVED, which=found.number, day=found.on, ts=ts)


def remind(tx: Tx, several: Sequence[tuple[Round, PersonId, datetime]]) -> None:
    """Remind these people then, if they have not answered."""
    whom: dict[tuple[int, date, datetime], dict[str, list[str]]] = {}
    for found, person, at in several:
        whom.setdefault((found.number, found.on, at), {})[person] = []
    for (number, on, at), people in whom.items():
        tx.put(_REMIND, number=number, on_date=on, remind_at=at, whom=people)


def reminders_due(tx: Tx, limit: int) -> list[tuple[int, date, PersonId, datetime]]:
    """Whom to remind now, each with their round and when they should have been."""
    return [
        (number, on, PersonId(person), at)
        for number, on, person, at in tx.all(_REMINDERS_DUE, now=tx.now, limit=limit)
    ]


def take_reminder(tx: Tx, number: int, on: date, person: PersonId) -> bool:
    """It is ours to remind of, or nobody needs to; False when that was so before."""
    return tx.run(_FORGET_ONE, which=number, day=on, who=person) == 1


def answer(tx: Tx, found: Round, person: PersonId, words: Sequence[str | None], *, late: bool) -> int:
    """Keep what somebody says; which wording of theirs it is."""
    version = tx.scalar(
        _PUT, number=found.number, on_date=found.on, person=person, version=1, at=tx.now, late=late
    )
    assert version is not None
    keys = {"number": found.number, "on_date": found.on, "person": person, "version": version}
    said = [{**keys, "question": at, "words": one} for at, one in enumerate(words) if one]
    tx.run_many(_ADD_WORDS, said)
    return version


def answers(tx: Tx, found: Round) -> list[Answer]:
    """What was said in it, in the order it was said."""
    return _answers_of(tx.all(_ANSWERS, which=found.number, day=found.on))


def answer_of(tx: Tx, number: int, on: date, person: PersonId) -> Answer | None:
    """What this person said in a round."""
    return next(iter(_answers_of(tx.all(_ANSWER, which=number, day=on, who=person))), None)


def last_answer(tx: Tx, number: int, before: date, person: PersonId) -> tuple[Round, Answer] | None:
    """What this person said last before that date, and in which round."""
    on = tx.scalar(_LAST_DAY, which=number, day=before, who=person)
    found = None if on is None else find(tx, number, on)
    said = None if found is None else answer_of(tx, number, found.on, person)
    return None if found is None or said is None else (found, said)


# ---------------------------------------------------------------------------------------------------------


def _round(row: Any) -> Round:
    return Round(
        row.number,
        row.on_date,
        tuple(str(one) for one in row.questions),
        RoundState(row.state),
        row.opened_at,
        row.closes_at,
        None if row.moved is None else Moved(row.moved),
        row.closed_at,
        row.summary_ts,
    )


def _answers_of(rows: Sequence[Any]) -> list[Answer]:
    found: dict[str, tuple[Any, list[str | None]]] = {}
    for row in rows:
        _, words = found.setdefault(row.person, (row, [None] * len(row.questions)))
        if row.question is not None:
            words[row.question] = row.words
    return [
        Answer(row.on_date, PersonId(row.person), tuple(words), row.at, row.version, row.late)
        for row, words in found.values()
    ]
