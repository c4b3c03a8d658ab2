"""When a wall clock shows a time, found without anything of ours: only zoneinfo, walking minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

YEARS = range(2024, 2031)
MINUTE = timedelta(minutes=1)
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg", "Africa/Lagos",
    "America/Adak", "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion",
    "America/Bogota", "America/Caracas", "America/Chicago", "America/Denver", "America/Halifax",
    "America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/Miquelon", "America/New_York",
    "America/Noronha", "America/Nuuk", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
    "America/Scoresbysund", "America/St_Johns", "America/Tijuana", "America/Vancouver",
    "Antarctica/Troll", "Antarctica/Vostok", "Asia/Almaty", "Asia/Amman", "Asia/Beirut", "Asia/Dubai",
    "Asia/Gaza", "Asia/Jerusalem", "Asia/Kabul", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Nicosia",
    "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Asia/Yangon", "Atlantic/Azores", "Atlantic/Bermuda",
    "Australia/Adelaide", "Australia/Brisbane", "Australia/Eucla", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Chisinau", "Europe/Dublin", "Europe/Lisbon", "Europe/London",
    "Europe/Stockholm", "Pacific/Apia", "Pacific/Chatham", "Pacific/Easter", "Pacific/Kiritimati",
)  # fmt: skip


def changes(zone: str) -> Iterator[datetime]:
    """Every change of the zone's offset in these years, to the minute; the first moment where there is none."""
    clock, found = pinned(zone), False
    moment, end = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=1)
        if offset(clock, following) != offset(clock, moment):
            low, high = moment, following
            while high - low > MINUTE:
                middle = low + timedelta(minutes=(high - low) // MINUTE // 2)
                low, high = (middle, high) if offset(clock, middle) == offset(clock, low) else (low, middle)
            found = True
            yield high
        moment = following
    if not found:
        yield datetime(YEARS[0], 3, 31, 1, tzinfo=UTC)


def pinned(zone: str) -> ZoneInfo:
    """The zone as the pinned package has it; the machine's own data may be older or newer."""
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, zone)


def offset(clock: ZoneInfo, moment: datetime) -> timedelta:
    """How far the zone is from UTC then."""
    ahead = moment.astimezone(clock).utcoffset()
    assert ahead is not None
    return ahead


def walk(zone: str, begins: datetime, ends: datetime) -> dict[datetime, datetime]:
    """The first moment each minute of a wall clock is shown, walking a day further on either side."""
    clock, shown = pinned(zone), dict[datetime, datetime]()
    moment = begins - timedelta(days=1)
    while moment < ends + timedelta(days=1):
        shown.setdefault(moment.astimezone(clock).replace(tzinfo=None), moment)
        moment += MINUTE
    return shown


def expected(
    shown: dict[datetime, datetime], at: time, begins: datetime, ends: datetime
) -> list[tuple[date, datetime]]:
    """When a wall clock first shows the time on each date; skipped, as much later as is skipped."""
    found: list[tuple[date, datetime]] = []
    first, last = min(shown).date(), max(shown).date()
    for day in (first + timedelta(days=ahead) for ahead in range((last - first).days + 1)):
        moment = shown.get(datetime.combine(day, at)) or after_the_gap(shown, datetime.combine(day, at))
        if moment is not None and begins < moment < ends:
            found.append((day, moment))
    return found


def after_the_gap(shown: dict[datetime, datetime], wall: datetime) -> datetime | None:
    """A time that was never shown: as long after the clocks jumped as it stood after the jump began."""
    back = 0
    while wall - back * MINUTE not in shown:
        back += 1
        if back > 1500:
            return None
    return shown[wall - back * MINUTE] + back * MINUTE
