"""Blockers as a digest and a catch-up read them: who cannot go on, on whom they wait, and what was cleared."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, select

from storage.checkins.tables import BlockerRow, BlockerTextRow
from storage.checkins.values import BlockerState
from storage.database import OURS, Tx
from storage.digests.values import Cleared, Need, Open, Period, Stuck, Subject
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import FunctionId, PersonId

MOST = 40

_its_thing = things.is_thing(Letter.BLOCKER, BlockerRow)
_its_text = and_(
    BlockerTextRow.workspace == BlockerRow.workspace,
    BlockerTextRow.number == BlockerRow.number,
    BlockerTextRow.version == BlockerRow.version,
)
_seen = (
    select(
        BlockerRow.number,
        ThingRow.title,
        ThingRow.permalink,
        BlockerRow.blocked,
        BlockerRow.function,
        BlockerRow.person,
        BlockerRow.asked,
        BlockerTextRow.outside,
        BlockerRow.since,
    )
    .join(ThingRow, _its_thing)
    .join(BlockerTextRow, _its_text)
    .where(BlockerRow.workspace == OURS, things.VISIBLE)
    .order_by(BlockerRow.number)
    .limit(MOST)
)
_STUCK = _seen.where(BlockerRow.state == BlockerState.OPEN)
_CLEARED = _seen.where(
    BlockerRow.state == BlockerState.CLEARED,
    BlockerRow.settled_at > bindparam("since"),
    BlockerRow.settled_at <= bindparam("until"),
)
Asked = PersonId | None


def stuck(tx: Tx, seen: Mapping[str, object]) -> list[tuple[Stuck, Asked]]:
    """Those that are open, oldest first, each with the one who was asked to clear it."""
    return [(_stuck(row), _person(row.asked)) for row in tx.all(_STUCK, **seen)]


def open_in(found: Sequence[tuple[Stuck, Asked]], period: Period) -> list[Open]:
    """The same as what is open, and whose move it is."""
    return [
        Open(Need.BLOCKER, one.about, asked or one.blocked, period.day(one.since)) for one, asked in found
    ]


def cleared(tx: Tx, seen: Mapping[str, object], period: Period) -> tuple[Cleared, ...]:
    """Those that were cleared in this time."""
    rows = tx.all(_CLEARED, since=period.since, until=period.until, **seen)
    return tuple(Cleared(_subject(row), PersonId(row.blocked)) for row in rows)


def _stuck(row: Any) -> Stuck:
    function = None if row.function is None else FunctionId(row.function)
    return Stuck(_subject(row), PersonId(row.blocked), function, _person(row.person), row.outside, row.since)


def _subject(row: Any) -> Subject:
    return Subject(Reference(Letter.BLOCKER, row.number), row.title, row.permalink)


def _person(found: str | None) -> PersonId | None:
    return None if found is None else PersonId(found)
