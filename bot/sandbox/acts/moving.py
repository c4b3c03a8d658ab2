"""Moving the civil clock, from where somebody stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox import walking
from bot.sandbox.acts.act import Act, Body
from bot.sandbox.clock import step_to
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.world import Person

Json = dict[str, Any]


class Seconds(Body):
    """A step of civil time."""

    seconds: float


class Move(Body):
    """A step by name or in seconds, or the time to go to; with `walk` it is gone there, not jumped."""

    advance: str | Seconds | None = None
    set: datetime | None = None
    walk: bool = False


async def _clock(hub: Hub, me: Person, move: Move) -> Json:
    step = _step(hub, me, move)
    if move.walk:
        await walking.walk(hub, step)
    else:
        walking.move(hub, step)
    return {"ok": True, **clock_json(hub)}


def clock_json(hub: Hub) -> Json:
    """The clock as the page and the app read it."""
    offset = hub.clock.offset.total_seconds()
    return {"now": hub.clock.now().isoformat(), "offset_seconds": offset, "version": hub.clock.version}


def _step(hub: Hub, me: Person, move: Move) -> timedelta:
    now = hub.clock.now()
    if isinstance(move.advance, Seconds):
        return timedelta(seconds=move.advance.seconds)
    if move.advance is not None:
        return step_to(move.advance, now, me.tz)
    if move.set is None:
        raise Refused("Say how far to move, or to when.")
    if move.set.tzinfo is None:
        raise Refused("Say the zone of that time, e.g. 2026-12-10T09:00:00Z.")
    return move.set.astimezone(UTC) - now


ACTS = (Act("clock", Move, _clock),)
