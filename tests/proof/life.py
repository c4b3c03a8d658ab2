"""One Throughline in a process of its own, which the harness may kill at any instant.

`tests.proof.bots` runs `live` in a child forked from a warm process. Product code knows nothing of this: a
kill at a commit is a listener on SQLite's engine and a step around PostgreSQL's commit, set here.
"""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.app import EVERYTHING, Application, Roles
from bot.courier.courier import Timing
from bot.settings import Settings
from handlers.registry import registry
from storage.database import Clock, Tx
from storage.database.line import Line
from storage.database.postgres import PostgresBackend
from storage.database.running import Outcome
from tests.front import A_MOMENT, HERE, serving
from tests.proof.diligence import Diligence
from tests.proof.waiting import readable, until
from tests.proof.wrote import marks

At = Literal["commit", "call"]
Side = Literal["before", "after"]
_REGISTRY = registry()
"""Made once, before the first child is born; each changes its own."""
PATIENCE = 30.0
"""Seconds after which a process that neither answers nor dies is a failure of the harness."""


@dataclass(frozen=True, slots=True)
class Fatal:
    """Die at the `nth` commit that changes something from now on, right before or right after it."""

    nth: int
    side: Side


@dataclass(frozen=True, slots=True)
class Order:
    """How a Throughline lives: everything it would get from its environment, and when to die."""

    settings: Settings
    log: Path
    timing: Timing
    roles: Roles = EVERYTHING
    moved: timedelta = timedelta()
    fatal: Fatal | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """A question of the harness: answer once nothing is due there, on a clock moved so far."""

    moved: timedelta
    patience: float
    """Seconds that may take: thousands of events leave much to do."""


@dataclass(frozen=True, slots=True)
class Do:
    """A wish of the harness: do this there in a transaction, and answer once it is committed.

    The work is a frozen value of a module that can be called: it travels, and comes back as the answer.
    """

    work: Callable[[Tx], object]


@dataclass(frozen=True, slots=True)
class Tell:
    """A question of the harness: which jobs had something to do there so far?"""


class Mortality:
    """Counts the commits that change something, and ends the process at the one it was told."""

    def __init__(self, fatal: Fatal | None) -> None:
        self.arm(fatal)
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        commit = PostgresBackend._committed

        def mortally(backend: PostgresBackend, line: Line, outcome: Outcome) -> Outcome:
            return self._around(line, outcome, lambda: commit(backend, line, outcome))

        PostgresBackend._committed = mortally  # type: ignore[assignment,method-assign]  # no listeners

    def arm(self, fatal: Fatal | None) -> None:
        """Count from here."""
        self._fatal = fatal
        self._commits = itertools.count(1)

    def _around(self, line: Line, outcome: Outcome, commit: Callable[[], Outcome]) -> Outcome:
        """Commit on PostgreSQL, if one lives to do it; all that was sent before is done by then."""
        try:
            connection = line.leave()
        except DBAPIError as error:
            return Outcome(error=error)
        if self._fatal is not None and _changed(connection):
            connection.info["last"] = next(self._commits) == self._fatal.nth
            self._die(connection, "before")
        outcome = commit()
        self._die(connection, "after")
        return outcome

    def _before(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN") and connection.dialect.name == "sqlite":
            connection.info["marks"] = marks(connection)
        if statement == "COMMIT" and self._fatal is not None and _changed(connection):
            connection.info["last"] = next(self._commits) == self._fatal.nth
            self._die(connection, "before")

    def _after(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement == "COMMIT":
            self._die(connection, "after")

    def _die(self, connection: Any, side: Side) -> None:
        if self._fatal is not None and self._fatal.side == side and connection.info.pop("last", False):
            os.kill(os.getpid(), signal.SIGKILL)


def _changed(connection: Any) -> bool:
    """Whether the transaction wrote something."""
    return bool(marks(connection) != connection.info.get("marks"))


def live(order: Order, line: Connection) -> None:
    """Be a Throughline until killed, told to stop, or left alone by the harness."""
    with order.log.open("a") as sys.stderr:
        logs.configure("WARNING")
        mortality = Mortality(order.fatal)
        asyncio.run(_live(order, line, mortality))


async def _live(order: Order, line: Connection, mortality: Mortality) -> None:
    civil = Clock()
    civil.moved = order.moved
    diligence = Diligence()
    app = Application(
        order.settings, diligence.watch(_REGISTRY), roles=order.roles, timing=order.timing, civil=civil
    )
    answers: set[asyncio.Task[None]] = set()
    async with serving(app) as url:
        line.send(url)
        async for said in _hear(line):
            answers.add(asyncio.create_task(_answer(said, line, app, mortality, diligence)))
        for one in answers:
            one.cancel()


async def _answer(
    said: Any, line: Connection, app: Application, mortality: Mortality, diligence: Diligence
) -> None:
    match said:
        case Fatal():
            mortality.arm(said)
        case Settle(moved, patience):
            await _knows(app, moved)
            await app.settled(patience)
        case Do(work):
            await app.database.transact(HERE, work)
        case Tell():
            said = frozenset(diligence.worked)
    line.send(said)


async def _knows(app: Application, moved: timedelta) -> None:
    """Until Slack has said who we are, and the clock what time it is."""
    await until(lambda: app.health.auth == "ok", PATIENCE, "Slack did not say who we are")
    clock = app.database.clock
    await until(lambda: abs(clock.moved - moved) < A_MOMENT, PATIENCE, "the clock did not follow")


async def _hear(line: Connection) -> AsyncIterator[Any]:
    """What the harness says, until it hangs up."""
    while True:
        await readable(line.fileno())
        try:
            said = line.recv()
        except EOFError:
            return
        yield said
