"""What admins see of the functions: all of them, and one with what it has and what can be done. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.functions import ids
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.counting import counted
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape
from handlers.kit.surfaces import View, modal
from handlers.launches.shown import together
from storage.functions.values import Function
from storage.launches.values import OpenParts
from storage.values import FunctionId

NOT_ADMIN = "Only an admin can say which functions there are, and what they are called."
SEEN = "Counted of launches and blockers is what you can see."


@dataclass(frozen=True, slots=True)
class Looked:
    """A function with who works in it, what is open of it as far as somebody may see, and what counts under it.

    `ready` is what it has to have ready for new launches.
    """

    function: Function
    people: int
    open: OpenParts
    blockers: int
    parts: tuple[Function, ...] = ()
    ready: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called, as it stands in a sentence."""
        return escape(self.function.name)


def every(those: Sequence[Function], people: Mapping[FunctionId, int]) -> View:
    """All functions; what counts under another one stands with that."""
    wholes = sorted((one for one in those if one.part_of is None), key=lambda one: one.retired)
    rows = [
        _row(one, people.get(one.id, 0), [each.name for each in those if each.part_of == one.id])
        for one in wholes
    ]
    return modal("Functions", [*rows, actions(button("Add a function…", ids.ADD))], close="Done")


def one(looked: Looked, said: str = "") -> View:
    """One function, and what can be done with it."""
    retired = [context("It is retired: nobody is asked as it any more.")] if looked.function.retired else []
    return modal(
        "Function",
        [
            *([context(said)] if said else []),
            section(f"*{looked.name}*\n{stands(looked)}"),
            *retired,
            *[_part(each) for each in looked.parts],
            *([context(_ready(looked.ready))] if looked.ready else []),
            actions(*_deeds(looked.function)),
            actions(button("All functions", ids.ALL)),
            context(SEEN),
        ],
        close="Done",
    )


def stands(looked: Looked) -> str:
    """`3 people work in it. It has 5 open items and 1 open vote in 2 planned launches. 1 blocker waits on it`."""
    people = f"{counted(looked.people, 'person works', 'people work')} in it."
    return " ".join([people if looked.people else "Nobody I know works in it.", *_open(looked)])


def items(found: OpenParts) -> str:
    """`5 open items and 1 open vote in 2 planned launches`."""
    votes = [counted(found.votes, "open vote", "open votes")] if found.votes else []
    has = together([counted(found.items, "open item", "open items"), *votes])
    return f"{has} in {counted(found.launches, 'planned launch', 'planned launches')}"


# ---------------------------------------------------------------------------------------------------------


def _row(function: Function, people: int, parts: Sequence[str]) -> Block:
    retired = " · retired" if function.retired else ""
    work = counted(people, "person", "people") if people else "Nobody I know"
    under = (
        f" · {escape(together(parts))} {'counts' if len(parts) == 1 else 'count'} under it" if parts else ""
    )
    show = button(
        "Open", f"{ids.ONE}:{function.id}", function.id, accessibility_label=f"Open {function.name}"
    )
    return section(f"*{escape(function.name)}*{retired}\n{work}{under}", show)


def _part(part: Function) -> Block:
    apart = button(
        "Take apart",
        f"{ids.APART}:{part.id}",
        part.id,
        accessibility_label=f"{part.name} stands for itself again",
    )
    return section(f"*{escape(part.name)}* counts under it", apart)


def _open(looked: Looked) -> Iterator[str]:
    blockers = f"{counted(looked.blockers, 'blocker waits', 'blockers wait')} on it."
    if looked.open.launches:
        yield f"It has {items(looked.open)}."
    if looked.blockers:
        yield blockers


def _ready(titles: Sequence[str]) -> str:
    return f"For new launches it has ready: {escape('; '.join(titles))}."


def _deeds(function: Function) -> Iterator[Element]:
    def press(words: str, action: str) -> Element:
        does = f"{words.strip('…')} {function.name}"
        return button(words, action, function.id, accessibility_label=does)

    yield press("Rename…", ids.NAME)
    yield press("Merge…", ids.MERGE)
    if function.retired:
        yield press("Use it again", ids.USE_AGAIN)
    else:
        yield press("Split…", ids.SPLIT)
        yield press("Retire…", ids.RETIRE)
