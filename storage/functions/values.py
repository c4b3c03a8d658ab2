"""The vocabulary of functions."""

from dataclasses import dataclass

from storage.values import AtFirst, FunctionId, Past, PersonId


@dataclass(frozen=True, slots=True)
class Function:
    """A function: `place` is where it stands in lists, `past` what it was called before, the oldest first.

    What is `part_of` another one counts under that; nobody is asked as a `retired` one any more. `takes` are the titles
    of what it has to have ready for launches that another function had before. `by` changed it last.
    """

    id: FunctionId
    name: str
    place: int
    part_of: FunctionId | None = None
    retired: bool = False
    takes: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()
    version: int = 1
    by: PersonId | None = None


AT_FIRST = (
    Function(AtFirst.PRODUCT, "Product", 1),
    Function(AtFirst.ENGINEERING, "Engineering", 2),
    Function(AtFirst.DESIGN, "Design", 3),
    Function(AtFirst.MARKETING, "Marketing", 4),
    Function(AtFirst.SALES, "Sales", 5),
    Function(AtFirst.CUSTOMER_SUCCESS, "Customer Success", 6),
)
"""What every workspace has until somebody changes one of them."""
