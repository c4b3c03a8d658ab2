"""Which kinds of people may use something. Every registration says it; there is no default.

Roles on a thing (owner, author, voter) are the feature's own, checked in its transaction by `allowed`.
`docs/permissions.md` is made from the registry.
"""

from collections.abc import Collection
from dataclasses import dataclass

from storage.values import PersonId, PersonKind


@dataclass(frozen=True, slots=True)
class May:
    """The kinds of people who may, and how the permissions page and a refusal name them."""

    kinds: frozenset[PersonKind]
    named: str
    admins: bool = False
    """Whether only admins of these kinds may."""

    def lets(self, kind: PersonKind, *, admin: bool) -> bool:
        """Whether somebody of this kind may."""
        return kind in self.kinds and (admin or not self.admins)

    def __contains__(self, kind: PersonKind) -> bool:
        return kind in self.kinds

    @property
    def refusal(self) -> str:
        """What somebody who may not is told."""
        return f"This is for {self.named} of this workspace. Ask one of them to do it with you."


ADMINS = May(frozenset({PersonKind.MEMBER}), "admins", admins=True)
MEMBERS = May(frozenset({PersonKind.MEMBER}), "full members")
PEOPLE_HERE = May(frozenset({PersonKind.MEMBER, PersonKind.GUEST}), "members and guests")
OUTSIDERS = May(frozenset({PersonKind.OUTSIDER}), "people of other workspaces")
ANYBODY = May(frozenset(PersonKind), "anybody")


def allowed(person: PersonId, *, roles: Collection[PersonId | None], admin: bool = False) -> bool:
    """Whether somebody holds one of the roles that may do this, or is an admin where admins may."""
    return admin or person in roles
