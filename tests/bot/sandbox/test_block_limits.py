"""Every number of the limits table is enforced: what is just enough passes, one more or less is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.blocks import problems_of
from bot.sandbox.blocks.rules import Surface
from bot.sandbox.limits import LEAST, LIMITS
from tests.bot.sandbox.samples import actions, button, field, modal, options, section, text

Json = dict[str, Any]
Make = Callable[[int], Any]
IMAGE = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "x"}
VIDEO = {
    "type": "video",
    "title": text("x"),
    "alt_text": "x",
    "thumbnail_url": "https://a.example/t.png",
    "video_url": "https://a.example/v",
}
CONFIRM = {"title": text("x"), "text": text("x"), "confirm": text("x"), "deny": text("x")}


def x(count: int) -> str:
    return "x" * count


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def select(**more: Any) -> Json:
    return actions({"type": "static_select", "action_id": "s", "options": options("A"), **more})


def table(rows: int, columns: int, kind: str = "table", words: str = "x", **more: Any) -> Json:
    cell = {"type": "raw_text", "text": words}
    return {"type": kind, "rows": [[cell] * columns for _ in range(rows)], **more}


def data_table(rows: int = 2, columns: int = 1, words: str = "x", **more: Any) -> Json:
    return table(rows, columns, "data_table", words, caption="x", **more)


def chart(series: int = 1, points: int = 1, label: str = "p", name: str = "s", **axis: str) -> Json:
    labels = [f"{label}{index:02d}"[-20:] if points > 1 else label for index in range(points)]
    data = [{"label": one, "value": 1} for one in labels]
    lines = [{"name": f"{index}{name}" if series > 1 else name, "data": data} for index in range(series)]
    body = {"type": "bar", "series": lines, "axis_config": {"categories": labels, **axis}}
    return {"type": "data_visualization", "title": "x", "chart": body}


def pie(segments: int = 1, title: str = "x", label: str = "x") -> Json:
    body = {"type": "pie", "segments": [{"label": label, "value": 1}] * segments}
    return {"type": "data_visualization", "title": title, "chart": body}


def rich(*inline: Json, **more: int) -> Json:
    item = {"type": "rich_text_section", "elements": list(inline) or [{"type": "text", "text": "x"}]}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [item], **more}],
    }


def container(children: int = 1, **more: Any) -> Json:
    return {"type": "container", "title": text("x"), "child_blocks": [{"type": "divider"}] * children, **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": text("x"), **more}


def element(kind: str, **more: Any) -> Json:
    return modal({"type": "input", "label": text("x"), "element": {"type": kind, "action_id": "a", **more}})


def feedback(**more: Any) -> Json:
    press = {"text": text("x"), "value": "x"}
    return {"type": "feedback_buttons", "positive_button": press, "negative_button": press, **more}


MESSAGE: dict[str, tuple[Make, str]] = {
    "message.blocks": (lambda n: [{"type": "divider"}] * n, "blocks"),
    "message.characters": (lambda n: [section(x(2000))] * (n // 2000) + [section(x(n % 2000))], "blocks"),
    "message.markdown": (lambda n: [{"type": "markdown", "text": x(n)}], "blocks[0].text"),
    "message.tables": (lambda n: [table(1, 1)] * n, "blocks"),
    "message.charts": (lambda n: [pie()] * n, "blocks"),
    "message.plans": (lambda n: [{"type": "plan", "title": "x"}] * n, "blocks"),
    "text": (lambda n: [{"type": "context", "elements": [mrkdwn(x(n))]}], "blocks[0].elements[0]"),
    "block_id": (lambda n: [{"type": "divider", "block_id": x(n)}], "blocks[0].block_id"),
    "action_id": (lambda n: [actions(button(action=x(n)))], "blocks[0].elements[0].action_id"),
    "url": (lambda n: [actions(button(url=x(n)))], "blocks[0].elements[0].url"),
    "actions.elements": (
        lambda n: [actions(*(button(action=str(i)) for i in range(n)))],
        "blocks[0].elements",
    ),
    "context.elements": (
        lambda n: [{"type": "context", "elements": [mrkdwn("x")] * n}],
        "blocks[0].elements",
    ),
    "context_actions.elements": (
        lambda n: [{"type": "context_actions", "elements": [feedback(action_id=str(i)) for i in range(n)]}],
        "blocks[0].elements",
    ),
    "header.text": (lambda n: [{"type": "header", "text": text(x(n))}], "blocks[0].text"),
    "header.level": (
        lambda n: [{"type": "header", "text": text("x"), "level": n}],
        "blocks[0].level",
    ),
    "section.text": (lambda n: [section(x(n))], "blocks[0].text"),
    "section.fields": (lambda n: [{"type": "section", "fields": [mrkdwn("x")] * n}], "blocks[0].fields"),
    "section.field": (lambda n: [{"type": "section", "fields": [mrkdwn(x(n))]}], "blocks[0].fields[0]"),
    "image.alt_text": (lambda n: [{**IMAGE, "alt_text": x(n)}], "blocks[0].alt_text"),
    "image.title": (lambda n: [{**IMAGE, "title": text(x(n))}], "blocks[0].title"),
    "video.title": (lambda n: [{**VIDEO, "title": text(x(n))}], "blocks[0].title"),
    "video.author_name": (lambda n: [{**VIDEO, "author_name": x(n)}], "blocks[0].author_name"),
    "video.description": (lambda n: [{**VIDEO, "description": text(x(n))}], "blocks[0].description"),
    "video.alt_text": (lambda n: [{**VIDEO, "alt_text": x(n)}], "blocks[0].alt_text"),
    "card.title": (lambda n: [card(title=text(x(n)))], "blocks[0].title"),
    "card.subtitle": (lambda n: [card(subtitle=text(x(n)))], "blocks[0].subtitle"),
    "card.body": (lambda n: [card(body=mrkdwn(x(n)))], "blocks[0].body"),
    "card.actions": (
        lambda n: [card(actions=[button(action=str(i)) for i in range(n)])],
        "blocks[0].actions",
    ),
    "carousel.cards": (lambda n: [{"type": "carousel", "elements": [card()] * n}], "blocks[0].elements"),
    "container.title": (lambda n: [container(title=text(x(n)))], "blocks[0].title"),
    "container.subtitle": (lambda n: [container(subtitle=text(x(n)))], "blocks[0].subtitle"),
    "container.children": (lambda n: [container(n)], "blocks[0].child_blocks"),
    "table.rows": (lambda n: [table(n, 1)], "blocks[0].rows"),
    "table.columns": (lambda n: [table(1, n)], "blocks[0].rows[0]"),
    "data_table.rows": (lambda n: [data_table(n)], "blocks[0].rows"),
    "data_table.columns": (lambda n: [data_table(2, n)], "blocks[0].rows[0]"),
    "data_table.characters": (
        lambda n: [data_table(n // 1000, 1, x(1000)) if n % 1000 == 0 else _odd_table(n)],
        "blocks[0].rows",
    ),
    "data_table.page_size": (lambda n: [data_table(page_size=n)], "blocks[0].page_size"),
    "chart.title": (lambda n: [pie(title=x(n))], "blocks[0].title"),
    "chart.segments": (lambda n: [pie(n)], "blocks[0].chart.segments"),
    "chart.series": (lambda n: [chart(series=n)], "blocks[0].chart.series"),
    "chart.points": (lambda n: [chart(points=n)], "blocks[0].chart.series[0].data"),
    "chart.label": (lambda n: [pie(label=x(n))], "blocks[0].chart.segments[0].label"),
    "chart.axis_label": (lambda n: [chart(x_label=x(n))], "blocks[0].chart.axis_config.x_label"),
    "list.indent": (lambda n: [rich(indent=n)], "blocks[0].elements[0].indent"),
    "list.border": (lambda n: [rich(border=n)], "blocks[0].elements[0].border"),
    "emoji.skin_tone": (
        lambda n: [rich({"type": "emoji", "name": "wave", "skin_tone": n})],
        "blocks[0].elements[0].elements[0].elements[0].skin_tone",
    ),
    "button.text": (lambda n: [actions(button(x(n)))], "blocks[0].elements[0].text"),
    "button.value": (lambda n: [actions(button(value=x(n)))], "blocks[0].elements[0].value"),
    "button.accessibility_label": (
        lambda n: [actions(button(accessibility_label=x(n)))],
        "blocks[0].elements[0].accessibility_label",
    ),
    "button.agent_prompt": (
        lambda n: [actions(button(agent_prompt=x(n)))],
        "blocks[0].elements[0].agent_prompt",
    ),
    "datetimepicker.initial_date_time": (
        lambda n: [actions({"type": "datetimepicker", "initial_date_time": n})],
        "blocks[0].elements[0].initial_date_time",
    ),
    "overflow.options": (
        lambda n: [actions({"type": "overflow", "options": options(*map(str, range(n)))})],
        "blocks[0].elements[0].options",
    ),
    "select.options": (
        lambda n: [select(options=options(*map(str, range(n))))],
        "blocks[0].elements[0].options",
    ),
    "select.option_groups": (
        lambda n: [select(options=None, option_groups=[{"label": text("x"), "options": options("A")}] * n)],
        "blocks[0].elements[0].option_groups",
    ),
    "select.placeholder": (lambda n: [select(placeholder=text(x(n)))], "blocks[0].elements[0].placeholder"),
    "choices.options": (
        lambda n: [actions({"type": "checkboxes", "options": options(*map(str, range(n)))})],
        "blocks[0].elements[0].options",
    ),
    "option.text": (
        lambda n: [select(options=[{"text": text(x(n)), "value": "v"}])],
        "blocks[0].elements[0].options[0].text",
    ),
    "option.value": (
        lambda n: [select(options=[{"text": text("x"), "value": x(n)}])],
        "blocks[0].elements[0].options[0].value",
    ),
    "option.description": (
        lambda n: [select(options=[{"text": text("x"), "value": "v", "description": text(x(n))}])],
        "blocks[0].elements[0].options[0].description",
    ),
    "option_group.label": (
        lambda n: [select(options=None, option_groups=[{"label": text(x(n)), "options": options("A")}])],
        "blocks[0].elements[0].option_groups[0].label",
    ),
    "confirm.title": (
        lambda n: [actions(button(confirm={**CONFIRM, "title": text(x(n))}))],
        "blocks[0].elements[0].confirm.title",
    ),
    "confirm.text": (
        lambda n: [actions(button(confirm={**CONFIRM, "text": text(x(n))}))],
        "blocks[0].elements[0].confirm.text",
    ),
    "confirm.button": (
        lambda n: [actions(button(confirm={**CONFIRM, "deny": text(x(n))}))],
        "blocks[0].elements[0].confirm.deny",
    ),
}
MODAL: dict[str, tuple[Make, str]] = {
    "view.blocks": (lambda n: modal() | {"blocks": [{"type": "divider"}] * n}, "view.blocks"),
    "view.private_metadata": (lambda n: modal(private_metadata=x(n)), "view.private_metadata"),
    "view.callback_id": (lambda n: modal(callback_id=x(n)), "view.callback_id"),
    "view.external_id": (lambda n: modal(external_id=x(n)), "view.external_id"),
    "modal.title": (lambda n: modal(title=text(x(n))), "view.title"),
    "modal.submit": (lambda n: modal(submit=text(x(n))), "view.submit"),
    "modal.close": (lambda n: modal(close=text(x(n))), "view.close"),
    "input.label": (lambda n: modal(field(x(n))), "view.blocks[0].label"),
    "input.hint": (lambda n: modal({**field(), "hint": text(x(n))}), "view.blocks[0].hint"),
    "input.value": (lambda n: modal(field(initial_value=x(n))), "view.blocks[0].element.initial_value"),
    "input.min_length": (lambda n: modal(field(min_length=n)), "view.blocks[0].element.min_length"),
    "input.max_length": (lambda n: modal(field(max_length=n)), "view.blocks[0].element.max_length"),
    "rich_text_input.lines": (
        lambda n: element("rich_text_input", max_lines=n),
        "view.blocks[0].element.max_lines",
    ),
    "file_input.files": (lambda n: element("file_input", max_files=n), "view.blocks[0].element.max_files"),
}
CASES: list[tuple[str, Surface, Make, str]] = [
    *((key, "message", make, path) for key, (make, path) in MESSAGE.items()),
    *((key, "modal", make, path) for key, (make, path) in MODAL.items()),
]


def _odd_table(count: int) -> Json:
    cells = [[{"type": "raw_text", "text": x(1000)}] for _ in range(count // 1000)]
    return {**data_table(), "rows": [*cells, [{"type": "raw_text", "text": x(count % 1000)}]]}


@pytest.mark.parametrize(("key", "surface", "make", "path"), CASES, ids=[case[0] for case in CASES])
def test_a_limit_passes_and_one_more_is_refused(key: str, surface: Surface, make: Make, path: str) -> None:
    """The value at the limit is fine; one more is refused with the path and both numbers."""
    limit = LIMITS[key]
    assert problems_of(surface, make(limit)) == []
    found = problems_of(surface, make(limit + 1))
    assert found
    assert any(problem.startswith(f"{path}: {limit + 1} ") and str(limit) in problem for problem in found)


WITH_A_LEAST = [case for case in CASES if LEAST.get(case[0], 1) > 0]


@pytest.mark.parametrize(("key", "surface", "make", "path"), WITH_A_LEAST, ids=[c[0] for c in WITH_A_LEAST])
def test_the_least_passes_and_one_less_is_refused(key: str, surface: Surface, make: Make, path: str) -> None:
    """Nothing where something is needed, or one row too few, is refused where it is missing."""
    least = LEAST.get(key, 1)
    assert problems_of(surface, make(least)) == []
    assert any(problem.startswith(f"{path}: ") for problem in problems_of(surface, make(least - 1)))


def test_a_problem_is_told_as_one_would_wish() -> None:
    """The sentence says which element of which block, what it has and what is allowed."""
    blocks = [section(), section(), actions(button("x" * 80))]
    assert problems_of("message", blocks) == ["blocks[2].elements[0].text: 80 characters, 75 allowed"]
