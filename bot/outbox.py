"""`throughline outbox`: what did not get through to Slack, and having what is dead tried again.

It tells which call it was, why it did not go and since when; never what was to be said.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.table import Table

from bot.settings import Settings
from storage.database import Clock, Database
from storage.outbox import troubles
from storage.outbox.values import State, Trouble

MEANING = {
    State.BLOCKED: "goes on by itself once its cause is gone",
    State.DEAD: "tried again with --requeue",
    State.UNKNOWN: "is looked up by itself",
}
FORGOTTEN = "its words are gone; what wanted it heard so"


async def listed(settings: Settings) -> tuple[list[Trouble], datetime]:
    """Everything that did not get through, and what time it is; beside a running bot."""
    database = Database(settings.database, Clock(), reading_only=True)
    try:
        found = await database.read_everywhere(troubles.everywhere)
    finally:
        await database.close()
    return found, database.clock.now()


async def requeued(settings: Settings) -> int:
    """Have everything dead tried again; how many calls that is."""
    database = Database(settings.database, Clock())
    try:
        return await database.transact_everywhere(troubles.revive_everywhere)
    finally:
        await database.close()


def table(found: Sequence[Trouble], now: datetime) -> Table:
    """One line each, the oldest first."""
    made = Table("id", "workspace", "method", "state", "code", "age", "what happens", box=None)
    for one in sorted(found, key=lambda one: one.since):
        meaning = FORGOTTEN if one.state is State.DEAD and not one.kept else MEANING[one.state]
        made.add_row(
            one.id, one.workspace, one.method, one.state, one.code or "-", _age(now - one.since), meaning
        )
    return made


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
