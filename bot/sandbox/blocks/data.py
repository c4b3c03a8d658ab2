"""Tables, data tables and charts."""

from typing import Any

from bot.sandbox.blocks.compositions import block_id, typed
from bot.sandbox.blocks.rich_text import rich_text
from bot.sandbox.blocks.rules import (
    Check,
    Rule,
    by_type,
    choice,
    flag,
    many,
    natural,
    number,
    shape,
    string,
    whole,
)
from bot.sandbox.limits import LIMITS

_ID = {"block_id": block_id}
_raw_text = shape({**typed("raw_text"), "text": string("text")}, {})
_raw_number = shape({**typed("raw_number"), "value": number}, {"text": string("text")})
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
    total = sum(_length(cell) for row in value["rows"] for cell in row)
    if total > LIMITS["data_table.characters"]:
        check.wrong(
            f"{path}.rows", f"{total} characters in all cells, {LIMITS['data_table.characters']} allowed"
        )


def _length(cell: Any) -> int:
    """How many characters a cell shows; a rich one is as long as all its words."""
    if isinstance(cell, list):
        return sum(map(_length, cell))
    own = cell.get("text", cell.get("value", ""))
    return len(str(own)) + _length(cell.get("elements", []))


def _has_its_first_column(value: Any, path: str, check: Check) -> None:
    index, columns = value.get("row_header_column_index") or 0, len(value["rows"][0])
    if index >= columns:
        check.wrong(f"{path}.row_header_column_index", f"there is no column {index} in {columns}")


def _plain_header(value: Any, path: str, check: Check) -> None:
    for index, cell in enumerate(value["rows"][0]):
        _header_cell(cell, f"{path}.rows[0][{index}]", check)


def _rows(kind: str) -> Rule:
    return many(many(_cell, f"{kind}.columns", "cells"), f"{kind}.rows", "rows")


table = shape(
    {**typed("table"), "rows": _rows("table")},
    {**_ID, "column_settings": many(_column, "table.columns", "columns")},
)
data_table = shape(
    {
        **typed("data_table"),
        "caption": string("text"),
        "rows": _rows("data_table"),
    },
    {
        **_ID,
        "page_size": whole("data_table.page_size"),
        "row_header_column_index": natural,
    },
    _even,
    _plain_header,
    _has_its_first_column,
    _not_too_much,
)

_label = string("chart.label")
_axis = shape(
    {"categories": many(_label, "chart.points", "categories")},
    {"x_label": string("chart.axis_label"), "y_label": string("chart.axis_label")},
)


def _positive(value: Any, path: str, check: Check) -> None:
    number(value, path, check)
    if isinstance(value, int | float) and value <= 0:
        check.wrong(path, f"{value} is not more than 0")


_segment = shape({"label": _label, "value": _positive}, {})
_point = shape({"label": _label, "value": number}, {})
_series = shape({"name": _label, "data": many(_point, "chart.points", "points")}, {})


def _series_fit(value: Any, path: str, check: Check) -> None:
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        check.wrong(f"{path}.series", "two series have the same name")
    for index, series in enumerate(value["series"]):
        if [point["label"] for point in series["data"]] != value["axis_config"]["categories"]:
            check.wrong(f"{path}.series[{index}].data", "the labels are not the axis categories")


def _lines(kind: str) -> Rule:
    series = many(_series, "chart.series", "series")
    return shape({**typed(kind), "series": series, "axis_config": _axis}, {}, _series_fit)


_pie = shape({**typed("pie"), "segments": many(_segment, "chart.segments", "segments")}, {})
_CHARTS: dict[str, Rule] = {"pie": _pie, **{kind: _lines(kind) for kind in ("line", "bar", "area")}}
data_visualization = shape(
    {
        **typed("data_visualization"),
        "title": string("chart.title"),
        "chart": by_type(_CHARTS, "chart"),
    },
    _ID,
)
