"""What a change of a role would change, before it is made: what goes where, and what stays. Pure."""

from collections.abc import Sequence
from typing import Literal

from handlers.kit.blocks import Block, context, input_select, input_text, section
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.own_words import NAME_LIMIT
from handlers.kit.surfaces import View, modal
from handlers.roles import ids, views
from handlers.roles.views import Looked
from storage.roles.values import Role, Rule
from storage.values import RoleId

_FIELD = "its field on decisions that name nobody in it"
_ENDS = {Rule.APPROVER: f"{_FIELD}: they are decided when they are saved"}
_STILL = {
    Rule.APPROVER: "still decide",
    Rule.CONTRIBUTOR: "are still asked for their view",
    Rule.INFORMED: "are still told",
}
_LIKE = {Rule.CONTRIBUTOR: "are asked for their view", Rule.INFORMED: "are told"}


class RoleForm(Form):
    """Which role, as it was when the form was opened; and into which other one."""

    v: Literal[1] = 1
    id: RoleId
    seen: int
    into: RoleId = RoleId("")
    into_seen: int = 0


def rename(looked: Looked) -> View:
    """What another name changes, and the name."""
    words = [
        (
            f"*{looked.name}*: {views.stands(looked)} Forms, cards, letters and exports read the new name from then on; "
            "what it means stays."
        ),
        (
            f"What is decided already reads both, as in *New name ({looked.name} then)*. What was sent stays as it is, and "
            "a card in a channel reads the new name when it is next drawn."
        ),
    ]
    return modal(
        "Rename a role",
        [section("\n".join(words)), _name(looked.role.name), context(views.SEEN)],
        submit="Save",
        callback_id=ids.NAMED,
        private_metadata=_form(looked).model_dump_json(),
    )


def split(looked: Looked) -> View:
    """What another role of the same rule changes, and its name."""
    like = _LIKE[looked.role.rule]
    words = [
        f"Decisions get one more field beside *{looked.name}*. People named there {like} in the same way.",
        *([f"Nobody is moved; *{looked.name}* keeps {views.named(looked)}."] if looked.people else []),
        "Whoever belongs in the new one is named there under *More* of a decision.",
    ]
    return modal(
        "Split a role",
        [section("\n".join(words)), _name(label="The new role's name"), context(views.SEEN)],
        submit="Split",
        callback_id=ids.DIVIDED,
        private_metadata=_form(looked).model_dump_json(),
    )


def merge(looked: Looked, others: Sequence[Role]) -> View:
    """Under which other one?"""
    if not others:
        words = f"There is no other role in use that means the same as {looked.name}."
        return modal("Merge a role", [section(words)], close="Close")
    choices = options(*((one.name, str(one.id)) for one in others))
    return modal(
        "Merge a role",
        [
            section(f"*{looked.name}*\n{views.stands(looked)}"),
            input_select("It counts under", ids.BLOCK_INTO, ids.BLOCK_INTO, choices),
        ],
        submit="Preview",
        callback_id=ids.INTO,
        private_metadata=_form(looked).model_dump_json(),
    )


def merge_preview(looked: Looked, into: Looked) -> View:
    """What goes along when the one counts under the other, and what stays."""
    name, other = looked.name, into.name
    goes = [
        *([views.named(looked)] if looked.people else []),
        *(f"{escape(part.name)}, which counts under it" for part in looked.parts),
        "its field: there is one for both",
    ]
    stays = [
        "what people are asked and told, and what they said",
        f"what is decided already, and reads *{other} ({name} then)*",
        "what was sent",
    ]
    words = [
        f"*{name}* counts under *{other}* from now on.",
        *_lines("Goes there", goes),
        *_lines("Stays", stays),
        f"It can be taken apart again, with its own people; who is named meanwhile is named in {other}.",
    ]
    form = _form(looked).model_copy(update={"into": into.role.id, "into_seen": into.role.version})
    return modal(
        "Merge a role",
        [section("\n".join(words)), context(views.SEEN)],
        submit="Merge",
        callback_id=ids.MERGED,
        private_metadata=form.model_dump_json(),
    )


def retire(looked: Looked) -> View:
    """What ends when nobody is named in it any more, and what stays."""
    rule = looked.role.rule
    named = f"{views.named(looked)}: they {_STILL[rule]}"
    words = [
        f"Nobody new is named in *{looked.name}*.",
        *_lines("Ends", [_ENDS.get(rule, _FIELD)]),
        *_lines("Stays", [*([named] if looked.people else []), "what is decided already, under its name"]),
        "It can be used again.",
    ]
    return modal(
        "Retire a role",
        [section("\n".join(words)), context(views.SEEN)],
        submit="Retire",
        callback_id=ids.RETIRED,
        private_metadata=_form(looked).model_dump_json(),
    )


# ---------------------------------------------------------------------------------------------------------


def _form(looked: Looked) -> RoleForm:
    return RoleForm(id=looked.role.id, seen=looked.role.version)


def _name(initial: str | None = None, label: str = "Name") -> Block:
    return input_text(label, ids.BLOCK_NAME, ids.BLOCK_NAME, initial=initial, max_length=NAME_LIMIT)


def _lines(title: str, those: Sequence[str]) -> list[str]:
    return [f"*{title}*", *(f"• {one}" for one in those)]
