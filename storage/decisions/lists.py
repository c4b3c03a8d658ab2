"""Decisions as lists of lines; nobody finds in them what they may not see."""

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from storage.database import OURS, Tx
from storage.decisions.queries import NEWEST, its_text, its_thing
from storage.decisions.tables import DecisionRow, DraftRow, RoleRow, StanceRow, TextRow
from storage.decisions.values import DecisionState, Line
from storage.roles.values import Rule
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Viewer
from storage.values import PersonId

MOST_WORDS = 8
"""Words of a search that count."""
_viewer: BindParameter[str] = bindparam("viewer")
Lines = Select[*tuple[Any, ...]]
_open = DecisionRow.state.in_([DecisionState.PROPOSED, DecisionState.DECIDED])


def _named(*rules: Rule) -> ColumnElement[bool]:
    return exists().where(
        RoleRow.workspace == OURS,
        RoleRow.number == DecisionRow.number,
        RoleRow.role.in_(rules),
        RoleRow.person == _viewer,
    )


_spoken = exists().where(
    StanceRow.workspace == OURS, StanceRow.number == DecisionRow.number, StanceRow.person == _viewer
)
_still_asked = or_(
    DecisionRow.state == DecisionState.PROPOSED,
    and_(DecisionRow.state == DecisionState.DECIDED, DecisionRow.approver.is_(None)),
)
_unheard = and_(_still_asked, _named(Rule.CONTRIBUTOR), ~_spoken)
_drafted = and_(
    _open,
    exists().where(
        DraftRow.workspace == OURS, DraftRow.number == DecisionRow.number, DraftRow.person == _viewer
    ),
)
_lines = (
    select(
        DecisionRow.number,
        DecisionRow.state,
        ThingRow.title,
        ThingRow.permalink,
        DecisionRow.driver,
        DecisionRow.approver,
        DecisionRow.review_on,
        DecisionRow.replaced_by,
        _unheard.label("unheard"),
        _drafted.label("draft"),
    )
    .join(ThingRow, its_thing)
    .where(DecisionRow.workspace == OURS, DecisionRow.state != DecisionState.WITHDRAWN, things.VISIBLE)
)
_newest = _lines.order_by(DecisionRow.number.desc()).limit(bindparam("limit"))
_page = _newest.where(DecisionRow.number < bindparam("before"))
_approving = and_(DecisionRow.state == DecisionState.PROPOSED, DecisionRow.approver == _viewer)
_reviewing = and_(
    DecisionRow.state == DecisionState.DECIDED,
    DecisionRow.replaced_by.is_(None),
    DecisionRow.driver == _viewer,
    DecisionRow.review_on <= bindparam("today"),
)
# Which they can be is looked up by index before any is looked at: there may be thousands, and few are anybody's.
_one = aliased(DecisionRow)
_proposed = select(_one.number).where(_one.workspace == OURS, _one.state == DecisionState.PROPOSED)
_maybe_needing = union(
    _proposed.where(_one.approver == _viewer),
    select(RoleRow.number).where(RoleRow.workspace == OURS, RoleRow.person == _viewer),
    select(_one.number).where(
        _one.workspace == OURS, _one.driver == _viewer, _one.review_on <= bindparam("today")
    ),
    select(DraftRow.number).where(DraftRow.workspace == OURS, DraftRow.person == _viewer),
)
_NEEDING = _newest.where(
    DecisionRow.number.in_(_maybe_needing), or_(_approving, _unheard, _reviewing, _drafted)
)
_WAITING = _newest.where(
    DecisionRow.number.in_(_proposed),
    DecisionRow.state == DecisionState.PROPOSED,
    or_(DecisionRow.driver == _viewer, DecisionRow.recorded_by == _viewer),
    DecisionRow.approver != _viewer,
)
_CONCERNING = _page.where(
    or_(
        DecisionRow.driver == _viewer,
        DecisionRow.recorded_by == _viewer,
        DecisionRow.approver == _viewer,
        _named(Rule.CONTRIBUTOR, Rule.INFORMED),
    )
)
_SEARCH = _page.join(TextRow, its_text).where(
    *[TextRow.folded.like(bindparam(f"word{at}"), escape="\\") for at in range(MOST_WORDS)]
)
_COUNT = (
    select(func.count())
    .select_from(DecisionRow)
    .join(ThingRow, its_thing)
    .where(DecisionRow.workspace == OURS, DecisionRow.state != DecisionState.WITHDRAWN, things.VISIBLE)
)


def search(tx: Tx, viewer: Viewer, words: str, limit: int, before: int = NEWEST) -> list[Line]:
    """Those with every one of these words in them (all, for no words), newest first, below `before`."""
    wanted = [*words.casefold().split(), *[""] * MOST_WORDS][:MOST_WORDS]
    patterns = {f"word{at}": f"%{_literal(word)}%" for at, word in enumerate(wanted)}
    return _found(tx, _SEARCH, viewer, limit=limit, before=before, **patterns)


def needing(tx: Tx, viewer: Viewer, today: date, limit: int) -> list[Line]:
    """Those that wait for this person: to approve, to say their view, to review, or to finish a draft."""
    return _found(tx, _NEEDING, viewer, limit=limit, today=today)


def waiting(tx: Tx, viewer: Viewer, limit: int) -> list[Line]:
    """Those this person drives or recorded that wait for somebody else's approval."""
    return _found(tx, _WAITING, viewer, limit=limit)


def concerning(tx: Tx, viewer: Viewer, limit: int, before: int = NEWEST) -> list[Line]:
    """Those this person drives, recorded, approves, contributes to or is informed of."""
    return _found(tx, _CONCERNING, viewer, limit=limit, before=before)


def count(tx: Tx, viewer: Viewer) -> int:
    """How many decisions this person may see."""
    return tx.scalar(_COUNT, **things.viewing(viewer)) or 0


def _literal(word: str) -> str:
    for sign in "\\%_":
        word = word.replace(sign, f"\\{sign}")
    return word


def _found(tx: Tx, query: Lines, viewer: Viewer, **values: object) -> list[Line]:
    return [_line(row) for row in tx.all(query, **values, **things.viewing(viewer))]


def _line(row: Any) -> Line:
    return Line(
        row.number,
        DecisionState(row.state),
        row.title,
        row.permalink,
        PersonId(row.driver),
        None if row.approver is None else PersonId(row.approver),
        row.review_on,
        row.replaced_by,
        bool(row.unheard),
        bool(row.draft),
    )
