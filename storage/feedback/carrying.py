"""Carry feedback in from elsewhere, many at a time, each once; nobody is told and nothing is shown."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.accounts import queries as accounts
from storage.accounts.values import Account
from storage.audit import queries as audit
from storage.database import OURS, Tx
from storage.feedback.carried import Carried, Taken
from storage.feedback.tables import FeedbackRow, OriginRow
from storage.feedback.values import Source, WordsState, same
from storage.search import queries as search
from storage.things.tables import CounterRow, ThingRow
from storage.things.values import Letter
from storage.values import AudienceKind, PersonId

AT_ONCE = 150
"""So many have some five hundred rows."""

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
_COME = insert(OriginRow).values(workspace=OURS)
_KEEP = insert(FeedbackRow).values(
    workspace=OURS,
    words_state=WordsState.KNOWN,
    source=Source.IMPORT,
    channel=None,
    message_ts=None,
    author=None,
    touched=True,
    version=1,
)
_NAME = insert(ThingRow).values(
    workspace=OURS,
    letter=Letter.FEEDBACK,
    version=1,
    permalink=None,
    audience=AudienceKind.WORKSPACE,
    audience_channel=None,
)


def take(tx: Tx, carried: Sequence[Carried], keeper: PersonId) -> Taken:
    """Keep those that never came before, for everybody here to see; `keeper` is who they are put down to."""
    last = tx.scalar(_HOLD)
    assert last is not None, "whoever else gives numbers waits for us now"
    there = {row.origin for row in tx.all(_THERE, origins=[one.origin for one in carried])}
    new = list({one.origin: one for one in carried if one.origin not in there}.values())
    if not new:
        return Taken(0, len(carried))
    named = _accounts(tx, new)
    numbered = list(enumerate(new, start=last + 1))
    tx.run_many(_COME, [{"origin": one.origin, "number": number} for number, one in numbered])
    tx.run_many(_NAME, [_thing(tx, number, one, keeper) for number, one in numbered])
    tx.run_many(_KEEP, [_row(tx, number, one, keeper, named) for number, one in numbered])
    search.keep_new(tx, {number: one.words for number, one in numbered})
    tx.put(_COUNT_ON, new_last=last + len(new))
    taken = Taken(len(new), len(carried) - len(new), last + 1, last + len(new))
    audit.note(tx, keeper, "feedback.imported", f"F-{taken.first}", last=taken.last)
    return taken


def _accounts(tx: Tx, new: Sequence[Carried]) -> dict[str, Account]:
    names = {one.account for one in new if one.account is not None}
    return {name: accounts.named(tx, name, public=True) for name in sorted(names)}


def _thing(tx: Tx, number: int, one: Carried, keeper: PersonId) -> dict[str, object]:
    return {
        "number": number,
        "title": one.title,
        "folded": one.title.casefold(),
        "state": one.state,
        "owner": keeper,
        "created_at": one.at or tx.now,
    }


def _row(tx: Tx, number: int, one: Carried, keeper: PersonId, named: dict[str, Account]) -> dict[str, object]:
    account = named.get(one.account or "")
    return {
        "number": number,
        "kind": one.kind,
        "state": one.state,
        "words": one.words,
        "same": same(one.words),
        "account": None if account is None else account.id,
        "account_state": None if account is None else account.state,
        "captured_by": keeper,
        "captured_at": one.at or tx.now,
        "area": one.area,
        "outside": one.key,
    }
