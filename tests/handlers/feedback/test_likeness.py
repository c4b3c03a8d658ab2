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


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("SSO with Okta", "Single sign-on for Okta"),
        ("expotr the audit log", "Export of audit logs"),
        ("autosave", "Auto-save, please"),
        ("Hide archived channels", "Do not show archived channels"),
        ("Acme wants dark mode", "Globex asked for dark mode"),
        ("the status page is not up to date", "The status page is out of date"),
        ("find an order by phone no", "Find orders by phone number"),
        ("send invoices in euro", "asked again for invoices in euro"),
        ("Acme complained about slow exports", "Exports are slow"),
    ],
)
def test_said_in_other_words_it_is_found(words: str, before: str) -> None:
    """Two names of one thing, a slip of the finger, one word or two, two negations, and who asks for it, and how."""
    accounts = ("Acme", "Globex")
    known = [Said(1, before, "Globex" if "Globex" in before else None)]

    assert [one.said.number for one in nearest(words, accounts[0], known)] == [1]


@pytest.mark.parametrize(
    ("words", "before"),
    [
        (
            "Import all the open invoices of a customer as CSV",
            "Export all the open invoices of a customer as CSV",
        ),
        ("Unlock an account after five wrong passwords", "Lock an account after five wrong passwords"),
        ("Ask again after 5 days", "Ask again after 50 days"),
        ("Remind my manager a day before it is due", "Remind me a day before it is due"),
        ("Globex cannot open its invoices", "Initech cannot open its invoices"),
        ("Archive a project after it is closed", "Archive a project before it is closed"),
        ("Block exports to a spreadsheet", "Allow exports to a spreadsheet"),
    ],
)
def test_nearly_the_same_words_for_another_thing_offer_nothing(words: str, before: str) -> None:
    """A direction, an opposite, a number, a role or a customer of its own makes another wish."""
    assert nearest(words, None, [Said(1, before)]) == []


def test_of_two_customers_the_same_trouble_is_two() -> None:
    """However much else is the same."""
    trouble = "cannot open last year's invoices since the new payment page was switched to another bank"

    assert nearest(f"Globex {trouble}", "Globex", [Said(1, f"Initech {trouble}", "Initech")]) == []
    assert nearest(f"Globex {trouble}", "Globex", [Said(1, f"Globex {trouble}", "Globex")])


def test_the_reason_has_the_words_as_they_were_written() -> None:
    """Not the name we know them by."""
    known = [Said(1, "Single sign-on with Okta")]

    assert [one.reason for one in nearest("okta sso", None, known)] == ["both say “okta”, “single sign on”"]


def test_three_at_most_the_most_alike_first() -> None:
    """Of two alike the newer one first."""
    known = [Said(number, "Invoices in euro") for number in range(1, 9)]

    assert [one.said.number for one in nearest("invoices in euro", None, known)] == [8, 7, 6]
