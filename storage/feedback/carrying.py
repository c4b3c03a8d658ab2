"""Carry feedback in from elsewhere, many at a time, each once; nobody is told and nothing is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.accounts import queries as accounts
from storage.accounts.values import Account
from storage.areas import queries as areas
from storage.audit import queries as audit
from storage.database import OURS, Tx, new_id
from storage.feedback import merging, themes
from storage.feedback.carried import Carried, Joined, Stood, Taken, Voice, Whole
from storage.feedback.tables import AskedRow, FeedbackRow, OriginRow, StandingRow, SupporterRow, TriageRow
from storage.feedback.values import FeedbackState, Merge, Source, Theme, WordsState, same
from storage.search import queries as search
from storage.things.tables import AudienceRow, CounterRow, FollowerRow, ThingRow
from storage.things.values import Letter
from storage.values import Audience, AudienceKind, PersonId, folded

AT_ONCE = 120
"""So many have some five hundred rows."""
WHOLE_AT_ONCE = 50

T = TypeVar("T")

_counter = insert(CounterRow).values(workspace=OURS, letter=Letter.FEEDBACK, last=0)
_HOLD = _counter.on_conflict_do_update(
    index_elements=["workspace", "letter"], set_={"last": CounterRow.last}
).returning(CounterRow.last)
_COUNT_ON = (
    update(CounterRow)
    .where(CounterRow.workspace == OURS, CounterRow.letter == Letter.FEEDBACK)
    .values(last=bindparam("new_last"))
)
_THERE = select(OriginRow.origin).where(
    OriginRow.workspace == OURS, OriginRow.origin.in_(bindparam("origins", expanding=True))
)
_CAME = select(OriginRow.origin, OriginRow.number).where(
    OriginRow.workspace == OURS, OriginRow.origin.in_(bindparam("origins", expanding=True))
)
_MERGE = (
    update(FeedbackRow)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.number == bindparam("which"),
        FeedbackRow.state == bindparam("was"),
    )
    .values(state=FeedbackState.MERGED)
)
_MERGED_THING = (
    update(ThingRow)
    .where(
        ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK, ThingRow.number == bindparam("which")
    )
    .values(state=FeedbackState.MERGED)
)
_NUMBERS = select(FeedbackRow.number).where(
    FeedbackRow.workspace == OURS, FeedbackRow.number.in_(bindparam("numbers", expanding=True))
)
_CAPTURED = select(FeedbackRow.channel, FeedbackRow.message_ts).where(
    FeedbackRow.workspace == OURS,
    FeedbackRow.channel.in_(bindparam("channels", expanding=True)),
    FeedbackRow.message_ts.in_(bindparam("stamps", expanding=True)),
)
_COME = insert(OriginRow).values(workspace=OURS)
_KEEP = insert(FeedbackRow).values(workspace=OURS)
_NAME = insert(ThingRow).values(workspace=OURS, letter=Letter.FEEDBACK, version=1)
_ADMIT = insert(AudienceRow).values(workspace=OURS, letter=Letter.FEEDBACK)
_FOLLOW = insert(FollowerRow).values(workspace=OURS, letter=Letter.FEEDBACK)
_SUPPORT = insert(SupporterRow).values(workspace=OURS)
_ASK = insert(AskedRow).values(workspace=OURS)
_STAND = insert(StandingRow).values(workspace=OURS)
_ABOUT = insert(TriageRow).values(workspace=OURS)


def take(tx: Tx, carried: Sequence[Carried], keeper: PersonId) -> Taken:
    """Keep those that never came before, for everybody here to see; `keeper` is who they are put down to."""
    last = _hold(tx)
    there = _there(tx, [one.origin for one in carried], [one.ours for one in carried if one.ours is not None])
    new = list({one.origin: one for one in carried if not there & {one.origin, one.ours}}.values())
    if not new:
        return Taken(0, len(carried))
    named = {one: accounts.named(tx, one, public=True) for one in _sorted(one.account for one in new)}
    numbered = list(enumerate(new, start=last + 1))
    tx.run_many(_COME, [{"origin": one.origin, "number": number} for number, one in numbered])
    tx.run_many(_NAME, [_thing(tx, number, one, keeper) for number, one in numbered])
    known = {one: themes.named(tx, one, "", keeper) for one in _sorted(one.theme for one in new)}
    about = {n: (one.theme, known[one.theme]) for n, one in numbered if one.theme is not None}
    tx.run_many(_KEEP, [_row(tx, number, one, keeper, named, about.get(number)) for number, one in numbered])
    _sort(tx, about)
    search.keep_new(tx, {number: one.words for number, one in numbered})
    return _counted(tx, [number for number, _ in numbered], len(carried), keeper)


def restore(tx: Tx, whole: Sequence[tuple[str, Whole]], keeper: PersonId) -> Taken:
    """Keep what was exported, as it was, those that never came before; a number that is free stays what it was.

    Each stands with its origin; that of this workspace is known by its number, too.
    """
    last = _hold(tx)
    ours = [one.number for _, one in whole if _is_ours(tx, one)]
    there = _there(tx, [origin for origin, _ in whole], ours) | _captured(tx, [one for _, one in whole])
    numbered: list[tuple[int, str, Whole]] = []
    for origin, one in dict(whole).items():
        known = {origin, (one.channel, one.message_ts), one.number if _is_ours(tx, one) else None}
        if not there & known:
            last = max(last + 1, one.number)
            numbered.append((last, origin, one))
    if not numbered:
        return Taken(0, len(whole))
    _keep_whole(tx, [(number, one) for number, _, one in numbered])
    tx.run_many(_COME, [{"origin": origin, "number": number} for number, origin, _ in numbered])
    return _counted(tx, [number for number, _, _ in numbered], len(whole), keeper)


def rejoin(tx: Tx, joined: Sequence[tuple[str, str, Joined]]) -> None:
    """Merge what was merged where it was exported: what has the first origin into what has the second.

    What stands otherwise than before it was merged, or was merged here meanwhile, stays as it is.
    """
    found = {
        row.origin: row.number for row in tx.all(_CAME, origins=[each for one in joined for each in one[:2]])
    }
    for own, into, one in joined:
        if own in found and into in found and tx.run(_MERGE, which=found[own], was=one.was):
            tx.put(_MERGED_THING, which=found[own])
            merging.join(tx, Merge(found[own], found[into], one.was, one.by, one.at))


# ---------------------------------------------------------------------------------------------------------


def _hold(tx: Tx) -> int:
    """The last number given; whoever else gives numbers waits for us from now on."""
    last = tx.scalar(_HOLD)
    assert last is not None
    return last


def _there(tx: Tx, origins: Sequence[str], numbers: Sequence[int]) -> set[object]:
    """Which of these are here already."""
    found: set[object] = {row.origin for row in tx.all(_THERE, origins=origins)}
    return found | ({row.number for row in tx.all(_NUMBERS, numbers=numbers)} if numbers else set())


def _captured(tx: Tx, whole: Sequence[Whole]) -> set[object]:
    """The messages of these from which something was captured here; each is captured once."""
    channels = sorted({one.channel for one in whole if one.channel is not None})
    stamps = [one.message_ts for one in whole if one.message_ts is not None]
    rows = tx.all(_CAPTURED, channels=channels, stamps=stamps) if stamps else []
    return {(row.channel, row.message_ts) for row in rows}


def _counted(tx: Tx, numbers: Sequence[int], came: int, keeper: PersonId) -> Taken:
    taken = Taken(len(numbers), came - len(numbers), numbers[0], numbers[-1])
    tx.put(_COUNT_ON, new_last=taken.last)
    audit.note(tx, keeper, "feedback.imported", f"F-{taken.first}", last=taken.last)
    return taken


def _is_ours(tx: Tx, one: Whole) -> bool:
    return one.id.partition("/")[0] == tx.workspace


def _sorted(names: Iterable[str | None]) -> list[str]:
    return sorted({one for one in names if one is not None})


def _thing(tx: Tx, number: int, one: Carried, keeper: PersonId) -> dict[str, object]:
    return _named(number, one.title, one.state, keeper, one.at or tx.now, None, Audience.workspace())


def _row(
    tx: Tx,
    number: int,
    one: Carried,
    keeper: PersonId,
    named: dict[str, Account],
    about: tuple[str, Theme] | None,
) -> dict[str, object]:
    """What nobody said an area of is about that of its theme."""
    account, area = named.get(one.account or ""), None if about is None else about[1].area
    return {
        "number": number,
        "kind": one.kind,
        "state": one.state,
        "words": one.words,
        "words_state": WordsState.KNOWN,
        "same": same(one.words),
        "account": None if account is None else account.id,
        "account_state": None if account is None else account.state,
        "source": Source.IMPORT,
        "channel": None,
        "message_ts": None,
        "author": None,
        "captured_by": keeper,
        "captured_at": one.at or tx.now,
        "touched": True,
        "version": 1,
        "area": one.area or area,
        "outside": one.key,
    }


def _sort(tx: Tx, about: Mapping[int, tuple[str, Theme]]) -> None:
    """What they are about, and how somebody wrote it."""
    rows = [{"number": n, "theme": written, "about": theme.id} for n, (written, theme) in about.items()]
    if rows:
        tx.run_many(_ABOUT, rows)


def _named(
    number: int, title: str, state: str, owner: PersonId, at: Any, permalink: str | None, audience: Audience
) -> dict[str, object]:
    return {
        "number": number,
        "title": title,
        "folded": title.casefold(),
        "state": state,
        "owner": owner,
        "created_at": at,
        "permalink": permalink,
        "audience": audience.kind,
        "audience_channel": audience.channel,
    }


def _keep_whole(tx: Tx, numbered: Sequence[tuple[int, Whole]]) -> None:
    ids = _accounts_of(tx, [one for _, one in numbered])
    there = areas.names(tx)
    for name in _sorted(one.area for _, one in numbered):
        if folded(name) not in there:
            there[folded(name)] = areas.add(tx, name).id
    tx.run_many(
        _NAME,
        [
            _named(
                number, one.title, _state(one), one.captured_by, one.captured_at, one.permalink, one.audience
            )
            for number, one in numbered
        ],
    )
    tx.run_many(_KEEP, [_whole_row(number, one, ids, there) for number, one in numbered])
    each: list[tuple[Any, list[dict[str, object]]]] = [
        (_ADMIT, [{"number": n, "person": who} for n, one in numbered for who in one.audience.people]),
        (_FOLLOW, [{"number": n, "person": who} for n, one in numbered for who in one.followers]),
        (
            _SUPPORT,
            [{"number": n, "person": each.person, "since": each.since} for n, one in numbered for each in one.supporters],
        ),
        (_ASK, [_voice(n, each, ids) for n, one in numbered for each in one.asked]),
        (_STAND, [_stood(n, turn, each) for n, one in numbered for turn, each in enumerate(one.stood, start=1)]),
    ]  # fmt: skip
    _sort(
        tx, {n: (one.theme_then or one.theme, _theme(tx, one, one.theme)) for n, one in numbered if one.theme}
    )
    for number, one in numbered:
        search.keep(tx, number, [said for said in (one.words, *(each.words for each in one.asked)) if said])
    for statement, rows in each:
        for start in range(0, len(rows), 500):
            tx.run_many(statement, rows[start : start + 500])


def _theme(tx: Tx, one: Whole, name: str) -> Theme:
    """Its theme, named by those who could read it."""
    return themes.named(tx, name, themes.place_of(tx, one.audience, one.captured_by), one.captured_by)


def _accounts_of(tx: Tx, whole: Sequence[Whole]) -> dict[str, str]:
    """The accounts these name: everybody here is offered those that were named where everybody reads."""
    named: dict[str, bool] = {}
    for one in whole:
        for name in (one.account, *(each.account for each in one.asked)):
            if name is not None:
                named[name] = named.get(name, False) or one.audience.kind is AudienceKind.WORKSPACE
    return {name: accounts.named(tx, name, public=public).id for name, public in sorted(named.items())}


def _whole_row(number: int, one: Whole, ids: dict[str, str], there: dict[str, Any]) -> dict[str, object]:
    return {
        "number": number,
        "kind": one.kind,
        "state": _state(one),
        "words": one.words,
        "words_state": one.words_state,
        "same": same(one.words),
        "account": None if one.account is None else ids[one.account],
        "account_state": one.account_state,
        "source": one.source,
        "channel": one.channel,
        "message_ts": one.message_ts,
        "author": one.author,
        "captured_by": one.captured_by,
        "captured_at": one.captured_at,
        "touched": one.touched,
        "version": one.version,
        "area": None if one.area is None else there.get(folded(one.area)),
        "outside": one.key,
    }


def _state(one: Whole) -> FeedbackState:
    """How it stands until all are there and what was merged is merged again."""
    return one.state if one.merged is None else one.merged.was


def _voice(number: int, one: Voice, ids: dict[str, str]) -> dict[str, object]:
    return {
        "id": new_id(),
        "number": number,
        "person": one.person,
        "account": None if one.account is None else ids[one.account],
        "account_state": one.account_state,
        "words": one.words,
        "at": one.at,
    }


def _stood(number: int, turn: int, one: Stood) -> dict[str, object]:
    return {
        "number": number,
        "turn": turn,
        "state": one.state,
        "planned_for": one.planned_for,
        "sentence": one.sentence,
        "reason": one.reason,
        "by": one.by,
        "at": one.at,
    }
