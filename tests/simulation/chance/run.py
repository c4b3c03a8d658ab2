"""Live one seed and say what became of it: the hash of its ledger, and every promise that was broken."""

import asyncio
import functools
import gc
import hashlib
import logging
import random
import shutil
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

import migrations
from bot import logs
from bot.sandbox.records import Called, Delivered, Entry, History
from storage.worktime import public_holidays
from tests.databases import MEMORY
from tests.simulation.chance.house import House
from tests.simulation.chance.lives import is_dead
from tests.simulation.chance.loop import VirtualLoop, scheduler_on
from tests.simulation.chance.month import DAYS, Month, company
from tests.simulation.chance.promises import Watch


@dataclass(frozen=True, slots=True)
class Lived:
    """A month that was lived."""

    seed: int
    ledger: str
    broken: tuple[str, ...]
    deaths: int
    deliveries: int
    calls: int
    struck: int
    """Calls that met a fault."""


def lived(seed: int, days: int = DAYS) -> Lived:
    """So many days of one seed, in a folder of its own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-seed-", dir=MEMORY))
    try:
        (folder / "throughline.db").write_bytes(_template())
        return _alone(seed, days, folder / "throughline.db")
    finally:
        shutil.rmtree(folder)


def _alone(seed: int, days: int, database: Path) -> Lived:
    loop = VirtualLoop()
    gc.disable()  # what a month leaves is looked through once, at its end
    try:
        with scheduler_on(loop), asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(_live(loop, seed, days, database))
    finally:
        gc.enable()
        gc.unfreeze()
        gc.collect()


async def _live(loop: VirtualLoop, seed: int, days: int, database: Path) -> Lived:
    house = House(loop, database, random.Random(f"house {seed}"), company(seed))
    watch = Watch(house)
    try:
        with _listening(watch.errors):
            try:
                await Month(seed, house, watch).lives(days)
            except Exception as error:  # noqa: BLE001 - a month that does not come to its end has broken its promises
                watch.broken.append(f"{type(error).__name__}: {error}")
    finally:
        await house.close()
    history = house.hub.history
    return Lived(
        seed, ledger(history), tuple(watch.broken), house.deaths, len(history.deliveries), len(history.calls),
        sum(one.fault is not None for one in history.calls),
    )  # fmt: skip


def ledger(history: History) -> str:
    """What tells two months apart: everything that was said and done, in its order, without ids that are made up."""
    told = hashlib.sha256()
    for entry in history:
        told.update(repr(_line(entry)).encode())
    return told.hexdigest()[:16]


def _line(entry: Entry) -> tuple[object, ...]:
    match entry:
        case Called():
            return entry.method, entry.done, entry.fault, (entry.answer or {}).get("error")
        case Delivered():
            return entry.what, entry.attempt, entry.status, entry.error
    return entry.ts, entry.channel, entry.user, entry.text


@contextmanager
def _listening(errors: list[str]) -> Iterator[None]:
    """Whatever is logged as an error is kept, unless somebody dead said it."""

    def hear(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
        if event.get("level") == "error" and not is_dead():
            errors.append(" ".join(str(event[one]) for one in ("event", *_FACTS) if one in event))
        raise structlog.DropEvent

    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = [*root.handlers], root.level
    hooks = warnings.showwarning, sys.excepthook, threading.excepthook, sys.unraisablehook
    logs.configure("ERROR")
    processors = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, hear]
    structlog.configure(processors=processors)
    try:
        yield
    finally:
        structlog.configure(**kept)
        root.handlers, root.level = handlers, level
        warnings.showwarning, sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


_FACTS = ("action", "request", "method", "name", "error", "at", "renderer")


@functools.cache
def _template() -> bytes:
    """A migrated file; whatever a process reads in when it starts is read in."""
    public_holidays.load()
    with tempfile.TemporaryDirectory(prefix="throughline-template-", dir=MEMORY) as folder:
        path = Path(folder) / "template.db"
        migrations.upgrade(f"sqlite:///{path}")
        return path.read_bytes()
