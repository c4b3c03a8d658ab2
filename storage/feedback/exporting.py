"""Read feedback whole, a page at a time, to be carried elsewhere; what somebody took back stays."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.accounts.values import AccountState
from storage.areas.tables import AreaRow
from storage.database import OURS, Tx
from storage.feedback import themes
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.carried import Joined, Stood, Supporter, Voice, Whole
from storage.feedback.tables import (
    AskedRow,
    FeedbackRow,
    MergeRow,
    StandingRow,
    SupporterRow,
    ThemeRow,
    TriageRow,
)
from storage.feedback.values import KEPT, FeedbackState, Kind, Source, WordsState
from storage.things import queries as things
from storage.things.tables import AudienceRow, FollowerRow, ThingRow
from storage.things.values import Letter, Viewer
from storage.values import Audience, AudienceKind, ChannelId, PersonId

AT_ONCE = 200

_whole_area = aliased(AreaRow)
_page = (
    select(
        FeedbackRow.number,
        FeedbackRow.kind,
        FeedbackRow.state,
        ThingRow.title,
        FeedbackRow.words,
        FeedbackRow.words_state,
        FeedbackRow.source,
        FeedbackRow.captured_by,
        FeedbackRow.captured_at,
        ThingRow.audience,
        ThingRow.audience_channel,
        AccountRow.name.label("account"),
        FeedbackRow.account_state,
        func.coalesce(_whole_area.name, AreaRow.name).label("area"),
        FeedbackRow.outside,
        FeedbackRow.channel,
        FeedbackRow.message_ts,
        ThingRow.permalink,
        FeedbackRow.author,
        FeedbackRow.touched,
        FeedbackRow.version,
        MergeRow.into,
        MergeRow.was,
        MergeRow.by.label("merged_by"),
        MergeRow.at.label("merged_at"),
    )
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(AccountRow, ITS_ACCOUNT, isouter=True)
    .join(
        AreaRow,
        and_(AreaRow.workspace == FeedbackRow.workspace, AreaRow.id == FeedbackRow.area),
        isouter=True,
    )
    .join(
        _whole_area,
        and_(_whole_area.workspace == AreaRow.workspace, _whole_area.id == AreaRow.part_of),
        isouter=True,
    )
    .join(
        MergeRow,
        and_(MergeRow.workspace == FeedbackRow.workspace, MergeRow.number == FeedbackRow.number),
        isouter=True,
    )
    .where(FeedbackRow.workspace == OURS, FeedbackRow.state.in_([*KEPT, FeedbackState.MERGED]))
)
_these: BindParameter[Any] = bindparam("numbers", expanding=True)
_PAGE = (
    _page.where(
        FeedbackRow.number > bindparam("after"),
        or_(bindparam("everything").is_(True), ThingRow.audience == AudienceKind.WORKSPACE),
    )
    .order_by(FeedbackRow.number)
    .limit(bindparam("limit"))
)
_OF = _page.where(FeedbackRow.number.in_(_these), things.VISIBLE).order_by(FeedbackRow.number.desc())
_part = aliased(ThingRow)
_parts = select(_part.number).where(
    _part.workspace == OURS, _part.letter == Letter.FEEDBACK, _part.part_of.in_(_these)
)
_PARTS = _page.where(
    FeedbackRow.number.in_(_parts), FeedbackRow.state == FeedbackState.MERGED, things.VISIBLE
).order_by(FeedbackRow.number.desc())
_ADMITTED = (
    select(AudienceRow.number, AudienceRow.person)
    .where(
        AudienceRow.workspace == OURS, AudienceRow.letter == Letter.FEEDBACK, AudienceRow.number.in_(_these)
    )
    .order_by(AudienceRow.person)
)
_FOLLOWERS = (
    select(FollowerRow.number, FollowerRow.person)
    .where(
        FollowerRow.workspace == OURS, FollowerRow.letter == Letter.FEEDBACK, FollowerRow.number.in_(_these)
    )
    .order_by(FollowerRow.number, FollowerRow.person)
)
_SUPPORTERS = (
    select(SupporterRow.number, SupporterRow.person, SupporterRow.since)
    .where(SupporterRow.workspace == OURS, SupporterRow.number.in_(_these))
    .order_by(SupporterRow.since, SupporterRow.person)
)
_ASKED = (
    select(
        AskedRow.number,
        AskedRow.person,
        AskedRow.at,
        AccountRow.name.label("account"),
        AskedRow.account_state,
        AskedRow.words,
    )
    .join(
        AccountRow,
        and_(AccountRow.workspace == AskedRow.workspace, AccountRow.id == AskedRow.account),
        isouter=True,
    )
    .where(AskedRow.workspace == OURS, AskedRow.number.in_(_these))
    .order_by(AskedRow.at, AskedRow.id)
)
_STOOD = (
    select(
        StandingRow.number,
        StandingRow.state,
        StandingRow.by,
        StandingRow.at,
        StandingRow.planned_for,
        StandingRow.sentence,
        StandingRow.reason,
    )
    .where(StandingRow.workspace == OURS, StandingRow.number.in_(_these))
    .order_by(StandingRow.turn)
)
_its_own = aliased(ThemeRow)
_themed = (
    select(TriageRow.number, TriageRow.theme.label("written"), ThemeRow.name)
    .join(_its_own, and_(_its_own.workspace == TriageRow.workspace, _its_own.id == TriageRow.about))
    .join(
        ThemeRow,
        and_(
            ThemeRow.workspace == _its_own.workspace,
            ThemeRow.id == func.coalesce(_its_own.part_of, _its_own.id),
        ),
    )
    .where(TriageRow.workspace == OURS, TriageRow.number.in_(_these))
)
_THEMED = _themed.where(or_(bindparam("everything").is_(True), ThemeRow.place == ""))
_THEMED_FOR = _themed.where(themes.KNOWN)


def page(tx: Tx, after: int, *, everything: bool) -> list[Whole]:
    """The next ones behind this number; `everything` is also what only some here may see."""
    rows = tx.all(_PAGE, after=after, limit=AT_ONCE, everything=everything)
    numbers = [row.number for row in rows]
    return _whole(tx, rows, tx.all(_THEMED, numbers=numbers, everything=everything) if rows else [])


def of(tx: Tx, numbers: Sequence[int], viewer: Viewer) -> list[Whole]:
    """These, and what was merged into them, of what this person may see; their themes, where they may read the name."""
    if not numbers:
        return []
    seen = things.viewing(viewer)
    rows = [*tx.all(_OF, numbers=list(numbers), **seen), *tx.all(_PARTS, numbers=list(numbers), **seen)]
    themed = tx.all(_THEMED_FOR, numbers=[row.number for row in rows], **seen) if rows else []
    return _whole(tx, rows, themed)


# ---------------------------------------------------------------------------------------------------------


def _whole(tx: Tx, rows: Sequence[Any], themed: Sequence[Any]) -> list[Whole]:
    numbers = [row.number for row in rows]
    if not numbers:
        return []
    named = {one.number: one for one in themed}
    admitted = _by_number(tx.all(_ADMITTED, numbers=numbers))
    following = _by_number(tx.all(_FOLLOWERS, numbers=numbers))
    supporting = _by_number(tx.all(_SUPPORTERS, numbers=numbers))
    asked = _by_number(tx.all(_ASKED, numbers=numbers))
    stood = _by_number(tx.all(_STOOD, numbers=numbers))
    return [
        Whole(
            f"{tx.workspace}/F-{row.number}",
            row.number,
            Kind(row.kind),
            FeedbackState(row.state),
            row.title,
            row.words,
            WordsState(row.words_state),
            Source(row.source),
            PersonId(row.captured_by),
            row.captured_at,
            Audience(
                AudienceKind(row.audience),
                None if row.audience_channel is None else ChannelId(row.audience_channel),
                _people(admitted[row.number]),
            ),
            row.account,
            _state(row.account_state),
            row.area,
            row.outside,
            None if row.channel is None else ChannelId(row.channel),
            row.message_ts,
            row.permalink,
            None if row.author is None else PersonId(row.author),
            bool(row.touched),
            row.version,
            tuple(Supporter(PersonId(one.person), one.since) for one in supporting[row.number]),
            _people(following[row.number]),
            tuple(map(_voice, asked[row.number])),
            tuple(map(_stood, stood[row.number])),
            _merged(row),
            *_theme(named.get(row.number)),
        )
        for row in rows
    ]


def _by_number(rows: Sequence[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.number].append(row)
    return found


def _people(rows: Sequence[Any]) -> tuple[PersonId, ...]:
    return tuple(PersonId(row.person) for row in rows)


def _voice(row: Any) -> Voice:
    return Voice(PersonId(row.person), row.at, row.account, _state(row.account_state), row.words)


def _stood(row: Any) -> Stood:
    by = PersonId(row.by)
    return Stood(FeedbackState(row.state), by, row.at, row.planned_for, row.sentence, row.reason)


def _theme(row: Any) -> tuple[str | None, str | None]:
    if row is None:
        return None, None
    return row.name, None if row.written == row.name else row.written


def _merged(row: Any) -> Joined | None:
    if row.into is None:
        return None
    return Joined(row.into, FeedbackState(row.was), PersonId(row.merged_by), row.merged_at)


def _state(state: str | None) -> AccountState | None:
    return None if state is None else AccountState(state)
