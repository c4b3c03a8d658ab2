"""Find feedback: the newest that fits, or has some words, a page at a time. Nobody finds what they may not see."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select

from storage.accounts.tables import AccountRow
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.database import OURS, Tx
from storage.feedback import accounts, themes
from storage.feedback import queries as feedbacks
from storage.feedback.queries import FIELDS, NEWEST, feedback_of
from storage.feedback.tables import AskedRow, FeedbackRow, TriageRow
from storage.feedback.values import KEPT, Feedback, Filters, ThemeId, Under
from storage.people.tables import PersonRow
from storage.search import queries as search
from storage.search.words import Sought, sought_in
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Thing, Viewer

FIRST, EACH, ROUNDS = 30, 500, 20
"""How many of those that have the words are looked at first and then at once, and how often before a page ends."""

_their_asks = select(AskedRow.number).where(
    AskedRow.workspace == OURS, AskedRow.account == bindparam("for_account")
)
_of_function = select(PersonRow.id).where(
    PersonRow.workspace == OURS,
    func.coalesce(PersonRow.own_function, PersonRow.function).in_(bindparam("of_function", expanding=True)),
)
_about = exists().where(
    TriageRow.workspace == OURS,
    TriageRow.number == FeedbackRow.number,
    TriageRow.about.in_(bindparam("of_theme", expanding=True)),
)
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "any_state": FeedbackRow.state.in_(KEPT),
    "state": FeedbackRow.state == bindparam("in_state"),
    "kind": FeedbackRow.kind == bindparam("of_kind"),
    "area": FeedbackRow.area.in_(bindparam("in_area", expanding=True)),
    "account": or_(FeedbackRow.account == bindparam("for_account"), FeedbackRow.number.in_(_their_asks)),
    "function": FeedbackRow.captured_by.in_(_of_function),
    "theme": _about,
    "days": FeedbackRow.captured_at >= bindparam("since"),
    "words": FeedbackRow.number.in_(bindparam("numbers", expanding=True)),
}


_NEWEST = (
    select(*FIELDS)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(AccountRow, accounts.ITS_ACCOUNT, isouter=True)
    .where(FeedbackRow.workspace == OURS, FeedbackRow.number < bindparam("before"), things.VISIBLE)
    .order_by(FeedbackRow.number.desc())
    .limit(bindparam("limit"))
)

_NARROWEST = _NEWEST.where(*_CONDITIONS.values())
"""All conditions at once: not asked for, but it is here to be looked at as all statements are."""

_COUNTED = (
    select(FeedbackRow.number, FeedbackRow.account)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.number.in_(bindparam("numbers", expanding=True)),
        FeedbackRow.state.in_(KEPT),
        things.VISIBLE,
    )
)
Newest = Callable[[int, int], list[int]]
"""So many of the newest numbers of something, below a number."""


@cache
def _newest(conditions: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """One statement for each set of conditions, so that each finds its own way to its rows."""
    return _NEWEST.where(*[_CONDITIONS[one] for one in sorted(conditions)])


def under_theme(tx: Tx, viewer: Viewer, theme: ThemeId, limit: int) -> Under:
    """How much this person may see that is about it, and for how many accounts; nobody counts further than that."""
    return _under(tx, viewer, _of_theme(tx, theme), limit)


def under_area(tx: Tx, viewer: Viewer, area: AreaId, limit: int) -> Under:
    """The same of an area."""
    return _under(tx, viewer, _of_area(tx, areas.family(tx, area)), limit)


def find(
    tx: Tx, viewer: Viewer, filters: Filters, limit: int, before: int = NEWEST
) -> tuple[list[Feedback], int | None]:
    """What this person may see of it, newest first, below the number `before`; and where the next page begins."""
    family = [] if filters.area is None else areas.family(tx, filters.area)
    if filters.words is not None:
        sought = sought_in(filters.words)
        return (
            ([], None) if sought is None else _search(tx, viewer, filters, _with(tx, sought), limit, before)
        )
    if filters.theme is not None:
        return _search(tx, viewer, filters, _of_theme(tx, filters.theme), limit, before)
    if len(family) > 1:
        return _search(tx, viewer, filters, _of_area(tx, family), limit, before)
    found = _look(tx, viewer, filters, limit + 1, before)
    return found[:limit], found[limit - 1].number if len(found) > limit else None


def things_with(tx: Tx, viewer: Viewer, words: str, limit: int) -> list[Thing]:
    """The newest with these words that this person may see, as the things they are."""
    found, _ = find(tx, viewer, Filters(words=words), limit)
    return things.some(tx, Letter.FEEDBACK, [one.number for one in found])


# ---------------------------------------------------------------------------------------------------------


def _with(tx: Tx, sought: Sought) -> Newest:
    return lambda before, most: search.newest(tx, sought, most, before)


def _of_theme(tx: Tx, theme: ThemeId) -> Newest:
    family = themes.family(tx, theme)
    return lambda before, most: themes.about(tx, family, before, most)


def _of_area(tx: Tx, family: list[AreaId]) -> Newest:
    return lambda before, most: feedbacks.about(tx, family, before, most)


def _search(
    tx: Tx, viewer: Viewer, filters: Filters, newest: Newest, limit: int, before: int
) -> tuple[list[Feedback], int | None]:
    """Of those with the words or the theme, some at a time: whoever may see few of very many gets a page with fewer."""
    found: list[Feedback] = []
    for number in range(ROUNDS):
        most = EACH if number else FIRST
        some = newest(before, most)
        if some:
            found += _look(tx, viewer, filters, limit + 1 - len(found), before, some)
        if len(found) > limit:
            return found[:limit], found[limit - 1].number
        if len(some) < most:
            return found, None
        before = some[-1]
    return found, before


def _under(tx: Tx, viewer: Viewer, newest: Newest, limit: int) -> Under:
    """Some at a time, the newest first."""
    accounts: list[str | None] = []
    before = NEWEST
    for _ in range(ROUNDS):
        some = newest(before, limit)
        if some:
            rows = tx.all(_COUNTED, numbers=some, **things.viewing(viewer))
            accounts += [row.account for row in rows]
        if len(some) < limit or len(accounts) >= limit:
            break
        before = some[-1]
    return Under(min(len(accounts), limit), len({*accounts} - {None}))


def _look(
    tx: Tx, viewer: Viewer, filters: Filters, limit: int, before: int, numbers: list[int] | None = None
) -> list[Feedback]:
    values: dict[str, tuple[str, object]] = {
        "state": ("in_state", filters.state),
        "kind": ("of_kind", filters.kind),
        "area": ("in_area", None if filters.area is None else areas.family(tx, filters.area)),
        "account": ("for_account", filters.account),
        "function": ("of_function", filters.functions or None),
        "theme": ("of_theme", None if filters.theme is None else themes.family(tx, filters.theme)),
        "days": ("since", filters.days and tx.now - timedelta(days=filters.days)),
        "words": ("numbers", numbers),
    }
    given = {name: one for name, one in values.items() if one[1] is not None}
    conditions = frozenset(given) | ({"any_state"} if filters.state is None else set())
    rows = tx.all(
        _newest(conditions), limit=limit, before=before, **dict(given.values()), **things.viewing(viewer)
    )
    return [feedback_of(row) for row in rows]
