"""Which dates recur: every nth week and the nth weekday of a month, against a calendar walked day by day."""

from calendar import Calendar
from datetime import date, time, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from storage.recurrence import LAST, due_on, monthly, next_dates, weekdays, weekly

NINE = time(9)
HOW_FAR = 400
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
some_days = st.frozensets(st.integers(1, 7), min_size=1)


def walked(since: date) -> list[date]:
    """One day after the other."""
    return [since + timedelta(days=ahead) for ahead in range(HOW_FAR)]


@given(some_days, days, st.integers(1, 6))
def test_every_nth_week(chosen: frozenset[int], start: date, every: int) -> None:
    """Whole weeks from Monday to Sunday: the one with the first such day, and from it every nth."""
    first = next(day for day in walked(start) if day.isoweekday() in chosen)
    monday = first - timedelta(days=first.weekday())
    expected = [
        day for day in walked(first) if day.isoweekday() in chosen and (day - monday).days // 7 % every == 0
    ]

    found = next_dates(weekly(chosen, start, NINE, every=every), start - timedelta(days=1), len(expected))
    assert found == expected


@given(st.sampled_from((1, 2, 3, 4, LAST)), st.integers(1, 7), days)
def test_the_nth_weekday_of_every_month(nth: int, weekday: int, start: date) -> None:
    """As a wall calendar shows it: the column of that weekday, counted from the top, or its last entry."""
    months = (divmod(start.year * 12 + start.month - 1 + ahead, 12) for ahead in count())
    entries: list[date] = []
    while len(entries) < 24:
        year, month = next(months)
        column = [
            day
            for day in Calendar().itermonthdates(year, month + 1)
            if day.month == month + 1 and day.isoweekday() == weekday
        ]
        entry = column[-1] if nth == LAST else column[nth - 1]
        entries += [entry] if entry >= start else []

    recurrence = monthly(nth, weekday, start, NINE)
    assert next_dates(recurrence, start - timedelta(days=1), 24) == entries
    assert [day for day in walked(start) if due_on(recurrence, day)] == [
        day for day in entries if day < start + timedelta(days=HOW_FAR)
    ]


@given(days)
def test_weekdays(start: date) -> None:
    """Every Monday to Friday, none of them twice."""
    expected = [day for day in walked(start) if day.weekday() < 5]
    assert next_dates(weekdays(start, NINE), start - timedelta(days=1), len(expected)) == expected
