"""Live through the month and read what was sent."""

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import migrations
from bot.seeding.stage import database_in, stage
from tests.databases import MEMORY
from tests.simulation import ledger, life, plot, when
from tests.simulation.ledger import Ledger


def lived(weeks: int = when.WEEKS) -> Ledger:
    """So many weeks of it, in a folder of its own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-month-", dir=MEMORY))
    try:
        migrations.upgrade(database_in(folder))
        return asyncio.run(_live(folder, weeks))
    finally:
        shutil.rmtree(folder)


async def _live(folder: Path, weeks: int) -> Ledger:
    began = life.evening_before()
    async with stage(folder, began - datetime.now(UTC)) as place:
        living = life.Life(place)
        await plot.set_up(living.story)
        await living.lives(weeks)
        return await ledger.read(place, when.instant(when.FIRST, "00:00", when.TOKYO), weeks)
