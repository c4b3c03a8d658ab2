"""`throughline export`: all feedback as a file, a page at a time; a file that is there is whole."""

import csv
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from bot.sheets import NotRead
from handlers.feedback import exchange
from storage.database import Database
from storage.feedback import exporting
from storage.feedback.carried import Whole
from storage.values import WorkspaceId

SHEET, LINES = ".csv", (".jsonl", ".json")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Export:
    """Where it goes, and whether also what only some here may see."""

    path: Path
    everything: bool

    def check(self) -> None:
        """NotRead where it cannot be written so."""
        if self.path.suffix not in (SHEET, *LINES):
            raise NotRead(f"End the name with {SHEET} for a sheet, or {LINES[0]} for all there is.")
        if self.path.exists():
            raise NotRead(f"{self.path} exists already, and an export overwrites nothing. Give another name.")
        if not self.path.parent.is_dir():
            raise NotRead(f"There is no folder {self.path.parent}.")

    async def write(self, database: Database, workspace: WorkspaceId, progress: Progress) -> int:
        """Write it beside its name and give it that at the end; how many there are."""
        made = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with made.open("x", encoding="utf-8", newline="") as file:
                count = await self._write(database, workspace, file, progress)
                file.flush()
                os.fsync(file.fileno())
            os.link(made, self.path)
        except FileExistsError:
            raise NotRead(f"{self.path} was made by somebody else meanwhile and is left alone.") from None
        finally:
            with suppress(FileNotFoundError):
                made.unlink()
        return count

    async def _write(
        self, database: Database, workspace: WorkspaceId, file: TextIO, progress: Progress
    ) -> int:
        write = self._writer(file)
        count = after = 0
        while True:
            work = partial(exporting.page, after=after, everything=self.everything)
            page = await database.read(workspace, work)
            for one in page:
                write(one)
            count += len(page)
            progress(count)
            if len(page) < exporting.AT_ONCE:
                return count
            after = page[-1].number

    def _writer(self, file: TextIO) -> Callable[[Whole], object]:
        if self.path.suffix != SHEET:
            return lambda one: file.write(f"{exchange.line(one)}\n")
        sheet = csv.writer(file)
        sheet.writerow(exchange.HEADS)
        return lambda one: sheet.writerow(exchange.row(one))
