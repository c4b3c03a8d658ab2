"""The blocks views are made of. None of these can be one that Slack refuses.

Text called `mrkdwn` is our own sentence with people's words escaped (`handlers/kit/mrkdwn.py`); all other
text is shown as it is. Words that are too long are shortened with …; an empty label, a long id or too many
parts are a programmer's mistake and a ValueError.
"""

from collections.abc import Sequence

from handlers.kit import limits
from handlers.kit.elements import Element, select
from handlers.kit.mrkdwn import one_line
from handlers.kit.objects import Json, bounded, counted, distinct, label, mrkdwn_text, plain_text
from handlers.kit.shortening import ELLIPSIS, shorten, split

Block = Json


def header(text: str) -> Block:
    """A large title."""
    return {"type": "header", "text": label(text, limits.HEADER)}


def section(mrkdwn: str, accessory: Element | None = None, block_id: str | None = None) -> Block:
    """A paragraph, if need be with a button or menu at its right."""
    made: Block = {"type": "section", "text": mrkdwn_text(mrkdwn)} | _id(block_id)
    return made | ({"accessory": accessory} if accessory else {})


def fields(*mrkdwn: str, block_id: str | None = None) -> Block:
    """Up to ten short paragraphs in two columns."""
    texts = [mrkdwn_text(text, limits.FIELD) for text in mrkdwn]
    return {"type": "section", "fields": counted("fields", texts, limits.FIELDS)} | _id(block_id)


def plain(words: str, limit: int = limits.PLAIN_WORDS) -> list[Block]:
    """People's own words as they typed them, over as many sections as they need; none for no words."""
    parts = split(shorten(words.strip(), limit), limits.TEXT)
    return [{"type": "section", "text": plain_text(part)} for part in parts]


def quote(words: str, limit: int = limits.QUOTE_WORDS) -> Block:
    """People's own words, marked as a quotation."""
    return _rich_text("rich_text_quote", {"type": "text", "text": shorten(words.strip(), limit) or ELLIPSIS})


def preformatted(words: str, limit: int = limits.QUOTE_WORDS) -> Block:
    """Text to be copied as it is, in a fixed width."""
    kept = shorten(words.strip(), limit) or ELLIPSIS
    return _rich_text("rich_text_preformatted", {"type": "text", "text": kept})


def headline(words: str) -> Block:
    """The first line of a message, in bold; `surfaces.message` puts it there."""
    text = label(words, limits.HEADLINE)["text"]
    return _rich_text("rich_text_section", {"type": "text", "text": text, "style": {"bold": True}})


def context(*mrkdwn: str) -> Block:
    """Small print: who, when, where from."""
    texts = [mrkdwn_text(text) for text in mrkdwn]
    return {"type": "context", "elements": counted("context", texts, limits.CONTEXT_ELEMENTS)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def bars(title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Block:
    """A bar chart: for each label a bar of each named series. Its finding stands above it, as a sentence."""
    points = [shorten(one_line(one), limits.CHART_LABEL) for one in labels]
    if not 1 <= len(points) <= limits.CHART_POINTS or len(set(points)) < len(points):
        raise ValueError(f"A chart has 1 to {limits.CHART_POINTS} labels, each once.")
    drawn = [_series(name, points, values) for name, values in series]
    distinct("name", drawn)
    chart = {
        "type": "bar",
        "series": counted("series", drawn, limits.CHART_SERIES),
        "axis_config": {"categories": points},
    }
    return {
        "type": "data_visualization",
        "title": shorten(one_line(title), limits.CHART_TITLE),
        "chart": chart,
    }


def actions(*elements: Element, block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    distinct("action_id", elements)
    return {"type": "actions", "elements": counted("actions", elements, limits.ACTIONS_ELEMENTS)} | _id(
        block_id
    )


def input_text(
    text: str,
    action_id: str,
    block_id: str,
    *,
    multiline: bool = False,
    initial: str | None = None,
    max_length: int = limits.INPUT,
    optional: bool = False,
    placeholder: str | None = None,
    hint: str | None = None,
) -> Block:
    """A field to type into, under the label `text`."""
    if not 1 <= max_length <= limits.INPUT:
        raise ValueError(f"An input holds 1 to {limits.INPUT} characters.")
    element: Element = {
        "type": "plain_text_input",
        "action_id": bounded("action_id", action_id, limits.ID),
        "multiline": multiline,
        "max_length": max_length,
    }
    if initial:
        element["initial_value"] = shorten(initial, max_length)
    if placeholder:
        element["placeholder"] = label(placeholder, limits.PLACEHOLDER)
    return input_of(text, element, block_id, optional=optional, hint=hint)


def input_select(
    text: str,
    action_id: str,
    block_id: str,
    options: Sequence[Json],
    *,
    initial: str | None = None,
    optional: bool = False,
    placeholder: str | None = None,
    hint: str | None = None,
    tells: bool = False,
) -> Block:
    """A menu to choose one option from, under the label `text`; with `tells` we hear of the choice at once."""
    chosen = select(action_id, options, initial, placeholder)
    made = input_of(text, chosen, block_id, optional=optional, hint=hint)
    return made | ({"dispatch_action": True} if tells else {})


def input_of(
    text: str, element: Element, block_id: str, *, optional: bool = False, hint: str | None = None
) -> Block:
    """Any element to fill in, under the label `text`; `handlers/kit/pickers.py` has more of them."""
    made: Block = {
        "type": "input",
        "label": label(text, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    return made | _id(block_id) | ({"hint": label(hint, limits.HINT)} if hint else {})


# ---------------------------------------------------------------------------------------------------------


def _series(name: str, labels: Sequence[str], values: Sequence[int]) -> Json:
    data = [{"label": one, "value": value} for one, value in zip(labels, values, strict=True)]
    return {"name": shorten(one_line(name), limits.CHART_LABEL), "data": data}


def _rich_text(kind: str, *elements: Json) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def _id(block_id: str | None) -> Json:
    return {} if block_id is None else {"block_id": bounded("block_id", block_id, limits.ID)}
