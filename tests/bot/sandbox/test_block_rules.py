"""What is wrong with a block besides its size."""

from typing import Any

import pytest

from bot.sandbox.blocks import check_attachments, check_message, problems_of
from tests.bot.sandbox.samples import actions, button, field, modal, options, section, text

Json = dict[str, Any]
DATE = {"type": "datepicker", "action_id": "d", "initial_date": "2026-02-30"}
SELECT = {"type": "static_select", "action_id": "s", "options": options("Yes", "No")}


def chart(*names: str, kind: str = "bar", value: Any = 1, categories: list[str] | None = None) -> Json:
    series = [{"name": name, "data": [{"label": "w1", "value": value}]} for name in names]
    body = {"type": kind, "series": series, "axis_config": {"categories": categories or ["w1"]}}
    return {"type": "data_visualization", "title": "x", "chart": body}


CELL = {"type": "raw_text", "text": "x"}
VIDEO = {
    "type": "video",
    "title": text("x"),
    "alt_text": "x",
    "thumbnail_url": "https://a.example/t.png",
    "video_url": "https://a.example/v",
}


def rich(words: str) -> Json:
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [part]}


RICH = rich("x")


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": text("x"), "child_blocks": list(children), **more}


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
    (
        "a file",
        [{"type": "file", "external_id": "x", "source": "remote"}],
        "blocks[0]: a file only comes from Slack, it cannot be sent",
    ),
    (
        "a workflow's button that starts none",
        [actions({"type": "workflow_button", "text": text("x"), "workflow": {}})],
        "blocks[0].elements[0].workflow: trigger is missing",
    ),
    (
        "a response URL asked for outside a form",
        [actions({"type": "channels_select", "response_url_enabled": True})],
        "blocks[0].elements[0]: response_url_enabled only works in an input block of a modal",
    ),
    (
        "a video that is not on https",
        [VIDEO | {"video_url": "http://a.example/v"}],
        "blocks[0].video_url: must begin with https://",
    ),
    (
        "a card with nothing to say",
        [{"type": "card", "subtitle": text("x")}],
        "blocks[0]: at least one of hero_image, title, actions, body is needed",
    ),
    (
        "folded but not foldable",
        [container(section(), default_collapsed=True)],
        "blocks[0]: default_collapsed needs is_collapsible",
    ),
    (
        "the same block id inside",
        [section(block_id="a"), container(section(block_id="a"))],
        "blocks: the block_id 'a' is used 2 times",
    ),
    (
        "the same action id inside",
        [container(actions(button(), button()))],
        "blocks[0].child_blocks[0]: the action_id 'press' is used 2 times",
    ),
    (
        "a table beside one that is folded away",
        [
            container({"type": "table", "rows": [[CELL]]}),
            {"type": "data_table", "caption": "x", "rows": [[CELL]] * 2},
        ],
        "blocks: 2 data tables, 1 allowed in a message",
    ),
    (
        "formatted names of columns",
        [{"type": "data_table", "caption": "x", "rows": [[RICH], [CELL]]}],
        "blocks[0].rows[0][0]: there is no header cell 'rich_text' here",
    ),
    (
        "formatted cells that say too much",
        [{"type": "data_table", "caption": "x", "rows": [[CELL], *[[rich("x" * 2500)]] * 5]}],
        "blocks[0].rows: 12501 characters in all cells, 10000 allowed",
    ),
    (
        "a main column that is not there",
        [{"type": "data_table", "caption": "x", "rows": [[CELL]] * 2, "row_header_column_index": 1}],
        "blocks[0].row_header_column_index: there is no column 1 in 1",
    ),
    (
        "a negative count",
        [actions({"type": "external_select", "min_query_length": -1})],
        "blocks[0].elements[0].min_query_length: -1 is less than 0",
    ),
    (
        "a picture from two places",
        [{"type": "image", "alt_text": "x", "image_url": "https://a.example/x", "slack_file": {"id": "F1"}}],
        "blocks[0]: exactly one of image_url, slack_file is needed",
    ),
    (
        "a file by two names",
        [{"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": "https://a.example/x"}}],
        "blocks[0].slack_file: exactly one of id, url is needed",
    ),
    (
        "an icon nobody drew",
        [
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "heart", "text": text("x")}],
            }
        ],
        "blocks[0].elements[0].icon: 'heart' is not one of trash",
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


def test_attachments_are_looked_into() -> None:
    """Blocks inside attachments are checked like any others."""
    assert check_attachments([{"text": "x", "blocks": [section("")]}]) == [
        "attachments[0].blocks[0].text: must not be empty"
    ]
    table = {"type": "table", "rows": [[CELL]]}
    assert check_attachments([{"blocks": [table]}]) == []
    assert check_attachments([{"blocks": [table]}], [table]) == [
        "attachments: 2 data tables, 1 allowed in a message"
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
