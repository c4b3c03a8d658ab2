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


def test_the_clock_stops_at_everybodys_morning() -> None:
    """From a Friday evening to Monday noon in Stockholm: Tokyo's, Stockholm's and London's mornings, no weekend."""
    first = date(2026, 11, 2)
    stops = list(days.pauses(days.evening_before(first), days.moment(first, 1, "Mon", "12:00")))
    assert stops == sorted(set(stops))
    spoken = {stop.isoformat() for stop in stops}
    assert {"2026-11-02T00:01:00+00:00", "2026-11-02T08:01:00+00:00", "2026-11-02T09:01:00+00:00"} <= spoken
    assert not any(stop.weekday() >= 5 and stop < datetime(2026, 11, 1, 22, tzinfo=UTC) for stop in stops[3:])
