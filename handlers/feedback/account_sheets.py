"""A sheet of accounts: what a row of it says, and what that changes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.feedback import rules
from handlers.feedback.account_views import LARGEST, SEGMENT_LIMIT
from handlers.feedback.columns import Unreadable, cell, check_width, known
from handlers.kit.mrkdwn import one_line
from storage.accounts.values import Account, AccountState
from storage.values import PersonId, folded


class Column(StrEnum):
    """What a column can hold."""

    NAME = "name"
    SEGMENT = "segment"
    VALUE = "value"
    OWNER = "owner"
    LEAD = "lead"
    STATE = "state"


NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("name", "account", "account name", "company", "company name", "customer", "organization", "organisation"),
    Column.SEGMENT: ("segment", "tier", "plan", "industry", "size", "type"),
    Column.VALUE: ("value", "worth a year", "arr", "annual revenue", "acv", "revenue", "annual contract value"),
    Column.OWNER: ("owner", "account owner", "account manager", "csm", "whose it is"),
    Column.LEAD: ("lead", "account lead", "team lead", "owner's lead", "manager"),
    Column.STATE: ("state", "status", "stage", "lifecycle stage", "customer status"),
}  # fmt: skip
"""What people call each column, the surest name first."""
MEANS = {
    Column.NAME: "its name",
    Column.SEGMENT: "its segment",
    Column.VALUE: "what it is worth a year",
    Column.OWNER: "whose it is: a name as in Slack, or an id",
    Column.LEAD: "who leads them: a name as in Slack, or an id",
    Column.STATE: "prospect, active, renewal, churned or lost",
}
STATES = {
    AccountState.PROSPECT: ("prospect", "lead", "opportunity", "trial"),
    AccountState.ACTIVE: ("active", "customer", "live", "won", "closed won"),
    AccountState.RENEWAL: ("renewal", "renews within 60 days", "renewing"),
    AccountState.CHURNED: ("churned", "churn", "cancelled", "canceled", "former customer"),
    AccountState.LOST: ("lost", "lost deal", "closed lost"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of an account; an empty cell says nothing."""

    name: str
    segment: str | None = None
    value: int | None = None
    owner: PersonId | None = None
    lead: PersonId | None = None
    state: AccountState | None = None

    def of(self, account: Account) -> Account:
        """The account, once that is said of it."""
        return replace(
            account,
            public=True,
            segment=self.segment or account.segment,
            value=account.value if self.value is None else self.value,
            owner=self.owner or account.owner,
            lead=self.lead or account.lead,
            state=self.state or account.state,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the rows of a sheet are read. `people` are those who can own an account, by folded name and by id."""

    plan: Mapping[Column, int]
    heads: Sequence[str]
    people: Mapping[str, Sequence[PersonId]]

    def read(self, cells: Sequence[str]) -> Said:
        """What one row says, or Unreadable."""
        check_width(cells, self.heads)
        name = one_line(cell(cells, self.plan, Column.NAME) or "")
        if not name:
            raise Unreadable("it has no name")
        if len(name) > rules.ACCOUNT_LIMIT:
            raise Unreadable(
                f"an account's name has at most {rules.ACCOUNT_LIMIT} characters; this has {len(name)}"
            )
        segment = one_line(cell(cells, self.plan, Column.SEGMENT) or "") or None
        if segment is not None and len(segment) > SEGMENT_LIMIT:
            raise Unreadable(f"a segment has at most {SEGMENT_LIMIT} characters; this has {len(segment)}")
        owner, lead = (self._person(cells, one) for one in (Column.OWNER, Column.LEAD))
        return Said(name, segment, self._value(cells), owner, lead, self._state(cells))

    def _value(self, cells: Sequence[str]) -> int | None:
        said = cell(cells, self.plan, Column.VALUE)
        if said is None:
            return None
        found = number(said)
        if found is None or not 0 <= found <= LARGEST:
            raise Unreadable(
                f"“{said[:40]}” is no value; write a whole number up to {LARGEST:,}, like 120000"
            )
        return found

    def _person(self, cells: Sequence[str], column: Column) -> PersonId | None:
        said = cell(cells, self.plan, column)
        if said is None:
            return None
        found = self.people.get(folded(said.removeprefix("@")), ())
        if len(found) == 1:
            return found[0]
        why = "several people here are called" if found else "nobody here is called"
        raise Unreadable(f"{why} “{said[:40]}”; write the id from their profile in Slack (U…)")

    def _state(self, cells: Sequence[str]) -> AccountState | None:
        said = cell(cells, self.plan, Column.STATE)
        found = known(STATES, said)
        if said is not None and found is None:
            raise Unreadable(f"“{said[:40]}” is no state; write {', '.join(AccountState)}")
        return found


def missing(plan: Mapping[Column, int]) -> str | None:
    """Why nothing can be taken in by this plan."""
    return (
        None
        if Column.NAME in plan
        else "No column holds the accounts' names. Name it, for example name=Company."
    )


_MONEY = r"(?:[€$£¥]|[A-Z]{3})?"
_NUMBER = re.compile(rf"{_MONEY}\s*(\d{{1,3}}(?:[.,'\s]\d{{3}})+|\d{{1,12}})(?:[.,]\d{{1,2}})?\s*{_MONEY}")


def number(said: str) -> int | None:
    """A whole number as sheets write it: with a currency, groups of three, cents that do not matter."""
    found = _NUMBER.fullmatch(said.strip())
    return None if found is None else int("".join(re.findall(r"[0-9]", found[1])) or 0)


FACTS = ("segment", "value", "owner", "lead", "state")
"""What is known of an account, in the order people read it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes of an account: each of its facts before and after. A new one has nothing before."""

    name: str
    new: bool
    facts: Mapping[str, tuple[object, object]]


def change(before: Account | None, after: Account) -> Change | None:
    """What is different; None where all is as it was."""
    facts = {one: (None if before is None else getattr(before, one), getattr(after, one)) for one in FACTS}
    other = {one: both for one, both in facts.items() if both[0] != both[1]}
    if before is not None and not other and before.public:
        return None
    return Change(after.name, before is None, other)
