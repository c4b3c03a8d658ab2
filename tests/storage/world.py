"""A database whose time stands still until a test lets it pass: for the outbox, the asks and whatever else is due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox import calls, claims, turns
from storage.outbox.tables import OutboxRow
from storage.outbox.values import Call, Claimed, Ended, Pace, State
from storage.values import WorkspaceId
from tests.storage.works import A

T = TypeVar("T")
MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def pace(lane: str) -> Pace:
    """One a second in a lane with a name; a method's own lane is free."""
    return Pace(timedelta(0)) if "." in lane else Pace(timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class World:
    """A database and its clock."""

    database: Database
    clock: VirtualClock

    def do(self, work: Callable[[Tx], T], workspace: WorkspaceId = A) -> Awaitable[T]:
        """Run and commit a work in a workspace."""
        return self.database.transact(workspace, work)

    def across(self, work: Callable[[Tx], T]) -> Awaitable[T]:
        """Run and commit a work across workspaces."""
        return self.database.transact_everywhere(work)

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.pass_time(timedelta(seconds=seconds))

    async def enqueue(self, *calls_: Call, workspace: WorkspaceId = A) -> list[bool]:
        """Enqueue calls in one transaction."""
        return await self.do(lambda tx: [calls.enqueue_new(tx, call) for call in calls_], workspace)

    async def claim(self, limit: int = 50) -> list[Claimed]:
        """Claim what is due."""
        return await self.across(lambda tx: claims.claim(tx, limit, LEASE, pace))

    async def finish(self, row: Claimed, state: State = State.SENT, code: str = "") -> bool:
        """Record a final outcome; whether it was ours to record."""
        ended = [Ended(row, state, code)]
        return bool(await self.do(lambda tx: claims.finish(tx, ended), row.workspace))

    async def next_wake(self) -> datetime | None:
        """When the next call can be made."""
        return await self.database.read_everywhere(turns.next_wake)

    async def states(self) -> dict[str, State]:
        """Each call's state, by key."""
        query = select(OutboxRow.key, OutboxRow.state).order_by(OutboxRow.id)
        rows = await self.database.read_everywhere(lambda tx: tx.all(query))
        return {key: State(state) for key, state in rows}


def keys(claimed: list[Claimed]) -> list[object]:
    """What was claimed, by the mark a test's call carries."""
    return [one.arguments["mark"] for one in claimed]


def post(mark: str, lane: str | None = None, thread: str | None = None) -> Call:
    """A call that carries its key as a mark."""
    return Call(mark, "chat.postMessage", {"mark": mark, "channel": "C1"}, lane=lane, thread=thread)


def taken(number: int) -> Claimed:
    """What is being sent, in the hands of a courier."""
    mark = f"{State.SENDING}{number:06}"
    return Claimed(
        A, mark, "chat.postMessage", {}, None, 1, 1, False, None, None, False, False, None, None, None, "post:C0SALES"
    )  # fmt: skip
