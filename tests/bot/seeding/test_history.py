"""The demo's history: four weeks through the front door, all of it past, and a morning that brings something."""

import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.seeding import days
from bot.seeding.stage import Stage, stage


@pytest.fixture
async def told(kept: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The same company, opened again."""
    folder = tmp_path / "demo"
    shutil.copytree(kept, folder)
    async with stage(folder) as place:
        yield place


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
    assert "D-6 · Proposed" in product


async def test_a_launch_slipped_and_may_go_under_a_condition(told: Stage) -> None:
    """Its board says from when and why it moved, what the vote came to, and what is left before tomorrow."""
    board = await told.slack.channel("#launches").saying("🚀 L-2")
    assert "Moved from Thursday" in board.words
    assert "Mail from schedules must not end up in spam first" in board.words
    assert "🟡 *Go with conditions* · D-5" in board.words
    assert "L-2/13 The announcement says which plans have it" in board.words
    assert not re.search(r"late|blocked|its day has passed", board.words)
    moved = [one.words for one in await told.slack.dms("priya") if "moves from" in one.words]
    assert len(moved) == 1
    assert "Marketing needs 10 working days' notice and has 7." in moved[0]


async def test_a_launch_shipped_and_whoever_asked_was_told(told: Stage) -> None:
    """Nothing stands there as abandoned: its board is settled, and both who wanted it have a sentence to send."""
    board = await told.slack.channel("#launches").saying("🎉 L-1")
    assert board.text.startswith("🎉 L-1 · Wall displays for everybody · shipped Wednesday")
    for who, begins in (("ben", "You asked for this"), ("ruth", "You wanted this, too,")):
        (letter,) = [one for one in await told.slack.dms(who) if one.text.startswith(begins)]
        assert "for Larkspur School" in letter.text
        assert "Maya Lindqvist wrote a sentence you can send:" in letter.words


async def test_the_next_morning_brings_something(told: Stage) -> None:
    """Whoever presses it first finds an approval, a check-in and Monday's digest; others their own mornings."""
    began = await now_in(told)
    await told.slack.walk("next morning", as_="maya")
    assert await new_for(told, "maya", began) == {"asks you to approve D-6", "Product check-in in #product"}
    digest = await told.slack.channel("#product").last()
    assert digest.text.startswith("This week: ")
    assert "Scheduled exports ships tomorrow" in digest.text
    assert "L-" not in digest.words.partition("*Decided*")[0]  # no launch is overdue, no item late
    await told.slack.walk("next morning", as_="sam")
    assert "Which account was F-13" in await new_for(told, "sam", began)


WORDS = ("asks you to approve D-6", "Product check-in in #product", "Which account was F-13", "could not")


async def new_for(place: Stage, who: str, since: datetime) -> set[str]:
    """Which of the words were written to somebody since."""
    ours = [one for one in await place.slack.dms(who) if one.raw["bot"]]
    fresh = [one.words for one in ours if datetime.fromisoformat(one.raw["at"]) > since]
    return {words for words in WORDS if any(words in one for one in fresh)}
