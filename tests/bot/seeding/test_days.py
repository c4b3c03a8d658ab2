"""The calendar of the demo's history."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.seeding import days


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-29T03:00:00", "2026-11-02"),  # a Sunday: until the Friday before
        ("2026-11-27T16:29:00", "2026-10-26"),  # Friday before half past five in Stockholm: a week earlier
        ("2026-11-27T16:31:00", "2026-11-02"),
        ("2026-11-30T08:00:00", "2026-11-02"),
        ("2026-06-26T15:31:00", "2026-06-01"),  # summer time
    ],
)
def test_it_ends_on_the_last_friday_evening(now: str, monday: str) -> None:
    """All of it is past, and it is never more than a week old."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    first = days.first_day(moment)
    assert first == date.fromisoformat(monday)
    ends = days.moment(first, 4, "Fri", "17:30")
    assert ends <= moment < ends + timedelta(days=7)
