"""Keep how feedback was sorted, and find what waits for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.areas.values import AreaId
from storage.database import OURS, Tx
from storage.feedback import themes
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.queries import FIELDS, feedback_of
from storage.feedback.tables import FeedbackRow, ThemeRow, TriageRow
from storage.feedback.values import (
    TRIAGED_KINDS,
    Feedback,
    FeedbackState,
    Kept,
    Score,
    Sorted,
    Source,
    Spurned,
    ThemeId,
)
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import AudienceKind, PersonId

_put = insert(TriageRow).values(workspace=OURS)
_key = ["workspace", "number"]
_nothing = dict.fromkeys(
    (
        "taken_by",
        "triaged_at",
        "in_time",
        "later",
        "theme",
        "about",
        "impact",
        "confidence",
        "effort",
        "spurned",
    )
)
_TAKE = _put.on_conflict_do_update(index_elements=_key, set_={"taken_by": _put.excluded.taken_by})
_LATER = _put.on_conflict_do_update(index_elements=_key, set_={"later": _put.excluded.later})
_THEME = _put.on_conflict_do_update(
    index_elements=_key, set_={"theme": _put.excluded.theme, "about": _put.excluded.about}
)
_SCORE = _put.on_conflict_do_update(
    index_elements=_key, set_={one: _put.excluded[one] for one in ("impact", "confidence", "effort")}
)
_SPURN = _put.on_conflict_do_update(index_elements=_key, set_={"spurned": _put.excluded.spurned})
_FIRST = _put.on_conflict_do_update(
    index_elements=_key,
    set_={"triaged_at": _put.excluded.triaged_at, "in_time": _put.excluded.in_time},
    where=TriageRow.triaged_at.is_(None),
)
_this = and_(TriageRow.workspace == OURS, TriageRow.number == bindparam("of"))
_FORGET = delete(TriageRow).where(_this).returning(TriageRow.about)
_MOVE = (
    update(TriageRow)
    .where(TriageRow.workspace == OURS, TriageRow.number.in_(bindparam("numbers", expanding=True)))
    .values(about=bindparam("new_about"))
)
_its_theme = aliased(ThemeRow)
_FIND = (
    select(
        TriageRow.taken_by,
        TriageRow.theme,
        _its_theme.name,
        TriageRow.later,
        TriageRow.triaged_at,
        TriageRow.in_time,
        TriageRow.impact,
        TriageRow.confidence,
        TriageRow.effort,
        TriageRow.spurned,
    )
    .join(
        ThemeRow,
        and_(ThemeRow.workspace == TriageRow.workspace, ThemeRow.id == TriageRow.about),
        isouter=True,
    )
    .join(
        _its_theme,
        and_(
            _its_theme.workspace == TriageRow.workspace,
            _its_theme.id == func.coalesce(ThemeRow.part_of, ThemeRow.id),
        ),
        isouter=True,
    )
    .where(_this)
)
_its = and_(TriageRow.workspace == FeedbackRow.workspace, TriageRow.number == FeedbackRow.number)
_looked_after = or_(
    FeedbackRow.area.in_(bindparam("areas", expanding=True)),
    and_(FeedbackRow.area.is_(None), bindparam("unsaid").is_(True)),
)
_ready = (
    FeedbackRow.workspace == OURS,
    FeedbackRow.state == FeedbackState.NEW,
    FeedbackRow.kind.in_(TRIAGED_KINDS),
    or_(TriageRow.later.is_(None), TriageRow.later <= bindparam("today")),
    _looked_after,
    things.VISIBLE,
)
_WAITING = (
    select(*FIELDS)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(AccountRow, ITS_ACCOUNT, isouter=True)
    .join(TriageRow, _its, isouter=True)
    .where(*_ready)
    .order_by(FeedbackRow.captured_at, FeedbackRow.number)
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(
    select(FeedbackRow.number)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(TriageRow, _its, isouter=True)
    .where(*_ready)
    .limit(bindparam("limit"))
    .subquery("waiting")
)
_open_to_all = ThingRow.audience == AudienceKind.WORKSPACE
_KEPT = (
    select(
        func.count().label("triaged"),
        func.coalesce(func.sum(case((TriageRow.in_time == true(), 1), else_=0)), 0).label("in_time"),
    )
    .select_from(TriageRow)
    .join(FeedbackRow, and_(FeedbackRow.workspace == TriageRow.workspace, FeedbackRow.number == TriageRow.number))
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .where(
        TriageRow.workspace == OURS,
        TriageRow.triaged_at > bindparam("since"),
        TriageRow.in_time.is_not(None),
        _looked_after,
        _open_to_all,
    )
)  # fmt: skip
_LATE = (
    select(func.count())
    .select_from(FeedbackRow)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(TriageRow, _its, isouter=True)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.state == FeedbackState.NEW,
        FeedbackRow.kind.in_(TRIAGED_KINDS),
        FeedbackRow.source != Source.IMPORT,
        FeedbackRow.captured_at < bindparam("before"),
        TriageRow.triaged_at.is_(None),
        _looked_after,
        _open_to_all,
    )
)


@dataclass(frozen=True, slots=True)
class Whose:
    """The areas whose feedback somebody sorts, and whether also what belongs to none."""

    areas: Collection[AreaId]
    unsaid: bool

    @property
    def bound(self) -> dict[str, Any]:
        """The values of a statement that asks for it."""
        return {"areas": [*self.areas], "unsaid": self.unsaid}


def waiting(tx: Tx, viewer: Viewer, whose: Whose, today: date, limit: int) -> list[Feedback]:
    """What waits to be sorted of what this person may see, the oldest first."""
    found = tx.all(_WAITING, today=today, limit=limit, **whose.bound, **things.viewing(viewer))
    return [feedback_of(row) for row in found]


def waiting_in(tx: Tx, seen: dict[str, object], whose: Whose, today: date, limit: int) -> list[Feedback]:
    """The same as it is said aloud in a channel; `seen` is what `things.viewing_in` says."""
    return [feedback_of(row) for row in tx.all(_WAITING, today=today, limit=limit, **whose.bound, **seen)]


def count(tx: Tx, viewer: Viewer, whose: Whose, today: date, limit: int) -> int:
    """How many wait; nobody counts beyond the limit."""
    return tx.scalar(_COUNT, today=today, limit=limit, **whose.bound, **things.viewing(viewer)) or 0


def find(tx: Tx, number: int) -> Sorted:
    """How it was sorted."""
    row = tx.first(_FIND, of=number)
    if row is None:
        return Sorted()
    score = None if row.impact is None else Score(row.impact, row.confidence, row.effort)
    taken = None if row.taken_by is None else PersonId(row.taken_by)
    spurned = None if row.spurned is None else Spurned(row.spurned)
    return Sorted(taken, row.name, row.later, row.triaged_at, row.in_time, score, row.theme, spurned)


def take(tx: Tx, number: int, person: PersonId | None) -> None:
    """Somebody looks after it."""
    tx.put(_TAKE, **_nothing | {"number": number, "taken_by": person})


def postpone(tx: Tx, number: int, until: date) -> None:
    """Nobody is shown it again before that day."""
    tx.put(_LATER, **_nothing | {"number": number, "later": until})


def name_theme(tx: Tx, number: int, theme: ThemeId, written: str) -> None:
    """What it is about, and how whoever says so writes it."""
    tx.put(_THEME, **_nothing | {"number": number, "theme": written, "about": theme})


def move(tx: Tx, numbers: Sequence[int], theme: ThemeId) -> None:
    """These are about that one from now on; each keeps the word it was given its day."""
    tx.put(_MOVE, numbers=list(numbers), new_about=theme)


def score(tx: Tx, number: int, parts: Score) -> None:
    """The parts of its score that people judge."""
    judged = {"impact": parts.impact, "confidence": parts.confidence, "effort": parts.effort}
    tx.put(_SCORE, **_nothing | {"number": number} | judged)


def spurn(tx: Tx, number: int, said: Spurned) -> None:
    """It is not the one that was offered; or somebody says so later."""
    tx.put(_SPURN, **_nothing | {"number": number, "spurned": said})


def first(tx: Tx, number: int, at: datetime, *, in_time: bool | None) -> None:
    """It was sorted for the first time; None where nothing was promised."""
    tx.put(_FIRST, **_nothing | {"number": number, "triaged_at": at, "in_time": in_time})


def forget(tx: Tx, number: int) -> None:
    """Nothing of how it was sorted is kept, nor a theme that was only ever written here."""
    about = tx.scalar(_FORGET, of=number)
    if about is not None:
        themes.forget_unused(tx, ThemeId(about))


def kept(tx: Tx, whose: Whose, since: datetime, before: datetime) -> Kept:
    """How the promise was kept for what everybody may see: since then, and what waits from before that."""
    row = tx.first(_KEPT, since=since, **whose.bound)
    late = tx.scalar(_LATE, before=before, **whose.bound) or 0
    return Kept(0, 0, late) if row is None else Kept(row.triaged, row.in_time, late)
