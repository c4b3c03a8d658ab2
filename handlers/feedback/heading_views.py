"""What people see of areas and themes as words of their own: what a change would change, before it is made. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from handlers.feedback import ids, rules
from handlers.feedback.answers import counted
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, input_select, input_text, section
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_found, input_several
from handlers.kit.surfaces import View, modal
from storage.areas.values import Area
from storage.feedback.values import Feedback, Under

NAME_LIMIT = 60
COUNTED = 200
"""Nobody counts how much more stands under it."""
AT_ONCE = 100
"""So much is moved to another one at once."""
LISTED = 10
SHOWN = 30
SEEN = "Counted is what you can see."
STAYS = "Each keeps the word it was given on its day."
NONE = (
    "There is no theme yet. Whoever sorts feedback gives it one, under *Theme* in the triage window: a few words "
    "that say what it is about."
)


class Which(StrEnum):
    """What sort of word it is."""

    AREA = "area"
    THEME = "theme"


class HeadingForm(Form):
    """Which one, as it was when the form was opened; into which other one; and what of it."""

    v: Literal[1] = 1
    which: Which
    id: str
    seen: int
    into: str = ""
    into_seen: int = 0
    numbers: tuple[int, ...] = Field(default=(), max_length=AT_ONCE)


@dataclass(frozen=True, slots=True)
class Heading:
    """An area or a theme, how much of what stands under it this person may see, and who else reads its name."""

    which: Which
    id: str
    name: str
    seen: int
    under: Under
    retired: bool = False
    place: str = ""
    area: str | None = None
    keeper: str | None = None

    @property
    def form(self) -> HeadingForm:
        """What its forms carry."""
        return HeadingForm(which=self.which, id=self.id, seen=self.seen)


@dataclass(frozen=True, slots=True)
class Part:
    """What counts under another one."""

    id: str
    name: str


def themes(found: Sequence[Heading], more: bool, *, may: bool) -> View:
    """All themes, and the way to one of more than there is room for."""
    rows = [_row(one) for one in found]
    hidden = [context("There are more. Type the name of the one you look for.")] if more else []
    finder = input_found("Open a theme", ids.BLOCK_INTO_THEME, placeholder="Type its name", least=1)
    who = [] if may else [context("Whoever sorts feedback, and admins, change these.")]
    return modal(
        "Themes",
        [*(rows or [section(NONE)]), *hidden, *([finder, context(SEEN)] if rows else []), *who],
        submit="Open" if rows else None,
        close="Done",
        callback_id=ids.THEME_FOUND if rows else None,
    )


def theme(one: Heading, parts: Sequence[Part], *, may: bool, said: str = "") -> View:
    """One theme: what stands under it, what counts under it, and what can be done."""
    about = f" · about {escape(one.area)}" if one.area else ""
    retired = [context("It is retired: nobody is offered it any more.")] if one.retired else []
    known = [context(_readers(one))] if one.place else []
    rename = [button("Rename…", ids.THEME_NAME, one.id)] if may else []
    show = [button("Show them", f"{ids.FIND}:theme", one.id)] if one.under.items else []
    return modal(
        "Theme",
        [
            *([context(said)] if said else []),
            section(f"*{escape(one.name)}*{about}\n{_stands(one.under)}"),
            *retired,
            *known,
            *part_lines(one.which, parts, may=may),
            *([actions(*show, *rename, *(deeds(one) if may else []))] if show or may else []),
            actions(button("All themes", ids.THEMES)),
        ],
        close="Done",
    )


def deeds(one: Heading) -> list[Element]:
    """What can be done with an area or a theme."""
    value = f"{one.which}|{one.id}"
    retire = "Use it again" if one.retired else "Retire…"
    return [
        button("Merge…", ids.HEADING_MERGE, value, accessibility_label=f"Merge {one.name} into another one"),
        button("Split…", ids.HEADING_SPLIT, value, accessibility_label=f"Split {one.name}"),
        button(retire, ids.HEADING_RETIRE, value, accessibility_label=f"{retire.strip('…')}: {one.name}"),
    ]


def part_lines(which: Which, parts: Sequence[Part], *, may: bool) -> list[Block]:
    """What counts under it, each with the way back."""
    shown = [
        section(
            f"*{escape(one.name)}* counts under it",
            button(
                "Take apart",
                f"{ids.HEADING_APART}:{one.id}",
                f"{which}|{one.id}",
                accessibility_label=f"{one.name} stands for itself again",
            )
            if may
            else None,
        )
        for one in parts[:LISTED]
    ]
    hidden = len(parts) - LISTED
    return [*shown, *([context(f"and {hidden} more count under it")] if hidden > 0 else [])]


def rename(one: Heading, areas: Sequence[Area], about: str | None) -> View:
    """What renaming a theme would change, and the new name."""
    words = (
        f"{_stands(one.under)} Its cards and lists read the new name; beside it stays what was written on the "
        f"day, as in *{escape('New name')} ({escape(one.name)} then)*."
    )
    part = [_area_input(areas[: limits.SELECT_OPTIONS], about)] if areas else []
    return modal(
        "Rename a theme",
        [
            section(words),
            *([context(_readers(one))] if one.place else []),
            input_text("Name", ids.BLOCK_NAME, ids.BLOCK_NAME, initial=one.name, max_length=NAME_LIMIT),
            *part,
        ],
        submit="Save",
        callback_id=ids.THEME_NAMED,
        private_metadata=one.form.model_dump_json(),
    )


def merge(one: Heading) -> View:
    """Into which other one?"""
    block = ids.BLOCK_INTO_THEME if one.which is Which.THEME else ids.BLOCK_INTO_AREA
    return modal(
        f"Merge {_a(one.which)}",
        [
            section(f"*{escape(one.name)}*\n{_stands(one.under)}"),
            input_found("It counts under", block, placeholder="Type a name", least=1),
        ],
        submit="Preview",
        callback_id=ids.HEADING_INTO,
        private_metadata=one.form.model_dump_json(),
    )


def merge_preview(one: Heading, into: Heading) -> View:
    """What merging the one into the other would change."""
    name, other = escape(one.name), escape(into.name)
    there = into.under.items
    beside = (
        f"{_many(there).capitalize()} {'stands' if there == 1 else 'stand'} there already. " if there else ""
    )
    kept = STAYS if one.which is Which.THEME else _goes_along(into)
    words = [
        f"*{name}* counts under *{other}* from now on: {_seen(one.under).rstrip(',')}. {beside}",
        f"{kept} Whoever types *{name}* gets *{other}*.",
        "It can be taken apart again.",
    ]
    form = one.form.model_copy(update={"into": into.id, "into_seen": into.seen})
    return modal(
        f"Merge {_a(one.which)}",
        [section("\n".join(line.strip() for line in words))],
        submit="Merge",
        callback_id=ids.HEADING_MERGED,
        private_metadata=form.model_dump_json(),
    )


def split(one: Heading, found: Sequence[Feedback]) -> View:
    """Which of what stands under it goes elsewhere: those with some words, or chosen from a list."""
    words = input_text(
        "All that say",
        ids.BLOCK_SOUGHT,
        ids.BLOCK_SOUGHT,
        optional=True,
        max_length=200,
        placeholder="A word's beginning is enough",
    )
    choices = [_option(item) for item in found[:AT_ONCE]]
    chosen = [input_several("And these", ids.BLOCK_CHOSEN, options(*choices))] if choices else []
    return modal(
        f"Split {_a(one.which)}",
        [section(f"*{escape(one.name)}*\n{_stands(one.under)}"), words, *chosen],
        submit="Preview",
        callback_id=ids.HEADING_CHOSEN,
        private_metadata=one.form.model_dump_json(),
    )


def split_preview(one: Heading, chosen: Sequence[Feedback]) -> View:
    """What splitting it would change, and what the other one is called."""
    rest = len(chosen) - LISTED
    lines = [f"• {escape(_option(item)[0])}" for item in chosen[:LISTED]]
    words = (
        f"{_many(len(chosen)).capitalize()} of the {_many(one.under.items)} you can see "
        f"{'leaves' if len(chosen) == 1 else 'leave'} *{escape(one.name)}*:"
    )
    more = [f"and {rest} more"] if rest > 0 else []
    hint = f"A new {one.which}, or one that there is already."
    form = one.form.model_copy(update={"numbers": tuple(item.number for item in chosen)})
    return modal(
        f"Split {_a(one.which)}",
        [
            section("\n".join([words, *lines, *more])),
            context(STAYS if one.which is Which.THEME else "Each is sorted by whoever looks after its area."),
            input_text(
                f"The {one.which} they go to",
                ids.BLOCK_NAME,
                ids.BLOCK_NAME,
                max_length=NAME_LIMIT,
                hint=hint,
            ),
        ],
        submit="Split",
        callback_id=ids.HEADING_DIVIDED,
        private_metadata=form.model_dump_json(),
    )


def retire(one: Heading) -> View:
    """What retiring it would change."""
    name = escape(one.name)
    stays = "stays" if one.under.items < 2 else "stay"
    sorts = (
        f" {escape(one.keeper or 'Whoever may')} still sorts what waits of it."
        if one.which is Which.AREA
        else ""
    )
    channels = " What is said in its channels is about the first area." if one.which is Which.AREA else ""
    words = (
        f"Nobody is offered *{name}* any more. {_seen(one.under).capitalize()} {stays} under it, and it can be "
        f"used again.{channels}{sorts}"
    )
    return modal(
        f"Retire {_a(one.which)}",
        [section(words)],
        submit="Retire",
        callback_id=ids.HEADING_RETIRED,
        private_metadata=one.form.model_dump_json(),
    )


# ---------------------------------------------------------------------------------------------------------


def _row(one: Heading) -> Block:
    about = f" · about {escape(one.area)}" if one.area else ""
    retired = " · retired" if one.retired else ""
    words = f"*{escape(one.name)}*{about}{retired}\n{_short(one.under)}"
    return section(
        words, button("Open", f"{ids.THEME}:{one.id}", one.id, accessibility_label=f"Open {one.name}")
    )


def _short(under: Under) -> str:
    """`23 pieces of feedback, 4 accounts`."""
    pieces = _pieces(under.items) if under.items else "no pieces of feedback"
    accounts = _accounts(under.accounts)
    return f"{pieces}{f', {accounts}' if _known(under) else ''}".capitalize()


def _stands(under: Under) -> str:
    if not under.items:
        return "Nothing that you can see stands under it."
    return f"{_seen(under).capitalize()} {'stands' if under.items == 1 else 'stand'} under it."


def _seen(under: Under) -> str:
    """`23 pieces of feedback that you can see, for 4 accounts`."""
    if not under.items:
        return "nothing that you can see"
    rest = f", for {_accounts(under.accounts)}," if _known(under) else ""
    return f"{_pieces(under.items)} that you can see{rest}"


def _known(under: Under) -> bool:
    """Whether all accounts are counted."""
    return under.accounts > 0 and under.items <= COUNTED


def _pieces(count: int) -> str:
    return f"{_many(count)} {'piece' if count == 1 else 'pieces'} of feedback"


def _accounts(count: int) -> str:
    return f"{_many(count)} {'account' if count == 1 else 'accounts'}"


def _many(count: int) -> str:
    return f"more than {COUNTED:,}" if count > COUNTED else counted(count)


def _area_input(areas: Sequence[Area], about: str | None) -> Block:
    choices = options(*((one.name, str(one.id)) for one in areas))
    known = about if about in {str(one.id) for one in areas} else None
    hint = "What gets this theme and no area of its own is about it."
    return input_select(
        "It is part of", ids.BLOCK_AREA, ids.BLOCK_AREA, choices, initial=known, optional=True, hint=hint
    )


def _readers(one: Heading) -> str:
    if one.place.startswith(("C", "G")):
        return "Only the members of the private channel where it was first written read this name."
    return "Only you read this name, and those who see what you gave it to."


def _goes_along(into: Heading) -> str:
    return (
        f"Its channels and themes go along, and {escape(into.keeper or 'nobody yet')} sorts what waits of it."
    )


def _a(which: Which) -> str:
    return "an area" if which is Which.AREA else "a theme"


def _option(feedback: Feedback) -> tuple[str, str]:
    return f"{feedback.reference} {rules.title_of(feedback.words, feedback.kind)}", str(feedback.number)
