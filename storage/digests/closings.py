"""Feedback that was closed, as a digest reads it: what was asked for is there, and who asked has been told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, bindparam, case, func, null, select

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx, given
from storage.digests.values import Closed, Period, Subject
from storage.feedback.accounts import ITS_ACCOUNT
from storage.feedback.closing import SHIPPED
from storage.feedback.tables import ClosingRow, FeedbackRow, ToldRow
from storage.feedback.values import FeedbackState, Kind
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference

MOST = 40
_its_thing = things.is_thing(Letter.FEEDBACK, FeedbackRow)
_its_closing = and_(
    ClosingRow.workspace == FeedbackRow.workspace, FeedbackRow.number == given(ClosingRow.number)
)
_told = (
    select(func.count())
    .where(ToldRow.workspace == OURS, ToldRow.number == FeedbackRow.number, ToldRow.turn == SHIPPED)
    .scalar_subquery()
)
_account = case((FeedbackRow.kind == Kind.CHURN_RISK, null()), else_=AccountRow.name)
"""Who might have left us is nothing to be read out."""
_CLOSED = (
    select(
        FeedbackRow.number, ThingRow.title, ThingRow.permalink, _account.label("account"), _told.label("told")
    )
    .join(ThingRow, _its_thing)
    .join(ClosingRow, _its_closing)
    .join(AccountRow, ITS_ACCOUNT, isouter=True)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.state == FeedbackState.SHIPPED,
        ClosingRow.at > bindparam("since"),
        ClosingRow.at <= bindparam("until"),
        things.VISIBLE,
    )
    .order_by(ClosingRow.at, FeedbackRow.number)
    .limit(MOST)
)


def closed(tx: Tx, seen: Mapping[str, object], period: Period) -> tuple[Closed, ...]:
    """What was closed in this time."""
    return tuple(map(_closed, tx.all(_CLOSED, since=period.since, until=period.until, **seen)))


def _closed(row: Any) -> Closed:
    about = Subject(Reference(Letter.FEEDBACK, row.number), row.title, row.permalink)
    return Closed(about, row.account, row.told)
