"""The first steps of whoever opens the page without having read anything, at a desk and on a phone."""

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.driver import Slack
from tests.bot.sandbox.conftest import Open

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
sizes = pytest.mark.parametrize("size", SIZES)


async def step(page: Page, words: str) -> None:
    await page.get_by_role("button", name=words).click()


@sizes
async def test_react_points_at_an_emoji_that_changes_something(visit: Open, slack: Slack, size: str) -> None:
    """Of the newest message nobody has captured: the emoji has the focus, also on the very first click."""
    await slack.message("#sales", "Could we have one more schedule?", as_="dana")
    taken = await slack.message("#sales", "The board said yes", as_="sam")
    await slack.react(taken, "bulb", as_="sam")
    page = await visit(where="", viewport=SIZES[size])
    await step(page, "React 💡 to a message in #sales")

    bulb = page.locator("#main .message.look-here .tool.look-here")
    await expect(bulb).to_be_focused()
    await page.keyboard.press("Enter")
    pointed = page.locator("#main .message.look-here")
    await expect(pointed).to_contain_text("one more schedule")
    await expect(pointed.get_by_role("button", name="bulb, 1, by you")).to_be_visible()


@sizes
async def test_the_clock_points_at_the_next_morning(visit: Open, slack: Slack, size: str) -> None:
    """One press more and it is nine o'clock where one works."""
    page = await visit(viewport=SIZES[size])
    await step(page, "Let the next morning come")

    button = page.locator(".step.look-here")
    await expect(button).to_be_focused()
    await expect(button).to_have_text("Next morning")
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_contain_text("09:00 in Stockholm", timeout=30_000)
    assert (await slack.state("maya"))["clock"]["offset_seconds"] > 0
