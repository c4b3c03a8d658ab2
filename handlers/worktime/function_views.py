"""What people read of the function they work in: the field in My settings, the admins' form, and what is said back."""

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.kit.blocks import Block, actions, input_select, input_text, section
from handlers.kit.elements import button
from handlers.kit.forms import Form
from handlers.kit.functions import AT_FIRST, FUNCTIONS, NAME_LIMIT
from handlers.kit.objects import Json, options
from handlers.kit.pickers import input_person
from handlers.kit.surfaces import View, modal
from handlers.worktime import ids
from storage.values import Function, PersonId

NOT_ADMIN = "Only an admin can say in which function somebody else works. `/throughline settings` is yours."
NOT_ADMIN_OF_NAMES = "Only an admin can say what the functions are called."
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


class NamesForm(Form):
    """What the functions are called: how often that had been said when the form was opened."""

    v: Literal[1] = 1
    seen: int


def names(version: int, people: Mapping[Function, int]) -> View:
    """What each function is called, how many work in it, and what another name would change."""
    inputs = [
        input_text(
            AT_FIRST[one],
            name_block(one),
            name_block(one),
            initial=FUNCTIONS[one],
            optional=True,
            max_length=NAME_LIMIT,
            hint=_work_in(people.get(one, 0)),
        )
        for one in AT_FIRST
    ]
    form = NamesForm(seen=version)
    return modal(
        "Functions",
        [section(_CHANGES), *inputs],
        submit="Save",
        callback_id=ids.NAMES,
        private_metadata=form.model_dump_json(),
    )


def name_block(function: Function) -> str:
    """The field of its name."""
    return f"name_{function.value}"


def named(changed: Mapping[Function, str], before: Mapping[Function, str]) -> str:
    """What the admin reads afterwards, plain words."""
    if not changed:
        return "Nothing was changed."
    return "\n".join(f"✓ {before[one]} is called {name} now." for one, name in changed.items())


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

_CHANGES = (
    "Launches, decisions, blockers, digests and settings read another name from now on, what is pinned when it "
    "changes next. What was sent keeps the name of its day. An empty field takes the first name again."
)
_HINT = "Who owns what at a launch, and on whom a blocker waits, go by it."


def _work_in(people: int) -> str:
    if not people:
        return "Nobody I know works in it."
    return "One person works in it." if people == 1 else f"{people:,} people work in it."


def _choices() -> list[Json]:
    return options(
        ("As the title says", ids.AS_TITLED), *((name, one.value) for one, name in FUNCTIONS.items())
    )
