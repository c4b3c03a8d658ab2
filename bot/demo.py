"""`throughline demo`: a local Slack and the bot in it, in one process, kept in a folder between starts.

The first start gives the company four weeks of history; a start that is broken off leaves nothing half-made.
"""

import asyncio
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich import progress as rich_progress
from rich.console import Console

import migrations
from bot.app import Application
from bot.courier.courier import Timing
from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.seeding import days, history
from bot.seeding.stage import SECRET, SLACK, TOKEN, database_in, settings_for
from bot.seeding.story import Progress
from bot.serving import http_server
from handlers.gallery import EXAMPLES
from handlers.registry import registry
from storage.database import Clock

HOST = "127.0.0.1"

out = Console(stderr=True, highlight=False)


async def run(port: int, folder: Path) -> None:
    """Serve the page on `port` and the bot on the next one until Ctrl-C."""
    for one in (port, port + 1):
        if not _free(one):
            out.print(f"Port {one} is taken. Try another pair: make demo PORT={port + 10}")
            sys.exit(2)
    fresh = not await asyncio.to_thread((folder / SLACK).exists)
    if fresh:
        await _found(folder)
    database = database_in(folder)
    with out.status("Preparing the workspace…"):
        await asyncio.to_thread(migrations.upgrade, database)
    async with running(_config(port, folder / SLACK), port) as sandbox:
        settings = settings_for(database, sandbox)
        app = Application(settings, registry(), timing=Timing(tick=0.5), civil=_as(sandbox))
        opening = asyncio.create_task(_open(app, sandbox.url, fresh=fresh))
        await http_server(app, HOST, port + 1).serve()
        opening.cancel()
    out.print("Stopped. Everything is kept for the next time.")


async def _found(folder: Path) -> None:
    """Let a company live for four weeks, aside; it takes its place when all of it is there."""
    aside = folder.with_name(folder.name + ".new")
    await asyncio.to_thread(shutil.rmtree, aside, ignore_errors=True)
    try:
        await asyncio.to_thread(aside.mkdir, parents=True)
        await asyncio.to_thread(migrations.upgrade, database_in(aside))
        with _progress() as progress:
            await history.make(aside, Clock().now(), progress)
        await asyncio.to_thread(_take_place, aside, folder)
    except asyncio.CancelledError:
        out.print("Stopped while the company was being made: nothing is kept, the next start begins afresh.")
        raise
    finally:
        await asyncio.to_thread(shutil.rmtree, aside, ignore_errors=True)


def _take_place(aside: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # a folder without its Slack is of no use to anybody
    aside.rename(folder)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar over the days of the history."""
    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.fields[day]}"),
        rich_progress.TimeElapsedColumn(),
    )
    with rich_progress.Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("Four weeks at Northwind", total=days.WEEKS * len(days.DAYS), day="")

        def show(week: int, day: str) -> None:
            past = (week - 1) * len(days.DAYS) + days.DAYS.index(day)
            bar.update(task, completed=past, day=f"week {week} of {days.WEEKS}, {day}")

        yield show


def _config(port: int, state_file: Path) -> SandboxConfig:
    bot = f"http://{HOST}:{port + 1}"
    return SandboxConfig(
        manifest(registry(), bot),
        SECRET,
        TOKEN,
        bot_url=f"{bot}/slack/events",
        gallery=[one.as_json() for one in EXAMPLES],
        state_file=state_file,
        base_url=f"http://{HOST}:{port}",
    )


def _as(sandbox: RunningSandbox) -> Clock:
    """A clock that is right from the start: the bot must not see a morning that has not come yet."""
    clock = Clock()
    clock.moved = sandbox.sandbox.clock.offset
    return clock


async def _open(app: Application, url: str, *, fresh: bool) -> None:
    """Say where the page is once the bot works."""
    while app.health.auth != "ok":  # noqa: ASYNC110 - the first hello has no event to wait for
        await asyncio.sleep(0.05)
    out.print(f"\n  [bold]Throughline is ready.[/] Open {url} in a browser.")
    if fresh:
        out.print(
            "  It is Friday evening at Northwind: press [bold]Next morning[/] and see what Monday brings."
        )
    out.print("  What happens there is kept until `make demo-reset`. Ctrl-C stops it.\n")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
