"""References are read as people write them and found where people mention them."""

import pytest

from handlers.kit.references import Reference, find_references, parse_reference


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("F-12", Reference("F", 12)),
        (" l-4/12 ", Reference("L", 4, 12)),
        ("L-4", Reference("L", 4)),
        ("D-7", Reference("D", 7)),
        ("c-3", Reference("C", 3)),
        ("B-999999999", Reference("B", 999_999_999)),
        ("B-1999999999", None),
        ("F-0", None),
        ("F-012", None),
        ("F-12/3", None),
        ("L-4/0", None),
        ("X-1", None),
        ("F12", None),
        ("F-12 and", None),
        ("F-１２", None),
        ("", None),
    ],
)
def test_parse_reference(typed: str, reference: Reference | None) -> None:
    """Small letters will do; anything but one reference is none."""
    assert parse_reference(typed) == reference


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Closes F-12, F-13 and F-12.", ["F-12", "F-13"]),
        ("(L-4/12) before L-4", ["L-4/12", "L-4"]),
        ("F-12/F-13", ["F-12", "F-13"]),
        ("F-12/3 L-4/x", ["F-12", "L-4"]),
        ("vitamin b-12, PDF-12, X-F-1, F-12a, F-", []),
        ("“D-7”—decided", ["D-7"]),
    ],
)
def test_find_references(text: str, names: list[str]) -> None:
    """Each thing a text mentions is found once, in order; what only looks like one is left alone."""
    assert [reference.name for reference in find_references(text)] == names
