"""Days are understood as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.dates import parse_date

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-10", date(2026, 12, 10)),
        ("2024-02-29", date(2024, 2, 29)),
        ("10 dec", date(2026, 12, 10)),
        ("10 Dec.", date(2026, 12, 10)),
        ("10th of December", date(2026, 12, 10)),
        ("Dec 10, 2027", date(2027, 12, 10)),
        ("december 1st", date(2026, 12, 1)),
        ("20 nov", FRIDAY),
        ("19 nov", date(2027, 11, 19)),
        ("3 may", date(2027, 5, 3)),
        ("1 sept", date(2027, 9, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("today", FRIDAY),
        ("Tomorrow", FRIDAY + timedelta(days=1)),
        ("fri", date(2026, 11, 27)),
        ("friday", date(2026, 11, 27)),
        ("Sat", date(2026, 11, 21)),
        ("thursday", date(2026, 11, 26)),
        ("on mon", date(2026, 11, 23)),
        ("by tues", date(2026, 11, 24)),
        ("this Sunday", date(2026, 11, 22)),
        ("next monday", date(2026, 11, 23)),
        ("next friday", date(2026, 11, 27)),
        ("next sun", date(2026, 11, 29)),
        ("in 3 weeks", date(2026, 12, 11)),
        ("in 2 days", date(2026, 11, 22)),
        ("in a week", date(2026, 11, 27)),
        ("in one month", date(2026, 12, 20)),
        ("in  2   months", date(2027, 1, 20)),
    ],
)
def test_days(typed: str, day: date) -> None:
    """Each way to name a day means the one people would expect on a Friday in November."""
    assert parse_date(typed, FRIDAY) == day


@pytest.mark.parametrize("weekday", range(7))
def test_bare_and_next_days(weekday: int) -> None:
    """A bare day is one to seven days away; "next" is always the week that starts on the coming Monday."""
    today = date(2026, 11, 16) + timedelta(days=weekday)
    for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        bare, coming = parse_date(name, today), parse_date(f"next {name}", today)
        assert bare is not None
        assert coming is not None
        assert 1 <= (bare - today).days <= 7
        assert bare.weekday() == at
        assert coming == date(2026, 11, 23) + timedelta(days=at)


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        (date(2026, 1, 31), "in 1 month", date(2026, 2, 28)),
        (date(2026, 8, 31), "in 6 months", date(2027, 2, 28)),
        (date(2026, 11, 30), "in 1 month", date(2026, 12, 30)),
        (date(2026, 12, 31), "in 12 months", date(2027, 12, 31)),
        (date(2096, 3, 1), "29 feb", date(2104, 2, 29)),
    ],
)
def test_ends_of_months(today: date, typed: str, day: date) -> None:
    """A month later is the same day or the month's last."""
    assert parse_date(typed, today) == day


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "soon",
            "10/12",
            "10.12.2026",
            "31 feb",
            "30 feb 2028",
            "2026-13-01",
            "0 dec",
            "32 dec",
            "29 feb 2027",
        ),
        *("in 9999 months ago", "in 9999 years", "next", "in weeks", "monday week", "dec", "12", "１０ dec"),
    ],
)
def test_no_day(typed: str) -> None:
    """What names no day, or could name two, is not guessed."""
    assert parse_date(typed, FRIDAY) is None


@given(st.text(max_size=30), st.dates())
@settings(deadline=None)
def test_anything_typed(typed: str, today: date) -> None:
    """Nothing people type makes it fail, on any day."""
    parse_date(typed, today)


WORDS = st.sampled_from(
    ["in", "9999", "1", "29", "feb", "next", "sun", "months", "weeks", "tomorrow", "9999-12-31"]
)


@given(st.lists(WORDS, max_size=4), st.dates())
@settings(deadline=None)
def test_anything_like_a_day(words: list[str], today: date) -> None:
    """Nor does anything at the ends of the calendar."""
    parse_date(" ".join(words), today)
