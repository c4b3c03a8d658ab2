"""Says what Slack would refuse in a whole payload; every view's examples go through it.

It reads finished payloads and knows nothing of the builders. A block or element it has no rule for is a
problem too, so that a new kind gets its rule here first.
"""

from collections.abc import Mapping
from typing import Literal

from handlers.kit import limits
from handlers.kit.mrkdwn import typed
from handlers.kit.shapes import (
    Found,
    Rule,
    among,
    both,
    list_of,
    many,
    number,
    one_of,
    shape,
    string,
    text_of,
    twice,
)
from handlers.kit.shortening import length
from handlers.kit.words import readable, words_of

Surface = Literal["message", "modal", "home"]


def problems(payload: Mapping[str, object], surface: Surface) -> list[str]:
    """Each thing Slack would refuse and its place in the payload; none where it is sound."""
    blocks = list_of(payload.get("blocks"))
    found = [*_SURFACES[surface](surface, payload), *twice("block_id", blocks, surface)]
    if surface == "message":
        found += _message(payload, blocks)
    if surface == "modal" and "submit" not in payload and any(_kind(block) == "input" for block in blocks):
        found.append("modal: inputs need a submit button")
    charts = sum(_kind(block) == "data_visualization" for block in blocks)
    if charts > (limits.MESSAGE_CHARTS if surface == "message" else 0):
        found.append(f"{surface}: {charts} charts")
    return found


def _message(payload: Mapping[str, object], blocks: list[object]) -> Found:
    spoken = sum(map(_spoken, blocks))
    if spoken > limits.MESSAGE_WORDS:
        yield f"message: {spoken} characters over all blocks, {limits.MESSAGE_WORDS} fit"
    first = words_of({"blocks": blocks[:1]})
    text = text_of(payload.get("text"))
    if not any(typed(said).startswith(typed(first)) for said in (readable(text), text)):
        yield f"message: text and blocks must begin alike, with {first!r}"


def _spoken(value: object) -> int:
    if isinstance(value, Mapping):
        return sum(
            _spoken(inner) for name, inner in value.items() if name not in {"type", "block_id", "action_id"}
        )
    return sum(map(_spoken, list_of(value))) + length(text_of(value))


def _kind(block: object) -> object:
    return block.get("type") if isinstance(block, Mapping) else None


_SWITCH = among(True, False)
_STYLE = among("primary", "danger")
_ID = string(limits.ID)


def _plain(most: int) -> Rule:
    return one_of({"plain_text": shape({"text!": string(most), "emoji": _SWITCH})})


def _text(most: int) -> Rule:
    # Without verbatim Slack looks for names, channels and addresses in people's words.
    mrkdwn = shape({"text!": string(most), "verbatim!": among(True)})
    return one_of({"plain_text": shape({"text!": string(most), "emoji": _SWITCH}), "mrkdwn": mrkdwn})


def _block(parts: Mapping[str, Rule]) -> Rule:
    return shape({"block_id": _ID, **parts})


def _element(parts: Mapping[str, Rule]) -> Rule:
    return shape({"action_id!": _ID, "confirm": _CONFIRM, **parts})


def _says_something(where: str, section: object) -> Found:
    if isinstance(section, Mapping) and not {"text", "fields"} & section.keys():
        yield f"{where}: needs text or fields"


def _begins_with_an_option(where: str, select: object) -> Found:
    if not isinstance(select, Mapping) or "initial_option" not in select:
        return
    if select["initial_option"] not in list_of(select.get("options")):
        yield f"{where}: initial_option is none of the options"


def _begins_with_options(where: str, select: object) -> Found:
    chosen = list_of(select.get("initial_options")) if isinstance(select, Mapping) else []
    offered = list_of(select.get("options")) if isinstance(select, Mapping) else []
    if any(one not in offered for one in chosen):
        yield f"{where}: one of initial_options is none of the options"


def _fits_its_axis(where: str, chart: object) -> Found:
    if not isinstance(chart, Mapping) or not isinstance(chart.get("axis_config"), Mapping):
        return
    series = [one for one in list_of(chart.get("series")) if isinstance(one, Mapping)]
    yield from twice("name", series, where)
    for at, one in enumerate(series):
        labels = [point.get("label") for point in list_of(one.get("data")) if isinstance(point, Mapping)]
        if labels != chart["axis_config"].get("categories"):
            yield f"{where}.series[{at}]: its labels are not those of the axis"


_OPTION = shape(
    {
        "text!": _plain(limits.OPTION),
        "value!": string(limits.OPTION_VALUE),
        "description": _plain(limits.OPTION_DESCRIPTION),
    }
)
_CONFIRM = shape(
    {
        "title!": _plain(limits.CONFIRM_TITLE),
        "text!": _plain(limits.CONFIRM_TEXT),
        "confirm!": _plain(limits.CONFIRM_BUTTON),
        "deny!": _plain(limits.CONFIRM_BUTTON),
        "style": _STYLE,
    }
)
_BUTTON = _element(
    {
        "text!": _plain(limits.BUTTON),
        "value": string(limits.BUTTON_VALUE),
        "url": string(limits.BUTTON_URL),
        "style": _STYLE,
        "accessibility_label": string(limits.BUTTON),
    }
)
_SELECT = _element(
    {
        "options!": many(limits.SELECT_OPTIONS, _OPTION),
        "initial_option": _OPTION,
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_TEXT_INPUT = _element(
    {
        "multiline": _SWITCH,
        "max_length": number(1, limits.INPUT),
        "initial_value": string(limits.INPUT),
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_PERSON = _element({"initial_user": string(limits.ID), "placeholder": _plain(limits.PLACEHOLDER)})
_PEOPLE = _element(
    {
        "initial_users": many(limits.SELECT_OPTIONS, string(limits.ID)),
        "max_selected_items": number(1, limits.SELECT_OPTIONS),
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_SEVERAL = _element(
    {
        "options!": many(limits.SELECT_OPTIONS, _OPTION),
        "initial_options": many(limits.SELECT_OPTIONS, _OPTION),
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_DAY = _element({"initial_date": string(10), "placeholder": _plain(limits.PLACEHOLDER)})
_WHERE = shape(
    {
        "include": many(4, among("public", "private", "im", "mpim")),
        "exclude_external_shared_channels": _SWITCH,
    }
)
_CHANNEL = _element(
    {
        "initial_conversation": string(limits.ID),
        "filter": _WHERE,
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_CHANNELS = _element(
    {
        "initial_conversations": many(limits.SELECT_OPTIONS, string(limits.ID)),
        "max_selected_items": number(1, limits.SELECT_OPTIONS),
        "filter": _WHERE,
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_CLOCK = _element({"initial_time": string(5), "placeholder": _plain(limits.PLACEHOLDER)})
_FOUND = _element(
    {
        "initial_option": _OPTION,
        "min_query_length": number(0, 10),
        "placeholder": _plain(limits.PLACEHOLDER),
    }
)
_MENU = both(_SELECT, _begins_with_an_option)
_OVERFLOW = _element({"options!": many(limits.OVERFLOW_OPTIONS, _OPTION)})
_PRESSED = one_of({"button": _BUTTON, "static_select": _MENU, "overflow": _OVERFLOW, "datepicker": _DAY})
_FILLED_IN = one_of(
    {
        "plain_text_input": _TEXT_INPUT,
        "static_select": _MENU,
        "multi_static_select": both(_SEVERAL, _begins_with_options),
        "users_select": _PERSON,
        "multi_users_select": _PEOPLE,
        "conversations_select": _CHANNEL,
        "multi_conversations_select": _CHANNELS,
        "datepicker": _DAY,
        "timepicker": _CLOCK,
        "external_select": _FOUND,
    }
)

_RICH_WORDS = shape({"text!": string(limits.MESSAGE_WORDS), "style": shape({"bold": _SWITCH})})
_PARAGRAPH = shape({"elements!": many(limits.RICH_ELEMENTS, one_of({"text": _RICH_WORDS}))})
_PARAGRAPHS = many(
    limits.RICH_ELEMENTS,
    one_of(
        {"rich_text_section": _PARAGRAPH, "rich_text_quote": _PARAGRAPH, "rich_text_preformatted": _PARAGRAPH}
    ),
)

_SECTION = _block(
    {
        "text": _text(limits.TEXT),
        "fields": many(limits.FIELDS, _text(limits.FIELD)),
        "accessory": _PRESSED,
    }
)
_INPUT = _block(
    {
        "label!": _plain(limits.LABEL),
        "element!": _FILLED_IN,
        "hint": _plain(limits.HINT),
        "optional": _SWITCH,
        "dispatch_action": _SWITCH,
    }
)
_POINT = shape({"label!": string(limits.CHART_LABEL), "value!": number(0, 10**9)})
_SERIES = shape({"name!": string(limits.CHART_LABEL), "data!": many(limits.CHART_POINTS, _POINT)})
_AXES = shape(
    {
        "categories!": many(limits.CHART_POINTS, string(limits.CHART_LABEL)),
        "x_label": string(limits.CHART_AXIS_LABEL),
        "y_label": string(limits.CHART_AXIS_LABEL),
    }
)
_BARS = shape({"series!": many(limits.CHART_SERIES, _SERIES), "axis_config!": _AXES})
_CHART = shape({"title!": string(limits.CHART_TITLE), "chart!": one_of({"bar": both(_BARS, _fits_its_axis)})})
_BLOCK = one_of(
    {
        "header": _block({"text!": _plain(limits.HEADER)}),
        "section": both(_SECTION, _says_something),
        "context": _block({"elements!": many(limits.CONTEXT_ELEMENTS, _text(limits.TEXT))}),
        "divider": _block({}),
        "actions": _block({"elements!": many(limits.ACTIONS_ELEMENTS, _PRESSED)}),
        "input": _INPUT,
        "rich_text": _block({"elements!": _PARAGRAPHS}),
        "data_visualization": _CHART,
    }
)
_VIEW = {
    "blocks!": many(limits.VIEW_BLOCKS, _BLOCK),
    "callback_id": _ID,
    "private_metadata": string(limits.PRIVATE_METADATA),
}
_MODAL = {
    "title!": _plain(limits.VIEW_TITLE),
    "submit": _plain(limits.VIEW_BUTTON),
    "close": _plain(limits.VIEW_BUTTON),
    "notify_on_close": _SWITCH,
}
_SURFACES: Mapping[Surface, Rule] = {
    "message": shape({"text!": string(limits.MESSAGE_TEXT), "blocks": many(limits.MESSAGE_BLOCKS, _BLOCK)}),
    "modal": one_of({"modal": shape(_VIEW | _MODAL)}),
    "home": one_of({"home": shape(_VIEW)}),
}
