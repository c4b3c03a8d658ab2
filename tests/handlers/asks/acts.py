"""Queueing asks as features do, through the front door's own app."""

from collections.abc import Callable
from typing import TypeVar

from handlers.kit.blocks import section
from storage.database import Tx
from storage.values import PersonId, WorkspaceId
from tests.front import FrontDoor

HERE = WorkspaceId("T0NORTHWIND")
BEN, OMAR, MAYA = PersonId("U0BEN"), PersonId("U0OMAR"), PersonId("U0MAYA")
WORDS = [section("It is about the invoice.")]
T = TypeVar("T")


async def do(door: FrontDoor, work: Callable[[Tx], T]) -> T:
    """A feature does something, and everything that follows has happened."""
    found = await door.app.database.transact(HERE, work)
    await door.app.settled()
    return found


async def monday_ten(door: FrontDoor) -> None:
    """It is Monday, ten in London."""
    await door.slack.advance("next monday", as_="ben")
    await door.slack.advance("1 hour", as_="ben")


async def home_of(door: FrontDoor, as_: str) -> str:
    """Somebody's Home."""
    await door.slack.open_home(as_)
    return (await door.slack.home(as_)).text


async def why(door: FrontDoor, as_: str) -> str:
    """What somebody reads who asks why."""
    await door.slack.command("/throughline", "why", as_=as_)
    return (await door.slack.ephemerals(as_, "#general"))[-1].words
