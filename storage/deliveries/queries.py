"""Claim a delivery in the transaction of its effect, and find what it was answered."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.deliveries.tables import DeliveryRow
from storage.values import Json

KEPT = timedelta(days=8)
"""Longer than Slack delivers late (three retries, then hourly for a day where switched on)."""

_CLAIM = insert(DeliveryRow).values(workspace=OURS).on_conflict_do_nothing()
_this = (DeliveryRow.workspace == OURS) & (DeliveryRow.key == bindparam("which"))
_REPLY = select(DeliveryRow.reply).where(_this)
_ANSWER = update(DeliveryRow).where(_this).values(reply=bindparam("answer"))
_FORGET = delete(DeliveryRow).where(DeliveryRow.at < bindparam("before"))


def claim(tx: Tx, key: str) -> bool:
    """Take the delivery; False when it already had its effect (then `reply` is its answer)."""
    return tx.run(_CLAIM, key=key, reply=None, at=tx.now) == 1


def answer(tx: Tx, key: str, reply: dict[str, Json]) -> None:
    """Keep what a claimed delivery is answered."""
    tx.run(_ANSWER, which=key, answer=reply)


def reply(tx: Tx, key: str) -> dict[str, Json] | None:
    """What the delivery was answered; None is the empty answer."""
    return tx.scalar(_REPLY, which=key)


def forget(tx: Tx) -> int:
    """Drop what is too old to be delivered again; across workspaces, by the clock."""
    return tx.run(_FORGET, before=tx.now - KEPT)
