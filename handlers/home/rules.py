"""What of Home is shown where not everything fits into what Slack takes. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from handlers.kit.blocks import Block


class Part(StrEnum):
    """The parts of Home, in the order people read them; the names are those of `HomeSections`."""

    FIRST = "first"
    BEGIN = "begin"
    NEEDS_YOU = "needs_you"
    WAITING = "waiting"
    INFORMATION = "information"
    LOOK = "look"
    PLACES = "places"
    SETTINGS = "settings"
    LAST = "last"


MOST_WANTED = (
    Part.BEGIN,
    Part.LOOK,
    Part.NEEDS_YOU,
    Part.SETTINGS,
    Part.FIRST,
    Part.WAITING,
    Part.PLACES,
    Part.INFORMATION,
    Part.LAST,
)
"""Who gets room first."""

Sections = Sequence[Sequence[Block]]


def fitting(parts: Mapping[Part, Sections], most: int) -> tuple[dict[Part, list[Block]], bool]:
    """The blocks of each part, and whether whole sections had to be left out.

    A section is shown whole or not at all, for half of one could be a question without its buttons.
    """
    shown: dict[Part, list[Block]] = {part: [] for part in Part}
    room, cut = most, False
    for part in MOST_WANTED:
        for one in parts.get(part, ()):
            if len(one) <= room:
                shown[part] += one
                room -= len(one)
            else:
                cut = True
    return shown, cut
