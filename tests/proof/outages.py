"""What goes wrong on a morning: clocks that jump, Slack that is silent or dead, databases that stand still or are full."""

import asyncio
import os
import resource
import signal
import sqlite3
from collections.abc import Mapping
from datetime import timedelta

import psycopg
from sqlalchemy.engine import make_url

from bot.sandbox import walking
from bot.sandbox.faults import CallFault, EventFaults, Faults, Plan
from tests.proof.morning import Morning, Outage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = (-HOUR, HOUR, HOUR, -HOUR)
NIGHT = 17
"""Hours in which Slack drops every event; it did so once."""
A_LOOK = 0.5
"""Seconds in which what a step of the clock brings is begun."""
FULL = 64 << 10
"""Bytes a file may have where the disk counts as full: less than the database has, and soon less than the log."""


async def clock_steps(scene: Morning) -> None:
    """The machine's clock is put back and on by an hour among the asking, and by a day once all have answered."""
    for step in STEPS:
        await _step(scene, step)
    await scene.answered.wait()
    for step in (DAY, -DAY):
        await _step(scene, step)


async def dropped_events(scene: Morning) -> None:
    """Slack drops every event for seventeen hours; people can still press and submit."""
    hub = scene.house.sandbox
    hub.faults = Faults(Plan(events=EventFaults(black_hole=1)))
    await scene.answered.wait()
    for _ in range(NIGHT):
        await _step(scene, HOUR)
    hub.faults = Faults()


async def dead_api(scene: Morning) -> None:
    """Every call fails for two hours, in every way."""
    hub = scene.house.sandbox
    ways = ("reset", "500", "internal_error", "timeout")
    rules = (
        CallFault(fault=how, probability=chance)
        for how, chance in zip(ways, (0.25, 0.33, 0.5, 1), strict=True)
    )
    hub.faults = Faults(Plan(calls=tuple(rules)))
    for _ in range(4):
        await asyncio.sleep(scene.seconds / 4)
        await _step(scene, HOUR / 2)
    hub.faults = Faults()


async def paused_database(scene: Morning) -> None:
    """The database stands still: PostgreSQL's processes are stopped, SQLite's file is locked by somebody else."""
    if scene.store.url.startswith("sqlite"):
        await _locked(scene)
    else:
        await _stopped(scene)


async def full_disk(scene: Morning) -> None:
    """No file of ours may grow any more."""
    pid = scene.house.pid()
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL, resource.RLIM_INFINITY))
    await asyncio.sleep(scene.seconds)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


OUTAGES: Mapping[str, Outage] = {
    "clock": clock_steps,
    "events": dropped_events,
    "api": dead_api,
    "paused": paused_database,
    "full": full_disk,
}
SQLITE_ONLY = frozenset({"full"})
"""PostgreSQL's disk is its own to watch."""


async def _step(scene: Morning, step: timedelta) -> None:
    walking.move(scene.house.sandbox, step)
    await asyncio.sleep(A_LOOK)


async def _locked(scene: Morning) -> None:
    path = make_url(scene.store.url).database
    assert path is not None
    connection = await asyncio.to_thread(sqlite3.connect, path, timeout=30, check_same_thread=False)
    await asyncio.to_thread(connection.execute, "BEGIN EXCLUSIVE")
    await asyncio.sleep(scene.seconds)
    await asyncio.to_thread(connection.rollback)
    await asyncio.to_thread(connection.close)


async def _stopped(scene: Morning) -> None:
    with psycopg.connect(scene.store.url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        ).fetchall()
    for (pid,) in rows:
        os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(scene.seconds)
    finally:
        for (pid,) in rows:
            os.kill(pid, signal.SIGCONT)
