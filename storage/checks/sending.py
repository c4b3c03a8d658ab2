"""I3 and I7: each message is said once, and none stays in doubt for ever. I4: what is shown is kept."""

from datetime import timedelta

from sqlalchemy import and_, bindparam, false, func, or_, select, true

from storage.asks.tables import AskRow
from storage.asks.values import AskState
from storage.checks.check import Broken, Check, Invariant, Page, left, rows
from storage.database import Tx
from storage.outbox.tables import BoardRow, OutboxRow, is_in
from storage.outbox.values import State
from storage.things.tables import ThingRow

LOOKED_FOR = timedelta(hours=7)
"""So long past its last moment a message in doubt may still be looked for."""
A_DAY = timedelta(days=1)
"""So long a message may stay in doubt: after that a look-up will not get through by itself."""

_TWICE = (
    select(OutboxRow.workspace, OutboxRow.key, func.count())
    .group_by(OutboxRow.workspace, OutboxRow.key)
    .having(func.count() > 1)
)
_NOWHERE = select(OutboxRow.workspace, OutboxRow.id).where(
    OutboxRow.method == "chat.postMessage", is_in(OutboxRow.state, [State.SENT]), OutboxRow.ts.is_(None)
)
_SHARED = (
    select(BoardRow.workspace, BoardRow.channel, BoardRow.ts, func.count())
    .where(BoardRow.ts.is_not(None))
    .group_by(BoardRow.workspace, BoardRow.channel, BoardRow.ts)
    .having(func.count() > 1)
)
_UNSENT = select(AskRow.workspace, AskRow.key).where(
    or_(
        and_(AskRow.state == AskState.SENT, AskRow.letter.is_(None)),
        and_(AskRow.state == AskState.WAITING, AskRow.delivered_at.is_not(None)),
        and_(AskRow.delivered_at.is_not(None), AskRow.sent_at.is_(None)),
    )
)
_steady = bindparam("seen_steady", type_=OutboxRow.lease_until.type)
_here = OutboxRow.workspace == bindparam("in_workspace")
_row = select(OutboxRow.workspace, OutboxRow.id, OutboxRow.state)
_DOUBTFUL = is_in(OutboxRow.state, [State.UNKNOWN, State.SENDING])
_LEFT_LEASES = _row.where(_here, is_in(OutboxRow.state, [State.SENDING]), OutboxRow.lease_until < _steady)
_LEFT_IN_DOUBT = _row.where(
    _here, _DOUBTFUL, OutboxRow.last_moment < bindparam("seen", type_=OutboxRow.last_moment.type)
)
_OLD_DOUBTS = _row.where(_here, _DOUBTFUL, OutboxRow.first_sent_at < _steady)
_UNTRUE = select(BoardRow.workspace, BoardRow.key).where(
    or_(
        BoardRow.sent > BoardRow.wanted,
        and_(BoardRow.gone == false(), BoardRow.stale == true(), BoardRow.sent >= BoardRow.wanted),
    )
)
_ABOUT = select(BoardRow.workspace, BoardRow.about).where(BoardRow.about.is_not(None)).distinct()
_THINGS = select(ThingRow.workspace, ThingRow.letter, ThingRow.number)


def _about_nothing(tx: Tx, _after: object) -> Page:
    """References on boards that lead nowhere."""
    there = {(row.workspace, f"{row.letter}-{row.number}") for row in tx.all(_THINGS)}
    shown = {(workspace, about.partition("/")[0]) for workspace, about in tx.all(_ABOUT) if about}
    return Page([Broken(*one) for one in sorted(shown - there)])


CHECKS = [
    Check(Invariant.SENT, "keys", "No call was wanted twice under one key.", rows("{} ({} times)", _TWICE)),
    Check(
        Invariant.SENT, "where", "A message that was sent says where it stands.", rows("outbox {}", _NOWHERE)
    ),
    Check(Invariant.SENT, "boards", "No two boards draw on one message.", rows("{} {} ({} boards)", _SHARED)),
    Check(Invariant.SENT, "asks", "Whoever was asked was asked in a message.", rows("{}", _UNSENT)),
    Check(
        Invariant.SHOWN,
        "drawn",
        "A board is as new as it says, and says when it is not.",
        rows("{}", _UNTRUE),
    ),
    Check(Invariant.SHOWN, "about", "Whatever a board shows is kept.", _about_nothing),
    Check(
        Invariant.UNKNOWN,
        "in doubt",
        "No message is being sent past its lease.",
        left("outbox {} ({})", _LEFT_LEASES),
    ),
    Check(
        Invariant.UNKNOWN,
        "past its time",
        "No message stays in doubt long past its last moment.",
        left("outbox {} ({})", _LEFT_IN_DOUBT, ago=LOOKED_FOR),
    ),
    Check(
        Invariant.UNKNOWN,
        "long in doubt",
        "No message stays in doubt for a day.",
        left("outbox {} ({})", _OLD_DOUBTS, ago=A_DAY),
    ),
]
