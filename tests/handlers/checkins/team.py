"""A check-in in a database whose time a test moves; Slack takes what is sent, unless a test says that it does not."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import select

from handlers.asks import sending
from handlers.checkins import answering, asking, closing, rules, service
from handlers.checkins.answering import Typed
from handlers.kit.features import SeriesKind
from handlers.kit.requests import Who
from handlers.schedules import service as schedules
from storage.asks import queries as asks
from storage.asks.values import AskState
from storage.checkins import queries as checkins
from storage.checkins import rounds
from storage.checkins.values import Round, Settings
from storage.database import OURS, Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox.tables import OutboxRow
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.recurrence import weekdays
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId

HERE = WorkspaceId("T0NORTHWIND")
CHANNEL = ChannelId("C0GENERAL")
MAYA, KENJI, SAM, BEN = (PersonId(f"U0{name}") for name in ("MAYA", "KENJI", "SAM", "BEN"))
ZONES = {MAYA: "Europe/Stockholm", KENJI: "Asia/Tokyo", SAM: "America/New_York", BEN: "Europe/London"}
SUNDAY, MONDAY, TUESDAY = (date(2026, 3, day) for day in (1, 2, 3))
NEW_YORK = "America/New_York"
_POSTED = select(OutboxRow.key, OutboxRow.arguments).where(
    OutboxRow.workspace == OURS, OutboxRow.key.like("checkin.summary:%")
)
T = TypeVar("T")


class Team:
    """A daily check-in of four people in four zones, summed up at one o'clock in New York (18:00 UTC)."""

    def __init__(self, database: Database, clock: VirtualClock) -> None:
        self.database, self.clock = database, clock
        self.kinds = {checkins.ASK: SeriesKind(asking.ask)}
        self.slack_is_there = True

    async def begin(self, *those: PersonId) -> None:
        """Everybody is known and in the channel, and it is on."""

        def work(tx: Tx) -> None:
            people.learn(tx, [person(one, ZONES[one]) for one in ZONES])
            people.keep_channels(tx, [Channel(CHANNEL, "general", ChannelKind.PUBLIC, ours=True)])
            people.join(tx, CHANNEL, [*ZONES])
            daily = weekdays(MONDAY, time(9))
            settings = Settings("Daily", CHANNEL, rules.QUESTIONS, daily, time(13), NEW_YORK)
            service.start(tx, settings, those or [*ZONES], MAYA)

        await self.do(work)

    async def at(self, moment: datetime) -> None:
        """It is that time, and everything looks what is due; what is sent arrives at once while Slack is there."""
        self.clock.pass_time(moment - self.clock.now())
        for _ in range(3):
            await self._until_done(lambda tx: schedules.tick(tx, self.kinds))
            await self._until_done(sending.send_due)
            await self._until_done(asking.remind)
            await self._until_done(closing.close)
        if self.slack_is_there:
            await self.do(self._deliver)

    async def until(self, moment: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        """Time goes by as it does."""
        while self.clock.now() < moment:
            await self.at(min(self.clock.now() + step, moment))

    async def answer(self, who: PersonId, words: str = "Done", on: date = MONDAY) -> None:
        """Somebody answers."""

        def work(tx: Tx) -> None:
            checkin, found = checkins.must(tx, 1), rounds.hold(tx, 1, on)
            assert found is not None
            request = Who(HERE, who, PersonKind.MEMBER, ZONES[who], admin=False)
            answering.keep(tx, checkin, found, Typed((words, None, None), None), request)

        await self.do(work)

    async def round(self, on: date = MONDAY) -> Round | None:
        """How the round of a date stands."""
        return await self.do(lambda tx: rounds.find(tx, 1, on))

    async def asked(self, on: date = MONDAY) -> set[PersonId]:
        """Whom the question of a date has reached."""
        found = await self.do(lambda tx: asks.beginning(tx, rules.round_prefix(1, on)))
        return {one.person for one in found if one.delivered_at is not None}

    async def reminded(self, who: PersonId, on: date = MONDAY) -> bool:
        """Whether somebody was reminded of it."""
        found = await self.do(lambda tx: asks.find(tx, f"{rules.ask_key(1, on, who)}{asks.NUDGE}"))
        return found is not None and found.sent_at is not None

    async def summaries(self) -> list[str]:
        """The text of every summary that was posted."""
        rows = await self.do(lambda tx: tx.all(_POSTED))
        return [str(arguments["text"]) for _, arguments in rows]

    async def do(self, work: Callable[[Tx], T]) -> T:
        return await self.database.transact(HERE, work)

    async def _until_done(self, job: Callable[[Tx], bool]) -> None:
        while await self.do(job):
            pass

    def _deliver(self, tx: Tx) -> None:
        found = asks.beginning(tx, "checkin:")
        asks.delivered(
            tx, [one.key for one in found if one.state is AskState.SENT and one.delivered_at is None]
        )


def person(who: PersonId, zone: str) -> Person:
    return Person(who, who.removeprefix("U0").title(), PersonKind.MEMBER, zone=zone)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@asynccontextmanager
async def team(url: str) -> AsyncIterator[Team]:
    clock = VirtualClock(utc(SUNDAY, 12))
    database = Database(url, clock)
    try:
        yield Team(database, clock)
    finally:
        await database.close()
