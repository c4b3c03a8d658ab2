"""Tables, data tables and charts."""

from typing import Any

from bot.sandbox.blocks.compositions import block_id, typed
from bot.sandbox.blocks.rich_text import rich_text
from bot.sandbox.blocks.rules import Check, Rule, by_type, choice, flag, many, number, shape, string, whole
from bot.sandbox.limits import LIMITS

_ID = {"block_id": block_id}
_raw_text = shape({**typed("raw_text"), "text": string(LIMITS["text"])}, {})
_raw_number = shape({**typed("raw_number"), "value": number}, {"text": string(LIMITS["text"])})
_CELLS: dict[str, Rule] = {"raw_text": _raw_text, "raw_number": _raw_number, "rich_text": rich_text}
_cell = by_type(_CELLS, "cell")
_header_cell = by_type({"raw_text": _raw_text, "raw_number": _raw_number}, "header cell")


def _column(value: Any, path: str, check: Check) -> None:
    if value is not None:
        shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})(value, path, check)


def _even(value: Any, path: str, check: Check) -> None:
    lengths = {len(row) for row in value["rows"]}
    if len(lengths) > 1:
        check.wrong(f"{path}.rows", f"rows of different lengths: {sorted(lengths)}")


def _not_too_much(value: Any, path: str, check: Check) -> None:
    total = sum(len(str(cell.get("text", cell.get("value", "")))) for row in value["rows"] for cell in row)
    if total > LIMITS["data_table.characters"]:
        check.wrong(
            f"{path}.rows", f"{total} characters in all cells, {LIMITS['data_table.characters']} allowed"
        )


def _plain_header(value: Any, path: str, check: Check) -> None:
    for index, cell in enumerate(value["rows"][0]):
        _header_cell(cell, f"{path}.rows[0][{index}]", check)


def _rows(fewest: int, most: int, columns: int) -> Rule:
    return many(many(_cell, 1, columns, "cells"), fewest, most, "rows")


table = shape(
    {**typed("table"), "rows": _rows(1, LIMITS["table.rows"], LIMITS["table.columns"])},
    {**_ID, "column_settings": many(_column, 0, LIMITS["table.columns"], "columns")},
)
data_table = shape(
    {
        **typed("data_table"),
        "caption": string(LIMITS["text"]),
        "rows": _rows(2, LIMITS["data_table.rows"], LIMITS["data_table.columns"]),
    },
    {
        **_ID,
        "page_size": whole(1, LIMITS["data_table.page_size"]),
        "row_header_column_index": whole(0, LIMITS["data_table.columns"]),
    },
    _even,
    _plain_header,
    _not_too_much,
)

_label = string(LIMITS["chart.label"])
_axis = shape(
    {"categories": many(_label, 1, LIMITS["chart.points"], "categories")},
    {"x_label": string(LIMITS["chart.axis_label"]), "y_label": string(LIMITS["chart.axis_label"])},
)


def _positive(value: Any, path: str, check: Check) -> None:
    number(value, path, check)
    if isinstance(value, int | float) and value <= 0:
        check.wrong(path, f"{value} is not more than 0")


_segment = shape({"label": _label, "value": _positive}, {})
_point = shape({"label": _label, "value": number}, {})
_series = shape({"name": _label, "data": many(_point, 1, LIMITS["chart.points"], "points")}, {})


def _series_fit(value: Any, path: str, check: Check) -> None:
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        check.wrong(f"{path}.series", "two series have the same name")
    for index, series in enumerate(value["series"]):
        if [point["label"] for point in series["data"]] != value["axis_config"]["categories"]:
            check.wrong(f"{path}.series[{index}].data", "the labels are not the axis categories")


def _lines(kind: str) -> Rule:
    series = many(_series, 1, LIMITS["chart.series"], "series")
    return shape({**typed(kind), "series": series, "axis_config": _axis}, {}, _series_fit)


_pie = shape({**typed("pie"), "segments": many(_segment, 1, LIMITS["chart.segments"], "segments")}, {})
_CHARTS: dict[str, Rule] = {"pie": _pie, **{kind: _lines(kind) for kind in ("line", "bar", "area")}}
data_visualization = shape(
    {
        **typed("data_visualization"),
        "title": string(LIMITS["chart.title"]),
        "chart": by_type(_CHARTS, "chart"),
    },
    _ID,
)
