"""Numbers: tables and charts."""

from bot.sandbox.specimens.parts import Json, line, message, rich, said

_WEEKS = ["23 Oct", "30 Oct", "6 Nov", "13 Nov", "20 Nov", "27 Nov"]
_ASKED = (4, 9, 6, 11, 8, 5)
_CLOSED = (1, 3, 7, 6, 9, 8)
_AREAS = (("Export", 24), ("Sign-in", 12), ("Reports", 9), ("Mobile", 5), ("Billing", 4), ("Other", 2))
_ACCOUNTS = (
    ("Fjord Energy", "Nordics", 9, 42_000), ("Acme", "DACH", 7, 18_500), ("Globex", "UK", 6, 31_000),
    ("Initech", "US", 4, 9_900), ("Umbrella", "Japan", 3, 54_200), ("Hooli", "US", 2, 12_000),
    ("Vandelay", "US", 1, 7_400),
)  # fmt: skip


def _text(words: str) -> Json:
    return {"type": "raw_text", "text": words}


def _number(value: float) -> Json:
    return {"type": "raw_number", "value": value}


def _series(name: str, values: tuple[int, ...]) -> Json:
    points = zip(_WEEKS, values, strict=True)
    return {"name": name, "data": [{"label": label, "value": value} for label, value in points]}


def _chart(kind: str, title: str, *series: Json) -> Json:
    axis = {"categories": _WEEKS, "x_label": "Week", "y_label": "Wishes"}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": kind, "series": list(series), "axis_config": axis},
    }


_BOTH = (_series("Asked", _ASKED), _series("Closed", _CLOSED))
_PIE = {
    "type": "data_visualization",
    "title": "What was asked for",
    "chart": {"type": "pie", "segments": [{"label": label, "value": value} for label, value in _AREAS]},
}
_TABLE = {
    "type": "table",
    "column_settings": [None, {"is_wrapped": True}, {"align": "right"}],
    "rows": [
        [_text("Item"), _text("What is left"), _text("Days")],
        [_text("L-4/1"), _text("The note for Support, in two languages, with the pictures of the new form"), _number(3)],
        [rich(line(said("L-4/2", bold=True))), rich(line(said("Prices, see "), {
            "type": "link", "url": "https://northwind.example/D-7", "text": "D-7",
        })), _number(8)],
    ],
}  # fmt: skip
_DATA_TABLE = {
    "type": "data_table",
    "caption": "Accounts by what they asked for",
    "page_size": 5,
    "rows": [
        [_text("Account"), _text("Region"), _text("Wishes"), _text("Revenue, €")],
        *([_text(a), _text(r), _number(w), _number(m)] for a, r, w, m in _ACCOUNTS),
    ],
}

DATA = (
    message("Data", "a table", _TABLE),
    message("Data", "a data table", _DATA_TABLE),
    message("Data", "bars", _chart("bar", "Asked and closed", *_BOTH)),
    message("Data", "lines", _chart("line", "Asked and closed", *_BOTH)),
    message("Data", "an area", _chart("area", "Asked each week", _BOTH[0])),
    message("Data", "a pie", _PIE),
)
