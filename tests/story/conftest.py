"""The workspace of the story, on the day before it begins."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.seeding.story import Story
from tests.front import FrontDoor, front_door
from tests.story import acts

BEGINS = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
async def early(database_url: str) -> AsyncIterator[FrontDoor]:
    """Throughline in a workspace where it is a Monday in March, on each database in turn."""
    async with front_door(database_url, begins=BEGINS) as door:
        yield door


@pytest.fixture
def story(early: FrontDoor) -> Story:
    """The people of that workspace, and its calendar."""
    return Story(early.slack, acts.FIRST, lambda _week, _day: None)
