"""Queue, find and settle asks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.asks.tables import AskRow
from storage.asks.values import TELLINGS, Ask, AskKind, AskState, Held, NewAsk, Spent
from storage.database import OURS, Tx, rows_given
from storage.values import Json, PersonId, WorkspaceId

MOST_DUE = 256
"""What is looked at of all that is due for some people; the rest is looked at after that."""
NUDGE = "~nudge"
"""What the key of a reminder ends in."""

_FIELDS = (
    AskRow.workspace,
    AskRow.key,
    AskRow.person,
    AskRow.kind,
    AskRow.summary,
    AskRow.blocks,
    AskRow.due_at,
    AskRow.state,
    AskRow.recipient,
    AskRow.created_at,
    AskRow.until,
    AskRow.covered,
    AskRow.about,
    AskRow.held,
    AskRow.held_note,
    AskRow.sent_at,
    AskRow.delivered_at,
    AskRow.settled_at,
    AskRow.letter,
)
_new = insert(AskRow).values(workspace=OURS, state=AskState.WAITING)
_ADD = _new.on_conflict_do_update(
    index_elements=["workspace", "key"],
    set_={column.name: _new.excluded[column.name] for column in AskRow.__table__.c if not column.primary_key},
    where=and_(AskRow.state == AskState.WITHDRAWN, AskRow.sent_at.is_(null())),
)
_this = and_(AskRow.workspace == OURS, AskRow.key == bindparam("which"))
_these = and_(AskRow.workspace == OURS, AskRow.key.in_(bindparam("keys", expanding=True)))
_theirs = and_(AskRow.workspace == OURS, AskRow.recipient == bindparam("of"))
_due = and_(AskRow.state == AskState.WAITING, AskRow.due_at <= bindparam("now"))
_ONE = select(*_FIELDS).where(_this)
_of_these = and_(AskRow.workspace == OURS, AskRow.recipient.in_(bindparam("these", expanding=True)))
_DUE_HERE = (
    select(AskRow.recipient)
    .where(AskRow.workspace == OURS, _due)
    .order_by(AskRow.due_at)
    .limit(bindparam("limit"))
)
_DUE_OF = (
    select(*_FIELDS)
    .where(_of_these, AskRow.state == bindparam("waiting"), AskRow.due_at <= bindparam("now"))
    .order_by(AskRow.created_at, AskRow.key)
    .limit(MOST_DUE)
    .with_for_update()
)
"""By these people, not through all that is due: the index of that is for what says itself that it waits."""
_overdue = and_(AskRow.state == AskState.WAITING, AskRow.held.is_not(null()))
_OPEN_OF = (
    select(*_FIELDS)
    .where(_theirs, AskRow.kind == AskKind.ASK, AskRow.state.in_([AskState.SENT, AskState.WAITING]))
    .where(or_(AskRow.state == AskState.SENT, AskRow.held.is_not(null())))
    .order_by(AskRow.created_at, AskRow.key)
    .limit(bindparam("limit"))
)
_UNTOLD_OF = (
    select(*_FIELDS)
    .where(_theirs, AskRow.kind.in_(sorted(TELLINGS)), _overdue)
    .order_by(AskRow.created_at, AskRow.key)
    .limit(bindparam("limit"))
)
_SPENT = select(AskRow.recipient, AskRow.kind, AskRow.sent_at).where(
    _of_these, AskRow.sent_at >= bindparam("since")
)
_LETTERS = rows_given("letters")
_SENT = (
    update(AskRow)
    .where(_these, AskRow.key == _LETTERS.c.key)
    .values(state=AskState.SENT, letter=_LETTERS.c.value[0].as_string(), sent_at=bindparam("at"))
)
_DELIVERED = (
    update(AskRow).where(_these, AskRow.delivered_at.is_(null())).values(delivered_at=bindparam("at"))
)
_open = AskRow.state.in_([AskState.WAITING, AskState.SENT])
_SETTLE = (
    update(AskRow)
    .where(_this, _open)
    .values(
        state=bindparam("new_state"),
        settled_at=bindparam("at"),
        blocks=bindparam("left", type_=AskRow.blocks.type),
    )
)
_in_letter = and_(_theirs, AskRow.letter == bindparam("in_letter"))
_OF_LETTER = select(*_FIELDS).where(_in_letter).order_by(AskRow.created_at, AskRow.key)
_OUT_OF_LETTER = (
    update(AskRow)
    .where(_in_letter)
    .values(
        state=case((AskRow.state == AskState.SENT, AskState.WAITING), else_=AskRow.state),
        due_at=bindparam("then"),
        letter=None,
        sent_at=None,
    )
)
_HOLD = (
    update(AskRow)
    .where(_this, AskRow.state == AskState.WAITING)
    .values(
        due_at=bindparam("then"),
        held=bindparam("why"),
        held_note=bindparam("note", type_=AskRow.held_note.type),
    )
)
_RELEASE = (
    update(AskRow).where(_theirs, _overdue, AskRow.due_at > bindparam("at")).values(due_at=bindparam("at"))
)
_RESUME = (
    update(AskRow)
    .where(AskRow.workspace == OURS, AskRow.state == AskState.WAITING, AskRow.held == Held.OFF)
    .values(due_at=bindparam("at"))
)
_HAND = update(AskRow).where(_this, AskRow.state == AskState.WAITING).values(recipient=bindparam("to_whom"))
_AGAIN = (
    update(AskRow)
    .where(_this, AskRow.state == AskState.SENT)
    .values(
        state=AskState.WAITING, due_at=bindparam("then"), held=Held.UNDELIVERED, letter=None, sent_at=None
    )
)
_REWORD = (
    update(AskRow)
    .where(_this, AskRow.state == AskState.WAITING)
    .values(summary=bindparam("new_summary"), blocks=bindparam("new_blocks", type_=AskRow.blocks.type))
)
_BEGINNING = (
    select(*_FIELDS)
    .where(AskRow.workspace == OURS, AskRow.key >= bindparam("least"), AskRow.key < bindparam("most"))
    .where(AskRow.kind != AskKind.NUDGE)
    .order_by(AskRow.key)
)
_LAST_FOR = (
    select(*_FIELDS)
    .where(AskRow.workspace == OURS, AskRow.person == bindparam("of"))
    .order_by(AskRow.created_at.desc(), AskRow.key.desc())
    .limit(bindparam("limit"))
)
_LAST_TO = (
    select(*_FIELDS)
    .where(_theirs, AskRow.sent_at.is_not(null()))
    .order_by(AskRow.sent_at.desc())
    .limit(bindparam("limit"))
)


def add(tx: Tx, new: NewAsk) -> bool:
    """Queue it; False when the same key was queued before, unless it was withdrawn unsent."""
    return tx.run(_ADD, **_values(tx, new)) == 1


def add_some(tx: Tx, new: Sequence[NewAsk]) -> None:
    """The same for several, whether or not they were queued before."""
    tx.run_many(_ADD, [_values(tx, one) for one in new])


def find(tx: Tx, key: str) -> Ask | None:
    """The ask of that key."""
    row = tx.first(_ONE, which=key)
    return None if row is None else _ask(row)


def due_here(tx: Tx, limit: int) -> list[PersonId]:
    """Some of those for whom something is due now, longest due first."""
    return [
        PersonId(one)
        for one in dict.fromkeys(row.recipient for row in tx.all(_DUE_HERE, now=tx.now, limit=limit))
    ]


def due_of(tx: Tx, people: Sequence[PersonId]) -> dict[PersonId, list[Ask]]:
    """What is due for these people now, oldest first, locked until the transaction ends; nobody with nothing."""
    found: dict[PersonId, list[Ask]] = {}
    for row in tx.all(_DUE_OF, these=list(people), waiting=AskState.WAITING, now=tx.now):
        found.setdefault(PersonId(row.recipient), []).append(_ask(row))
    return found


def open_of(tx: Tx, person: PersonId, limit: int = 20) -> list[Ask]:
    """What this person has been asked and has not answered, or would have been asked but for a reason."""
    return [_ask(row) for row in tx.all(_OPEN_OF, of=person, limit=limit)]


def untold_of(tx: Tx, person: PersonId, limit: int = 20) -> list[Ask]:
    """What this person would have been told by now but for a reason."""
    return [_ask(row) for row in tx.all(_UNTOLD_OF, of=person, limit=limit)]


def spent(tx: Tx, since: Mapping[PersonId, datetime]) -> dict[PersonId, Spent]:
    """How much was sent to each of these people since then, answers to their own doings not counted."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in tx.all(_SPENT, these=list(since), since=min(since.values())):
        counts[row.recipient, row.kind] += row.sent_at >= since[PersonId(row.recipient)]
    return {
        one: Spent(
            counts[one, AskKind.ASK] + counts[one, AskKind.NUDGE], sum(counts[one, kind] for kind in TELLINGS)
        )
        for one in since
    }


def sent(tx: Tx, letters: Mapping[str, str]) -> None:
    """They went out, each in its letter."""
    tx.put(_SENT, keys=list(letters), letters={key: [one] for key, one in letters.items()}, at=tx.now)


def of_letter(tx: Tx, recipient: PersonId, letter: str) -> list[Ask]:
    """What went out together in this letter."""
    return [_ask(row) for row in tx.all(_OF_LETTER, of=recipient, in_letter=letter)]


def out_of_letter(tx: Tx, recipient: PersonId, letter: str) -> None:
    """The letter was taken back unsent: what is still open in it is due again."""
    tx.wake("clock")
    tx.put(_OUT_OF_LETTER, of=recipient, in_letter=letter, then=tx.now)


def delivered(tx: Tx, keys: Sequence[str]) -> None:
    """Their letter reached the person now."""
    tx.put(_DELIVERED, keys=list(keys), at=tx.now)


def settle(tx: Tx, key: str, state: AskState, left: Sequence[Mapping[str, object]] = ()) -> bool:
    """It needs no answer any more, nor does its reminder, and what it said is forgotten; False when so before.

    `left` are the blocks that stay in its message.
    """
    tx.put(_SETTLE, which=f"{key}{NUDGE}", new_state=state, at=tx.now, left=[])
    return tx.run(_SETTLE, which=key, new_state=state, at=tx.now, left=[dict(one) for one in left]) == 1


def hold(tx: Tx, key: str, until: datetime, why: Held, note: dict[str, Json] | None = None) -> None:
    """Not now but at `until`, for that reason."""
    tx.put(_HOLD, which=key, then=until, why=why, note=note)


def hand(tx: Tx, key: str, to: PersonId) -> None:
    """It goes to somebody else: to who covers, or back."""
    tx.put(_HAND, which=key, to_whom=to)


def release(tx: Tx, person: PersonId) -> None:
    """The reasons to hold something back from this person may be gone: look again now."""
    tx.wake("clock")
    tx.put(_RELEASE, of=person, at=tx.now)


def resume(tx: Tx) -> None:
    """What was held back because a job was off may be sent: look again now."""
    tx.wake("clock")
    tx.put(_RESUME, at=tx.now)


def again(tx: Tx, key: str, until: datetime) -> None:
    """It never arrived: ask at `until`."""
    tx.put(_AGAIN, which=key, then=until)


def reword(tx: Tx, key: str, summary: str, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Say it better, as long as it has not been sent."""
    tx.put(_REWORD, which=key, new_summary=summary, new_blocks=[dict(one) for one in blocks])


def beginning(tx: Tx, prefix: str) -> list[Ask]:
    """Every ask and telling whose key begins so, reminders aside."""
    beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return [_ask(row) for row in tx.all(_BEGINNING, least=prefix, most=beyond)]


def last_of(tx: Tx, person: PersonId, limit: int) -> list[Ask]:
    """What was last queued for this person or went to them, newest first."""
    rows = [*tx.all(_LAST_FOR, of=person, limit=limit), *tx.all(_LAST_TO, of=person, limit=limit)]
    found = {one.key: one for one in map(_ask, rows)}
    return sorted(found.values(), key=lambda one: one.sent_at or one.created_at, reverse=True)[:limit]


def _values(tx: Tx, new: NewAsk) -> dict[str, Any]:
    nothing = dict.fromkeys(("held", "held_note", "letter", "sent_at", "delivered_at", "settled_at"))
    return {
        "key": new.key,
        "person": new.person,
        "recipient": new.recipient,
        "kind": new.kind,
        "summary": new.summary,
        "blocks": [dict(one) for one in new.blocks],
        "about": new.about,
        "covered": new.covered,
        "due_at": new.due_at,
        "until": new.until,
        "created_at": tx.now,
        **nothing,
    }


def _ask(row: Any) -> Ask:
    return Ask(
        WorkspaceId(row.workspace),
        row.key,
        PersonId(row.person),
        AskKind(row.kind),
        row.summary,
        row.blocks,
        row.due_at,
        AskState(row.state),
        PersonId(row.recipient),
        row.created_at,
        row.until,
        row.covered,
        row.about,
        None if row.held is None else Held(row.held),
        row.held_note,
        row.sent_at,
        row.delivered_at,
        row.settled_at,
        row.letter,
    )
