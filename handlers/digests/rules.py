"""When a digest comes, what in it needs attention, whether there is anything to say, and how it begins. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.kit.dates import say_day
from handlers.kit.permissions import allowed
from storage.calendar import known_zone
from storage.digests.values import Decided, Need, News, Open, Period, Readers
from storage.feedback.values import Kind
from storage.people.values import Channel, ChannelKind
from storage.recurrence import Recurrence, weekly
from storage.values import Function, PersonId
from storage.worktime.values import Away

MONDAY = 1
AT = time(9)
A_WEEK = timedelta(days=7)
STALE = timedelta(days=14)
"""Feedback that nobody has added anything to for so long should be looked at."""
PATIENCE: Mapping[Need, int] = {Need.OVERDUE: 1, Need.REVIEW: 1, Need.UNDECIDED: 14, Need.UNTOUCHED: 14}
"""From how many days on something needs attention."""


# -- where and when ---------------------------------------------------------------------------------------


class Refusal(StrEnum):
    """Why a channel cannot have a digest."""

    NOT_A_CHANNEL = "not_a_channel"
    SHARED = "shared"
    NOT_IN_IT = "not_in_it"
    ARCHIVED = "archived"
    GUESTS = "guests"
    """Guests read a public channel, and nothing said in public is theirs to read."""
    UNKNOWN = "unknown"
    """We have just come in, and do not know yet who reads there."""


def refusal(channel: Channel | None, kind: ChannelKind, readers: Readers) -> Refusal | None:
    """Why nothing can be told there; None where it can. `kind` is what Slack says of a channel we do not know."""
    kind = kind if channel is None else channel.kind
    if kind in (ChannelKind.IM, ChannelKind.GROUP_IM):
        return Refusal.NOT_A_CHANNEL
    if channel is None or not channel.ours:
        return Refusal.NOT_IN_IT
    if channel.shared or channel.archived:
        return Refusal.SHARED if channel.shared else Refusal.ARCHIVED
    if not readers.zones:
        return Refusal.UNKNOWN
    if readers.full or kind is ChannelKind.PRIVATE:
        return None
    return Refusal.GUESTS if readers.guests else Refusal.UNKNOWN


def zone_of_most(zones: Mapping[str, int], own: str) -> str:
    """The zone most readers live in; where several have as many, that of whoever asks, else the first by name."""
    usable = {zone: count for zone, count in zones.items() if known_zone(zone)}
    if not usable:
        return own if known_zone(own) else "UTC"
    return min(usable, key=lambda zone: (-usable[zone], zone != own, zone))


def proposed(today: date, zone: str) -> Recurrence:
    """Every Monday at nine."""
    return weekly([MONDAY], today, AT, zone)


def period(told_until: datetime | None, now: datetime, zone: str) -> Period:
    """What the next digest tells: all since the last one; of the last week where there was none."""
    since = now - A_WEEK if told_until is None else min(told_until, now)
    return Period(since, now, zone)


def week_starts(until: datetime, count: int) -> list[datetime]:
    """When each of the last weeks began, oldest first; the last one ends at `until`."""
    return [until - A_WEEK * back for back in range(count, 0, -1)]


def may_change(person: PersonId, owner: PersonId | None, *, admin: bool, owner_left: bool) -> bool:
    """Whoever started it, an admin, or anybody once that person is gone."""
    return allowed(person, roles=[owner], admin=admin or owner is None or owner_left)


# -- what there is to say ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that needs attention, and for how many days."""

    what: Open
    days: int


def needs(news: News, today: date) -> list[Waiting]:
    """What has waited longer than it should: the most pressing sort first, then what waits longest."""
    found = [Waiting(one, (today - one.since).days) for one in news.open]
    pressing = [one for one in found if one.days >= PATIENCE[one.what.need]]
    order = list(Need)
    return sorted(
        pressing, key=lambda one: (order.index(one.what.need), -one.days, one.what.about.reference.number)
    )


def total(news: News, waiting: Collection[Waiting]) -> int:
    """How many things need attention, those too that were not read one by one."""
    listed = sum(one.what.need is Need.UNTOUCHED for one in waiting)
    return len(waiting) + (max(news.untouched - listed, 0) if listed else 0)


def quiet(news: News, waiting: Collection[Waiting]) -> bool:
    """Whether nothing happened and nothing needs anybody: then nothing is posted."""
    return not waiting and not news.decided and not any(news.captured.values())


def headline(news: News, waiting: Sequence[Waiting], period: Period) -> str:
    """The finding a digest begins with: its three most important facts."""
    facts = [one for one in (_attention(total(news, waiting)), _decided(news), _captured(news)) if one]
    return f"{say_period(period)}: {', '.join(facts[:3]) or 'nothing new'}"


def say_period(period: Period) -> str:
    """What a digest calls the time it tells of."""
    days = (period.today - period.first).days
    if days <= 1:
        return "Since yesterday" if days else "Today"
    if 5 <= days <= 8:
        return "This week"
    return "These two weeks" if 12 <= days <= 15 else f"Since {say_day(period.first)}"


def counted(number: int, one: str, many: str) -> str:
    """`1 idea`, `2 ideas`."""
    return f"{number} {one if number == 1 else many}"


def _attention(number: int) -> str:
    if not number:
        return ""
    return f"{number} thing needs attention" if number == 1 else f"{number} things need attention"


def _decided(news: News) -> str:
    return f"{len(news.decided)} decided" if news.decided else ""


def _captured(news: News) -> str:
    number = sum(news.captured.values())
    return counted(number, "new piece of feedback", "new pieces of feedback") if number else ""


# -- catching up ------------------------------------------------------------------------------------------

RECENT = timedelta(days=14)
"""How long after its end an absence is what somebody wants to catch up on."""
WELCOME = timedelta(days=5)
"""How long after its end Home offers that."""
LONGEST = timedelta(days=92)
_AGO = re.compile(
    r"(?:the )?(?:last )?(?P<count>[0-9]{1,3}|a|one|two|three|four|six)? ?(?P<unit>day|week|month)s?"
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30}


def catch_up_from(away: Away | None, today: date) -> date:
    """The first day of the last absence, if it is not long over; else a week ago."""
    if away is not None and today - away.last <= RECENT:
        return max(away.first, today - LONGEST)
    return today - A_WEEK


def typed_from(text: str, today: date) -> date | None:
    """The first day of "2 weeks", "10 days" or 2026-03-02; None for what is none, or lies ahead."""
    words = " ".join(text.casefold().removeprefix("since ").split())
    found = _AGO.fullmatch(words)
    if found:
        count = found["count"] or "1"
        days = int(_NUMBERS.get(count) or count) * _DAYS[found["unit"]]
        return today - min(timedelta(days=days), LONGEST) if days else None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return max(day, today - LONGEST) if day < today else None


def welcome(away: Away | None, today: date) -> bool:
    """Whether somebody has just come back."""
    return away is not None and away.last < today <= away.last + WELCOME


def concerning(news: News, function: Function | None) -> list[Decided]:
    """What was decided that this person has a part in, or that is for their function."""
    return [
        one for one in news.decided if one.concerns or (function is not None and function in one.functions)
    ]


# -- the chart --------------------------------------------------------------------------------------------

ENOUGH = 3
"""Weeks with something in them, before a chart says more than a sentence."""
Weeks = Sequence[Mapping[Kind, int]]


def finding(weeks: Weeks) -> str | None:
    """What the weeks show, as a sentence; None where there is too little to show."""
    totals = [sum(week.values()) for week in weeks]
    if sum(map(bool, totals)) < ENOUGH or not totals[-1]:
        return None
    found = _leading(weeks, Kind.PROBLEM, Kind.IDEA, "More problems than ideas")
    found = found or _rising(totals) or _leading(weeks, Kind.IDEA, Kind.PROBLEM, "More ideas than problems")
    return (
        found
        or f"{counted(totals[-1], 'piece', 'pieces')} of feedback this week, {totals[-2]} the week before"
    )


def _leading(weeks: Weeks, first: Kind, second: Kind, words: str) -> str | None:
    """How many weeks in a row, up to now, there was more of the one than of the other."""
    row = 0
    for week in reversed(weeks):
        if week.get(first, 0) <= week.get(second, 0):
            break
        row += 1
    return f"{words}{_for_the_nth(row)}" if row else None


def _rising(totals: Sequence[int]) -> str | None:
    row = 1
    while row < len(totals) and totals[-row] > totals[-row - 1]:
        row += 1
    return f"More feedback each week, {' then '.join(map(str, totals[-row:]))}" if row >= ENOUGH else None


def _for_the_nth(row: int) -> str:
    if row == 1:
        return " this week"
    return f" for the {_ORDINALS.get(row, f'{row}th')} week in a row" if row > 2 else " for the second week"


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
