"""What recurs runs once per local date and recipient, in each person's own time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from handlers.kit.features import SeriesKind
from handlers.schedules import service
from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.people import queries as people
from storage.people.values import Person
from storage.recurrence import weekdays
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import Late, Occurrence, OccurrenceState, Series, Why
from storage.values import PersonId, PersonKind, WorkspaceId

HERE = WorkspaceId("T0NORTHWIND")
MAYA, KENJI, SAM = PersonId("U0MAYA"), PersonId("U0KENJI"), PersonId("U0SAM")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


class Standup:
    """A database at a time, a daily series in it, and what was run."""

    def __init__(self, url: str, late: Late = Late.PROMPT) -> None:
        self.clock = VirtualClock(MONDAY - timedelta(hours=12))
        self.database = Database(url, self.clock)
        self.kinds = {"standup": SeriesKind(self._run, late)}

    def _run(self, tx: Tx, one: Occurrence) -> None:
        schedules.find(tx, one.series.key)

    async def begin(self, *asked: Person) -> None:
        """Everybody is known, and asked at nine in their own time from Monday on."""

        def work(tx: Tx) -> None:
            people.learn(tx, asked)
            at_nine = weekdays(MONDAY.date(), time(9))
            schedules.put(tx, Series("s", "standup", "Standup", at_nine, {}, MAYA, per_person=True))
            schedules.set_people(tx, "s", [one.id for one in asked])

        await self.database.transact(HERE, work)

    async def at(self, moment: datetime) -> None:
        """It is that time, and the clock looks what is due."""
        self.clock.pass_time(moment - self.clock.now())
        while await self.database.transact(HERE, lambda tx: service.tick(tx, self.kinds)):
            pass

    async def became(self, day: date) -> dict[str, tuple[OccurrenceState, Why | None]]:
        """What became of a date for each person."""
        found = await self.database.read(HERE, lambda tx: log.on(tx, "s", day))
        return {str(one.recipient): (one.state, one.why) for one in found}

    async def do(self, work: Callable[[Tx], None]) -> None:
        await self.database.transact(HERE, work)


def person(who: PersonId, zone: str) -> Person:
    return Person(who, who, PersonKind.MEMBER, zone=zone)


DONE = (OccurrenceState.DONE, None)


async def test_each_is_asked_at_their_own_nine(database_url: str) -> None:
    """Kenji in Tokyo is asked when Sam in New York is asleep, for the same date."""
    s = Standup(database_url)
    await s.begin(person(KENJI, "Asia/Tokyo"), person(SAM, "America/New_York"))

    await s.at(datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    assert await s.became(date(2026, 3, 2)) == {}
    await s.at(datetime(2026, 3, 2, 0, 0, tzinfo=UTC))
    assert await s.became(date(2026, 3, 2)) == {KENJI: DONE}
    await s.at(datetime(2026, 3, 2, 14, 0, tzinfo=UTC))
    assert await s.became(date(2026, 3, 2)) == {KENJI: DONE, SAM: DONE}
