"""What roles can be called, how many there can be, and what can be done with which. Pure."""

from collections.abc import Sequence

from handlers.kit.functions import wrong_with
from handlers.kit.roles import ROLES
from storage.roles.values import Role, Rule
from storage.values import RoleId, folded

MOST = 8
"""Roles in use: so many fields fit on the page of a decision's people and can still be told apart."""
EVER = 40
"""Roles there ever were: all of them fit on one page, and nobody has to find one among more."""
GONE = "It is not there any more."
NO_NAME = "Give it a name."
OTHER_RULE = "Choose another one that follows the same rule."
DRIVEN = "Every decision has one, so it is not retired."
ALONE = "In each decision it is one person, so it is not split or merged."
ENOUGH = f"There are {MOST} roles in use already. Merge or retire one first."
LONG_AGO = f"There have been {EVER} roles. Rename one, or use a retired one again."
Refused = str


def wrong_name(those: Sequence[Role], name: str, of: RoleId | None = None) -> Refused | None:
    """Why nothing, or nothing but the role of that id, can be called so."""
    if not name:
        return NO_NAME
    same = next((one for one in those if folded(one.name) == folded(name)), None)
    if same is None or same.id == of:
        return wrong_with(name, "A role's")
    if of is not None and same.part_of == of:
        return f"{same.name} counts under it. Take it apart, then merge this one into it."
    if same.part_of is not None:
        return f"{same.name} counts under {ROLES[same.id]}. Choose another name."
    if same.retired:
        return f"There is a role called {same.name}, which is retired. Use that one again."
    return f"There is a role called {same.name} already."


def in_use(those: Sequence[Role]) -> list[Role]:
    """Those that people can be named in."""
    return [one for one in those if one.part_of is None and not one.retired]


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
