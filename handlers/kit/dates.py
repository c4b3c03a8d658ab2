"""Days as people type them (2026-12-10, 10 dec, friday, next monday, in 3 weeks) and as they read them.

Commands and the fields of modals call this with the day it is where the person is; views say days with it.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def parse_date(text: str, today: date) -> date | None:
    """The day a text means, seen from today; None where it means none or could mean two."""
    words = " ".join(text.casefold().replace(",", " ").strip(" .!").split())
    for pattern, read in _FORMS:
        found = pattern.fullmatch(words)
        if found:
            try:
                return read(found, today)
            except (ValueError, OverflowError):
                return None
    return None


def say_day(when: date) -> str:
    """A day as people write it: Friday 6 March."""
    return f"{when:%A} {when.day} {when:%B}"


def say_time(at: time) -> str:
    """A time of day as people write it: 9:00."""
    return f"{at.hour}:{at.minute:02}"


def _weekday(found: re.Match[str], today: date) -> date:
    """A bare day is the first one after today; "next" means the week after this one."""
    day = _place(_DAYS, found["day"])
    if found["next"]:
        return today + timedelta(days=7 - today.weekday() + day)
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def _distance(found: re.Match[str], today: date) -> date:
    count = _NUMBERS.get(found["count"]) or int(found["count"])
    if found["unit"] == "month":
        return _months_later(today, count)
    return today + timedelta(days=count * (7 if found["unit"] == "week" else 1))


def _months_later(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    end = date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return end.replace(day=min(today.day, end.day))


def _month_day(found: re.Match[str], today: date) -> date:
    day, month = int(found["day"]), _place(_MONTHS, found["month"]) + 1
    if found["year"]:
        return date(int(found["year"]), month, day)
    years = range(today.year, today.year + 9)  # 29 February can be eight years away
    return next(found_day for found_day in _valid(years, month, day) if found_day >= today)


def _valid(years: range, month: int, day: int) -> list[date]:
    leap_day = (month, day) == (2, 29)
    usable = [year for year in years if not leap_day or _is_leap(year)]
    return [date(year, month, day) for year in usable]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _place(names: tuple[str, ...], start: str) -> int:
    return next(at for at, name in enumerate(names) if name.startswith(start[:3]))


def _any_of(names: tuple[str, ...], short: tuple[str, ...]) -> str:
    return "|".join((*names, *(name[:3] for name in names), *short))


_DAY = _any_of(_DAYS, ("tues", "weds", "thur", "thurs"))
_MONTH = _any_of(_MONTHS, ("sept",))
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?: (?P<year>[0-9]{4}))?"
_COUNT = "|".join((*_NUMBERS, "[0-9]{1,4}"))

_Read = Callable[[re.Match[str], date], date]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), lambda found, _: date.fromisoformat(found[0])),
    (re.compile("today"), lambda _, today: today),
    (re.compile("tomorrow"), lambda _, today: today + timedelta(days=1)),
    (re.compile(rf"(?:on |by |this |(?P<next>next ))?(?P<day>{_DAY})\.?"), _weekday),
    (re.compile(rf"in (?P<count>{_COUNT}) (?P<unit>day|week|month)s?"), _distance),
    (re.compile(rf"{_NTH}(?: of)? (?P<month>{_MONTH})\.?{_YEAR}"), _month_day),
    (re.compile(rf"(?P<month>{_MONTH})\.? {_NTH}{_YEAR}"), _month_day),
)
