"""When somebody may be asked or told, and what has to wait. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from storage.asks.values import TELLINGS, Ask, AskKind, Held, Spent
from storage.calendar import next_working_moment, next_working_morning
from storage.values import Json, PersonId
from storage.worktime.values import Availability, Off

WORTH_SENDING = timedelta(hours=8)
"""An ask that could not be delivered on its day waits for the next one."""
WORTH_TRYING = timedelta(days=14)
"""Somebody who could not be reached for so long is not asked any more."""
MOST = 8
"""Asks in one message; people take no more."""
MOST_BLOCKS = 40
"""Blocks of all of them; Slack takes fifty, and each of ours has a title and a line."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now but at `until`, and why."""

    key: str
    until: datetime
    why: Held
    note: dict[str, Json] | None = None


@dataclass(slots=True)
class Plan:
    """What becomes of everything that is due for one person."""

    send: list[Ask] = field(default_factory=list)
    hold: list[Hold] = field(default_factory=list)
    hand: list[tuple[Ask, PersonId]] = field(default_factory=list)
    lapse: list[Ask] = field(default_factory=list)


def ask_at(now: datetime, there: Availability) -> datetime:
    """An ask waits for the person's next working morning: it costs them nothing today."""
    return next_working_morning(now, there.hours, there.holidays)


def tell_at(now: datetime, there: Availability) -> datetime:
    """A telling goes at once in working hours, else when they next begin."""
    return next_working_moment(now, there.hours, there.holidays)


def worth_trying(since: datetime, now: datetime) -> bool:
    """Whether something that could not be delivered is tried another day."""
    return now - since < WORTH_TRYING


def plan(
    now: datetime,
    due: Sequence[Ask],
    there: Availability,
    spent: Spent,
    cover: PersonId | None = None,
    may_cover: Collection[str] = (),
    silenced: tuple[str, ...] = (),
) -> Plan:
    """Decide about what is due for one person: news, asks, tellings; first what can wait least, then the oldest.

    Args:
        now: When it is.
        due: What is due, oldest first.
        there: When the person can be reached, and how much they take a day.
        spent: How much they were sent today.
        cover: Who is there for them while they are away, if somebody is.
        may_cover: The keys the cover may be asked instead.
        silenced: How the keys of what belongs to a job that is off begin; it waits until it is on again.
    """
    made = Plan()
    busy = there.busy_at(now)
    left = _Left(there.worktime.asks_a_day - spent.asks, there.worktime.tells_a_day - spent.tells)
    for one in sorted(due, key=urgency):
        if one.until is not None and one.until <= now:
            made.lapse.append(one)
        elif one.key.startswith(silenced):
            made.hold.append(Hold(one.key, there.morning_after(now), Held.OFF))
        elif one.kind is AskKind.BACK:
            _send(made, one)
        elif busy is not None:
            _wait(made, one, now, there, busy, cover if one.key in may_cover else None)
        elif not left.take(one.kind, _fits(made, one)):
            made.hold.append(_over_budget(one, now, there))
        else:
            _send(made, one)
    return made


def urgency(one: Ask) -> tuple[int, datetime]:
    """What goes first and stands first: news, then asks, and of them a round of today before what can wait."""
    return _ORDER[one.kind], one.until or _NO_END


_NO_END = datetime.max.replace(tzinfo=UTC)
_ORDER = {AskKind.BACK: 0, AskKind.NEWS: 1, AskKind.ASK: 2, AskKind.NUDGE: 2, AskKind.TELL: 3}


@dataclass(slots=True)
class _Left:
    """What is left of the day's budget."""

    asks: int
    tells: int

    def take(self, kind: AskKind, fits: bool) -> bool:
        """Whether there is some left for one more; what does not fit into this message costs later."""
        cost = 1 if fits else 0
        if kind in TELLINGS:
            allowed, self.tells = self.tells > 0, self.tells - cost
        else:
            allowed, self.asks = self.asks > 0, self.asks - cost
        return allowed


def _fits(made: Plan, one: Ask) -> bool:
    blocks = sum(len(sent.blocks) for sent in made.send) + len(one.blocks)
    return not made.send or (len(made.send) < MOST and blocks <= MOST_BLOCKS)


def _send(made: Plan, one: Ask) -> None:
    """What does not fit is left as it is: due, and looked at again at once."""
    if _fits(made, one):
        made.send.append(one)


def _wait(
    made: Plan, one: Ask, now: datetime, there: Availability, busy: Off, cover: PersonId | None
) -> None:
    away = there.away_on(there.today(now))
    if away is not None and one.recipient != one.person:
        made.hand.append((one, one.person))
    elif away is not None and cover is not None:
        made.hand.append((one, cover))
    else:
        note: dict[str, Json] | None = None if away is None else {"until": away.last.isoformat()}
        made.hold.append(Hold(one.key, there.moment_from(now), Held(busy.value), note))


def _over_budget(one: Ask, now: datetime, there: Availability) -> Hold:
    telling = one.kind in TELLINGS
    limit = there.worktime.tells_a_day if telling else there.worktime.asks_a_day
    return Hold(one.key, there.morning_after(now), Held.BUDGET, {"limit": limit})
