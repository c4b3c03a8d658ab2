"""What of Home is shown where not everything fits."""

from handlers.home.rules import Part, Sections, fitting
from handlers.home.views import page
from handlers.kit.blocks import Block, section
from handlers.kit.elements import button
from handlers.kit.limits import VIEW_BLOCKS
from handlers.kit.problems import problems
from handlers.kit.surfaces import View


def blocks(number: int, words: str = "x") -> list[Block]:
    return [section(f"{words} {at}") for at in range(number)]


def shown(view: View) -> list[Block]:
    found = view["blocks"]
    assert isinstance(found, list)
    return found


def test_what_fits_is_shown_in_its_part() -> None:
    """Nothing is left out where there is room."""
    made, cut = fitting({Part.NEEDS_YOU: [blocks(2), blocks(3)], Part.WAITING: [blocks(4)]}, 9)
    assert (len(made[Part.NEEDS_YOU]), len(made[Part.WAITING]), cut) == (5, 4, False)


def test_what_is_least_wanted_is_left_out_first_and_whole() -> None:
    """What needs me and my settings stay; a section that does not fit is not cut in two."""
    parts = {
        Part.INFORMATION: [blocks(5), blocks(3)],
        Part.SETTINGS: [blocks(3)],
        Part.NEEDS_YOU: [blocks(6)],
        Part.WAITING: [blocks(4)],
    }
    made, cut = fitting(parts, 16)
    assert cut
    assert {part.value: len(found) for part, found in made.items() if found} == {
        "needs_you": 6,
        "waiting": 4,
        "information": 3,
        "settings": 3,
    }


def test_the_fullest_page_is_one_slack_takes() -> None:
    """Every part with more than has room: a hundred blocks at most, and the page says that it is cut."""
    full: dict[Part, Sections] = {
        part: [blocks(12, f"{part} {at}") for at in range(3)]
        for part in Part
        if part not in (Part.BEGIN, Part.LOOK)
    }
    made = page([button("Capture feedback", "an.id")], [button("Find something…", "another.id")], full)
    assert problems(made, "home") == []
    assert len(shown(made)) <= VIEW_BLOCKS
    assert "Not everything has room here" in str(shown(made)[-1])
    assert "Find something…" in str(made)
    assert "needs_you 2 11" in str(made)
    assert "settings 2 11" in str(made)
    assert "last 0 0" not in str(made)


def test_the_emptiest_page_says_that_nothing_needs_you() -> None:
    """One calm sentence, and no headings over nothing."""
    made = page([], [], {})
    assert [block["type"] for block in shown(made)] == ["header", "section", "divider", "context"]
    assert "Nothing needs you now." in str(made)
