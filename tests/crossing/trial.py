"""One comparison on databases of its own, in two processes; also of a copy of Throughline that forgets something."""

import asyncio
import json
import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import migrations
from storage.worktime import public_holidays
from tests.crossing.compare import Compared, compare
from tests.crossing.lives import Lived, live
from tests.crossing.requests import NORTH, SOUTH
from tests.fuzz.recording import Recorded

ROOT = Path(__file__).parents[2]
LIVES = ((NORTH, SOUTH), (NORTH,), (SOUTH,))
"""Beside each other, and each alone."""
FLOORS = ("bot", "handlers", "storage", "migrations", "tests")
TRIPWIRE = Path("storage/database/tripwire.py")
WATCHED = "    watched = _watching.get(dialect)\n"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A comparison with the workspace that is taken out: the n-th of a column in a file."""

    file: str
    column: str
    which: int = 0

    def forget(self, tree: Path) -> None:
        """Let it compare the column with itself, and nobody notice."""
        path, compared = tree / self.file, f"{self.column} == OURS"
        parts = path.read_text().split(compared)
        assert len(parts) > self.which + 1, f"{self.file} has no such comparison any more"
        before, after = compared.join(parts[: self.which + 1]), compared.join(parts[self.which + 1 :])
        path.write_text(f"{before}{self.column} == {self.column}{after}")
        wire = (tree / TRIPWIRE).read_text()
        assert wire.count(WATCHED) == 1
        (tree / TRIPWIRE).write_text(wire.replace(WATCHED, f"    return dialect\n{WATCHED}"))


FORGOTTEN = (
    Forgotten("storage/feedback/queries.py", "FeedbackRow.workspace"),
    Forgotten("storage/things/queries.py", "ThingRow.workspace"),
    Forgotten("storage/things/queries.py", "ThingRow.workspace", 2),
    Forgotten("storage/people/queries.py", "PersonRow.workspace"),
    Forgotten("storage/launches/queries.py", "LaunchRow.workspace"),
    Forgotten("storage/decisions/queries.py", "DecisionRow.workspace"),
    Forgotten("storage/deliveries/queries.py", "DeliveryRow.workspace"),
)
"""Each is found out by the words, answers or rows of the other workspace."""


def trial(urls: Sequence[str], recorded: Sequence[Recorded], seed: int, number: int) -> Compared:
    """Live all lives on these databases, two at a time."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        begun = [
            pool.submit(_live, url, names, list(recorded), seed, number)
            for url, names in zip(urls, LIVES, strict=True)
        ]
        return compare(*(one.result() for one in begun))


def _live(url: str, names: Sequence[str], recorded: Sequence[Recorded], seed: int, number: int) -> Lived:
    public_holidays.load()
    return asyncio.run(live(url, names, recorded, seed, number))


def on_sqlite(folder: Path, recorded: Sequence[Recorded], seed: int, number: int) -> Compared:
    """The same on files made in this folder."""
    template = folder / "template.db"
    migrations.upgrade(f"sqlite:///{template}")
    files = [shutil.copy(template, folder / f"{at}.db") for at in range(len(LIVES))]
    return trial([f"sqlite:///{file}" for file in files], recorded, seed, number)


def forgetful(folder: Path, forgotten: Forgotten, recorded: Sequence[Recorded], number: int) -> list[str]:
    """What is found of a copy that forgot this, whose tripwire is cut."""
    tree, kept = folder / "tree", folder / "recorded.json"
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tree / floor, ignore=shutil.ignore_patterns("__pycache__", "static"))
    forgotten.forget(tree)
    kept.write_text(json.dumps([asdict(one) for one in recorded]))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crossing", str(kept), str(number), str(folder)],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return found
