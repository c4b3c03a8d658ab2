"""The vocabulary of accounts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from storage.values import PersonId

AccountId = NewType("AccountId", str)


class AccountState(StrEnum):
    """How a workspace stands with an account; RENEWAL is one that renews within 60 days."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    RENEWAL = "renewal"
    CHURNED = "churned"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Account:
    """A customer, or one to be. `public` is one that everybody here may be offered while they type.

    What was named only where few could read it is offered to those few. `lead` hears with its owner of a churn risk.
    """

    id: AccountId
    name: str
    public: bool
    segment: str | None = None
    value: int | None = None
    owner: PersonId | None = None
    state: AccountState | None = None
    lead: PersonId | None = None
