"""Sorting on the way to work: by thumb, on a phone."""

import shutil
import time
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.seeding.story import Story
from tests.front import front_door
from tests.story import loop
from tests.story.acts import FIRST
from tests.story.camera import PHONE, SIZES, camera
from tests.story.conftest import BEGINS

TWO_MINUTES = 120
TO_READ = 4.5
"""Seconds somebody looks at each before their thumb moves."""
SENTENCE, WHY = "Coming in May.", "Too few ask"
LATER, PLANNED, DECLINED = (4, 9, 14), (6, 17), (11, 19)


async def test_twenty_are_sorted_in_two_minutes_on_a_phone(sqlite_template: Path, tmp_path: Path) -> None:
    """Each is read and decided on one screen, without scrolling; what a machine does leaves time to read every one."""
    if shutil.which("chromium") is None:
        pytest.skip("triage on a phone is NOT tested: no chromium on PATH (apt-get install -y chromium)")
    path = tmp_path / "throughline.db"
    shutil.copy(sqlite_template, path)
    async with (
        front_door(f"sqlite:///{path}", begins=BEGINS) as door,
        camera(door.sandbox.url, tmp_path) as lens,
    ):
        story = Story(door.slack, FIRST, lambda _week, _day: None)
        await loop.ground(story)
        await loop.day(story)
        page = await lens.opens("lena", "channel=C0SUPPORT", PHONE)
        begun = time.monotonic()
        await page.get_by_role("button", name="Triage what waits").click()
        for number in range(1, len(loop.WAITING) + 1):
            await _decide(page, number)
        box = page.locator("#modal")
        await expect(box).to_contain_text("Nothing waits for triage. You sorted 20.")
        took = time.monotonic() - begun
        listed = await story.slack.channel("#support", as_="ben").last()
    assert took + TO_READ * len(loop.WAITING) < TWO_MINUTES, f"the machine alone took {took:.1f} s"
    assert listed.text.startswith("Nothing waits for triage about Billing")


async def _decide(page: Page, number: int) -> None:
    """Read it, and press what becomes of it; both are on the screen."""
    box = page.locator("#modal")
    await expect(box.locator(".modal-body")).to_contain_text(f"F-{number} · Idea")
    await _is_on_screen(box.get_by_text(loop.WAITING[number - 1]).first)
    if number in LATER:
        await _press(page, f"F-{number} later")
    elif number in PLANNED:
        await _press(page, f"Plan F-{number}")
        await box.get_by_label("What a customer may be told").fill(SENTENCE)
        await _press(page, "Plan, next")
    elif number in DECLINED:
        await _press(page, f"Decline F-{number}")
        await box.get_by_label("Why, for us only").fill(WHY)
        await _press(page, "Decline, next")
    else:
        await _press(page, "Take it")


async def _press(page: Page, name: str) -> None:
    button = page.locator("#modal").get_by_role("button", name=name, exact=True)
    await _is_on_screen(button)
    await button.tap()


async def _is_on_screen(what: Locator) -> None:
    """All of it, as the page stands."""
    await expect(what).to_be_visible()
    where = await what.bounding_box()
    size = SIZES[PHONE]
    assert where is not None
    assert where["y"] >= 0, (await what.inner_text(), where)
    assert where["y"] + where["height"] <= size["height"], (await what.inner_text(), where)
