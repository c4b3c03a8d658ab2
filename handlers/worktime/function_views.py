"""What people read of the function they work in: the field in My settings, the admins' form, and what is said back."""

from collections.abc import Sequence

from handlers.kit.blocks import Block, actions, input_select, section
from handlers.kit.elements import button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.objects import options
from handlers.kit.pickers import input_person
from handlers.kit.surfaces import View, modal
from handlers.worktime import ids
from storage.values import FunctionId, PersonId

NOT_ADMIN = "Only an admin can say in which function somebody else works. `/throughline settings` is yours."
RETIRED = "That function is retired. Choose another one, or *As the title says*."


def field(label: str, chosen: FunctionId | None) -> Block:
    """The field; at first what somebody chose before."""
    offered, now = FUNCTIONS.choices([] if chosen is None else [chosen])
    choices = options(("As the title says", ids.AS_TITLED), *offered)
    at_first = next(iter(now), ids.AS_TITLED)
    return input_select(label, ids.BLOCK_FUNCTION, ids.BLOCK_FUNCTION, choices, initial=at_first, hint=_HINT)


def form(person: PersonId | None, chosen: FunctionId | None) -> View:
    """An admin says in which function somebody works."""
    blocks = [
        input_person("Who", ids.BLOCK_WHO, initial=person, hint="They are told."),
        field("Function", chosen),
    ]
    return modal("Somebody's function", blocks, submit="Save", callback_id=ids.FUNCTION)


def saved(name: str, function: FunctionId | None) -> str:
    """What the admin reads afterwards, plain words."""
    return f"{name} {works_in(function)} now, and knows that you said so."


def set_for_you(by: str, function: FunctionId | None) -> tuple[str, Sequence[Block]]:
    """What somebody reads whom an admin put into a function."""
    words = "Launches, blockers and digests go by it. If it is wrong, change it."
    change = button("Change", ids.OPEN_SETTINGS, accessibility_label="Change my settings")
    return f"{by} noted that you {works_in(function, you=True)}", [section(words), actions(change)]


def works_in(function: FunctionId | None, *, you: bool = False) -> str:
    """`works in Design`."""
    verb = "work" if you else "works"
    return f"{verb} in no function I know of" if function is None else f"{verb} in {FUNCTIONS[function]}"


# ---------------------------------------------------------------------------------------------------------

_HINT = "Who owns what at a launch, and on whom a blocker waits, go by it."
