"""What roles can be called, how many there can be, and what can be done with which. Pure."""

from collections.abc import Sequence

from handlers.kit.own_words import in_use
from storage.roles.values import Role, Rule

KIND = "role"
MOST = 8
"""Roles in use: so many fields fit on the page of a decision's people and can still be told apart."""
EVER = 40
"""Roles there ever were: all of them fit on one page, and nobody has to find one among more."""
GONE = "It is not there any more."
OTHER_RULE = "Choose another one that follows the same rule."
DRIVEN = "Every decision has one, so it is not retired."
ALONE = "In each decision it is one person, so it is not split or merged."
ENOUGH = f"There are {MOST} roles in use already. Merge or retire one first."
LONG_AGO = f"There have been {EVER} roles. Rename one, or use a retired one again."
Refused = str


def too_many(those: Sequence[Role]) -> Refused | None:
    """Why there cannot be one more."""
    return ENOUGH if len(in_use(those)) >= MOST else None


def no_more(those: Sequence[Role]) -> Refused | None:
    """Why there cannot be a new one."""
    return LONG_AGO if len(those) >= EVER else too_many(those)


def merges_into(those: Sequence[Role], one: Role) -> list[Role]:
    """What it can be merged into."""
    if one.rule.alone:
        return []
    return [each for each in in_use(those) if each.rule is one.rule and each.id != one.id]


def may_retire(one: Role) -> bool:
    """Whether a decision can do without it."""
    return one.rule is not Rule.DRIVER
