"""A company whose teams of ten are each asked every morning: one check-in made as people make them, then multiplied.

A schedule is one person in one check-in: what somebody would write as one job of APScheduler's. Those that are due do
not all belong to one series: that would be one row, and too easy.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    String,
    cast,
    create_engine,
    insert,
    literal,
    select,
    true,
    type_coerce,
    update,
)

from handlers.checkins import rules, service
from handlers.checkins.feature import FEATURE
from handlers.kit import switches
from handlers.people.service import sync_at_start
from storage.asks import queries as asks
from storage.asks.tables import AskRow
from storage.asks.values import AskKind, AskState, NewAsk
from storage.calendar import local_instant
from storage.checkins.tables import CheckInRow
from storage.database import OURS, Clock, Database, Tx
from storage.outbox import boards
from storage.outbox.tables import BoardRow, OutboxRow
from storage.outbox.values import State
from storage.people import queries as people
from storage.people.tables import ChannelRow, MemberRow, PersonRow
from storage.people.values import Channel, ChannelKind, Person
from storage.schedules.tables import SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.things.tables import ThingRow
from storage.values import ChannelId, PersonId, PersonKind
from tests.bench.workspace import TEAM

OF_TEN = 10
ZONE = "Europe/Lisbon"
ASKED = "checkin:1:yesterday:U0T0"
HOURS = 23
"""Those that are not due yet are due in the hours to come."""


@dataclass(frozen=True, slots=True)
class Company:
    """So many schedules, of which so many are due at the same moment; `morning` is that moment."""

    schedules: int
    due: int
    morning: datetime

    @property
    def people(self) -> int:
        """Everybody takes part in ten check-ins, where there are so many."""
        return max(self.due, self.schedules // 10)


def company(schedules: int, due: int) -> Company:
    """Asked on the next Wednesday, when people work."""
    ahead = timedelta(days=(2 - datetime.now(UTC).weekday()) % 7 + 7)
    day = (datetime.now(UTC) + ahead).date()
    return Company(schedules, due, local_instant(day, rules.NINE, ZONE))


def clock_at(moment: datetime) -> Clock:
    """A clock that shows that moment now, and goes on."""
    clock = Clock()
    clock.moved = moment - clock.now()
    return clock


def fill(url: str, company: Company) -> None:
    """Add them to a furnished database."""
    asyncio.run(_work(url, company.morning - timedelta(hours=20), _start))
    asyncio.run(_work(url, company.morning - timedelta(days=1), _ask_once))
    asyncio.run(_work(url, company.morning - timedelta(minutes=10), _list))
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in _others(connection, company):
                connection.execute(statement)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


async def _work(url: str, moment: datetime, work: Callable[[Tx], None]) -> None:
    database = Database(url, clock_at(moment))
    try:
        await database.transact(TEAM, work)
    finally:
        await database.close()


def _list(tx: Tx) -> None:
    """Slack has just told who is here: whoever starts now need not ask."""
    sync_at_start(tx)
    tx.put(update(OutboxRow).where(OutboxRow.workspace == OURS).values(state=State.SENT))


def _start(tx: Tx) -> None:
    """The first team, with nobody in it yet."""
    first, channel = PersonId("U0T0"), ChannelId("C0T0")
    people.learn(tx, [Person(first, "Person 0", PersonKind.MEMBER, zone=ZONE)])
    people.set_dm(tx, first, ChannelId("D0T0"))
    people.keep_channels(tx, [Channel(channel, "team-0", ChannelKind.PUBLIC, ours=True)])
    people.join(tx, channel, [first])
    boards.put_home(tx, first, "home")
    assert FEATURE.switch is not None
    switches.put(tx, FEATURE.switch, on=True, by=first)
    settings = rules.proposed(channel, {ZONE}, ZONE, tx.now)
    service.start(tx, settings, [first], first)
    tx.put(update(BoardRow).where(BoardRow.workspace == OURS).values(stale=False, sent=BoardRow.wanted))


def _ask_once(tx: Tx) -> None:
    """Whoever is asked every morning was asked the day before, and answered."""
    first = PersonId("U0T0")
    asks.add(tx, NewAsk(ASKED, first, AskKind.ASK, "Standup", [], tx.now, first))
    asks.sent(tx, {ASKED: f"asks:{ASKED}"})
    asks.delivered(tx, [ASKED])
    asks.settle(tx, ASKED, AskState.ANSWERED)


def _others(connection: Connection, company: Company) -> Iterator[Any]:
    """Everything else, from those rows: made by the database itself, which takes seconds for a million."""
    to_json = cast if connection.dialect.name == "postgresql" else type_coerce
    teams, due, people = company.schedules // OF_TEN, company.due // OF_TEN, company.people
    yield _copies(
        PersonRow,
        PersonRow.id == "U0T0",
        (1, people),
        lambda i: {"id": _named("U0T", i), "name": _named("Person ", i), "dm": _named("D0T", i)},
    )
    yield _copies(
        BoardRow,
        BoardRow.key == "home:U0T0",
        (1, people),
        lambda i: {
            "key": _named("home:U0T", i),
            "person": _named("U0T", i),
            "subject": to_json(_named('{"person": "U0T', i, '"}'), JSON),
        },
    )
    yield _copies(
        AskRow,
        AskRow.key == ASKED,
        (1, people),
        lambda i: {
            "key": _named(ASKED, i),
            "person": _named("U0T", i),
            "recipient": _named("U0T", i),
            "letter": _named("asks:", i),
        },
    )
    yield _copies(
        ChannelRow,
        ChannelRow.id == "C0T0",
        (1, teams),
        lambda i: {"id": _named("C0T", i), "name": _named("team-", i)},
    )
    yield _copies(
        ThingRow,
        ThingRow.letter == "C",
        (1, teams),
        lambda i: {"number": i + 1, "audience_channel": _named("C0T", i)},
    )
    yield _copies(
        CheckInRow,
        CheckInRow.number == 1,
        (1, teams),
        lambda i: {"number": i + 1, "series": _named("checkin:", i + 1), "channel": _named("C0T", i)},
    )
    yield _copies(
        SeriesRow,
        SeriesRow.key == "checkin:1",
        (1, teams),
        lambda i: {
            "key": _named("checkin:", i + 1),
            "subject": to_json(_named('{"number": ', i + 1, "}"), JSON),
        },
    )
    part = -(-(teams - due) // HOURS)
    for hour in range(HOURS + 1):
        at = literal(company.morning + timedelta(hours=hour), SeriesZoneRow.due_at.type)
        yield _copies(
            SeriesZoneRow,
            SeriesZoneRow.series == "checkin:1",
            (due + (hour - 1) * part, min(due + hour * part, teams)) if hour else (1, due),
            partial(_due_in, at=at),
        )
    yield _copies(
        MemberRow,
        MemberRow.channel == "C0T0",
        (1, teams * OF_TEN),
        lambda i: {"channel": _named("C0T", i // OF_TEN), "person": _named("U0T", i % people)},
    )
    yield _copies(
        SeriesPersonRow,
        SeriesPersonRow.series == "checkin:1",
        (1, teams * OF_TEN),
        lambda i: {"series": _named("checkin:", i // OF_TEN + 1), "person": _named("U0T", i % people)},
    )


def _due_in(i: ColumnElement[Any], at: ColumnElement[datetime]) -> Mapping[str, Any]:
    return {"series": _named("checkin:", i + 1), "due_at": at}


def _copies(
    row: Any, such: ColumnElement[bool], numbers: tuple[int, int], new: Callable[[Any], Mapping[str, Any]]
) -> Any:
    """Copies of one row, one for each number from the first to before the end."""
    first, end = numbers
    start = select(literal(first).label("i")).where(literal(first) < end).cte(recursive=True)
    each = start.union_all(select(start.c.i + 1).where(start.c.i + 1 < end))
    columns, changed = row.__table__.c, new(each.c.i)
    source = select(*(changed.get(one.name, one) for one in columns)).join_from(row.__table__, each, true())
    return insert(row).from_select([one.name for one in columns], source.where(such))


def _named(prefix: str, number: ColumnElement[Any], suffix: str = "") -> ColumnElement[str]:
    return literal(prefix).concat(cast(number, String)).concat(suffix)
