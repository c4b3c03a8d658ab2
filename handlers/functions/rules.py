"""What functions can be called, and how many there can be. Pure."""

from collections.abc import Sequence

from handlers.kit.own_words import called, in_use, wrong_name
from storage.functions.values import Function
from storage.values import FunctionId

KIND = "function"
MOST = 20
"""Functions in use: so many fit on a launch's board, each with its own line."""
GONE = "It is not there any more."
ITSELF = "Choose another one than itself."
ONLY = "It is the only function in use, so it stays."
ENOUGH = f"There are {MOST} functions in use already. Merge or retire one first."
Refused = str


def target(those: Sequence[Function], of: FunctionId, name: str) -> Function | Refused | None:
    """The function in use of that name, or None where it would be a new one."""
    same = called(those, name)
    if same is None or same.part_of is not None or same.retired:
        return wrong_name(those, name, KIND) or too_many(those)
    return ITSELF if same.id == of else same


def too_many(those: Sequence[Function]) -> Refused | None:
    """Why there cannot be one more."""
    return ENOUGH if len(in_use(those)) >= MOST else None
