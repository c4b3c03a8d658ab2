"""A sheet of accounts: what its numbers mean."""

import pytest

from handlers.feedback.account_sheets import number


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("120000", 120_000),
        ("120,000", 120_000),
        ("120.000", 120_000),
        ("120 000", 120_000),
        ("1'200'000", 1_200_000),
        ("€120,000.00", 120_000),
        ("120.000,50 EUR", 120_000),
        ("USD 9", 9),
        ("0", 0),
        ("99.5", 99),
        ("", None),
        ("lots", None),
        ("12k", None),
        ("-5", None),
        ("1,2345", None),
        ("12/5", None),
    ],
)
def test_a_value_is_read_as_sheets_write_it(said: str, found: int | None) -> None:
    """With a currency, groups of three, cents; what could mean something else is not guessed at."""
    assert number(said) == found
