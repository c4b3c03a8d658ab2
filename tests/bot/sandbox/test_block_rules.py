"""What is wrong with a block besides its size."""

from typing import Any

import pytest

from bot.sandbox.blocks import check_attachments, check_home, check_message, check_modal, problems_of
from tests.bot.sandbox.samples import actions, button, field, modal, options, section, text

Json = dict[str, Any]
DATE = {"type": "datepicker", "action_id": "d", "initial_date": "2026-02-30"}
SELECT = {"type": "static_select", "action_id": "s", "options": options("Yes", "No")}


def chart(*names: str, kind: str = "bar", value: Any = 1, categories: list[str] | None = None) -> Json:
    series = [{"name": name, "data": [{"label": "w1", "value": value}]} for name in names]
    body = {"type": kind, "series": series, "axis_config": {"categories": categories or ["w1"]}}
    return {"type": "data_visualization", "title": "x", "chart": body}


REFUSED_IN_MESSAGES: list[tuple[str, list[Any], str]] = [
    ("unknown block", [{"type": "banner"}], "blocks[0]: there is no block 'banner'"),
    ("not an object", ["hello"], "blocks[0]: there is no block None"),
    ("unknown key", [section(colour="red")], "blocks[0]: there is no 'colour' here"),
    ("empty text", [section("")], "blocks[0].text: must not be empty"),
    ("missing text", [{"type": "section"}], "blocks[0]: at least one of text, fields is needed"),
    (
        "mrkdwn in a header",
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "blocks[0].text.type: 'mrkdwn' is not one of plain_text",
    ),
    (
        "unknown element",
        [actions({"type": "slider"})],
        "blocks[0].elements[0]: there is no element 'slider' in a block of type actions",
    ),
    (
        "input element in actions",
        [actions({"type": "plain_text_input"})],
        "blocks[0].elements[0]: there is no element 'plain_text_input' in a block of type actions",
    ),
    (
        "alert in a message",
        [{"type": "alert", "text": text("x")}],
        "blocks[0]: a alert cannot stand in a message",
    ),
    (
        "same block id twice",
        [section(block_id="a"), section(block_id="a")],
        "blocks: the block_id 'a' is used 2 times",
    ),
    (
        "same action id twice",
        [actions(button(), button())],
        "blocks[0]: the action_id 'press' is used 2 times",
    ),
    (
        "initial option not offered",
        [actions({**SELECT, "initial_option": options("Maybe")[0]})],
        "blocks[0].elements[0]: the initial option is not exactly one of the options",
    ),
    (
        "options and groups",
        [actions({**SELECT, "option_groups": [{"label": text("x"), "options": options("A")}]})],
        "blocks[0].elements[0]: exactly one of options, option_groups is needed",
    ),
    ("no such day", [actions(DATE)], "blocks[0].elements[0].initial_date: '2026-02-30' is not a date"),
    (
        "image without a source",
        [{"type": "image", "alt_text": "x"}],
        "blocks[0]: exactly one of image_url, slack_file is needed",
    ),
    (
        "unknown style",
        [actions(button(style="green"))],
        "blocks[0].elements[0].style: 'green' is not one of primary, danger",
    ),
    (
        "nested container",
        [
            {
                "type": "container",
                "title": text("x"),
                "child_blocks": [{"type": "container", "title": text("x"), "child_blocks": [section()]}],
            }
        ],
        "blocks[0].child_blocks[0]: a container cannot stand inside this block",
    ),
    (
        "uneven data table",
        [
            {
                "type": "data_table",
                "caption": "x",
                "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_text", "text": "b"}] * 2],
            }
        ],
        "blocks[0].rows: rows of different lengths: [1, 2]",
    ),
    (
        "empty slice",
        [
            {
                "type": "data_visualization",
                "title": "x",
                "chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]},
            }
        ],
        "blocks[0].chart.segments[0].value: 0 is not more than 0",
    ),
    (
        "two series of one name",
        [chart("a", "a")],
        "blocks[0].chart.series: two series have the same name",
    ),
    (
        "points that are not the categories",
        [chart("a", categories=["w2"])],
        "blocks[0].chart.series[0].data: the labels are not the axis categories",
    ),
    ("a chart nobody knows", [chart("a", kind="radar")], "blocks[0].chart: there is no chart 'radar' here"),
    (
        "a value in words",
        [chart("a", value="12")],
        "blocks[0].chart.series[0].data[0].value: must be a number",
    ),
    ("no buttons", [actions()], "blocks[0].elements: 0 elements, at least 1 needed"),
]


@pytest.mark.parametrize(
    ("blocks", "problem"), [c[1:] for c in REFUSED_IN_MESSAGES], ids=[c[0] for c in REFUSED_IN_MESSAGES]
)
def test_a_message_with_this_is_refused(blocks: list[Json], problem: str) -> None:
    """Each mistake is found and named where it is."""
    found = check_message(blocks)
    assert len(found) == 1
    assert found[0].startswith(problem)


REFUSED_VIEWS: list[tuple[str, Json, str]] = [
    (
        "input without submit",
        {k: v for k, v in modal().items() if k != "submit"},
        "view: a modal with an input block needs submit",
    ),
    ("no title", {k: v for k, v in modal().items() if k != "title"}, "view: title is missing"),
    ("no blocks", {**modal(), "blocks": []}, "view.blocks: 0 blocks, at least 1 needed"),
    ("chart", modal(chart("a")), "view.blocks[0]: a data_visualization cannot stand in a modal"),
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


def test_attachments_are_looked_into() -> None:
    """Blocks inside attachments are checked like any others."""
    assert check_attachments([{"text": "x", "blocks": [section("")]}]) == [
        "attachments[0].blocks[0].text: must not be empty"
    ]
    assert check_attachments([{"sparkle": 1}]) == ["attachments[0]: there is no 'sparkle' here"]


def test_usual_messages_modals_and_homes_pass() -> None:
    """The checks do not get in the way of what works in Slack."""
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_quote",
                "elements": [
                    {"type": "user", "user_id": "U0MAYA"},
                    {"type": "text", "text": "hi", "style": {"bold": True}},
                ],
            }
        ],
    }
    image = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a cat"}
    context = {"type": "context", "elements": [image, {"type": "mrkdwn", "text": "by *Maya*"}]}
    menu = {"type": "multi_users_select", "action_id": "who", "placeholder": text("Who?")}
    blocks = [section(accessory=button()), rich, context, {"type": "divider"}, actions(SELECT, button())]
    assert problems_of("message", {"text": "x", "blocks": blocks}) == []
    assert problems_of("home", {"type": "home", "blocks": blocks}) == []
    assert problems_of("modal", modal(field(multiline=True), section(accessory=menu), *blocks[1:])) == []
