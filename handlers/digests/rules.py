"""When a digest comes, what in it needs attention, whether there is anything to say, and how it begins. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.kit.counting import counted
from handlers.kit.dates import say_day
from handlers.kit.functions import FUNCTIONS
from handlers.kit.permissions import allowed
from handlers.kit.shortening import shorten
from storage.calendar import known_zone
from storage.digests.values import Decided, Need, News, Open, Period, Readers, Turn
from storage.people.values import Channel, ChannelKind
from storage.recurrence import Recurrence, weekly
from storage.things.values import Letter
from storage.values import FunctionId, PersonId
from storage.worktime.values import Away

MONDAY = 1
AT = time(9)
A_WEEK = timedelta(days=7)
STALE = timedelta(days=14)
"""Feedback that nobody has added anything to for so long should be looked at."""
PATIENCE: Mapping[Need, int] = {
    Need.LAUNCH: 1,
    Need.BLOCKER: 3,
    Need.ITEM_BLOCKED: 2,
    Need.ITEM_LATE: 1,
    Need.OVERDUE: 1,
    Need.REVIEW: 1,
    Need.UNDECIDED: 14,
    Need.UNTOUCHED: 14,
}
"""From how many days on something needs attention."""


TITLE_IN_HEADLINE = 40
EACH = 2
_TURNS = (Turn.SHIPPED, Turn.MOVED, Turn.COMING, Turn.CANCELLED)

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
    if channel is not None and (channel.shared or channel.archived):
        return Refusal.SHARED if channel.shared else Refusal.ARCHIVED
    if channel is None or not channel.ours:
        return Refusal.NOT_IN_IT
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


def foremost(waiting: Sequence[Waiting], most: int) -> list[Waiting]:
    """Those to show where not all fit: two of each sort before a third of any, in their order."""
    seen: Counter[Need] = Counter()
    ranked: list[tuple[bool, int]] = []
    for at, one in enumerate(waiting):
        seen[one.what.need] += 1
        ranked.append((seen[one.what.need] > EACH, at))
    return [waiting[at] for at in sorted(at for _, at in sorted(ranked)[:most])]


def quiet(news: News, waiting: Collection[Waiting], period: Period) -> bool:
    """Whether nothing happened and nothing needs anybody: then nothing is posted."""
    return not (
        waiting
        or news.decided
        or any(news.captured.values())
        or news.closed
        or _blockers(news, period)
        or _launch(news, period)
    )


def headline(news: News, waiting: Sequence[Waiting], period: Period) -> str:
    """The finding a digest begins with: its three most important facts."""
    facts = [
        _attention(len(waiting)), _decided(news), _launch(news, period), _blockers(news, period), _captured(news),
    ]  # fmt: skip
    return f"{say_period(period)}: {', '.join([one for one in facts if one][:3]) or 'nothing new'}"


def say_period(period: Period) -> str:
    """What a digest calls the time it tells of."""
    days = (period.today - period.first).days
    if days <= 1:
        return "Since yesterday" if days else "Today"
    if 5 <= days <= 8:
        return "This week"
    return "These two weeks" if 12 <= days <= 15 else f"Since {say_day(period.first)}"


def _attention(number: int) -> str:
    if not number:
        return ""
    return f"{number} thing needs attention" if number == 1 else f"{number} things need attention"


def _decided(news: News) -> str:
    return f"{news.decided_in_all} decided" if news.decided_in_all else ""


def _launch(news: News, period: Period) -> str:
    """What most of all happened to a launch, or the next one if it comes within a week."""
    soon = period.today + A_WEEK
    told = [one for one in news.launches if one.turn is not Turn.COMING or one.on <= soon]
    if not told:
        return ""
    first = min(told, key=lambda one: (_TURNS.index(one.turn), one.on))
    title = shorten(first.about.title, TITLE_IN_HEADLINE)
    return {
        Turn.SHIPPED: f"{title} shipped",
        Turn.MOVED: f"{title} moved to {say_day(first.on)}",
        Turn.COMING: f"{title} ships {say_soon(first.on, period.today)}",
        Turn.CANCELLED: f"{title} is called off",
    }[first.turn]


def say_soon(day: date, today: date) -> str:
    """A day of the coming week."""
    ahead = (day - today).days
    return "today" if ahead == 0 else "tomorrow" if ahead == 1 else f"{day:%A}" if ahead < 7 else say_day(day)


def _blockers(news: News, period: Period) -> str:
    new = sum(one.since > period.since for one in news.stuck)
    if new:
        return counted(new, "new blocker", "new blockers")
    return counted(len(news.cleared), "blocker cleared", "blockers cleared") if news.cleared else ""


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


def without(news: News, off: Collection[str]) -> News:
    """The same without things of these letters."""
    kept = replace(news, open=tuple(one for one in news.open if one.about.reference.letter not in off))
    if Letter.FEEDBACK in off:
        kept = replace(kept, untouched=0, captured={}, weeks=(), closed=(), praised=())
    if Letter.DECISION in off:
        kept = replace(kept, decided=(), decided_in_all=0)
    if Letter.LAUNCH in off:
        kept = replace(kept, launches=())
    return replace(kept, stuck=(), cleared=()) if Letter.BLOCKER in off else kept


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


def concerning(news: News, function: FunctionId | None) -> list[Decided]:
    """What was decided that this person has a part in, or that is for their function."""
    theirs = FUNCTIONS.in_use(function)
    return [
        one
        for one in news.decided
        if one.concerns or (theirs is not None and theirs in map(FUNCTIONS.whole, one.functions))
    ]
