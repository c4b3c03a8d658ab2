"""What was said before and may be the same: found by its terms, with the reason, and never by an opposite."""

import pytest

from handlers.feedback.likeness import Said, nearest

KNOWN = [
    Said(
        1, "They would like to pay by invoice in two currencies; they keep a spreadsheet for it today.", "BP"
    ),
    Said(2, "The CSV export crashes on large files", "Acme"),
    Said(3, "Dark mode please"),
    Said(4, "Invoices in euro, please", "Acme"),
    Said(5, "Let admins see who exported data"),
]


@pytest.mark.parametrize(
    ("words", "account", "found"),
    [
        ("We need invoices in euros", None, [4]),
        ("exporting to CSV crashes when the file is large", None, [2]),
        ("Exports never crash on large CSV files", "Acme", []),
        ("Could we have a dark theme mode", None, [3]),
        ("Single sign-on with Okta", "Acme", []),
        ("please", None, []),
        ("", None, []),
        ("<!channel> 👩‍👩‍👧‍👦 " * 300, None, []),
    ],
)
def test_the_nearest(words: str, account: str | None, found: list[int]) -> None:
    """Endings and order do not matter; a negation on one side does, and words that say nothing find nothing."""
    assert [one.said.number for one in nearest(words, account, KNOWN)] == found


def test_the_reason_names_what_both_say() -> None:
    """As the first one wrote it, and the account where it is the same."""
    assert [one.reason for one in nearest("invoice us in Euro", "Acme", KNOWN)] == [
        "both say “invoices”, “euro”, both for Acme"
    ]


def test_three_at_most_the_most_alike_first() -> None:
    """Of two alike the newer one first."""
    known = [Said(number, "Invoices in euro") for number in range(1, 9)]

    assert [one.said.number for one in nearest("invoices in euro", None, known)] == [8, 7, 6]
