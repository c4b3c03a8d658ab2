"""`throughline import`: what is in a sheet, looked at first and then taken in, a few rows at a time.

Stopped at any moment it is begun again with the same file, and takes in what is still missing. Nobody is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot import sheets
from bot.sheets import File, NotRead
from handlers.feedback.sheets import Column, Sheet, Unknown, Unreadable, recognise
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.database import Clock, Database, Tx
from storage.feedback import carrying
from storage.feedback.carried import Carried, Taken
from storage.values import PersonId, WorkspaceId, folded
from storage.workspaces import queries as workspaces
from storage.workspaces.values import Installation

MOST_TOLD = 1_000
"""Rows with something wrong that are remembered."""
SAMPLE = 5

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not taken in."""

    line: int
    words: str


@dataclass(slots=True)
class Looked:
    """What is in a sheet: how many rows can be taken in, which cannot, and what they say that we have no word for."""

    good: int = 0
    bad: int = 0
    problems: list[Problem] = field(default_factory=list)
    unknown: Unknown = field(default_factory=Unknown)
    sample: list[Carried] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Import:
    """A sheet, and how it is read for a workspace."""

    file: File
    sheet: Sheet

    def planned(self, plan: dict[Column, int]) -> "Import":
        """The same, its columns meaning this."""
        return replace(self, sheet=replace(self.sheet, plan=plan))

    def look(self, progress: Progress = lambda *_: None) -> Looked:
        """All of it, without changing anything."""
        looked = Looked()
        whole = self.file.path.stat().st_size
        for row in self.file.rows():
            try:
                carried = self.sheet.read(row.cells, looked.unknown)
            except Unreadable as error:
                looked.bad += 1
                if len(looked.problems) < MOST_TOLD:
                    looked.problems.append(Problem(row.line, str(error)))
            else:
                looked.good += 1
                if len(looked.sample) < SAMPLE:
                    looked.sample.append(carried)
            progress(looked.good + looked.bad, whole)
        return looked

    def batches(self) -> Iterator[list[Carried]]:
        """What can be taken in, as much as one work takes."""
        batch: list[Carried] = []
        for row in self.file.rows():
            try:
                batch.append(self.sheet.read(row.cells, Unknown()))
            except Unreadable:
                continue
            if len(batch) == carrying.AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch


async def begin(database: Database, workspace: WorkspaceId, path: Path, *, day_first: bool | None) -> Import:
    """Look what sort of sheet it is, or NotRead."""
    file = sheets.look(path)
    named = await database.read(workspace, _areas)
    return Import(
        file, Sheet(recognise(file.heads), file.heads, named, database.clock.now(), day_first=day_first)
    )


async def take(
    database: Database, workspace: WorkspaceId, keeper: PersonId, what: Import, progress: Progress, whole: int
) -> Taken:
    """Take in what is not there yet."""
    taken = Taken()
    for batch in what.batches():
        taken += await database.transact(workspace, partial(_take, batch=batch, keeper=keeper))
        progress(taken.new + taken.there, whole)
    return taken


async def whose(url: str, named: str | None) -> Installation:
    """The workspace it is for: the only one there is, or the one named. NotRead says what is missing."""
    database = Database(url, Clock(), reading_only=True)
    try:
        found = await database.read_everywhere(workspaces.every)
    finally:
        await database.close()
    if named is not None:
        found = [one for one in found if one.workspace == named]
    if not found:
        raise NotRead(
            "Throughline is in no such workspace yet: start it once, so that it learns where it is."
        )
    if len(found) > 1:
        ids = ", ".join(one.workspace for one in found)
        raise NotRead(f"Throughline is in several workspaces: say which with --workspace ({ids}).")
    return found[0]


def _areas(tx: Tx) -> dict[str, AreaId]:
    return {folded(one.name): one.id for one in areas.every(tx)}


def _take(tx: Tx, batch: list[Carried], keeper: PersonId) -> Taken:
    return carrying.take(tx, batch, keeper)
