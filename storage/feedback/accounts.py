"""The accounts of feedback: which it is for, and which somebody may be offered while they type."""

from collections.abc import Callable

from sqlalchemy import and_, bindparam, case, delete, exists, null, or_, select

from storage.accounts import queries as accounts
from storage.accounts.queries import FIELDS, account_of
from storage.accounts.tables import AccountRow
from storage.accounts.values import Account, AccountId
from storage.database import OURS, Tx
from storage.feedback.tables import AskedRow, FeedbackRow
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference, Viewer
from storage.values import Audience, AudienceKind, folded

ITS_ACCOUNT = and_(AccountRow.workspace == FeedbackRow.workspace, AccountRow.id == FeedbackRow.account)
"""The account is the one it is for: joined from outside, for it may be for none."""
_for_it = (
    select(FeedbackRow.number)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .where(FeedbackRow.workspace == OURS, FeedbackRow.account == AccountRow.id, things.VISIBLE)
)
_KNOWN = or_(
    and_(AccountRow.public.is_(True), bindparam("viewer_full").is_(True)),
    AccountRow.owner == bindparam("viewer"),
    _for_it.exists(),
)
"""Which accounts somebody may know of; bound by `things.viewing`."""
_begins = AccountRow.folded.like(bindparam("start"), escape="\\")
_OFFERED = (
    select(*FIELDS)
    .where(
        AccountRow.workspace == OURS,
        or_(_begins, AccountRow.folded.like(bindparam("inside"), escape="\\")),
        _KNOWN,
    )
    .order_by(case((_begins, 0), else_=1), AccountRow.folded)
    .limit(bindparam("limit"))
)
_KNOWN_ONE = select(AccountRow.id).where(
    AccountRow.workspace == OURS, AccountRow.id == bindparam("which"), _KNOWN
)
_NAMED_FOR = select(FeedbackRow.account, FeedbackRow.account_state).where(
    FeedbackRow.workspace == OURS, FeedbackRow.number == bindparam("which")
)
_unsaid = [
    one.is_(null()) for one in (AccountRow.segment, AccountRow.value, AccountRow.owner, AccountRow.state)
]
_FORGET = delete(AccountRow).where(
    AccountRow.workspace == OURS,
    AccountRow.id == bindparam("unused"),
    *_unsaid,
    ~exists().where(FeedbackRow.workspace == OURS, FeedbackRow.account == AccountRow.id),
    ~exists().where(AskedRow.workspace == OURS, AskedRow.account == AccountRow.id),
)


def offered(tx: Tx, viewer: Viewer, typed: str, limit: int) -> list[Account]:
    """Accounts with this in their name, those that begin so or have a word that does first."""
    words = things.literal(folded(typed))
    found = tx.all(
        _OFFERED,
        start=f"{words}%",
        inside=f"% {words}%" if words else "%",
        limit=limit,
        **things.viewing(viewer),
    )
    return [account_of(row) for row in found]


def may_know(tx: Tx, viewer: Viewer, account: AccountId) -> bool:
    """Whether this person may know of that account."""
    return tx.first(_KNOWN_ONE, which=account, **things.viewing(viewer)) is not None


def naming(tx: Tx, number: int, name: str | None) -> dict[str, object]:
    """The account somebody names for it, and how that stands; what was named before keeps how it stood then."""
    account = named_in(
        tx, name, None if name is None else things.audience(tx, Reference(Letter.FEEDBACK, number))
    )
    before = tx.first(_NAMED_FOR, which=number)
    if account is None or before is None or before.account != account.id:
        return {"new_account": account and account.id, "new_account_state": account and account.state}
    return {"new_account": account.id, "new_account_state": before.account_state}


def named_in(tx: Tx, name: str | None, audience: Audience | None) -> Account | None:
    """The account somebody names where this audience reads; made where there is none."""
    return asked_named_in(tx, name, audience)()


def asked_named_in(tx: Tx, name: str | None, audience: Audience | None) -> Callable[[], Account | None]:
    """The same, asked now and taken later."""
    if name is None or audience is None:
        return lambda: None
    return accounts.asked_named(tx, name, public=audience.kind is AudienceKind.WORKSPACE)


def of(tx: Tx, number: int) -> AccountId | None:
    """Which account that feedback is for."""
    row = tx.first(_NAMED_FOR, which=number)
    return None if row is None or row.account is None else AccountId(row.account)


def forget_unused(tx: Tx, account: AccountId) -> None:
    """Nothing names it any more, and nobody has said anything of it: it was only ever a name."""
    tx.put(_FORGET, unused=account)
