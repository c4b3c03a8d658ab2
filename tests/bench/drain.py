"""Sending as fast as it goes: the whole way out beside a bare HTTP client, and the database's part of it alone."""

import asyncio
import time
from datetime import timedelta
from statistics import median

from bot.courier.attempt import Outcome
from bot.courier.recording import Records
from bot.courier.timing import Timing
from handlers.registry import registry
from storage.database import Clock, Database
from storage.outbox import claims
from storage.outbox.values import Pace, State, Verdict
from tests.bench import letters, sending
from tests.bench.sending import Sent
from tests.bench.tools import Tools
from tests.figures import Figure

KINDS = ("sqlite", "postgresql")
MESSAGES = 5_000
ROUNDS = 3
LEAST_OF_BARE = 0.4
LEAST_CLAIMED = 5_000
UNPACED = Pace(timedelta())


def run(tools: Tools) -> list[Figure]:
    """All figures of it, each the median of its rounds."""
    count = tools.of(MESSAGES, least=200)
    rounds = []
    for number in range(ROUNDS):
        tools.tell(f"drain, round {number + 1} of {ROUNDS}")
        rounds.append(
            {"bare": sending.bare(tools, count)}
            | {one: sending.ours(tools, one, count, 0.0) for one in KINDS}
        )
    rates = [
        [asyncio.run(_claimed_and_recorded(tools.databases.fresh(one), count)) for one in KINDS]
        for _ in range(ROUNDS)
    ]
    return [*(one for kind in KINDS for one in _whole(kind, rounds)), *_database(rates)]


def _whole(kind: str, rounds: list[dict[str, Sent]]) -> list[Figure]:
    ratio = median(one[kind].rate / one["bare"].rate for one in rounds)
    ours, floor = (median(one[who].rate for one in rounds) for who in (kind, "bare"))
    return [
        Figure(f"drain.{kind}", ratio, "of the bare client's calls/s", floor, LEAST_OF_BARE, ours=ours),
        Figure(
            f"drain.{kind}_cpu",
            median(one[kind].cpu / one[kind].count for one in rounds) * 1e6,
            "µs of CPU a message",
        ),
    ]


def _database(rates: list[list[float]]) -> list[Figure]:
    sqlite, postgresql = (median(each) for each in zip(*rates, strict=True))
    unit = "claims and records/s"
    return [
        Figure("drain.database_sqlite", sqlite, unit),
        Figure("drain.database_postgresql", postgresql, unit, demand=LEAST_CLAIMED),
    ]


async def _claimed_and_recorded(url: str, count: int) -> float:
    """Messages a second where Slack takes no time: each is claimed, and it is recorded that it was sent."""
    await letters.fill(url, count)
    database, timing = Database(url, Clock()), Timing()
    records = Records(database, registry())
    done = Outcome(Verdict.DONE, "", {"ok": True, "ts": "1770000000.000001", "channel": "C0BENCH0"})
    try:
        began, left = time.perf_counter(), count
        while left:
            rows = await database.transact_everywhere(
                lambda tx: claims.claim(tx, timing.at_once, timing.lease, lambda _: UNPACED)
            )
            await asyncio.gather(*(records.finish(row, State.SENT, done) for row in rows))
            left -= len(rows)
        return count / (time.perf_counter() - began)
    finally:
        await database.close()
