"""Keep and find accounts."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.accounts.tables import AccountRow
from storage.accounts.values import Account, AccountId, AccountState
from storage.database import OURS, Tx, new_id
from storage.values import PersonId, folded

FIELDS = (
    AccountRow.id,
    AccountRow.name,
    AccountRow.public,
    AccountRow.segment,
    AccountRow.value,
    AccountRow.owner,
    AccountRow.state,
    AccountRow.lead,
)
"""The columns of an `Account`; see `account_of`."""
_new = insert(AccountRow).values(workspace=OURS, segment=None, value=None, owner=None, state=None, lead=None)
_NAMED = _new.on_conflict_do_update(
    index_elements=["workspace", "folded"], set_={"public": or_(AccountRow.public, _new.excluded.public)}
).returning(*FIELDS)
_this = and_(AccountRow.workspace == OURS, AccountRow.id == bindparam("which"))
_BY_NAME = select(*FIELDS).where(AccountRow.workspace == OURS, AccountRow.folded == bindparam("written"))
_BY_NAMES = select(*FIELDS, AccountRow.folded).where(
    AccountRow.workspace == OURS, AccountRow.folded.in_(bindparam("names", expanding=True))
)
_FIND = select(*FIELDS).where(_this)
_CHANGE = (
    update(AccountRow)
    .where(_this)
    .values(
        {
            one: bindparam(f"new_{one}")
            for one in ("name", "folded", "public", "segment", "value", "owner", "state", "lead")
        }
    )
)


def named(tx: Tx, name: str, *, public: bool) -> Account:
    """The account of that name, made where there is none; `public` once it was named where everybody may read."""
    return asked_named(tx, name, public=public)()


def asked_named(tx: Tx, name: str, *, public: bool) -> Callable[[], Account]:
    """The same, asked now and taken later."""
    found = tx.ask(_NAMED, id=new_id(), name=name, folded=folded(name), public=public)
    return lambda: account_of(found()[0])


def by_name(tx: Tx, name: str) -> Account | None:
    """The account that is called so."""
    row = tx.first(_BY_NAME, written=folded(name))
    return None if row is None else account_of(row)


def by_names(tx: Tx, names: Sequence[str]) -> dict[str, Account]:
    """Those accounts that are called so, by their folded names."""
    rows = tx.all(_BY_NAMES, names=sorted({folded(one) for one in names})) if names else []
    return {row.folded: account_of(row) for row in rows}


def find(tx: Tx, account: AccountId) -> Account | None:
    """The account of that id."""
    row = tx.first(_FIND, which=account)
    return None if row is None else account_of(row)


def change(tx: Tx, account: Account) -> None:
    """Somebody said something else of it; its name must be free."""
    tx.put(
        _CHANGE,
        which=account.id,
        new_name=account.name,
        new_folded=folded(account.name),
        new_public=account.public,
        new_segment=account.segment,
        new_value=account.value,
        new_owner=account.owner,
        new_state=account.state,
        new_lead=account.lead,
    )


def account_of(row: Any) -> Account:
    """The account in a row of `FIELDS`."""
    return Account(
        AccountId(row.id),
        row.name,
        bool(row.public),
        row.segment,
        row.value,
        None if row.owner is None else PersonId(row.owner),
        None if row.state is None else AccountState(row.state),
        None if row.lead is None else PersonId(row.lead),
    )
