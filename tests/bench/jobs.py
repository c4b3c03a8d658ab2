"""What a user would pick instead: one job of APScheduler's for each schedule."""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from tests.bench.subjects import NotMeasured

AHEAD = timedelta(seconds=1)
PATIENCE = 300.0

_left = 0
_lock = threading.Lock()
_done = threading.Event()


def run_one() -> None:
    """What a job does here: nothing. A store can only keep what it can import, so this has a name."""
    global _left  # noqa: PLW0603 - a job that is kept in a database can be handed nothing
    with _lock:
        _left -= 1
        if not _left:
            _done.set()


def in_memory(stored: int, due: int) -> float:
    """Seconds until all that is due at one moment has been run, of so many that are kept in memory."""
    return _run(MemoryJobStore(), stored, due)


def in_a_database(folder: Path, stored: int, due: int) -> float:
    """The same, kept in SQLite."""
    path = folder / f"jobs{time.time_ns()}.db"
    try:
        return _run(SQLAlchemyJobStore(f"sqlite:///{path}"), stored, due)
    finally:
        path.unlink(missing_ok=True)


def _run(store: object, stored: int, due: int) -> float:
    global _left  # noqa: PLW0603 - see run_one
    _left = due
    _done.clear()
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": ThreadPoolExecutor(10)},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    later, now = datetime.now(UTC) + timedelta(hours=1), datetime.now(UTC)
    every_morning = CronTrigger(day_of_week="mon-fri", hour=9, timezone="Europe/Lisbon")
    for number in range(stored):
        scheduler.add_job(run_one, every_morning, next_run_time=now if number < due else later)
    began = time.perf_counter()
    scheduler.resume()
    try:
        if not _done.wait(PATIENCE):
            raise NotMeasured(f"{_left} of {due} jobs were not run after {PATIENCE:.0f} s")
        return time.perf_counter() - began
    finally:
        scheduler.shutdown(wait=True)
