"""The whole history: a company is founded, lives for four weeks, and is put on disk."""

from datetime import date, datetime
from pathlib import Path

from bot.seeding import days, first_week, fourth_week, second_week, third_week
from bot.seeding.stage import Stage, stage
from bot.seeding.story import Progress, Story

CHAPTERS = (first_week, second_week, third_week, fourth_week)


async def make(folder: Path, now: datetime, progress: Progress) -> None:
    """Live through the four weeks before `now` and keep them in `folder`, whose database is migrated."""
    first = days.first_day(now)
    begins = days.evening_before(first)
    async with stage(folder, begins - now) as place:
        await tell(place, first, progress)


async def tell(place: Stage, first: date, progress: Progress) -> None:
    """Tell all chapters in a fresh company."""
    story = Story(place.slack, first, progress)
    for chapter in CHAPTERS:
        await chapter.tell(story)
