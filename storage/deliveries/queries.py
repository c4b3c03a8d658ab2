"""Claim a delivery in the transaction of its effect, and find what it was answered."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.deliveries.tables import DeliveryRow
from storage.values import Json

KEPT = timedelta(days=8)
"""Longer than Slack delivers late (three retries, then hourly for a day where switched on)."""
REPLY_KEPT = timedelta(hours=1)
"""A person whose form got no answer presses again within the hour; then the answer is of no use any more."""

_CLAIM = insert(DeliveryRow).values(workspace=OURS).on_conflict_do_nothing()
_this = (DeliveryRow.workspace == OURS) & (DeliveryRow.key == bindparam("which"))
_REPLY = select(DeliveryRow.reply).where(_this)
_ANSWER = update(DeliveryRow).where(_this).values(reply=bindparam("answer"))
_FORGET_REPLIES = (
    update(DeliveryRow)
    .where(DeliveryRow.workspace == OURS, DeliveryRow.reply.is_not(None))
    .values(reply=None)
)
_FORGET_OLD_REPLIES = (
    update(DeliveryRow)
    .where(DeliveryRow.at > bindparam("since"), DeliveryRow.at <= bindparam("until"))
    .where(DeliveryRow.reply.is_not(None))
    .values(reply=None)
)
_FORGET = delete(DeliveryRow).where(DeliveryRow.at < bindparam("before"))


def claim(tx: Tx, key: str) -> Callable[[], bool]:
    """Take the delivery, and ask later: False when it already had its effect (then `reply` is its answer)."""
    taken = tx.start(_CLAIM, key=key, reply=None, at=tx.now)
    return lambda: taken() == 1


def answer(tx: Tx, key: str, reply: dict[str, Json]) -> None:
    """Keep what a claimed delivery is answered."""
    tx.put(_ANSWER, which=key, answer=reply)


def reply(tx: Tx, key: str) -> dict[str, Json] | None:
    """What the delivery was answered; None is the empty answer."""
    return tx.scalar(_REPLY, which=key)


def known(tx: Tx, key: str) -> bool:
    """Whether the delivery had its effect."""
    return tx.first(_REPLY, which=key) is not None


def forget_replies(tx: Tx) -> None:
    """Forget what was answered: words that may not be kept any more can stand in it."""
    tx.put(_FORGET_REPLIES)


def forget(tx: Tx) -> int:
    """Drop what is too old to be delivered again, and answers nobody waits for; across workspaces."""
    tx.put(_FORGET_OLD_REPLIES, since=tx.now - 4 * REPLY_KEPT, until=tx.now - REPLY_KEPT)
    return tx.run(_FORGET, before=tx.now - KEPT)
