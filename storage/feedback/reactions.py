"""Which emoji stand on which message, in whatever order Slack tells us."""

from sqlalchemy import and_, bindparam, delete, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.feedback.tables import ReactionRow, SupporterRow
from storage.feedback.values import MessageRef
from storage.values import PersonId

_heard = insert(ReactionRow).values(workspace=OURS)
_HEAR = _heard.on_conflict_do_update(
    index_elements=["workspace", "channel", "message_ts", "person", "emoji"],
    set_={"active": _heard.excluded.active, "event_ts": _heard.excluded.event_ts},
    where=ReactionRow.event_ts < _heard.excluded.event_ts,
)
_on_message = and_(
    ReactionRow.workspace == OURS,
    ReactionRow.channel == bindparam("in_channel"),
    ReactionRow.message_ts == bindparam("ts"),
    ReactionRow.active == true(),
)
_STANDING = select(ReactionRow.person, ReactionRow.emoji).where(_on_message).order_by(ReactionRow.event_ts)
_UNSUPPORT = delete(SupporterRow).where(
    SupporterRow.workspace == OURS,
    SupporterRow.number == bindparam("of"),
    SupporterRow.person == bindparam("who"),
)


def hear(tx: Tx, message: MessageRef, person: PersonId, emoji: str, event_ts: str, *, active: bool) -> bool:
    """Slack says the emoji was set or removed; False when something newer was heard before."""
    values = {"channel": message.channel, "message_ts": message.ts, "person": person, "emoji": emoji}
    return tx.run(_HEAR, **values, active=active, event_ts=event_ts) == 1


def standing(tx: Tx, message: MessageRef) -> list[tuple[PersonId, str]]:
    """Who has which emoji on the message now, first set first."""
    return [(PersonId(p), emoji) for p, emoji in tx.all(_STANDING, in_channel=message.channel, ts=message.ts)]


def unsupport(tx: Tx, number: int, person: PersonId) -> bool:
    """This person no longer wants it."""
    return tx.run(_UNSUPPORT, of=number, who=person) == 1
