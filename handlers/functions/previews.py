"""What a change of a function would change, before it is made: what goes where, and what stays. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from handlers.functions import ids, views
from handlers.functions.views import Looked
from handlers.kit.blocks import Block, context, input_select, input_text, section
from handlers.kit.counting import counted
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.own_words import NAME_LIMIT
from handlers.kit.pickers import input_people, input_several
from handlers.kit.surfaces import View, modal
from handlers.launches.shown import together
from storage.functions.values import Function
from storage.values import FunctionId, PersonId

AT_ONCE = 20
"""So many people go to another function at once; each is told."""
NAMED = 10
"""So many of them a preview names."""


class FunctionForm(Form):
    """Which function, as it was when the form was opened; and into which other one."""

    v: Literal[2] = 2
    id: FunctionId
    seen: int
    into: FunctionId = FunctionId("")
    into_seen: int = 0


class SplitForm(Form):
    """Who and what leaves a function, as it was when the form was opened, for the one of that name."""

    v: Literal[1] = 1
    id: FunctionId
    seen: int
    name: str
    people: tuple[PersonId, ...] = Field(max_length=AT_ONCE)
    ready: tuple[str, ...] = ()


class NewForm(Form):
    """A function that is added: nothing is known of it yet."""

    v: Literal[1] = 1


def add() -> View:
    """A function there is not yet."""
    words = (
        "People, blockers, decisions and filters can name it at once. New launches ask nothing of it: to give it "
        "something that another one has ready, *Split…* that one."
    )
    return modal(
        "Add a function",
        [section(words), _name()],
        submit="Add",
        callback_id=ids.ADDED,
        private_metadata=NewForm().model_dump_json(),
    )


def rename(looked: Looked) -> View:
    """What another name changes, and the name."""
    words = [
        f"*{looked.name}*: {views.stands(looked)} All of that, digests and settings read the new name at once.",
        f"What is over reads both, as in *New name ({looked.name} then)*; what was sent stays as it is.",
    ]
    return modal(
        "Rename a function",
        [section("\n".join(words)), _name(looked.function.name)],
        submit="Save",
        callback_id=ids.NAMED,
        private_metadata=_form(looked).model_dump_json(),
    )


def merge(looked: Looked, others: Sequence[Function]) -> View:
    """Under which other one?"""
    if not others:
        return modal("Merge a function", [section("There is no other one in use.")], close="Close")
    choices = options(*((one.name, str(one.id)) for one in others))
    return modal(
        "Merge a function",
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
    votes = (
        f"Where both are to vote, the more careful vote counts until {other} votes anew, and what {other} has not "
        "said is still asked for. "
        if looked.open.votes
        else ""
    )
    items = f"Open items stay with whoever sees to them; those of nobody go to who sees to {other}."
    words = [
        f"*{name}* counts under *{other}* from now on.",
        *_lines("Goes there", _goes(looked)),
        *([f"{votes}{items}"] if looked.open.launches else []),
        *_lines("Stays", [f"what is over, and reads *{other} ({name} then)*", "what was sent"]),
        "It can be taken apart again; what planned launches have stays where it is then.",
    ]
    form = _form(looked).model_copy(update={"into": into.function.id, "into_seen": into.function.version})
    return modal(
        "Merge a function",
        [section("\n".join(words)), context(views.SEEN)],
        submit="Merge",
        callback_id=ids.MERGED,
        private_metadata=form.model_dump_json(),
    )


def split(looked: Looked) -> View:
    """Who and what leaves it, and for which other one."""
    return modal(
        "Split a function",
        [
            section(f"*{looked.name}*\n{views.stands(looked)}"),
            _name(hint="A new function, or one that there is already.", label="The function they go to"),
            input_people("People", ids.BLOCK_PEOPLE, most=AT_ONCE, hint="They are told."),
            *([_to_be_ready(looked.ready)] if looked.ready else []),
        ],
        submit="Preview",
        callback_id=ids.CHOSEN,
        private_metadata=_form(looked).model_dump_json(),
    )


def not_in_it(names: Sequence[str], function: str) -> str:
    """Why these people cannot leave it."""
    verb = "does" if len(names) == 1 else "do"
    return f"{together(names)} {verb} not work in {function}."


def split_preview(looked: Looked, form: SplitForm, names: Sequence[str], *, new: bool) -> View:
    """What leaves it, and what stays."""
    other = escape(form.name)
    rest = len(names) - NAMED
    named = [*names[:NAMED], *([f"{rest} more"] if rest > 0 else [])]
    people = [escape(together(named))] if names else []
    goes = [*people, *(f"for new launches: {escape(one)}" for one in form.ready)]
    left = looked.people - len(names)
    stays = [
        f"{counted(left, 'person', 'people')}" if left else "nobody who works in it",
        *([f"{views.items(looked.open)}"] if looked.open.launches else []),
        *([_waits(looked.blockers)] if looked.blockers else []),
        "everything that is over",
    ]
    words = [
        f"*{other}* is a new function." if new else f"*{other}* is there already.",
        *_lines("Goes there", goes),
        *_lines(f"Stays with {looked.name}", stays),
    ]
    return modal(
        "Split a function",
        [section("\n".join(words)), context(views.SEEN)],
        submit="Split",
        callback_id=ids.DIVIDED,
        private_metadata=form.model_dump_json(),
    )


def retire(looked: Looked) -> View:
    """What ends when nobody is asked as it any more, and what stays."""
    votes = counted(looked.open.votes, "open vote of it is", "open votes of it are")
    ends = [
        *(["its part in new launches"] if looked.ready else []),
        *([f"{votes} not waited for any more"] if looked.open.votes else []),
        "menus offer it no more",
    ]
    items = replace(looked.open, votes=0)
    people = counted(looked.people, "person works in no function then", "people work in no function then")
    blockers = counted(looked.blockers, "blocker", "blockers")
    stays = [
        *(
            [f"{views.items(items)}: with whoever sees to them, under *Others*"]
            if looked.open.launches
            else []
        ),
        *([f"{blockers}, with whoever was asked"] if looked.blockers else []),
        *([f"{people}, until they or you choose another one"] if looked.people else []),
        "everything that is over, under its name",
    ]
    words = [
        f"Nobody is asked as *{looked.name}* any more.",
        *_lines("Ends", ends),
        *_lines("Stays", stays),
        "It can be used again; what planned launches lost does not come back then.",
    ]
    return modal(
        "Retire a function",
        [section("\n".join(words)), context(views.SEEN)],
        submit="Retire",
        callback_id=ids.RETIRED,
        private_metadata=_form(looked).model_dump_json(),
    )


# ---------------------------------------------------------------------------------------------------------


def _form(looked: Looked) -> FunctionForm:
    return FunctionForm(id=looked.function.id, seen=looked.function.version)


def _name(initial: str | None = None, hint: str | None = None, label: str = "Name") -> Block:
    return input_text(
        label, ids.BLOCK_NAME, ids.BLOCK_NAME, initial=initial, max_length=NAME_LIMIT, hint=hint
    )


def _to_be_ready(titles: Sequence[str]) -> Block:
    return input_several(
        "What it has ready for new launches",
        ids.BLOCK_READY,
        options(*((one, one) for one in titles)),
        hint="Goes to the other one from the next launch on.",
    )


def _goes(looked: Looked) -> Iterator[str]:
    if looked.people:
        yield counted(looked.people, "person", "people")
    if looked.open.launches:
        yield views.items(looked.open)
    if looked.blockers:
        yield _waits(looked.blockers)
    for part in looked.parts:
        yield f"{escape(part.name)}, which counts under it"
    if looked.ready:
        yield "what it has ready for new launches"


def _waits(blockers: int) -> str:
    return counted(blockers, "blocker that waits on it", "blockers that wait on it")


def _lines(title: str, those: Iterator[str] | Sequence[str]) -> list[str]:
    found = [f"• {one}" for one in those]
    return [f"*{title}*", *found] if found else []
