"""What people read of the function they work in: the field in My settings, the admins' form, and what is said back."""

from collections.abc import Sequence

from handlers.kit.blocks import Block, actions, input_select, section
from handlers.kit.elements import button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.objects import Json, options
from handlers.kit.pickers import input_person
from handlers.kit.surfaces import View, modal
from handlers.worktime import ids
from storage.values import Function, PersonId

NOT_ADMIN = "Only an admin can say in which function somebody else works. `/throughline settings` is yours."
NOT_SAID = "Choose a function, or *As the title says*."


def field(label: str, chosen: Function | None) -> Block:
    """The field; at first what somebody chose before."""
    at_first = ids.AS_TITLED if chosen is None else chosen.value
    return input_select(
        label, ids.BLOCK_FUNCTION, ids.BLOCK_FUNCTION, _choices(), initial=at_first, hint=_HINT
    )


def read(value: str | None) -> Function | None:
    """The function somebody chose; None for what their title says."""
    return Function(value) if value in set(Function) else None


def form(person: PersonId | None, chosen: Function | None) -> View:
    """An admin says in which function somebody works."""
    blocks = [
        input_person("Who", ids.BLOCK_WHO, initial=person, hint="They are told."),
        field("Function", chosen),
    ]
    return modal("Somebody's function", blocks, submit="Save", callback_id=ids.FUNCTION)


def saved(name: str, function: Function | None) -> str:
    """What the admin reads afterwards, plain words."""
    return f"{name} {works_in(function)} now, and knows that you said so."


def set_for_you(by: str, function: Function | None) -> tuple[str, Sequence[Block]]:
    """What somebody reads whom an admin put into a function."""
    words = "Launches, blockers and digests go by it. If it is wrong, change it."
    change = button("Change", ids.OPEN_SETTINGS, accessibility_label="Change my settings")
    return f"{by} noted that you {works_in(function, you=True)}", [section(words), actions(change)]


def works_in(function: Function | None, *, you: bool = False) -> str:
    """`works in Design`."""
    verb = "work" if you else "works"
    return f"{verb} in no function I know of" if function is None else f"{verb} in {FUNCTIONS[function]}"


# ---------------------------------------------------------------------------------------------------------

_HINT = "Who owns what at a launch, and on whom a blocker waits, go by it."


def _choices() -> list[Json]:
    return options(
        ("As the title says", ids.AS_TITLED), *((name, one.value) for one, name in FUNCTIONS.items())
    )
