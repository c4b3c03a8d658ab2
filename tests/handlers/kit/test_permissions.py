"""Who may use what: each kind of people, as an admin and not, against each way to be let in."""

import pytest

from handlers.kit.permissions import ADMINS, ANYBODY, MEMBERS, OUTSIDERS, PEOPLE_HERE, May, allowed
from storage.values import PersonId, PersonKind

MEMBER, GUEST, OUTSIDER = PersonKind.MEMBER, PersonKind.GUEST, PersonKind.OUTSIDER
ANA, OMAR = PersonId("U0ANA"), PersonId("U0OMAR")


@pytest.mark.parametrize(
    ("may", "let", "let_as_admin", "named"),
    [
        (ADMINS, set(), {MEMBER}, "admins"),
        (MEMBERS, {MEMBER}, {MEMBER}, "full members"),
        (PEOPLE_HERE, {MEMBER, GUEST}, {MEMBER, GUEST}, "members and guests"),
        (OUTSIDERS, {OUTSIDER}, {OUTSIDER}, "people of other workspaces"),
        (ANYBODY, set(PersonKind), set(PersonKind), "anybody"),
    ],
)
def test_who_is_let_in(may: May, let: set[PersonKind], let_as_admin: set[PersonKind], named: str) -> None:
    """A kind that is not named is never let in, admin or not; and who is, is named in words."""
    assert {kind for kind in PersonKind if may.lets(kind, admin=False)} == let
    assert {kind for kind in PersonKind if may.lets(kind, admin=True)} == let_as_admin
    assert {kind for kind in PersonKind if kind in may} == let_as_admin
    assert may.named == named
    assert named in may.refusal


@pytest.mark.parametrize(("admin", "may"), [(None, False), (False, False), (True, True)])
def test_a_role_or_an_admin(admin: bool | None, may: bool) -> None:
    """Who holds a role may; nobody else does, but an admin where admins may."""
    said = {} if admin is None else {"admin": admin}
    assert allowed(ANA, roles=(ANA, None), **said)
    assert allowed(OMAR, roles=(ANA, None), **said) is may
