"""How often something happens, as people type it and as they read it.

Commands and modals of check-ins and digests call this: "weekdays 9:00", "every other monday", "first tuesday
at 14:30"; back come plain words for the message that proposes it.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, time

from handlers.kit.dates import say_time
from storage.recurrence import DAY_NAMES, DAYS, LAST, Recurrence, monthly, parts, weekly

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


def describe(recurrence: Recurrence) -> str:
    """Such as "every Monday at 9:00, in each person's own time"."""
    zone = recurrence.zone
    whose = (
        "in each person's own time" if zone is None else f"{zone.rpartition('/')[2]} time".replace("_", " ")
    )
    return f"{describe_dates(recurrence)} at {say_time(recurrence.at)}, {whose}"


def describe_dates(recurrence: Recurrence) -> str:
    """Such as "every Monday"."""
    said = parts(recurrence.rule)
    if said["FREQ"] == "MONTHLY":
        nth, day = int(said["BYDAY"][:-2]), said["BYDAY"][-2:]
        return f"the {_ORDINALS[nth]} {_name(day)} of every month"
    days, every = said["BYDAY"].split(","), int(said.get("INTERVAL", "1"))
    if every == 1:
        return f"every {_days(days)}"
    if every == 2:
        return f"every other {_days(days)}"
    return f"every {every} weeks on {_days(days)}"


def parse_recurrence(text: str, today: date, at: time, zone: str | None = None) -> Recurrence | None:
    """What a text means, beginning today; `at` where it names no time. None where it means nothing sure."""
    words = " ".join(re.sub(r"[,&]", " and ", text.casefold()).strip(" .!").split())
    named = _AT.search(words)
    if named is not None:
        moment = _time(named)
        if moment is None:
            return None
        at, words = moment, " ".join((words[: named.start()] + " " + words[named.end() :]).split())
    for pattern, read in _FORMS:
        found = pattern.fullmatch(words)
        if found:
            return read(found, today, at, zone)
    return None


def parse_time(text: str) -> time | None:
    """A time of day: 9:00, 9, 9am, 14:30, noon."""
    words = " ".join(text.casefold().strip(" .!").split())
    found = _TIME.fullmatch(words.removeprefix("at "))
    return None if found is None else _time(found)


def _time(found: re.Match[str]) -> time | None:
    if found["noon"]:
        return time(12)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _weekly(found: re.Match[str], today: date, at: time, zone: str | None) -> Recurrence:
    return weekly(_numbers(found["days"]), today, at, zone)


def _every_other(found: re.Match[str], today: date, at: time, zone: str | None) -> Recurrence:
    return weekly(_numbers(found["days"]), today, at, zone, every=2)


def _every_nth(found: re.Match[str], today: date, at: time, zone: str | None) -> Recurrence | None:
    every = _COUNTS.get(found["count"]) or int(re.sub(r"\D", "", found["count"]))
    return weekly(_numbers(found["days"]), today, at, zone, every=every) if 1 <= every <= 52 else None


def _monthly(found: re.Match[str], today: date, at: time, zone: str | None) -> Recurrence:
    nth = next(nth for nth, names in _NTH.items() if found["nth"] in names)
    return monthly(nth, _number(found["day"]), today, at, zone)


def _numbers(words: str) -> Sequence[int]:
    if words in _GROUPS:
        return _GROUPS[words]
    return [_number(word) for word in words.split() if word != "and"]


def _number(word: str) -> int:
    return next(at for at, name in enumerate(DAY_NAMES, start=1) if name.casefold().startswith(word[:3]))


def _name(day: str) -> str:
    return DAY_NAMES[DAYS.index(day)]


def _days(days: Sequence[str]) -> str:
    if tuple(days) == DAYS[:5]:
        return "weekday"
    if tuple(days) == DAYS:
        return "day"
    names = [_name(day) for day in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_GROUPS = {
    "weekday": range(1, 6), "weekdays": range(1, 6), "workday": range(1, 6), "workdays": range(1, 6),
    "working day": range(1, 6), "day": range(1, 8), "daily": range(1, 8),
}  # fmt: skip
_COUNTS = {"two": 2, "three": 3, "four": 4, "second": 2, "third": 3, "fourth": 4}
_NTH = {
    1: {"first", "1st"}, 2: {"second", "2nd"}, 3: {"third", "3rd"}, 4: {"fourth", "4th"}, LAST: {"last"},
}  # fmt: skip
_CLOCK = r"(?:(?P<noon>noon)|(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>am|pm)?)"
_TIME = re.compile(_CLOCK)
_AT = re.compile(rf"(?:^| )(?:at )?{_CLOCK}$")
_DAY = "|".join((*(name.casefold() + "s?" for name in DAY_NAMES), *(name[:3].casefold() for name in DAY_NAMES),
                 "tues", "weds", "thur", "thurs"))  # fmt: skip
_SOME_DAYS = rf"(?P<days>(?:{_DAY})(?:(?: and)* (?:{_DAY}))*)"
_ONE_DAY = rf"(?P<day>{_DAY})"
_COUNT = "|".join((*_COUNTS, r"[0-9]{1,2}(?:st|nd|rd|th)?"))
_OF_MONTH = r"(?: (?:of|in) (?:the|every|each) month)?"
_ORDINAL = "|".join(sorted(name for names in _NTH.values() for name in names))

_Read = Callable[["re.Match[str]", date, time, str | None], Recurrence | None]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(rf"(?:every |each |on )?(?P<days>{'|'.join(_GROUPS)})"), _weekly),
    (re.compile(rf"(?:weekly |every week |every |each )?(?:on )?{_SOME_DAYS}"), _weekly),
    (re.compile(rf"(?:every (?:other|second|2nd)|biweekly|fortnightly)(?: week)?(?: on)? {_SOME_DAYS}"), _every_other),
    (re.compile(rf"every (?P<count>{_COUNT}) weeks?(?: on)? {_SOME_DAYS}"), _every_nth),
    (re.compile(rf"every (?P<nth>first|1st|last) {_ONE_DAY}{_OF_MONTH}"), _monthly),
    (re.compile(rf"(?:monthly |every month )?(?:on )?(?:the )?(?P<nth>{_ORDINAL}) {_ONE_DAY}{_OF_MONTH}"), _monthly),
)  # fmt: skip
"""Every third Friday is none of them: it could mean every three weeks, or the third Friday of the month."""
