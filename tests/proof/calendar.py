"""Letting it become a certain hour for somebody, wherever the scene before ended."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.proof.stage import Stage

STOCKHOLM, LONDON, NEW_YORK = "Europe/Stockholm", "Europe/London", "America/New_York"
MONDAY, SATURDAY = 0, 5


async def minutes_go_by(stage: Stage, minutes: int) -> None:
    """So many, at once."""
    await stage.slack.advance(minutes * 60.0)
    await stage.calm()


async def go_to(stage: Stage, clock: str, zone: str, *, monday: bool = False) -> None:
    """The next time the clocks there show that on a working day, or on a Monday."""
    await stage.slack.advance(await seconds_until(stage, clock, zone, monday=monday))
    await stage.calm()


async def seconds_until(stage: Stage, clock: str, zone: str, *, monday: bool = False) -> float:
    """How long it is until then."""
    now = await _now(stage)
    local = datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time.fromisoformat(clock), ZoneInfo(zone))
    while local <= now or (local.weekday() != MONDAY if monday else local.weekday() >= SATURDAY):
        local += timedelta(days=1)
    return (local.astimezone(UTC) - now).total_seconds()


async def day_after(stage: Stage, working_days: int, zone: str) -> str:
    """The date there so many working days from now."""
    day = (await _now(stage)).astimezone(ZoneInfo(zone)).date()
    for _ in range(working_days):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return day.isoformat()


async def _now(stage: Stage) -> datetime:
    clock = (await stage.slack.state("maya"))["clock"]
    return datetime.fromisoformat(clock["now"]).astimezone(UTC)
