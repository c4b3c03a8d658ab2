"""A morning: ten thousand people are due in the same second, among a million schedules.

The work is the clock's whole way, by the jobs as they are registered: find the slots that are due, note who is asked
on that date, ask each as their check-in does (a round, a reminder, a Home to draw), and queue the one message each
gets. What is left then is the courier's.
"""

import asyncio
import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import NullPool, create_engine, func, select

from bot.app import SELDOM
from bot.clock import Hands
from bot.installations import Installations
from handlers.registry import registry
from storage.database import Database
from storage.outbox.tables import OutboxRow
from storage.schedules.tables import OccurrenceRow
from storage.worktime import public_holidays
from tests.bench import by_hand, jobs, teams
from tests.bench.sending import lean_slack
from tests.bench.subjects import (
    PATIENCE,
    NotMeasured,
    Running,
    Subject,
    environment,
    free_port,
    started,
    until_known,
)
from tests.bench.teams import Company
from tests.bench.tools import Tools
from tests.figures import Figure

KINDS = ("sqlite", "postgresql")
SCHEDULES, DUE = 1_000_000, 10_000
IN_A_STORE, DUE_IN_A_STORE = 10_000, 1_000
"""A store of APScheduler's in a database takes minutes for more."""
ROUNDS = 3
MEASURED = 3
"""Seconds in which requests come one after the other."""
MOST_BY_HAND, MOST_GROWTH, MOST_ACK = 3.0, 2.0, 2.0
A_MOMENT = timedelta(milliseconds=1)
AHEAD = tuple(timedelta(seconds=each) for each in (20, 60, 180))
"""What a process has to start, to be warmed and to be measured at rest before the morning; more, where it was too little."""


class TooSoon(Exception):
    """The morning came before the time at rest was measured."""


class Round(NamedTuple):
    """One round with one kind of database, in seconds."""

    few: float
    """All of those stored are due."""
    many: float
    by_hand: float


@dataclass(frozen=True, slots=True)
class Acks:
    """The slowest in a hundred, in seconds: at rest, and while those who are due are asked."""

    idle: float
    busy: float


def run(tools: Tools) -> list[Figure]:
    """All figures of it."""
    figures: list[Figure] = []
    for kind in KINDS:
        morning = _Morning(tools, kind)
        rounds = [morning.round(number) for number in range(ROUNDS)]
        acks = [morning.acks(number) for number in range(ROUNDS)]
        figures += _figures(kind, tools.of(DUE, least=100), rounds, acks)
    return [*figures, *_instead(tools)]


def _figures(kind: str, due: int, rounds: list[Round], acks: list[Acks]) -> list[Figure]:
    many, few, by_hand_, idle, busy = (
        median(each)
        for each in (
            (one.many for one in rounds),
            (one.few for one in rounds),
            (one.by_hand for one in rounds),
            (one.idle for one in acks),
            (one.busy for one in acks),
        )
    )
    ratio = median(one.many / one.by_hand for one in rounds)
    growth = median(one.many / one.few for one in rounds)
    ack = median(one.busy / one.idle for one in acks)
    name = f"schedules.{kind}"
    return [
        Figure(name, ratio, "times SQL by hand", by_hand_, MOST_BY_HAND, at_most=True, ours=many),
        Figure(
            f"{name}_growth",
            growth,
            "times the cost with few stored",
            few,
            MOST_GROWTH,
            at_most=True,
            ours=many,
        ),
        Figure(
            f"{name}_ack", ack, "times the p99 at rest", idle * 1e3, MOST_ACK, at_most=True, ours=busy * 1e3
        ),
        Figure(f"{name}_each", many / due * 1e6, "µs a person who is due"),
    ]


def _instead(tools: Tools) -> list[Figure]:
    """One job of APScheduler's for each schedule; they do nothing."""
    tools.tell("schedules: one job of APScheduler's for each")
    stored, due = tools.of(SCHEDULES // 10, least=1_000), tools.of(DUE, least=100)
    memory = jobs.in_memory(stored, due) / due
    few, few_due = tools.of(IN_A_STORE, least=100), tools.of(DUE_IN_A_STORE, least=10)
    database = jobs.in_a_database(tools.log.parent, few, few_due) / few_due
    return [
        Figure("schedules.apscheduler_memory", memory * 1e6, f"µs a job that is due, among {stored:,}"),
        Figure("schedules.apscheduler_database", database * 1e6, f"µs a job that is due, among {few:,}"),
    ]


class _Morning:
    """Mornings with one kind of database."""

    def __init__(self, tools: Tools, kind: str) -> None:
        self._tools = tools
        self._kind = kind
        due = tools.of(DUE, least=100)
        self._few = self._filled(teams.company(due, due))
        self._many = self._filled(teams.company(tools.of(SCHEDULES, least=2 * due), due))
        template, company = self._filled(teams.company(teams.OF_TEN, teams.OF_TEN))
        asyncio.run(_ask(template, company))
        self._like = by_hand.written(template)

    def round(self, number: int) -> Round:
        """Ask everybody who is due, among few and among many, and by hand."""
        self._tools.tell(f"schedules, round {number + 1} of {ROUNDS}: {self._kind}")
        few, many = self._asked(*self._few), self._asked(*self._many)
        template, company = self._many
        with self._copied(template) as url:
            by_hand_ = by_hand.ask(url, company, self._like)
            _check(url, company)
        return Round(few, many, by_hand_)

    def acks(self, number: int) -> Acks:
        """Answer Slack at rest, and while everybody who is due is asked."""
        for ahead in AHEAD:
            self._tools.tell(f"schedules, acks {number + 1} of {ROUNDS}: {self._kind}")
            with suppress(TooSoon):
                return self._acks(number, ahead)
        raise NotMeasured("the morning came before the time at rest was measured")

    def _acks(self, number: int, ahead: timedelta) -> Acks:
        template, company = self._many
        with self._copied(template) as url, lean_slack(self._tools, 0.0) as slack:
            port, later = free_port(), company.morning - ahead - datetime.now(UTC)
            subject = Subject(
                self._kind, ("tests.bench.servers", f"moved:{later.total_seconds()}"), most=2_000
            )
            told = environment(port, url, f"{slack}api/")
            with started((*subject.command, str(port)), port, told, self._tools.log) as process:
                server = Running(subject, port, process, url)
                until_known(server, self._tools.log)
                _, idle = server.load(number, "everyday/1/1", f"everyday/1/{MEASURED}")
                if _count(url, OccurrenceRow):
                    raise TooSoon
                _until_asking(url, ahead)
                (busy,) = server.load(number + ROUNDS, f"everyday/1/{MEASURED}")
                if _asked(url) == company.due:
                    self._tools.tell("everybody was asked before the time was over")
        return Acks(_p99(idle), _p99(busy))

    def _filled(self, company: Company) -> tuple[str, Company]:
        self._tools.tell(f"{company.schedules:,} schedules in {self._kind}")
        url = self._tools.databases.fresh(self._kind)
        teams.fill(url, company)
        return url, company

    def _asked(self, template: str, company: Company) -> float:
        with self._copied(template) as url:
            seconds = asyncio.run(_ask(url, company))
            _check(url, company)
        return seconds

    @contextmanager
    def _copied(self, template: str) -> Iterator[str]:
        url = self._tools.databases.copy(template)
        try:
            yield url
        finally:
            self._tools.databases.drop(url)


async def _ask(url: str, company: Company) -> float:
    """What the clock's hands do when the moment has come; the seconds it took."""
    public_holidays.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)  # all this as in a process that has started
    database = Database(url, teams.clock_at(company.morning + A_MOMENT))
    hands = Hands(database, registry(), Installations(database), ())
    try:
        began = time.perf_counter()
        await hands.everything()
        while hands.at_rest is None:
            await hands.everything()
        return time.perf_counter() - began
    finally:
        await database.close()


def _check(url: str, company: Company) -> None:
    found = _asked(url)
    if found != company.due:
        raise NotMeasured(f"{found} of {company.due} were asked")


def _asked(url: str) -> int:
    return _count(url, OutboxRow, OutboxRow.thread.like("dm:U0T%"))


def _count(url: str, row: Any, *such: Any) -> int:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(row).where(*such)).scalar_one())


def _until_asking(url: str, ahead: timedelta) -> None:
    ends = time.monotonic() + PATIENCE + ahead.total_seconds()
    while not _count(url, OccurrenceRow):
        if time.monotonic() > ends:
            raise NotMeasured("nobody was asked")
        time.sleep(0.02)


def _p99(seen: Mapping[str, Any]) -> float:
    latencies: list[float] = seen["latencies"]
    return latencies[int(len(latencies) * 0.99)]
