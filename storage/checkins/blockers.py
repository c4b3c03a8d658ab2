"""Keep and find blockers. Every change says which version it saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, null, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.checkins.tables import BlockerRow, BlockerTextRow
from storage.checkins.values import Blocker, BlockerState, Party, Waits
from storage.database import OURS, Tx
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import Audience, AudienceKind, ChannelId, FunctionId, PersonId

_its_thing = things.is_thing(Letter.BLOCKER, BlockerRow)
_its_text = and_(
    BlockerTextRow.workspace == BlockerRow.workspace,
    BlockerTextRow.number == BlockerRow.number,
    BlockerTextRow.version == BlockerRow.version,
)
_ours = (
    select(*BlockerRow.__table__.c, BlockerTextRow.words, BlockerTextRow.outside, BlockerTextRow.note)
    .join(BlockerTextRow, _its_text)
    .where(BlockerRow.workspace == OURS)
)
_seen = _ours.join(ThingRow, _its_thing).where(things.VISIBLE)
_ONE = _ours.where(BlockerRow.number == bindparam("number"))
_SEEN = _seen.where(BlockerRow.number == bindparam("number"))
_open = BlockerRow.state == BlockerState.OPEN
_OF_ROUND = _ours.where(
    BlockerRow.checkin == bindparam("of_checkin"),
    BlockerRow.on_date == bindparam("day"),
    BlockerRow.state != BlockerState.WITHDRAWN,
).order_by(BlockerRow.number)
_HOLDING_UP = _ours.where(_open, BlockerRow.about == bindparam("of"))
_LET_GO = (
    _ours.where(~_open, BlockerRow.about.is_not(None))
    .order_by(BlockerRow.about, BlockerRow.number)
    .limit(bindparam("limit"))
)
_FORGET = (
    update(BlockerRow)
    .where(BlockerRow.workspace == OURS, BlockerRow.number == bindparam("which"))
    .values(about=null())
)
_OPEN = (
    _seen.where(_open, BlockerRow.number > bindparam("after"))
    .order_by(BlockerRow.number)
    .limit(bindparam("limit"))
)
_OPEN_OF = (
    _ours.where(_open, BlockerRow.blocked == bindparam("who"))
    .order_by(BlockerRow.number)
    .limit(bindparam("limit"))
)
_WAITING_ON = (
    _ours.where(_open, BlockerRow.asked == bindparam("who"))
    .order_by(BlockerRow.number)
    .limit(bindparam("limit"))
)
_WAITED_FOR = select(BlockerRow.asked).where(
    BlockerRow.workspace == OURS, _open, BlockerRow.asked.in_(bindparam("ids", expanding=True))
)
_ADD = insert(BlockerRow).values(workspace=OURS, settled_at=None, version=1)
_ADD_TEXT = insert(BlockerTextRow).values(workspace=OURS)
_CHANGE = (
    update(BlockerRow)
    .where(
        BlockerRow.workspace == OURS,
        BlockerRow.number == bindparam("which"),
        BlockerRow.version == bindparam("seen"),
    )
    .values(
        waits=bindparam("new_waits"),
        function=bindparam("new_function"),
        person=bindparam("new_person"),
        asked=bindparam("new_asked"),
        state=bindparam("new_state"),
        settled_at=bindparam("new_settled_at", type_=BlockerRow.settled_at.type),
        changed_by=bindparam("by"),
        times=bindparam("new_times"),
        version=BlockerRow.version + 1,
    )
)
_RENUMBER = (
    update(BlockerRow)
    .where(BlockerRow.workspace == OURS, BlockerRow.channel == bindparam("old"))
    .values(channel=bindparam("new"))
)
_COUNT_OPEN = (
    select(func.count()).select_from(BlockerRow).join(ThingRow, _its_thing).where(BlockerRow.workspace == OURS, _open)
    .where(things.VISIBLE)
)  # fmt: skip
_COUNT_OF_FUNCTION = _COUNT_OPEN.where(BlockerRow.function.in_(bindparam("family", expanding=True)))


@dataclass(frozen=True, slots=True)
class NewBlocker:
    """What is known of a blocker when it is reported."""

    checkin: int | None
    on: date | None
    channel: ChannelId
    blocked: PersonId
    words: str
    waits: Party
    asked: PersonId | None
    about: str | None = None


def add(tx: Tx, new: NewBlocker, title: str) -> Blocker:
    """Give it a number and keep it; the channel's members and whoever is asked may see it."""
    admitted = (new.blocked,) if new.asked is None else (new.blocked, new.asked)
    audience = Audience(AudienceKind.CHANNEL, new.channel, admitted)
    reference = things.create(tx, Letter.BLOCKER, title, BlockerState.OPEN, new.blocked, audience)
    tx.put(
        _ADD,
        number=reference.number,
        checkin=new.checkin,
        on_date=new.on,
        about=new.about,
        channel=new.channel,
        blocked=new.blocked,
        waits=new.waits.kind,
        function=new.waits.function,
        person=new.waits.person,
        asked=new.asked,
        state=BlockerState.OPEN,
        since=tx.now,
        changed_by=new.blocked,
        times=1,
    )
    _write(tx, reference.number, 1, new.words, new.waits.outside, None, new.blocked)
    return Blocker(
        reference.number, new.checkin, new.on, new.channel, new.blocked, new.words, new.waits, new.asked,
        BlockerState.OPEN, tx.now, None, new.blocked, None, 1, 1, new.about,
    )  # fmt: skip


def change(tx: Tx, seen: Blocker, now: Blocker, by: PersonId, title: str) -> bool:
    """Make it `now`, as far as a blocker can change; False when somebody else changed it since `seen`."""
    done = tx.run(
        _CHANGE,
        which=seen.number,
        seen=seen.version,
        new_waits=now.waits.kind,
        new_function=now.waits.function,
        new_person=now.waits.person,
        new_asked=now.asked,
        new_state=now.state,
        new_settled_at=now.settled_at,
        by=by,
        new_times=now.times,
    )
    if not done:
        return False
    _write(tx, seen.number, seen.version + 1, now.words, now.waits.outside, now.note, by)
    things.change(tx, seen.reference, title, now.state)
    if now.asked is not None:
        things.admit(tx, seen.reference, [now.asked])
    return True


def get(tx: Tx, number: int) -> Blocker | None:
    """That blocker, whoever asks; for work of our own."""
    return _one(tx.first(_ONE, number=number))


def must(tx: Tx, number: int) -> Blocker:
    """That blocker, which is known to be there."""
    found = get(tx, number)
    assert found is not None
    return found


def see(tx: Tx, number: int, viewer: Viewer) -> Blocker | None:
    """That blocker, if this person may see it."""
    return _one(tx.first(_SEEN, number=number, **things.viewing(viewer)))


def of_round(tx: Tx, checkin: int, on: date) -> list[Blocker]:
    """Those reported in a round, cleared ones too."""
    return [_blocker(row) for row in tx.all(_OF_ROUND, of_checkin=checkin, day=on)]


def holding_up(tx: Tx, about: str) -> Blocker | None:
    """What is in the way of an item of a launch, if something is."""
    return _one(tx.first(_HOLDING_UP, of=about))


def let_go(tx: Tx, limit: int) -> list[Blocker]:
    """What held up items of launches and is out of the way; each is found once."""
    found = [_blocker(row) for row in tx.all(_LET_GO, limit=limit)]
    for one in found:
        tx.put(_FORGET, which=one.number)
    return found


def open_ones(tx: Tx, viewer: Viewer, limit: int, after: int = 0) -> list[Blocker]:
    """Open ones this person may see, oldest first, above `after`."""
    return [_blocker(row) for row in tx.all(_OPEN, limit=limit, after=after, **things.viewing(viewer))]


def count_open(tx: Tx, viewer: Viewer) -> int:
    """How many are open that this person may see."""
    return tx.scalar(_COUNT_OPEN, **things.viewing(viewer)) or 0


def count_of_function(tx: Tx, viewer: Viewer, family: Sequence[FunctionId]) -> int:
    """How many wait on any of these functions that this person may see."""
    return tx.scalar(_COUNT_OF_FUNCTION, family=list(family), **things.viewing(viewer)) or 0


def open_of(tx: Tx, person: PersonId, limit: int) -> list[Blocker]:
    """What is in this person's way, oldest first."""
    return [_blocker(row) for row in tx.all(_OPEN_OF, who=person, limit=limit)]


def waiting_on(tx: Tx, person: PersonId, limit: int) -> list[Blocker]:
    """What this person was asked to clear and is still open, oldest first."""
    return [_blocker(row) for row in tx.all(_WAITING_ON, who=person, limit=limit)]


def waited_for(tx: Tx, people: Sequence[PersonId]) -> set[PersonId]:
    """Those of these people on whom something waits that they were asked to clear."""
    return {PersonId(row.asked) for row in tx.all(_WAITED_FOR, ids=list(people)) if row.asked is not None}


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id for good."""
    tx.put(_RENUMBER, old=old, new=new)


# ---------------------------------------------------------------------------------------------------------


def _write(
    tx: Tx, number: int, version: int, words: str, outside: str | None, note: str | None, by: PersonId
) -> None:
    tx.put(
        _ADD_TEXT, number=number, version=version, words=words, outside=outside, note=note, by=by, at=tx.now
    )


def _one(row: Any) -> Blocker | None:
    return None if row is None else _blocker(row)


def _blocker(row: Any) -> Blocker:
    function = None if row.function is None else FunctionId(row.function)
    party = Party(Waits(row.waits), function, _person(row.person), row.outside)
    return Blocker(
        row.number,
        row.checkin,
        row.on_date,
        ChannelId(row.channel),
        PersonId(row.blocked),
        row.words,
        party,
        _person(row.asked),
        BlockerState(row.state),
        row.since,
        row.settled_at,
        PersonId(row.changed_by),
        row.note,
        row.times,
        row.version,
        row.about,
    )


def _person(found: str | None) -> PersonId | None:
    return None if found is None else PersonId(found)
