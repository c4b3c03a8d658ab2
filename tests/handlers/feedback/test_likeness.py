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
    """As whoever is asked wrote it, and the account where it is the same."""
    assert [one.reason for one in nearest("invoice us in Euro", "Acme", KNOWN)] == [
        "both say “invoice”, “Euro”, both for Acme"
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


@pytest.mark.parametrize(
    ("words", "before", "reason"),
    [
        ("Okta SSO", "Single sign-on with Okta", "both say “Okta”, “SSO” (“single sign on”)"),
        ("Remove old tags", "Removing old tags", "both say “Remove”, “old”, “tags”"),
        ("remove old tags", "Delete old tags", "both say “remove” (“delete”), “old”, “tags”"),
        ("Auto-save drafts", "Autosave drafts", "both say “Auto”, “save”, “drafts”"),
        ("the customer asked for SEPA", "A customer would like SEPA", "both say “SEPA”"),
    ],
)
def test_the_reason_has_the_words_as_they_were_written(words: str, before: str, reason: str) -> None:
    """Now, and before where that is another word; what anybody says who asks is no reason."""
    assert [one.reason for one in nearest(words, None, [Said(1, before)])] == [reason]


def test_who_both_tell_of_is_no_reason() -> None:
    """Of customers, users and calls tells much that is not the same."""
    assert (
        nearest("A customer asked us on the call", None, [Said(1, "Another customer called, and asked")])
        == []
    )


DARK = "Halden Foods asked on the call for dark mode in the dashboard, their night shift gets headaches."
AUDIT = "Kestrel would come back if audit logs could be exported. Their words, not mine."
GUEST = "Tidewater would like a read-only guest for their auditor, two weeks a year."
XML = "Fjord Energy needs invoices as XML: their tax office takes nothing else from January."
TALKED = [
    (XML, "Fjord Energy"),
    (DARK, "Halden Foods"),
    (AUDIT, "Kestrel Media"),
    (GUEST, "Tidewater Logistics"),
]


@pytest.mark.parametrize("known", [True, False], ids=["accounts known", "no accounts"])
@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("Halden asked for dark mode in the dashboard, night shift headaches", DARK),
        ("The night shift at Halden gets headaches; dark mode in the dashboard asked", DARK),
        ("Dark mode in the dashboard", DARK),
        ("Orchard Health would like a dark mode for dashboards too", DARK),
        ("orchard health would like a dark mode for dashboards too", DARK),
        ("Pioneer Bank also begs for dark mode in the dashboard", DARK),
        ("Kestrel would come back if they could export audit logs", AUDIT),
        ("Export of audit logs", AUDIT),
        ("Tidewater auditor wants a read only guest account", GUEST),
        ("Can a customer get invoices in XML? Bluebird’s accountants ask for it", XML),
        ("Invoices as XML because nobody types them in again", XML),
    ],
)
def test_as_people_talk_it_is_found(words: str, before: str, known: bool) -> None:
    """Who asks, how, and what else they say beside it, makes it no other wish."""
    held = [
        Said(number, said, account if known else None)
        for number, (said, account) in enumerate(TALKED, start=1)
    ]

    assert [one.said.words for one in nearest(words, None, held)] == [before]


@pytest.mark.parametrize(
    "words",
    [
        "Light mode in the dashboard",
        "Halden asked on the call for a cheaper plan",
        "Orchard Health would like a dark mode for the mobile app",
        "Kestrel would come back if they could import audit logs",
        "Kestrel would come back if the plan were cheaper",
        "Never export audit logs",
        "Audit logs must not be exported. Their words.",
        "Tidewater would like an admin account for two weeks a year",
        "Fjord Energy needs invoices as PDF: their tax office takes nothing else from January.",
        "Fjord Energy needs no invoices as XML",
    ],
)
def test_as_people_talk_another_wish_is_another(words: str) -> None:
    """However much of what stands around it is the same."""
    held = [Said(number, said, account) for number, (said, account) in enumerate(TALKED, start=1)]

    assert nearest(words, None, held) == []


def test_a_long_text_that_says_all_of_a_short_one_is_found() -> None:
    """Both ways round, however much it says beside that; not where it says one of it otherwise."""
    short = "Dark mode in the dashboard"
    long = f"{short}. Ruth met the warehouse, walls are black, screens glare, workers squint, drivers complain loudly."

    assert nearest(short, None, [Said(1, long)])
    assert nearest(long, None, [Said(1, short)])
    assert nearest("Dark mode in the calendar", None, [Said(1, long)]) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Buttons need a higher contrast", []),
        ("Guests would like to comment", []),
        ("Editors would like to comment", [1]),
    ],
)
def test_what_is_meant_is_nobody_who_asks(words: str, found: list[int]) -> None:
    """A thing needs something and a role wants it for itself: both are part of the wish."""
    known = [Said(1, "Editors want to comment"), Said(2, "Charts need a higher contrast")]

    assert [one.said.number for one in nearest(words, None, known)] == found


def test_three_at_most_the_most_alike_first() -> None:
    """Of two alike the newer one first."""
    known = [Said(number, "Invoices in euro") for number in range(1, 9)]

    assert [one.said.number for one in nearest("invoices in euro", None, known)] == [8, 7, 6]
