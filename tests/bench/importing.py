"""Taking in a large sheet: how much memory that takes, and that a killed import comes to the same."""

import os
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, select

from storage.feedback.tables import FeedbackRow
from tests.bench.subjects import HERE, NotMeasured, environment
from tests.bench.tools import Tools
from tests.bench.workspace import HISTORY
from tests.figures import Figure

ROWS, FEW = 100_000, 2_000
KILLED_AT = 0.4
MOST_GROWTH = 25
"""Megabytes the large sheet may take more than a small one: what is held does not grow with it."""


def figures(tools: Tools) -> list[Figure]:
    """With each database: an import that is killed in the middle and begun again."""
    rows = tools.of(ROWS, 4_000)
    large, small = (_sheet(tools.log.with_name(f"import-{count}.csv"), count) for count in (rows, FEW))
    try:
        return [one for kind in ("sqlite", "postgresql") for one in _figures(tools, kind, large, small, rows)]
    finally:
        for path in {large, small}:
            path.unlink(missing_ok=True)


# ---------------------------------------------------------------------------------------------------------


def _figures(tools: Tools, kind: str, large: Path, small: Path, rows: int) -> list[Figure]:
    tools.tell(f"import of {rows:,} rows: {kind}")
    little, _ = _whole(tools.databases.fresh(kind), small)
    url = tools.databases.fresh(kind)
    engine = create_engine(url)
    try:
        begun = time.monotonic()
        _killed(engine, url, large, int(rows * KILLED_AT))
        first = _kept(engine)
        peak, seconds = _whole(url, large)
        whole = time.monotonic() - begun
        kept, different = _kept(engine), _different(engine)
    finally:
        engine.dispose()
    if not 0 < first < rows:
        raise NotMeasured(f"the import with {kind} was not killed in the middle: {first:,} of {rows:,} rows")
    tools.tell(f"  killed at {first:,}, {seconds:.0f} s after it was begun again")
    wrong = abs(kept - rows) + abs(different - rows)
    return [
        Figure(f"feedback.import_{kind}_memory", peak - little, "MB more than a small one", None, MOST_GROWTH, at_most=True),
        Figure(f"feedback.import_{kind}_twice", wrong, "rows twice or missing after a kill", demand=0, at_most=True),
        Figure(f"feedback.import_{kind}", rows / whole, "rows a second, the kill included"),
    ]  # fmt: skip


def _sheet(path: Path, rows: int) -> Path:
    """Wishes of a hundred accounts, of usual length."""
    with path.open("w") as file:
        file.write("ID,Words,Account,Status,Date,Key\n")
        for number in range(rows):
            words = (
                f"Wish number {number}: please let us export what we see to a sheet, with all of its columns"
            )
            file.write(
                f"{number},{words!r},Account {number % 100},open,2026-03-{number % 28 + 1:02},PAY-{number}\n".replace(
                    "'", '"'
                )
            )
    return path


def _started(url: str, sheet: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "bot", "import", "feedback", str(sheet), "--yes"]
    return subprocess.Popen(
        command, cwd=HERE, env=environment(0, url, "http://127.0.0.1:9/api/"), stderr=subprocess.PIPE
    )


def _killed(engine: Engine, url: str, sheet: Path, at: int) -> None:
    """Begin, and end it without a warning once so many are there."""
    with _started(url, sheet) as process:
        while process.poll() is None and _kept(engine) < at:
            time.sleep(0.1)
        process.kill()


def _whole(url: str, sheet: Path) -> tuple[float, float]:
    """Megabytes at the most, and seconds."""
    began = time.monotonic()
    process = _started(url, sheet)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise NotMeasured(f"the import failed: {said.decode()[-2000:]}")
    return used.ru_maxrss / 1024, time.monotonic() - began


def _kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(FeedbackRow)).scalar_one()) - HISTORY


def _different(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count(FeedbackRow.words.distinct()))).scalar_one())
