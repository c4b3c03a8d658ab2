"""How often something happens: what people type is understood, and comes back in plain words."""

from datetime import date, time

import pytest

from handlers.kit.recurrences import describe, parse_recurrence, parse_time
from storage.recurrence import LAST, monthly, next_dates, weekdays, weekly

WEDNESDAY = date(2026, 3, 4)
NINE = time(9)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("weekdays 9:00", "every weekday at 9:00"),
        ("every weekday", "every weekday at 9:00"),
        ("working day 8:30", "every weekday at 8:30"),
        ("daily", "every day at 9:00"),
        ("monday", "every Monday at 9:00"),
        ("Mondays at 10", "every Monday at 10:00"),
        ("weekly on Fri at 16:00.", "every Friday at 16:00"),
        ("mon, wed & fri 9", "every Monday, Wednesday and Friday at 9:00"),
        ("every monday and thursday 9am", "every Monday and Thursday at 9:00"),
        ("every other monday", "every other Monday at 9:00"),
        ("every second tuesday at noon", "every other Tuesday at 12:00"),
        ("fortnightly on tue 12:30 pm", "every other Tuesday at 12:30"),
        ("every 2 weeks on monday", "every other Monday at 9:00"),
        ("every 3rd week on thursday 14:30", "every 3 weeks on Thursday at 14:30"),
        ("first tuesday", "the first Tuesday of every month at 9:00"),
        ("every last friday", "the last Friday of every month at 9:00"),
        ("the last friday of the month at 12 am", "the last Friday of every month at 0:00"),
        ("2nd wed of every month 2pm", "the second Wednesday of every month at 14:00"),
    ],
)
def test_what_people_type_is_said_back(typed: str, said: str) -> None:
    """Each way to say how often, and the words the proposal shows for it."""
    understood = parse_recurrence(typed, WEDNESDAY, NINE)
    assert understood is not None
    assert describe(understood) == f"{said}, in each person's own time"


@pytest.mark.parametrize(
    "typed",
    ["", "whenever", "weekly", "monday 25:00", "monday 13 pm", "every 53 weeks on monday", "every third friday",
     "every 0 weeks on monday", "first", "monday of may", "9:00"],
)  # fmt: skip
def test_what_is_not_sure_is_nothing(typed: str) -> None:
    """A wrong guess would wake people on the wrong day, so it is asked again."""
    assert parse_recurrence(typed, WEDNESDAY, NINE) is None


def test_a_fixed_zone_is_named() -> None:
    """Everybody reads whose nine o'clock is meant."""
    assert describe(weekdays(WEDNESDAY, NINE, "America/New_York")).endswith("at 9:00, New York time")


def test_every_other_week_begins_with_the_next_such_day() -> None:
    """Typed on a Wednesday, every other Monday is next Monday and then every second one."""
    assert next_dates(weekly([1], WEDNESDAY, NINE, every=2), WEDNESDAY, 3) == [
        date(2026, 3, 9), date(2026, 3, 23), date(2026, 4, 6),
    ]  # fmt: skip


def test_the_last_friday_is_the_last_whether_a_month_has_four_or_five() -> None:
    """January 2026 has five Fridays, February four."""
    assert next_dates(monthly(LAST, 5, date(2026, 1, 1), NINE), date(2026, 1, 1), 2) == [
        date(2026, 1, 30), date(2026, 2, 27),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9", NINE), ("at 9am", NINE), ("14:30", time(14, 30)), ("noon", time(12)), ("12 am", time(0)),
     ("24:00", None), ("9:61", None), ("0 pm", None), ("soon", None)],
)  # fmt: skip
def test_a_time_of_day(typed: str, meant: time | None) -> None:
    """Twelve- and twenty-four-hour clocks; no time that is none."""
    assert parse_time(typed) == meant
