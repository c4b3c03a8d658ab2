"""The courier's loops: claim and send what is due; render the boards that want it.

    PENDING → claim (lease) → SENDING → SENT(ts)
                                 └→ UNKNOWN → settle → look it up → SENT, or send again

Made by `bot.app`; any number of couriers may work on one PostgreSQL database.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.courier.attempt import Outcome, repeatable, send
from bot.courier.drawing import Drawing
from bot.courier.looking import look_up
from bot.courier.pace import Gaps, pace_of
from bot.courier.recording import Records
from bot.courier.timing import Timing
from bot.courier.uploading import upload
from bot.metrics import Metrics
from bot.slack import SlackLine
from handlers.kit.features import Registry
from handlers.kit.listening import where
from storage.database import Busy, Database, NotCommitted
from storage.outbox import boards, claims, turns
from storage.outbox.values import TOO_LATE, UNCONFIRMED, UPLOADING, Claimed, Pace, State, Verdict

log = structlog.get_logger()

OVERDUE = timedelta(hours=6)
"""So long after its last moment a message in doubt is looked for by ourselves; then somebody hears of it."""
ATTEMPTS = 8
"""After so many attempts that Slack answered without doing it, a call is dead: visible, and requeueable. While
Slack itself is down nothing is spent: a call waits for it until its last moment."""


class Courier:
    """Sends what the outbox holds. `run` until cancelled; `idle` tells whether there is nothing to do."""

    def __init__(
        self,
        database: Database,
        slack: SlackLine,
        registry: Registry,
        timing: Timing,
        heard: Callable[[], int] = lambda: 0,
        beat: Callable[[], None] = lambda: None,
        metrics: Metrics | None = None,
    ) -> None:
        """`heard` counts what this process was asked to answer so far; it calls `beat` each time it goes round."""
        self._metrics = metrics or Metrics()
        self._database = database
        self._slack = slack
        self._registry = registry
        self._timing = timing
        self._records = Records(database, registry)
        self._gaps = Gaps()
        self._drawing = Drawing(database, registry, timing.drawings)
        self._heard = heard
        self._beat = beat
        self._wake = asyncio.Event()
        self._last: Claimed | None = None
        self._more = False
        self._heard_so_far = 0
        self._roomy = asyncio.Event()
        self._roomy.set()
        self._under_way: dict[asyncio.Task[None], Claimed] = {}
        self._stopping = False
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        database.on_wake("courier", self._wake.set)

    async def start(self) -> None:
        """On SQLite whoever was sending when we stopped is dead: the file's lock proves it."""
        if self._database.dialect == "sqlite":
            timing = self._timing
            found = await self._database.transact_everywhere(
                lambda tx: claims.owner_died(tx, timing.settle, timing.longest)
            )
            if found:
                log.warning("sends left in doubt", action="courier.start", count=found)

    async def run(self) -> None:
        """Work until stopped or cancelled. A database that is away for a while is waited for."""
        self._at_rest.clear()
        try:
            while not self._stopping:
                await self._turn()
        finally:
            self._at_rest.set()

    async def _turn(self) -> None:
        self._beat()
        self._wake.clear()
        try:
            busy = await self.step()
        except (Busy, NotCommitted) as error:
            log.error("no database", action="courier.step", error=type(error).__name__)
            busy = False
        await self._breathe()
        if not busy and not self._stopping:
            await self._rest()

    async def step(self) -> bool:
        """Render boards, claim what is due and start sending it; whether there was anything."""
        rendered = await self._drawing.draw()
        if self._slack.workspace is None:
            return rendered  # nobody has told us yet whose token this is
        await self._roomy.wait()
        room = self._timing.at_once - len(self._under_way)
        if self._stopping:
            return True
        claimed = await self._database.transact_everywhere(
            lambda tx: claims.claim(tx, room, self._timing.lease, self._pace, self._last)
        )
        self._last = claimed[-1] if claimed else self._last
        deadline = self._database.clock.steady() + self._timing.calls_within
        self._metrics.claimed(len(claimed))
        for row in claimed:
            task = asyncio.ensure_future(self._deliver(row, deadline))
            self._under_way[task] = row
            task.add_done_callback(self._finished)
        self._make_room()
        self._more = len(claimed) == room
        return bool(claimed) or rendered

    async def stop(self, patience: float) -> None:
        """Claim nothing more and finish what is being sent, at most `patience` seconds.

        What is not finished then is let go, so that nobody has to wait for its lease: it is in doubt, and looked up.
        """
        self._stopping = True
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._at_rest.wait()
                while self._under_way:
                    await asyncio.wait(self._under_way)
        for task, row in list(self._under_way.items()):
            task.cancel()
            now = self._database.clock.steady()
            wake = now + self._timing.settle
            await self._records.again(row, State.UNKNOWN, "stopped", wake, refund=True, sent_at=now)

    async def idle(self) -> bool:
        """Whether nothing is due now, nothing is under way and no board wants rendering."""
        if self._under_way:
            return False
        busy, due = await self._database.read_everywhere(
            lambda tx: (claims.busy(tx) or bool(boards.wanting(tx, 1)), turns.next_wake(tx))
        )
        if not busy and due is not None and due <= self._database.clock.steady():
            return False  # it became due while we looked
        if busy or due is None or not self._database.clock.leap(due):
            return not busy
        self._wake.set()
        return False

    # -----------------------------------------------------------------------------------------------------

    async def _breathe(self) -> None:
        """Let those go first who wait for an ack: nobody waits for us so impatiently. While nobody does, be quick."""
        if self._heard() == self._heard_so_far:
            await asyncio.sleep(self._timing.breath * (0.1 if self._more else 0.4))
            return
        ends = self._database.clock.steady() + timedelta(seconds=self._timing.deference)
        while True:
            self._heard_so_far = self._heard()
            await asyncio.sleep(self._timing.breath)
            if self._heard_so_far == self._heard() or self._database.clock.steady() > ends:
                return

    async def _rest(self) -> None:
        due = await self._database.read_everywhere(turns.next_wake)
        wait = self._timing.tick
        if due is not None:
            if not self._under_way and self._database.clock.leap(due):
                return
            ahead = (due - self._database.clock.steady()).total_seconds()
            wait = min(wait, max(0.01, ahead))
        # Not `wait_for`: until Python 3.12 a wake that comes with the cancelling swallows it, and nobody ever stops.
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._wake.wait()

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._make_room()
        self._wake.set()

    def _make_room(self) -> None:
        """Only for many at once is there another claim: it costs hardly more than for one."""
        if len(self._under_way) <= self._timing.at_once // 2:
            self._roomy.set()
        else:
            self._roomy.clear()

    async def _deliver(self, row: Claimed, deadline: datetime) -> None:
        with structlog.contextvars.bound_contextvars(workspace=row.workspace, request=f"outbox:{row.id}"):
            try:
                await self._try(row, deadline)
            except Exception as error:  # noqa: BLE001 - its lease ends, and then it is looked up
                log.error("failed", action="courier.deliver", method=row.method, **where(error))

    async def _try(self, row: Claimed, deadline: datetime) -> None:
        if row.workspace != self._slack.workspace:
            await self._records.finish(row, State.BLOCKED, Outcome(Verdict.BLOCKED, "no_token", {}))
            return
        if row.doubtful and not repeatable(row.method) and not await self._resolve(row):
            return
        if row.too_late or (row.doubtful and self._out_of_time(row)):
            log.warning("too late", action="courier.deliver", method=row.method)
            await self._records.finish(row, State.LATE, Outcome(Verdict.DEAD, TOO_LATE, {}))
            return
        if missing := self._gaps.missing(row, self._pace(row.lane), self._database.clock.steady()):
            await asyncio.sleep(missing)
        if self._database.clock.steady() > deadline:
            return  # too much of our lease is over: the row is somebody else's, or soon will be
        outcome = await self._send(row)
        self._gaps.answered(row, self._database.clock.steady())
        self._metrics.sent(outcome.verdict)
        await self._record(row, outcome)

    async def _send(self, row: Claimed) -> Outcome:
        if row.method == UPLOADING:
            return await upload(self._database, self._registry, self._slack, row)
        return await send(self._slack, row)

    async def _resolve(self, row: Claimed) -> bool:
        """Look for what an earlier attempt may have posted; whether it is safe to send again."""
        found = await look_up(self._slack, row, self._by(row))
        if found.verdict is Verdict.DONE:
            log.info("found", action="courier.lookup", method=row.method)
            await self._records.finish(row, State.SENT, found)
            return False
        now = self._database.clock.steady()
        settled = row.last_sent_at is None or now >= row.last_sent_at + self._timing.settle
        if found.verdict is Verdict.DEAD and settled:
            return True
        nobody_can = found.verdict is Verdict.BLOCKED
        if settled and (nobody_can or self._out_of_time(row, OVERDUE)):
            await self._unsure(row)
            return False
        wake = now + self._backoff(row) if settled else now + self._timing.settle
        log.info("not yet known", action="courier.lookup", method=row.method, code=found.code)
        await self._records.again(row, State.UNKNOWN, found.code, _later(now, wake, found), refund=True)
        return False

    def _by(self, row: Claimed) -> datetime | None:
        """The time by which whatever was tried stands in Slack, if it ever will."""
        tried = None if row.tried_until is None else self._database.clock.stamp(row.tried_until)
        return None if tried is None else tried + self._timing.settle

    async def _unsure(self, row: Claimed) -> None:
        """Nobody can find out whether it was posted: say it once more with a note, or wait for somebody's word."""
        again = self._registry.says_again.get(row.then or "")
        if again is None or row.was_plainer or self._out_of_time(row):
            log.warning("unconfirmed", action="courier.lookup", method=row.method)
            await self._records.finish(row, State.BLOCKED, Outcome(Verdict.BLOCKED, UNCONFIRMED, {}))
            return
        now, noted = self._database.clock.steady(), again(row.arguments)
        log.warning("said again with a note", action="courier.lookup", method=row.method)
        await self._records.again(row, State.PENDING, UNCONFIRMED, now, refund=True, otherwise=noted)

    async def _record(self, row: Claimed, outcome: Outcome) -> None:
        now = self._database.clock.steady()
        if outcome.verdict is not Verdict.DONE:
            log.warning(
                "not done",
                action="courier.send",
                method=row.method,
                code=outcome.code,
                verdict=outcome.verdict,
                attempt=row.attempt,
            )
        match outcome.verdict:
            case Verdict.DONE:
                await self._records.finish(row, State.SENT, outcome)
            case Verdict.LATER:
                wake = _later(now, now + self._backoff(row), outcome)
                await self._records.again(row, State.PENDING, outcome.code, wake, refund=True)
            case Verdict.PLAINER if row.plainer is not None and not row.was_plainer:
                await self._records.again(row, State.PENDING, outcome.code, now, otherwise=row.plainer)
            case Verdict.UNKNOWN if row.tries < ATTEMPTS or outcome.outage:
                wait = self._backoff(row)
                if row.ordered or not repeatable(row.method):  # done late, it would undo what follows
                    wait = max(wait, self._timing.settle)
                wake = now + wait
                await self._records.again(
                    row, State.UNKNOWN, outcome.code, wake, sent_at=now, refund=outcome.outage
                )
            case Verdict.BLOCKED:
                await self._records.finish(row, State.BLOCKED, outcome)
            case _:
                await self._records.finish(row, State.DEAD, outcome)

    def _pace(self, lane: str) -> Pace:
        pace = pace_of(lane, self._timing.posts)
        return Pace(pace.every * self._timing.pace, pace.burst)

    def _backoff(self, row: Claimed) -> timedelta:
        return min(timedelta(seconds=0.5 * 2 ** min(row.attempt, 10)), self._timing.longest)

    def _out_of_time(self, row: Claimed, by: timedelta = timedelta()) -> bool:
        """Whether its last moment has passed, by so much."""
        return row.last_moment is not None and self._database.clock.now() > row.last_moment + by


def _later(now: datetime, wake: datetime, outcome: Outcome) -> datetime:
    return wake if outcome.retry_after is None else now + timedelta(seconds=outcome.retry_after)


__all__ = ["ATTEMPTS", "Courier", "Timing"]
