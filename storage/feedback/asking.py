"""Keep who asked for the same in their own words, and count the accounts that did: each once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.database import OURS, Tx, new_id
from storage.feedback import accounts, texts
from storage.feedback.family import FAMILY
from storage.feedback.tables import AskedRow, FeedbackRow, SupporterRow
from storage.feedback.values import KEPT, Asked, Feedback, Reach, Source, Voices, same
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import PersonId

_ADD = insert(AskedRow).values(workspace=OURS)
_its_account = and_(AccountRow.workspace == AskedRow.workspace, AccountRow.id == AskedRow.account)
_asked = (
    select(
        AskedRow.id,
        AskedRow.number,
        AskedRow.person,
        AccountRow.name.label("account"),
        AskedRow.words,
        AskedRow.at,
    )
    .join(AccountRow, _its_account, isouter=True)
    .where(AskedRow.workspace == OURS)
)
_ONE = _asked.where(AskedRow.id == bindparam("which"))
_OF = _asked.where(AskedRow.number.in_(FAMILY)).order_by(AskedRow.at, AskedRow.id)
_FORGET = (
    delete(AskedRow)
    .where(AskedRow.workspace == OURS, AskedRow.id == bindparam("which"))
    .returning(AskedRow.number)
)
_FORGET_ALL = delete(AskedRow).where(AskedRow.workspace == OURS, AskedRow.number == bindparam("of"))
_named = union(
    select(FeedbackRow.workspace, FeedbackRow.account, FeedbackRow.captured_by.label("person")).where(
        FeedbackRow.workspace == OURS, FeedbackRow.number.in_(FAMILY)
    ),
    select(AskedRow.workspace, AskedRow.account, AskedRow.person).where(
        AskedRow.workspace == OURS, AskedRow.number.in_(FAMILY)
    ),
).cte("named")
_theirs = or_(
    AccountRow.owner == bindparam("viewer"),
    and_(AccountRow.owner.is_(None), _named.c.person == bindparam("viewer")),
)
_each = aliased(AccountRow)
_worth = (
    select(func.coalesce(func.sum(_each.value), 0))
    .where(_each.workspace == OURS, _each.id.in_(select(_named.c.account)))
    .scalar_subquery()
)
_REACH = (
    select(
        func.count(AccountRow.id.distinct()).label("accounts"),
        func.count(case((_theirs, AccountRow.id)).distinct()).label("yours"),
        _worth.label("value"),
    )
    .select_from(AccountRow)
    .join(_named, _named.c.account == AccountRow.id)
    .where(AccountRow.workspace == OURS)
)
_spoke = union(
    select(AskedRow.person).where(
        AskedRow.workspace == OURS, AskedRow.number.in_(FAMILY), AskedRow.words.is_not(None)
    ),
    select(FeedbackRow.captured_by).where(
        FeedbackRow.workspace == OURS, FeedbackRow.number.in_(FAMILY), FeedbackRow.source != Source.EMOJI
    ),
).subquery("spoke")
_SPOKE = select(_spoke.c.person)
_NAMED = select(_named.c.person).where(_named.c.account.is_not(None)).distinct()
_SUPPORT = select(SupporterRow.person).where(SupporterRow.workspace == OURS, SupporterRow.number.in_(FAMILY))
_equals = select(FeedbackRow.number).where(
    FeedbackRow.workspace == OURS, FeedbackRow.same == bindparam("words"), FeedbackRow.state.in_(KEPT)
)
# By their numbers, not joined: SQLite would begin with every thing there is.
_EQUAL = (
    select(ThingRow.number)
    .where(
        ThingRow.workspace == OURS,
        ThingRow.letter == Letter.FEEDBACK,
        ThingRow.number.in_(_equals),
        things.VISIBLE,
    )
    .order_by(ThingRow.number)
    .limit(1)
)


def ask(tx: Tx, feedback: Feedback, person: PersonId, account: str | None, words: str | None) -> Asked:
    """Somebody asks for it, too; the account's state of this moment is kept with it."""
    named = accounts.named_in(tx, account, things.audience(tx, feedback.reference) if account else None)
    made = Asked(new_id(), feedback.number, person, None if named is None else named.name, words, tx.now)
    tx.put(
        _ADD,
        id=made.id,
        number=made.number,
        person=person,
        account=None if named is None else named.id,
        account_state=None if named is None else named.state,
        words=words,
        at=made.at,
    )
    if words:
        texts.refresh(tx, feedback.number)
    return made


def find(tx: Tx, which: str) -> Asked | None:
    """What somebody asked, by its id."""
    row = tx.first(_ONE, which=which)
    return None if row is None else _one(row)


def asked(tx: Tx, number: int) -> list[Asked]:
    """Everybody who asked for it, or for what was merged into it, after it was captured; first come first."""
    return [_one(row) for row in tx.all(_OF, of=number)]


def forget(tx: Tx, which: str) -> None:
    """They take it back."""
    number = tx.scalar(_FORGET, which=which)
    if number is not None:
        texts.refresh(tx, number)


def forget_all(tx: Tx, number: int) -> None:
    """Nothing of what anybody said about it is kept."""
    tx.put(_FORGET_ALL, of=number)
    texts.refresh(tx, number)


def reach(tx: Tx, number: int, viewer: PersonId) -> Reach:
    """How many accounts asked for it, and how many of them are this person's: they own it, or asked for it first."""
    return asked_reach(tx, number, viewer)()


def asked_reach(tx: Tx, number: int, viewer: PersonId) -> Callable[[], Reach]:
    """The same, asked now and taken later."""
    found = tx.ask(_REACH, of=number, viewer=viewer)
    return lambda: next((Reach(row.accounts, row.yours, int(row.value)) for row in found()), Reach())


def voices(tx: Tx, feedback: Feedback) -> Voices:
    """Whom it reaches: its accounts, and everybody who asked in their own words and for none of them."""
    spoke = {PersonId(one) for (one,) in tx.all(_SPOKE, of=feedback.number)}
    named = {PersonId(one) for (one,) in tx.all(_NAMED, of=feedback.number)}
    supporters = {PersonId(one) for (one,) in tx.all(_SUPPORT, of=feedback.number)}
    accounts = reach(tx, feedback.number, feedback.captured_by).accounts
    return Voices(accounts, len(spoke - named), len(supporters - spoke))


def equal(tx: Tx, viewer: Viewer, words: str | None) -> int | None:
    """What this person may see that was said in the same words before."""
    return asked_equal(tx, viewer, words)()


def asked_equal(tx: Tx, viewer: Viewer, words: str | None) -> Callable[[], int | None]:
    """The same, asked now and taken later."""
    said = same(words)
    found = list if said is None else tx.ask(_EQUAL, words=said, **things.viewing(viewer))
    return lambda: next((row.number for row in found()), None)


def _one(row: Any) -> Asked:
    return Asked(row.id, row.number, PersonId(row.person), row.account, row.words, row.at)
