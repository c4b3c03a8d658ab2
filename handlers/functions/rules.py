"""What functions can be called, and how many there can be. Pure."""

from collections.abc import Sequence

from handlers.kit.functions import FUNCTIONS, wrong_with
from storage.functions.values import Function
from storage.values import FunctionId, folded

MOST = 20
"""Functions in use: so many fit on a launch's board, each with its own line."""
GONE = "It is not there any more."
NO_NAME = "Give it a name."
ITSELF = "Choose another one than itself."
ONLY = "It is the only function in use, so it stays."
ENOUGH = f"There are {MOST} functions in use already. Merge or retire one first."
Refused = str


def wrong_name(those: Sequence[Function], name: str, of: FunctionId | None = None) -> Refused | None:
    """Why nothing, or nothing but the function of that id, can be called so."""
    if not name:
        return NO_NAME
    same = _called(those, name)
    if same is None or same.id == of:
        return wrong_with(name)
    if of is not None and same.part_of == of:
        return f"{same.name} counts under it. Take it apart, then merge this one into it."
    if same.part_of is not None:
        return f"{same.name} counts under {FUNCTIONS[same.id]}. Choose another name."
    if same.retired:
        return f"There is a function called {same.name}, which is retired. Use that one again."
    return f"There is a function called {same.name} already."


def target(those: Sequence[Function], of: FunctionId, name: str) -> Function | Refused | None:
    """The function in use of that name, or None where it would be a new one."""
    same = _called(those, name)
    if same is None or same.part_of is not None or same.retired:
        return wrong_name(those, name) or too_many(those)
    return ITSELF if same.id == of else same


def in_use(those: Sequence[Function]) -> list[Function]:
    """Those that stand for themselves and are asked."""
    return [one for one in those if one.part_of is None and not one.retired]


def too_many(those: Sequence[Function]) -> Refused | None:
    """Why there cannot be one more."""
    return ENOUGH if len(in_use(those)) >= MOST else None


# ---------------------------------------------------------------------------------------------------------


def _called(those: Sequence[Function], name: str) -> Function | None:
    return next((one for one in those if folded(one.name) == folded(name)), None)
