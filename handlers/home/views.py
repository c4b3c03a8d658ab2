"""Home: what needs me, what I wait for, what there is to know, where Throughline listens, my settings."""

from collections.abc import Mapping, Sequence

from handlers.home.rules import Part, Sections, fitting
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, divider, header, section
from handlers.kit.elements import Element
from handlers.kit.surfaces import View, home

TITLES = {
    Part.NEEDS_YOU: "Needs you",
    Part.WAITING: "Waiting for others",
    Part.INFORMATION: "For information",
    Part.LOOK: "Look something up",
    Part.PLACES: "Where Throughline listens",
    Part.SETTINGS: "My settings",
}
NOTHING_NEEDED = "Nothing needs you now."
FOOT = "`/throughline help` shows every command, and you can always just write to me under *Messages*."
ONLY_YOU = "Only you see this page."
CUT = "Not everything has room here; *Look something up* leads to the rest."
AROUND = 2 * len(Part) + 4
"""Blocks at most for titles, lines between the parts and the foot."""


def page(begin: Sequence[Element], look: Sequence[Element], parts: Mapping[Part, Sections]) -> View:
    """The whole page, at most what Slack takes; what there is to `begin` and to `look` at is a row of buttons each."""
    rows = {part: [[actions(*row)]] for part, row in ((Part.BEGIN, begin), (Part.LOOK, look)) if row}
    needed: Sections = parts.get(Part.NEEDS_YOU) or [[section(NOTHING_NEEDED)]]
    shown, cut = fitting({**parts, **rows, Part.NEEDS_YOU: needed}, limits.VIEW_BLOCKS - AROUND)
    blocks: list[Block] = []
    for part in Part:
        if shown[part]:
            blocks += [*_line(blocks, part), *_title(part), *shown[part]]
    foot = f"{CUT} {FOOT} {ONLY_YOU}" if cut else f"{FOOT} {ONLY_YOU}"
    return home([*blocks, divider(), context(foot)])


def _title(part: Part) -> list[Block]:
    return [header(TITLES[part])] if part in TITLES else []


def _line(before: Sequence[Block], part: Part) -> list[Block]:
    """Between parts, but not between the buttons and what they stand above."""
    return [divider()] if before and part is not Part.NEEDS_YOU else []
