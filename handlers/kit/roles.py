"""The roles of decisions: what they are called, and which of them people can be named in. Pure.

Which a workspace has, and what it calls them, is known while a work of its own runs (`named`, see `role_names`), as its
functions are.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from handlers.kit import own_words
from storage.roles.values import AT_FIRST, Role, Rule
from storage.values import RoleId

_theirs: ContextVar[Sequence[Role]] = ContextVar("roles")


class Roles:
    """Those of the workspace whose work runs; the first four where nobody said otherwise."""

    def __getitem__(self, role: RoleId) -> str:
        """What it is called now; what counts under another one is called like that."""
        return self.whole(role).name

    def word(self, rule: Rule) -> str:
        """What the first role of a rule is called now: of a rule that one person follows it is the only one."""
        return self[rule.first]

    def every(self, rule: Rule) -> list[Role]:
        """All that follow a rule, in their order."""
        return [one for one in _all() if one.rule is rule]

    def in_use(self, rule: Rule) -> list[Role]:
        """Those of a rule that people can be named in, in their order."""
        return own_words.in_use(self.every(rule))

    def whole(self, role: RoleId) -> Role:
        """The one it counts under, or itself."""
        one = _find(role)
        return one if one.part_of is None else _find(one.part_of)

    def then(self, role: RoleId, at: datetime | None) -> str:
        """What it is called now, and beside that what it was called on a day that is over, where that differs."""
        return own_words.then(_find(role), self[role], at)


ROLES = Roles()


@contextmanager
def named(roles: Sequence[Role]) -> Iterator[None]:
    """These are the roles until this ends."""
    token = _theirs.set(roles)
    try:
        yield
    finally:
        _theirs.reset(token)


# ---------------------------------------------------------------------------------------------------------


def _all() -> Sequence[Role]:
    return _theirs.get(AT_FIRST)


def _find(role: RoleId) -> Role:
    found = next((one for one in _all() if one.id == role), None)
    if found is None:
        raise KeyError(role)
    return found
