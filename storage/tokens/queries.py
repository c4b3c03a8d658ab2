"""Keep and find tokens."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, new_id
from storage.tokens.tables import TokenRow
from storage.tokens.values import Token, digest
from storage.values import PersonId

FRESH = timedelta(hours=1)
"""So long a use need not be written again: a program may call every second."""

_EVERY = (
    select(TokenRow.id, TokenRow.name, TokenRow.by, TokenRow.at, TokenRow.revoked_at, TokenRow.used_at)
    .where(TokenRow.workspace == OURS)
    .order_by(TokenRow.id)
)
_VALID = _EVERY.where(TokenRow.digest == bindparam("written"), TokenRow.revoked_at.is_(None))
_MAKE = insert(TokenRow).values(workspace=OURS, revoked_at=None, used_at=None)
_USE = (
    update(TokenRow)
    .where(
        TokenRow.workspace == OURS,
        TokenRow.id == bindparam("which"),
        or_(TokenRow.used_at.is_(None), TokenRow.used_at < bindparam("before")),
    )
    .values(used_at=bindparam("now"))
)
_REVOKE = (
    update(TokenRow)
    .where(TokenRow.workspace == OURS, TokenRow.id == bindparam("which"), TokenRow.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)


def make(tx: Tx, name: str, by: PersonId | None) -> tuple[Token, str]:
    """A new token, and how it is written: that is shown to somebody once and not kept."""
    token, written = Token(new_id(), name, by, tx.now), f"tl_{tx.workspace}_{secrets.token_urlsafe(32)}"
    tx.put(_MAKE, id=token.id, name=name, digest=digest(written), by=by, at=token.at)
    return token, written


def every(tx: Tx) -> list[Token]:
    """All of them, the first one first."""
    return [_token(row) for row in tx.all(_EVERY)]


def valid(tx: Tx, written: str) -> Token | None:
    """The token that is written so, unless it was revoked."""
    row = tx.first(_VALID, written=digest(written))
    return None if row is None else _token(row)


def use(tx: Tx, token: Token) -> None:
    """It opened something now."""
    if token.used_at is None or token.used_at < tx.now - FRESH:
        tx.put(_USE, which=token.id, before=tx.now - FRESH, now=tx.now)


def find(tx: Tx, token: str) -> Token | None:
    """That token."""
    return next((one for one in every(tx) if one.id == token), None)


def revoke(tx: Tx, token: str) -> bool:
    """It opens nothing any more; False where there is none of that id that did."""
    return tx.run(_REVOKE, which=token, now=tx.now) == 1


def _token(row: Any) -> Token:
    by = None if row.by is None else PersonId(row.by)
    return Token(row.id, row.name, by, row.at, row.revoked_at, row.used_at)
