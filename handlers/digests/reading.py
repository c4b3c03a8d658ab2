"""What a channel may be told: one read, through the eyes of all its members together."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import dropwhile

from handlers import checkins, decisions, feedback, launches
from handlers.digests import rules
from handlers.digests.lines import Edition
from handlers.kit import switches
from storage.database import Tx
from storage.digests import news as reading
from storage.digests import queries as digests
from storage.digests.values import News, Period
from storage.people import queries as people
from storage.recurrence import Recurrence
from storage.things import queries as things
from storage.values import ChannelId, PersonId


def edition(tx: Tx, channel: ChannelId, recurrence: Recurrence, told_until: datetime | None) -> Edition:
    """The channel's next digest as it would be now."""
    period = rules.period(told_until, tx.now, recurrence.zone or "UTC")
    seen = things.viewing_in(channel, full=digests.readers(tx, channel).full)
    news = gather(tx, seen, period)
    waiting = rules.needs(news, period.today)
    owners = [one.what.owner for one in waiting]
    stuck = [person for one in news.stuck for person in (one.blocked, one.person)]
    names = names_of(tx, [*owners, *stuck, *(one.by for one in news.decided)])
    return Edition(channel, period, news, waiting, names, recurrence)


def gather(tx: Tx, seen: Mapping[str, object], period: Period) -> News:
    """Everything there is to tell to whoever looks, of the jobs that are on.

    Its weeks begin with the first in which something came in.
    """
    weeks = rules.week_starts(period.until, reading.WEEKS)
    found = rules.without(reading.gather(tx, seen, period, weeks, period.until - rules.STALE), off(tx))
    return replace(found, weeks=tuple(dropwhile(lambda week: not any(week.values()), found.weeks)))


def off(tx: Tx) -> frozenset[str]:
    """The letters of what belongs to jobs that are switched off: nothing of it is told, and no button of it works."""
    jobs = (feedback.FEATURE, checkins.FEATURE, decisions.FEATURE, launches.FEATURE)
    switched = switches.off(tx, [one.switch for one in jobs if one.switch is not None])
    return frozenset(letter for one in jobs if one.switch in switched for letter in one.opens)


def names_of(tx: Tx, ids: Iterable[PersonId | None]) -> dict[PersonId, str]:
    """What to call these people, as far as they are known."""
    known = people.people(tx, sorted({one for one in ids if one is not None}))
    return {person: found.name for person, found in known.items() if found.name}
