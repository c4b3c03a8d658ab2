"""A daily series in a database whose time a test moves."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from handlers.asks import reports, sending
from handlers.asks import service as asking
from handlers.kit.blocks import divider
from handlers.kit.features import SeriesKind
from handlers.schedules import service
from storage.asks import queries as asks
from storage.asks.values import Ask
from storage.audit import queries as audit
from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.people import queries as people
from storage.people.values import Person
from storage.recurrence import Recurrence, weekdays
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import Late, Occurrence, OccurrenceState, Series, Why
from storage.values import PersonId, PersonKind, WorkspaceId
from storage.worktime.values import Availability

HERE = WorkspaceId("T0NORTHWIND")
MAYA, KENJI, SAM, BEN, LENA = (PersonId(f"U0{name}") for name in ("MAYA", "KENJI", "SAM", "BEN", "LENA"))
MONDAY = date(2026, 3, 2)
AT_NINE = weekdays(MONDAY, time(9))
T = TypeVar("T")
Became = tuple[OccurrenceState, Why | None]
DONE: Became = (OccurrenceState.DONE, None)
MISSED: Became = (OccurrenceState.MISSED, Why.WE_WERE_DOWN)


class Standup:
    """A database at a time, a daily series in it, and for which dates and people it ran."""

    def __init__(self, database: Database, clock: VirtualClock, late: Late) -> None:
        self.database, self.clock = database, clock
        self.kinds = {
            "standup": SeriesKind(_run, late),
            "broken": SeriesKind(_break),
            "asking": SeriesKind(_ask, late),
            "together": SeriesKind(_run_but_ben, late, together=_run_together),
        }

    async def begin(
        self, *asked: Person, recurrence: Recurrence = AT_NINE, kind: str = "standup", each: bool = True
    ) -> None:
        """Everybody is known, and asked from now on."""

        def work(tx: Tx) -> None:
            people.learn(tx, [person(MAYA, "Europe/Stockholm"), *asked])
            schedules.put(tx, Series("s", kind, "Standup", recurrence, {}, MAYA, per_person=each))
            schedules.set_people(tx, "s", [one.id for one in asked])

        await self.do(work)

    async def at(self, moment: datetime) -> None:
        """It is that time, and the clock looks what is due."""
        self.clock.pass_time(moment - self.clock.now())
        while await self.do(lambda tx: service.tick(tx, self.kinds)):
            pass
        while await self.do(sending.send_due):
            pass

    async def until(self, moment: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        """Time goes by as it does, with the clock running."""
        while self.clock.now() < moment:
            await self.at(min(self.clock.now() + step, moment))

    async def became(self, day: date) -> dict[str, Became]:
        """What became of a date for each person."""
        found = await self.do(lambda tx: log.on(tx, "s", day))
        assert await self.ran(day) == sum(one.state is OccurrenceState.DONE for one in found)
        return {str(one.recipient or ""): (one.state, one.why) for one in found}

    async def ran(self, day: date) -> int:
        """How often something really ran for a date."""
        return len(await self.do(lambda tx: audit.of(tx, str(day))))

    async def told(self) -> list[Ask]:
        """What the owner was told."""
        return await self.do(lambda tx: asks.beginning(tx, "schedules:missed:"))

    async def do(self, work: Callable[[Tx], T]) -> T:
        return await self.database.transact(HERE, work)


def _run(tx: Tx, one: Occurrence) -> None:
    audit.note(tx, one.recipient, "ran", str(one.on))


def _break(tx: Tx, one: Occurrence) -> None:
    _run(tx, one)
    raise LookupError(one.series.key)


def _run_but_ben(tx: Tx, one: Occurrence) -> None:
    _run(tx, one)
    if one.recipient == BEN:
        raise LookupError(one.series.key)


def _run_together(
    tx: Tx, those: Sequence[Occurrence], there: Mapping[PersonId, Availability]
) -> list[Why | None]:
    for one in those:
        _run_but_ben(tx, one)
    return [
        Why.HOURS if one.recipient is not None and there[one.recipient].zone == "UTC" else None
        for one in those
    ]


def _ask(tx: Tx, one: Occurrence) -> None:
    _run(tx, one)
    assert one.recipient is not None
    key = f"{reports.asked_under(one.series.key, one.on)}{one.recipient}"
    asking.ask(tx, one.recipient, key, "What will you do today?", [divider()], due=one.due_at)


def person(who: PersonId, zone: str) -> Person:
    return Person(who, who, PersonKind.MEMBER, zone=zone)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@asynccontextmanager
async def standup(url: str, start: datetime, late: Late = Late.PROMPT) -> AsyncIterator[Standup]:
    clock = VirtualClock(start)
    database = Database(url, clock)
    try:
        yield Standup(database, clock, late)
    finally:
        await database.close()
