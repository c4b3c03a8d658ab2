"""The demo's history: four weeks through the front door, all of it past, and a morning that brings something."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import migrations
from bot.sandbox.driver.reading import Message
from bot.seeding import days, history
from bot.seeding.stage import Stage, database_in, stage

ENOUGH = 60
"""Seconds it should take at most: measured and printed, since a machine may have other things to do."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has lived through its four weeks, as the demo keeps it."""
    folder = tmp_path_factory.mktemp("demo")
    migrations.upgrade(database_in(folder))
    heard: list[tuple[int, str]] = []
    began = time.monotonic()
    asyncio.run(history.make(folder, datetime.now(UTC), lambda week, day: heard.append((week, day))))
    print(f"four weeks in {time.monotonic() - began:.0f} s; {ENOUGH} s are enough")  # noqa: T201 - a measurement
    assert {week for week, _ in heard} == set(range(1, days.WEEKS + 1))
    assert heard == sorted(heard, key=lambda at: (at[0], days.DAYS.index(at[1])))
    return folder


@pytest.fixture
async def told(kept: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The same company, opened again."""
    folder = tmp_path / "demo"
    shutil.copytree(kept, folder)
    async with stage(folder) as place:
        yield place


async def ours(place: Stage, who: str) -> list[Message]:
    return [one for one in await place.slack.dms(who) if one.raw["bot"]]


async def now_in(place: Stage) -> datetime:
    return datetime.fromisoformat((await place.slack.state("maya"))["clock"]["now"])


async def test_history_looks_like_history(told: Stage) -> None:
    """Every channel in order, nothing from the future, nothing stuck on its way, little that is unread."""
    now = await now_in(told)
    assert days.moment(days.first_day(datetime.now(UTC)), 4, "Fri", "17:30") <= now <= datetime.now(UTC)
    for channel in told.sandbox.sandbox.world.channels.values():
        at = [datetime.fromisoformat(one.at) for one in channel.messages.values()]
        assert at == sorted(at), channel.name
        assert all(now - timedelta(weeks=6) < one <= now for one in at)
    counts = await told.app.health.counts()
    assert counts["dead"] == counts["blocked"] == counts["late"] == counts["pending"] == 0, counts
    unread = {one["name"]: one["unread"] for one in (await told.slack.state("maya"))["channels"]}
    assert max(unread.values()) < 10


async def test_what_was_said_and_decided_is_there(told: Stage) -> None:
    """Wishes with their accounts, a decision that was replaced, one that waits."""
    slack = told.slack
    await slack.command("/capture", "show F-2", as_="sam", channel="#sales")
    assert "for Acme" in (await slack.modal("sam")).text
    product = "\n".join(one.text for one in await slack.channel("#product").messages())
    assert "D-1 · Superseded" in product
    assert "D-3 · Decided" in product
    assert "D-5 · Proposed" in product


async def test_the_next_morning_brings_something(told: Stage) -> None:
    """Whoever presses it first sees the admin's own messages arrive, and so do others in their mornings."""
    await told.slack.advance("next morning", as_="maya")
    assert "approve D-5" in (await ours(told, "maya"))[-1].words
    await told.slack.advance("next morning", as_="sam")
    assert "Which account was" in (await ours(told, "sam"))[-1].words
