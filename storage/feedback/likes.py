"""What somebody may be shown as having been said before: of all there is, what shares words with what they say."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.queries import NEWEST
from storage.feedback.tables import FeedbackRow
from storage.feedback.values import KEPT
from storage.search import queries as search
from storage.search.words import Sought
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter
from storage.values import folded

MOST, AT_ONCE, ROUNDS = 1_000, 500, 6
"""How many are compared, how many are looked up at once, and how often."""
OF_ACCOUNT = 200
"""The newest for the same account are compared whatever their words."""
_said = (
    select(FeedbackRow.number, FeedbackRow.words, AccountRow.name.label("account"))
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(AccountRow, ITS_ACCOUNT, isouter=True)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.words.is_not(None),
        FeedbackRow.state.in_(KEPT),
        things.VISIBLE,
    )
    .order_by(FeedbackRow.number.desc())
    .limit(bindparam("limit"))
)
_THESE = _said.where(FeedbackRow.number.in_(bindparam("numbers", expanding=True)))
_its_account = select(AccountRow.id).where(
    AccountRow.workspace == OURS, AccountRow.folded == bindparam("written")
)
_FOR = _said.where(FeedbackRow.account == _its_account.scalar_subquery())


def said(
    tx: Tx, seen: Mapping[str, object], sought: Sought, account: str | None
) -> list[tuple[int, str, str | None]]:
    """The number, the words and the account of what may be the same, newest first.

    `seen` is who looks: what `things.viewing` says of a person, or `things.viewing_in` of a channel.
    """
    found = {row.number: row for row in _sharing(tx, seen, sought)}
    if account is not None:
        for row in tx.all(_FOR, written=folded(account), limit=OF_ACCOUNT, **seen):
            found.setdefault(row.number, row)
    return [(row.number, row.words or "", row.account) for row in found.values()]


# ---------------------------------------------------------------------------------------------------------


def _sharing(tx: Tx, seen: Mapping[str, object], sought: Sought) -> Iterator[Any]:
    left, before = MOST, NEWEST
    for _ in range(ROUNDS):
        numbers = search.newest(tx, sought, AT_ONCE, before, rare=True)
        if numbers:
            rows = tx.all(_THESE, numbers=numbers, limit=left, **seen)
            yield from rows
            left -= len(rows)
        if len(numbers) < AT_ONCE or left <= 0:
            return
        before = numbers[-1]
