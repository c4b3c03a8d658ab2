"""What somebody may be shown as having been said before."""

from sqlalchemy import bindparam, select

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.tables import FeedbackRow
from storage.feedback.values import KEPT
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer

MOST = 2_000
"""How many of the newest are compared."""
_SAID = (
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


def said(tx: Tx, viewer: Viewer) -> list[tuple[int, str, str | None]]:
    """The number, the words and the account of the newest that this person may see."""
    found = tx.all(_SAID, limit=MOST, **things.viewing(viewer))
    return [(row.number, row.words or "", row.account) for row in found]
