"""Days and working hours, checked against Python's own zoneinfo around every change of the clocks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.calendar import (
    NO_HOLIDAYS,
    WEEKDAYS,
    Hours,
    is_working,
    known_zone,
    local_date,
    local_instant,
    next_working_moment,
    next_working_morning,
    workdays_after,
    workdays_before,
    workdays_until,
)

# Every region, every kind of rule: at midnight, by half an hour or two, for Ramadan, none, given up, begun.
ZONES = [
    "UTC", "Europe/Stockholm", "Europe/London", "Europe/Lisbon", "Europe/Dublin", "Europe/Athens",
    "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul", "Europe/Chisinau", "Atlantic/Azores",
    "Atlantic/Reykjavik", "America/Nuuk", "America/Scoresbysund", "America/St_Johns", "America/Halifax",
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "America/Adak", "America/Havana", "America/Mexico_City", "America/Tijuana",
    "America/Ojinaga", "America/Bogota", "America/Caracas", "America/Santiago", "America/Punta_Arenas",
    "America/Asuncion", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Miquelon",
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg", "Africa/Lagos",
    "Asia/Beirut", "Asia/Jerusalem", "Asia/Gaza", "Asia/Hebron", "Asia/Tehran", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Almaty", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore",
    "Australia/Sydney", "Australia/Adelaide", "Australia/Brisbane", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Easter", "Pacific/Norfolk",
    "Pacific/Kiritimati", "Antarctica/Troll",
]  # fmt: skip
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)


@cache
def zoneinfo(name: str) -> ZoneInfo:
    """The oracle: another implementation, reading the same pinned data."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def days_of_change(name: str) -> Iterator[date]:
    zone = zoneinfo(name)
    days = [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1)]
    offsets = [datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset() for day in days]
    return (
        day for day, before, after in zip(days[1:], offsets, offsets[1:], strict=False) if before != after
    )


QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


@pytest.mark.parametrize("zone", ZONES)
def test_wall_times_around_every_change(zone: str) -> None:
    """Every quarter hour of the days around every change means what RFC 5545 says it means."""
    for change in days_of_change(zone):
        for day in (change - timedelta(days=1), change, change + timedelta(days=1)):
            for at in QUARTERS:
                expected = datetime.combine(day, at, tzinfo=zoneinfo(zone)).astimezone(UTC)
                assert local_instant(day, at, zone) == expected, (day, at)


@pytest.mark.parametrize("zone", ZONES)
def test_dates_around_every_change(zone: str) -> None:
    """At every quarter hour around every change it is the right day in the zone."""
    for change in days_of_change(zone):
        midnight = datetime(change.year, change.month, change.day, tzinfo=UTC)
        for quarter in range(-96, 192):
            now = midnight + timedelta(minutes=15 * quarter)
            assert local_date(now, zone) == now.astimezone(zoneinfo(zone)).date(), now


def test_the_oracle_saw_changes() -> None:
    """The two tests above are about something: hundreds of changes, of half an hour to two hours."""
    assert sum(len(list(days_of_change(zone))) for zone in ZONES) > 400
    assert len(list(days_of_change("Australia/Lord_Howe"))) == 14


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        ("2026-03-29", "02:30", "Europe/Stockholm", "2026-03-29 01:30"),
        ("2026-03-29", "03:30", "Europe/Stockholm", "2026-03-29 01:30"),
        ("2026-10-25", "02:30", "Europe/Stockholm", "2026-10-25 00:30"),
        ("2026-10-25", "03:00", "Europe/Stockholm", "2026-10-25 02:00"),
        ("2026-04-24", "00:00", "Africa/Cairo", "2026-04-23 22:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03 15:45"),
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30 19:00"),
    ],
)
def test_skipped_and_repeated_times(day: str, at: str, zone: str, instant: str) -> None:
    """A skipped time moves by what was skipped (even a whole day), of a repeated one the first counts."""
    found = local_instant(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert (found, found.tzinfo) == (utc(instant), UTC)


MAYA = Hours("Europe/Stockholm")
SAM = Hours("America/New_York", start=time(8, 30), end=time(16))
RUTH = Hours("Asia/Dubai", workdays=frozenset({7, 1, 2, 3, 4}))
FRIDAY_OFF = frozenset({date(2026, 11, 20)})


@pytest.mark.parametrize(
    ("hours", "now", "morning"),
    [
        (MAYA, "2026-11-18 07:59", "2026-11-18 08:00"),
        (MAYA, "2026-11-18 08:00", "2026-11-19 08:00"),
        (MAYA, "2026-11-18 12:00", "2026-11-19 08:00"),
        (MAYA, "2026-11-18 23:30", "2026-11-19 08:00"),
        (MAYA, "2026-11-20 12:00", "2026-11-23 08:00"),
        (MAYA, "2026-11-21 07:00", "2026-11-23 08:00"),
        (MAYA, "2026-03-27 12:00", "2026-03-30 07:00"),
        (SAM, "2026-11-18 12:00", "2026-11-18 13:30"),
        (RUTH, "2026-11-19 12:00", "2026-11-22 05:00"),
    ],
)
def test_next_working_morning(hours: Hours, now: str, morning: str) -> None:
    """Who has not started yet starts today; everybody else on their next working day, by their own clock."""
    assert next_working_morning(utc(now), hours) == utc(morning)


def test_holidays() -> None:
    """A holiday is no working day, not even for those who have not started."""
    assert next_working_morning(utc("2026-11-20 05:00"), MAYA, FRIDAY_OFF) == utc("2026-11-23 08:00")
    assert next_working_moment(utc("2026-11-20 12:00"), MAYA, FRIDAY_OFF) == utc("2026-11-23 08:00")
    assert not is_working(utc("2026-11-20 12:00"), MAYA, FRIDAY_OFF)


@pytest.mark.parametrize(
    ("now", "working"),
    [("07:59", False), ("08:00", True), ("15:59", True), ("16:00", False), ("23:00", False)],
)
def test_is_working(now: str, working: bool) -> None:
    """Working hours include their first minute and not the one they end at."""
    assert is_working(utc(f"2026-11-18 {now}"), MAYA) is working
    assert not is_working(utc(f"2026-11-21 {now}"), MAYA)


def test_next_working_moment_is_now_at_work() -> None:
    """Somebody at work need not wait; the moment comes back in UTC."""
    here = datetime(2026, 11, 18, 10, 30, tzinfo=zoneinfo("Europe/Stockholm"))
    moment = next_working_moment(here, MAYA)
    assert (moment, moment.tzinfo) == (utc("2026-11-18 09:30"), UTC)


def works(now: datetime, hours: Hours) -> bool:
    wall = now.astimezone(zoneinfo(hours.zone))
    return wall.isoweekday() in hours.workdays and hours.start <= wall.time() < hours.end


HOURS = st.builds(
    lambda zone, workdays, start, length: Hours(zone, workdays, time(start), time(start + length)),
    st.sampled_from(ZONES),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.integers(5, 14),  # later than any clock is changed: what then is tested above
    st.integers(1, 9),
)
MOMENTS = st.datetimes(datetime(2024, 1, 2), datetime(2030, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


@given(HOURS, MOMENTS)
@settings(deadline=None)
def test_working_moments_minute_by_minute(hours: Hours, moment: datetime) -> None:
    """Searching minute by minute finds the same next moment at work."""
    now = moment.replace(second=0, microsecond=0)
    minutes = (now + timedelta(minutes=ahead) for ahead in range(8 * 24 * 60))
    waited = sum(1 for _ in takewhile(lambda minute: not works(minute, hours), minutes))
    assert next_working_moment(now, hours) == now + timedelta(minutes=waited)
    assert is_working(now, hours) is (waited == 0)


@given(HOURS, MOMENTS)
@settings(deadline=None)
def test_mornings_are_mornings(hours: Hours, now: datetime) -> None:
    """The next morning lies ahead, within eight days, and is the first moment of a working day."""
    morning = next_working_morning(now, hours)
    assert now < morning < now + timedelta(days=8, hours=1)
    assert works(morning, hours)
    assert not works(morning - timedelta(minutes=1), hours)
    started = local_instant(local_date(now, hours.zone), hours.start, hours.zone) <= now
    assert (local_date(morning, hours.zone) > local_date(now, hours.zone)) or not started


@pytest.mark.parametrize(
    ("day", "number", "earlier"),
    [
        ("2026-11-18", 0, "2026-11-18"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-18", 1, "2026-11-17"),
        ("2026-11-23", 1, "2026-11-19"),
        ("2026-11-22", 1, "2026-11-19"),
        ("2026-11-18", 10, "2026-11-04"),
        ("2026-12-01", 7, "2026-11-19"),
    ],
)
def test_workdays_before(day: str, number: int, earlier: str) -> None:
    """Counting back skips weekends and holidays; nothing is counted for no days."""
    found = workdays_before(date.fromisoformat(day), number, WEEKDAYS, FRIDAY_OFF)
    assert found == date.fromisoformat(earlier)


@pytest.mark.parametrize(
    ("day", "number", "later"),
    [
        ("2026-11-25", 0, "2026-11-25"),
        ("2026-11-25", 1, "2026-11-26"),
        ("2026-11-19", 1, "2026-11-23"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-11-19", 7, "2026-12-01"),
    ],
)
def test_workdays_after(day: str, number: int, later: str) -> None:
    """Counting on skips weekends and holidays; nothing is counted for no days."""
    found = workdays_after(date.fromisoformat(day), number, WEEKDAYS, FRIDAY_OFF)
    assert found == date.fromisoformat(later)


def test_known_zones() -> None:
    """A zone counts by its exact name."""
    assert all(map(known_zone, ZONES))
    for odd in (
        "",
        "europe/stockholm",
        "Europe/Stockholm ",
        "Mars/Olympus",
        "../UTC",
        "tzdata.zi",
        "posixrules",
    ):
        assert not known_zone(odd)


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_unknown_zones_are_named() -> None:
    """An unknown zone is refused by its name."""
    for attempt in (
        lambda: Hours("Mars/Olympus"),
        lambda: local_instant(FIRST, time(9), "Mars/Olympus"),
        lambda: local_date(NOON, "Mars/Olympus"),
    ):
        with pytest.raises(ValueError, match="Mars/Olympus"):
            attempt()


def test_naive_moments_are_refused() -> None:
    """A moment without a zone, or a wall time with one, is nobody's."""
    naive = NOON.replace(tzinfo=None)
    for attempt in (
        lambda: local_date(naive, "UTC"),
        lambda: is_working(naive, MAYA),
        lambda: next_working_morning(naive, MAYA),
        lambda: next_working_moment(naive, MAYA),
        lambda: local_instant(FIRST, time(9, tzinfo=UTC), "UTC"),
    ):
        with pytest.raises(ValueError, match="zone"):
            attempt()


def test_impossible_hours_are_refused() -> None:
    """Hours without days, with days no week has, or ending before they start are refused."""
    for workdays in (frozenset[int](), frozenset({0}), frozenset({8, 1})):
        with pytest.raises(ValueError, match="Monday"):
            Hours("UTC", workdays)
    with pytest.raises(ValueError, match="later"):
        Hours("UTC", start=time(9), end=time(9))
    with pytest.raises(ValueError, match="counted back"):
        workdays_before(FIRST, -1, WEEKDAYS, NO_HOLIDAYS)
    with pytest.raises(ValueError, match="counted back"):
        workdays_before(FIRST, 1, frozenset(), NO_HOLIDAYS)
    with pytest.raises(ValueError, match="counted on"):
        workdays_after(FIRST, -1, WEEKDAYS, NO_HOLIDAYS)


def test_zone_data_is_the_package_s(tmp_path: Path) -> None:
    """What the machine believes about Stockholm does not matter: here it believes Stockholm is Tokyo."""
    (tmp_path / "Europe").mkdir()
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Stockholm").write_bytes(tokyo)
    program = (
        "from datetime import date, time; from storage.calendar import local_instant;"
        "print(local_instant(date(2026, 11, 18), time(9), 'Europe/Stockholm'))"
    )
    machine = {**os.environ, "PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=machine, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "2026-11-18 08:00:00+00:00"


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(-10, 800),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.frozensets(st.dates(date(2024, 1, 1), date(2030, 12, 31)), max_size=40),
)
def test_workdays_until(today: date, ahead: int, workdays: frozenset[int], holidays: frozenset[date]) -> None:
    """As many as somebody counts who walks from today to the day before it, one by one."""
    day = today + timedelta(days=ahead)
    walked = (today + timedelta(days=one) for one in range(ahead))
    counted = sum(one.isoweekday() in workdays and one not in holidays for one in walked)
    assert workdays_until(today, day, workdays, holidays) == counted


def test_workdays_until_the_end_of_time() -> None:
    """The last day a calendar has is as quickly counted to as tomorrow: nothing walks there."""
    assert workdays_until(date(2026, 11, 30), date.max, WEEKDAYS, NO_HOLIDAYS) == 2_080_079
