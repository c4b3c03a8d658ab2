"""What somebody means by "away until friday", and whether what they set makes sense. Pure."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from handlers.kit.dates import parse_date
from handlers.kit.words import readable
from handlers.worktime import ids
from storage.values import PersonId
from storage.worktime.values import Quiet, WorkTime

LONGEST = timedelta(days=366)
"""Nobody is away for longer without saying so again."""

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_COVER = re.compile(
    r"(?:,? *(?:and )?(?:cover|covered by|with) *:? *)<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", re.IGNORECASE
)
_SPAN = re.compile(r"(?:(?:from )?(?P<first>.+?) )?(?:until|till|til|to|through) (?P<last>.+)", re.IGNORECASE)
_LENGTH = re.compile(r"for (?P<count>a|an|one|two|three|four|[0-9]{1,3}) (?P<unit>day|week)s?", re.IGNORECASE)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class AwayWords:
    """Who is away (None: whoever types), from when to when, and who covers."""

    person: PersonId | None
    first: date
    last: date
    cover: PersonId | None


def parse_person(text: str) -> PersonId | None:
    """Whom a mention alone names."""
    named = _MENTION.fullmatch(text.strip())
    return None if named is None else PersonId(named[1])


def parse_away(text: str, today: date) -> AwayWords | None:
    """What the words behind `/throughline away` mean, people as Slack's mentions; None for nothing sure."""
    cover = _COVER.search(text)
    rest = text if cover is None else text[: cover.start()] + text[cover.end() :]
    person = _MENTION.match(rest.strip())
    words = readable(_MENTION.sub("", rest, count=1) if person else rest).strip(" .,!")
    days = _days(words, today)
    if days is None:
        return None
    named = None if person is None else PersonId(person[1])
    return AwayWords(named, *days, None if cover is None else PersonId(cover[1]))


def _days(words: str, today: date) -> tuple[date, date] | None:
    length, span = _LENGTH.fullmatch(words), _SPAN.fullmatch(words)
    if length is not None:
        count = _COUNTS.get(length["count"].casefold()) or int(length["count"])
        days = count * (7 if length["unit"].casefold() == "week" else 1)
        return (today, today + timedelta(days=days - 1)) if days else None
    if span is None:
        day = parse_date(words, today)
        return None if day is None else (day, day)
    first = today if span["first"] is None else parse_date(span["first"], today)
    last = None if first is None else parse_date(span["last"], first)
    return None if first is None or last is None else (first, last)


def away_errors(
    first: date | None, last: date | None, cover: PersonId | None, person: PersonId, today: date
) -> dict[str, str]:
    """What is wrong with an absence, by field."""
    errors: dict[str, str] = {}
    if (first is None) != (last is None):
        errors[ids.BLOCK_FIRST if first is None else ids.BLOCK_LAST] = "Choose the first and the last day."
    elif first is not None and last is not None:
        if last < first:
            errors[ids.BLOCK_LAST] = "The last day comes before the first."
        elif last < today:
            errors[ids.BLOCK_LAST] = "That is over already."
        elif last - first > LONGEST:
            errors[ids.BLOCK_LAST] = "That is more than a year. Choose a nearer day; you can set it again."
    if cover is not None and cover == person:
        errors[ids.BLOCK_COVER] = "Choose somebody else to cover."
    return errors


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in."""

    zone: str | None
    workdays: frozenset[int]
    start: time | None
    end: time | None
    quiet_start: time | None
    quiet_end: time | None
    country: str | None
    asks_a_day: int
    tells_a_day: int


def worktime_errors(typed: Typed) -> dict[str, str]:
    """What is wrong with a working time, by field."""
    errors: dict[str, str] = {}
    if not typed.workdays:
        errors[ids.BLOCK_DAYS] = "Choose one day at least. To be left in peace, set yourself away."
    if typed.start is None or typed.end is None or typed.start >= typed.end:
        errors[ids.BLOCK_END] = "Your day has to end later than it starts."
    if (typed.quiet_start is None) != (typed.quiet_end is None):
        missing = ids.BLOCK_QUIET_START if typed.quiet_start is None else ids.BLOCK_QUIET_END
        errors[missing] = "Quiet hours need both times; clear the other one for none."
    if not errors and _all_quiet(typed):
        errors[ids.BLOCK_QUIET_END] = "Quiet hours must leave some of your working hours."
    return errors


def worktime_of(typed: Typed) -> WorkTime:
    """The working time a faultless form says."""
    assert typed.start is not None
    assert typed.end is not None
    quiet = None
    if typed.quiet_start is not None and typed.quiet_end is not None:
        quiet = Quiet(typed.quiet_start, typed.quiet_end)
    return WorkTime(
        typed.zone, typed.workdays, typed.start, typed.end, quiet, typed.country, typed.asks_a_day,
        typed.tells_a_day,
    )  # fmt: skip


def _all_quiet(typed: Typed) -> bool:
    try:
        worktime_of(typed)
    except ValueError:
        return True
    return False


def days_said(workdays: frozenset[int]) -> list[tuple[int, int]]:
    """Working days as runs of neighbours: Monday to Thursday and Saturday is (1, 4), (6, 6)."""
    runs: list[tuple[int, int]] = []
    for day in sorted(workdays):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs
