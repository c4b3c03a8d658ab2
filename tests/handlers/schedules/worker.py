"""A worker of its own process: `python -m tests.handlers.schedules.worker URL` runs what is due until killed.

Each occurrence asks its recipient something, so that one effect can be counted; a line on standard output for
every work lets a test choose when to kill it.
"""

import asyncio
import sys

from handlers.asks import service as asks
from handlers.kit.blocks import section
from handlers.kit.features import SeriesKind
from handlers.schedules import service
from storage.audit import queries as audit
from storage.database import Clock, Database, Tx
from storage.schedules.values import Late, Occurrence
from tests.handlers.schedules.standup import HERE


def run(tx: Tx, one: Occurrence) -> None:
    """One effect that can be counted, and one that cannot happen twice anyway."""
    assert one.recipient is not None
    audit.note(tx, one.recipient, "ran", str(one.on))
    asks.ask(tx, one.recipient, f"s:{one.on}:{one.recipient}", "What will you do today?", [section("…")])


async def work(url: str) -> None:
    """Tick for as long as there is something to do."""
    database = Database(url, Clock())
    kinds = {"standup": SeriesKind(run, Late.DEADLINE)}
    while await database.transact(HERE, lambda tx: service.tick(tx, kinds)):
        sys.stdout.write("did\n")
        sys.stdout.flush()
    await database.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
