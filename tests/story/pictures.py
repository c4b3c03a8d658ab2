"""The stories in pictures: `python -m tests.story.pictures [FOLDER]` takes one of each message, window and page in them.

Not a test: somebody looks at them. They go to `build/story` when no folder is named, those of the second story below
it; the one called `sentence-readme` is docs/pictures/sandbox.png.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

import migrations
from bot.seeding.story import Story
from tests.front import front_door
from tests.story import acts, loop_pictures
from tests.story.camera import DESK, PHONE, README, Camera, camera, closes_all
from tests.story.conftest import BEGINS

ROOT = Path(__file__).parents[2]


async def take(folder: Path) -> int:
    """Walk through the stories with a camera; how many pictures there are."""
    return await _of(_walk, folder) + await _of(loop_pictures.walk, folder / "loop")


async def _of(walk: Callable[[Story, Camera], Awaitable[None]], folder: Path) -> int:
    with TemporaryDirectory() as kept:
        url = f"sqlite:///{kept}/throughline.db"
        await asyncio.to_thread(migrations.upgrade, url)
        async with front_door(url, begins=BEGINS) as door, camera(door.sandbox.url, folder) as lens:
            await walk(Story(door.slack, acts.FIRST, lambda _week, _day: None), lens)
    return lens.taken


async def _walk(story: Story, lens: Camera) -> None:
    await _heard(story, lens)
    await _asked(story, lens)
    await _decided(story, lens)
    await _made(story, lens)
    await _moved(story, lens)
    await _voted(story, lens)
    await _answered(story, lens)


async def _heard(story: Story, lens: Camera) -> None:
    await acts.wish(story)
    await lens.takes("wish", "sam", "channel=C0SALES")
    await lens.takes("wish-card", "sam", "app=messages")
    await story.commands("sam", "#sales", "/capture", "Acme asks for a dark theme")
    await lens.takes("capture-form", "sam", "channel=C0SALES")
    await closes_all(story.slack, "sam")


async def _asked(story: Story, lens: Camera) -> None:
    await story.commands("maya", "#product", "/checkin")
    await lens.takes("checkin-proposal", "maya", "channel=C0PRODUCT")
    await acts.standup(story)
    await lens.takes("checkin-card", "maya", "channel=C0PRODUCT")
    await lens.takes("checkin-prompt", "ben", "app=messages")
    await story.slack.click((await story.slack.dms("ben"))[-1], "Answer", as_="ben")
    await lens.takes("checkin-form", "ben", "app=messages")
    await closes_all(story.slack, "ben")
    await acts.answers(story)
    await lens.takes("blocker-ask", "ines", "app=messages")
    await story.presses("ines", "can you clear B-1", "Cleared…")
    await lens.takes("blocker-clear", "ines", "app=messages")
    await closes_all(story.slack, "ines")
    await acts.clear(story)
    await lens.takes("blocker-cleared", "ben", "app=messages")
    summary = await story.heard("#product", "Standup, Thursday")
    await lens.takes("checkin-summary", "maya", "channel=C0PRODUCT")
    await lens.takes("checkin-thread", "maya", f"channel=C0PRODUCT&thread={summary.ts}")


async def _decided(story: Story, lens: Camera) -> None:
    await story.commands("omar", "#product", "/decision", acts.DECISION)
    await lens.takes("decision-form", "omar", "channel=C0PRODUCT")
    await closes_all(story.slack, "omar")
    await story.commands("maya", "#product", "/digest")
    await lens.takes("digest-proposal", "maya", "channel=C0PRODUCT")
    await acts.decide(story)
    await lens.takes("decision-proposed", "omar", "channel=C0PRODUCT")
    await story.commands("omar", "#product", "/decision", "show D-1")
    await lens.takes("decision-card", "omar", "channel=C0PRODUCT")
    await story.slack.click(await story.slack.modal("omar"), "More…", as_="omar")
    await lens.takes("decision-more", "omar", "channel=C0PRODUCT")
    await closes_all(story.slack, "omar")
    await acts.weekend(story)
    await lens.takes("decision-ask", "maya", "app=messages")
    await acts.approve(story)


async def _made(story: Story, lens: Camera) -> None:
    await story.commands("omar", "#product", "/decision", "show D-1")
    await story.slack.click(await story.slack.modal("omar"), "Make a launch", as_="omar")
    await lens.takes("launch-form", "omar", "channel=C0PRODUCT")
    await closes_all(story.slack, "omar")
    await acts.launch(story, look=lambda: lens.takes("launch-owners", "omar", "channel=C0LAUNCH"))
    await lens.takes("launch-board", "omar", "channel=C0LAUNCH")
    await lens.takes("launch-leading", "priya", "app=messages")
    await acts.progress(story)
    await lens.takes("launch-items", "priya", "app=messages")
    await lens.takes("decision-ripple", "dana", "app=messages")


async def _moved(story: Story, lens: Camera) -> None:
    await story.launch("ines", f"{acts.LAUNCH}/1", "Blocked…")
    await lens.takes("launch-blocked", "ines", "channel=C0LAUNCH")
    await closes_all(story.slack, "ines")
    await acts.slip(story)
    await lens.takes("launch-moves", "omar", "channel=C0LAUNCH")
    await acts.move(story)
    await lens.takes("launch-moved", "priya", "app=messages")
    await lens.takes("launch-moved-board", "maya", "channel=C0LAUNCH")
    await story.commands("priya", "#launches", "/launch", acts.LAUNCH)
    await lens.takes("launch-card", "priya", "channel=C0LAUNCH")
    await closes_all(story.slack, "priya")


async def _voted(story: Story, lens: Camera) -> None:
    await acts.ready(story)
    await acts.ask_for_votes(story)
    await lens.takes("vote-ask", "priya", "app=messages")
    await story.presses("priya", "Go or no-go", "Go with conditions…")
    await lens.takes("vote-why", "priya", "app=messages")
    await closes_all(story.slack, "priya")
    await acts.vote(story)
    await lens.takes("vote-outcome", "omar", "app=messages")
    await lens.takes("vote-board", "maya", "channel=C0LAUNCH")
    await acts.meet(story)


async def _answered(story: Story, lens: Camera) -> None:
    await acts.ship(story)
    await lens.takes("shipped", "maya", "channel=C0LAUNCH")
    await closes_all(story.slack, "omar")
    await story.slack.open_home("omar")
    await lens.takes("home-that-needs-somebody", "omar", "app=home")
    await lens.takes("sentence-ask", "omar", "app=messages")
    await story.presses("omar", "L-1 has shipped", "Write the sentence…")
    await lens.takes("sentence-form", "omar", "app=messages")
    await acts.close(story)
    await lens.takes("sentence", "sam", "app=messages", sizes=(DESK, PHONE, README))
    await acts.monday(story)
    await lens.takes("digest", "maya", "channel=C0PRODUCT")
    for who in ("maya", "sam"):
        await story.slack.open_home(who)
        await lens.takes("home", who, "app=home")
    await story.commands("sam", "#general", "/throughline", "show F-1")
    await lens.takes("why", "sam", "channel=C0GENERAL")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "story"
    print(f"{asyncio.run(take(where))} things in {where}, each at a desk and on a phone")  # noqa: T201 - run by hand
