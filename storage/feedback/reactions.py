"""Which emoji stand on which message, in whatever order Slack tells us."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.feedback.tables import ReactionRow, SupporterRow
from storage.feedback.values import MessageRef
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import ChannelId, PersonId

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
)
_ON = (
    select(ReactionRow.person, ReactionRow.emoji, ReactionRow.active)
    .where(_on_message)
    .order_by(ReactionRow.event_ts)
)
_LIFT = (
    update(ReactionRow)
    .where(_on_message, ReactionRow.person == bindparam("who"), ReactionRow.emoji == bindparam("name"))
    .where(ReactionRow.event_ts < bindparam("at"))
    .values(active=False, event_ts=bindparam("at"))
)
_there = aliased(ReactionRow)
_RENUMBER = (
    update(ReactionRow)
    .where(ReactionRow.workspace == OURS, ReactionRow.channel == bindparam("old"))
    .where(
        ~exists().where(
            _there.workspace == OURS,
            _there.channel == bindparam("new"),
            _there.message_ts == ReactionRow.message_ts,
            _there.person == ReactionRow.person,
            _there.emoji == ReactionRow.emoji,
        )
    )
    .values(channel=bindparam("new"))
)
_UNSUPPORT = delete(SupporterRow).where(
    SupporterRow.workspace == OURS,
    SupporterRow.number == bindparam("of"),
    SupporterRow.person == bindparam("who"),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """The last we heard of one person's emoji on a message."""

    person: PersonId
    emoji: str
    standing: bool


News = Callable[[], bool]
"""Whether it was news, for the asking."""


def hear(tx: Tx, message: MessageRef, person: PersonId, emoji: str, event_ts: str, *, active: bool) -> News:
    """Slack says the emoji was set or removed; no news when something newer was heard before."""
    values = {"channel": message.channel, "message_ts": message.ts, "person": person, "emoji": emoji}
    touched = tx.start(_HEAR, **values, active=active, event_ts=event_ts)
    return lambda: touched() == 1


def lift(tx: Tx, message: MessageRef, person: PersonId, emoji: str, event_ts: str) -> News:
    """An emoji we had heard of was removed; no news for one we never heard of, and nothing is kept of it."""
    where = {"in_channel": message.channel, "ts": message.ts}
    touched = tx.start(_LIFT, **where, who=person, name=emoji, at=event_ts)
    return lambda: touched() == 1


def on(tx: Tx, message: MessageRef) -> Callable[[], list[Heard]]:
    """Ask now, and take later, all we heard of the message's emoji, in the order they were set (or removed)."""
    found = tx.ask(_ON, in_channel=message.channel, ts=message.ts)
    return lambda: [Heard(PersonId(person), emoji, standing) for person, emoji, standing in found()]


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id; its messages keep their times."""
    tx.put(_RENUMBER, old=old, new=new)


def unsupport(tx: Tx, number: int, person: PersonId) -> bool:
    """This person no longer wants it, and need not hear what becomes of it."""
    things.unfollow(tx, Reference(Letter.FEEDBACK, number), person)
    return tx.run(_UNSUPPORT, of=number, who=person) == 1
