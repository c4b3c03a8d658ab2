"""Letting time go by: on a long way the clock stops at people's mornings, noons and afternoons.

Whoever jumps over a weekend would find an app that seems to have slept: what was due on the way is late. So the
clock waits at each stop until the app has followed and gone quiet.
"""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.hub import Hub

STOPS = (time(9), time(13), time(16, 30))
"""When something falls due for people who work from nine to five."""
_FRIDAY = 4
_QUIET_SECONDS, _PATIENCE_SECONDS = 0.15, 3.0


def stops(after: datetime, until: datetime, zones: Iterable[str]) -> Iterator[datetime]:
    """Where the clock has to stop between two moments: on working days, in each of the zones."""
    found = {
        at
        for zone in zones
        for day in _days(after, until, zone)
        for stop in STOPS
        if after < (at := datetime.combine(day, stop, ZoneInfo(zone)).astimezone(UTC)) < until
    }
    yield from sorted(found)


async def walk(hub: Hub, step: timedelta) -> None:
    """Move the civil clock by so much, with all its stops."""
    async with hub.walking:
        target = hub.clock.now() + step
        zones = {person.tz for person in hub.world.people.values() if person.kind in {"member", "guest"}}
        for stop in stops(hub.clock.now(), target, sorted(zones)):
            move(hub, stop - hub.clock.now())
            await _happened(hub)
        move(hub, target - hub.clock.now())


def move(hub: Hub, step: timedelta) -> None:
    """Move the civil clock at once, and let everybody know."""
    hub.clock.advance(step)
    hub.world.offset_seconds = hub.clock.offset.total_seconds()
    hub.stream.tell("clock")


async def _happened(hub: Hub) -> None:
    """Until an app that follows the clock has seen the move, and done what it has to."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while hub.clock.followed and hub.clock.followed < hub.clock.version:  # noqa: ASYNC110 - the app asks by itself
                await asyncio.sleep(0.01)
            seen = -1
            while seen != len(hub.history):
                seen = len(hub.history)
                await asyncio.sleep(_QUIET_SECONDS)
    except TimeoutError:
        return


def _days(after: datetime, until: datetime, zone: str) -> Iterator[date]:
    day, last = (one.astimezone(ZoneInfo(zone)).date() for one in (after, until))
    while day <= last:
        if day.weekday() <= _FRIDAY:
            yield day
        day += timedelta(days=1)
