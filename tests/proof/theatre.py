"""Where scenes are rehearsed and then played with a death in them, many at a time, on one kind of database."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests import databases
from tests.proof.kills import Rehearsed, kill_everywhere, rehearse
from tests.proof.life import At, Side
from tests.proof.scenes import Scene
from tests.proof.stores import PostgresStore, SqliteStore, Store

Moments = tuple[tuple[At, Side], ...]
COMMITS: Moments = (("commit", "before"), ("commit", "after"))
CALLS: Moments = (("call", "before"), ("call", "after"))
LANES = 12
"""Runs at a time: a death is mostly followed by waiting."""


@dataclass(frozen=True, slots=True)
class Theatre:
    """The rehearsed scenes, and databases for each kind of moment to die at."""

    parts: dict[str, Rehearsed]
    moments: Moments
    stores: Sequence[Store]
    folder: Path

    async def kill_everywhere(self, name: str) -> list[int]:
        """Play a scene with a death at every moment there is; how many died at each kind of moment."""

        async def at(number: int) -> int:
            stores = self.stores[number :: len(self.moments)]
            return await kill_everywhere(self.parts[name], *self.moments[number], stores, self.folder)

        async with asyncio.TaskGroup() as kinds:
            died = [kinds.create_task(at(number)) for number in range(len(self.moments))]
        return [one.result() for one in died]


@contextmanager
def theatre_of(
    play: Sequence[Scene],
    request: pytest.FixtureRequest,
    folder: Path,
    *,
    prepare: Callable[[World], None] | None = None,
    moments: Moments = (*COMMITS, *CALLS),
) -> Iterator[Theatre]:
    """Databases of the kind that is asked for, and the play as it goes when nobody dies."""
    with ExitStack() as stack:
        stores = [_store(request, stack, folder, number) for number in range(LANES)]
        rehearsed = asyncio.run(rehearse(play, stores[0], folder, prepare))
        yield Theatre({part.scene.name: part for part in rehearsed}, moments, stores, folder)


def _store(request: pytest.FixtureRequest, stack: ExitStack, folder: Path, number: int) -> Store:
    if request.param == "sqlite":
        path = folder / f"{number}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return SqliteStore(path)
    server = request.getfixturevalue("postgres_template")
    return PostgresStore(stack.enter_context(databases.copy_of_template(server, f"{folder.name}{number}")))
