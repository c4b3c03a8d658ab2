"""What is wrong with a modal or a Home tab besides its size."""

from typing import Any

import pytest

from bot.sandbox.blocks import check_home, check_modal
from tests.bot.sandbox.samples import field, modal, section, text

Json = dict[str, Any]
PIE = {
    "type": "data_visualization",
    "title": "x",
    "chart": {"type": "pie", "segments": [{"label": "x", "value": 1}]},
}


def number(**more: Any) -> Json:
    return {"type": "input", "label": text("x"), "element": {"type": "number_input", **more}}


file = {"type": "input", "label": text("x"), "element": {"type": "file_input"}}
REFUSED_VIEWS: list[tuple[str, Json, str]] = [
    (
        "input without submit",
        {k: v for k, v in modal().items() if k != "submit"},
        "view: a modal with an input block needs submit",
    ),
    ("no title", {k: v for k, v in modal().items() if k != "title"}, "view: title is missing"),
    ("no blocks", {**modal(), "blocks": []}, "view.blocks: 0 blocks, at least 1 needed"),
    ("chart", modal(PIE), "view.blocks[0]: a data_visualization cannot stand in a modal"),
    (
        "markdown",
        modal({"type": "markdown", "text": "x"}),
        "view.blocks[0]: a markdown cannot stand in a modal",
    ),
    (
        "two focused",
        modal(field(focus_on_load=True), field(block="b", focus_on_load=True)),
        "view: 2 elements with focus_on_load, 1 allowed",
    ),
    (
        "number without decimals said",
        modal({"type": "input", "label": text("x"), "element": {"type": "number_input"}}),
        "view.blocks[0].element: is_decimal_allowed is missing",
    ),
    (
        "more than the most",
        modal(field(min_length=9, max_length=5)),
        "view.blocks[0].element: min_length is more than max_length",
    ),
    (
        "a fraction of a person",
        modal(number(is_decimal_allowed=False, initial_value="1.5")),
        "view.blocks[0].element: 1.5 is a decimal, and is_decimal_allowed is false",
    ),
    (
        "numbers that end before they begin",
        modal(number(is_decimal_allowed=True, min_value="10", max_value="9.5")),
        "view.blocks[0].element: min_value is more than max_value",
    ),
    (
        "a file told at once",
        modal(file | {"dispatch_action": True}),
        "view.blocks[0]: dispatch_action does not go with a file_input",
    ),
    ("card", modal({"type": "card", "title": text("x")}), "view.blocks[0]: a card cannot stand in a modal"),
    (
        "a Home tab",
        {"type": "home", "blocks": [section()], "title": text("x")},
        "view.type: 'home' is not one of modal",
    ),
    (
        "table",
        modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}),
        "view.blocks[0]: a table cannot stand in a modal",
    ),
]


@pytest.mark.parametrize(
    ("view", "problem"), [c[1:] for c in REFUSED_VIEWS], ids=[c[0] for c in REFUSED_VIEWS]
)
def test_a_modal_with_this_is_refused(view: Json, problem: str) -> None:
    """Each mistake is found and named where it is."""
    assert problem in check_modal(view)


def test_a_home_tab_has_no_title_and_takes_no_email_input() -> None:
    """What only modals may have is refused in a Home tab."""
    email = {"type": "input", "label": text("x"), "element": {"type": "email_text_input"}}
    assert check_home({"type": "home", "blocks": [section()], "title": text("x")}) == [
        "view: there is no 'title' here"
    ]
    assert check_home({"type": "home", "blocks": [email]}) == [
        "view.blocks[0].element: a email_text_input cannot stand in a home"
    ]
