"""The vocabulary of roles."""

from dataclasses import dataclass
from enum import StrEnum

from storage.values import Past, PersonId, RoleId


class Rule(StrEnum):
    """What somebody who is named in a decision may do and is asked or told: in code, whatever a role is called."""

    DRIVER = "driver"
    APPROVER = "approver"
    CONTRIBUTOR = "contributor"
    INFORMED = "informed"

    @property
    def alone(self) -> bool:
        """Whether one person at most follows it in each decision."""
        return self in (Rule.DRIVER, Rule.APPROVER)

    @property
    def first(self) -> RoleId:
        """The role that follows it in every workspace from its first day."""
        return RoleId(self.value)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: `place` is where it stands in lists and forms, `past` what it was called before, the oldest first.

    What is `part_of` another one, which follows the same rule, counts under that; nobody is named in a `retired` one
    any more. `by` changed it last.
    """

    id: RoleId
    name: str
    rule: Rule
    place: int
    part_of: RoleId | None = None
    retired: bool = False
    past: tuple[Past, ...] = ()
    version: int = 1
    by: PersonId | None = None


AT_FIRST = (
    Role(Rule.DRIVER.first, "Driver", Rule.DRIVER, 1),
    Role(Rule.APPROVER.first, "Approver", Rule.APPROVER, 2),
    Role(Rule.CONTRIBUTOR.first, "Contributors", Rule.CONTRIBUTOR, 3),
    Role(Rule.INFORMED.first, "Informed", Rule.INFORMED, 4),
)
"""What every workspace has until somebody changes one of them."""
