"""Pins and charts on the sandbox's page: found, read and used without a mouse or eyes, too."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Slack
from tests.bot.sandbox.conftest import Open

Json = dict[str, Any]
WEEKS = ["Week 1", "Week 2", "Week 3"]


def lines(kind: str) -> Json:
    series = [
        {
            "name": name,
            "data": [{"label": week, "value": value} for week, value in zip(WEEKS, row, strict=True)],
        }
        for name, row in (("Asked", (4, 9, -2)), ("Closed", (1, 3.5, 6)))
    ]
    return {"type": kind, "series": series, "axis_config": {"categories": WEEKS, "x_label": "Week"}}


PIE = {"type": "pie", "segments": [{"label": "Export", "value": 6}, {"label": "Sign-in", "value": 2}]}


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
async def test_a_chart_says_its_numbers_in_words_and_as_a_table(
    visit: Open, web: AsyncWebClient, kind: str
) -> None:
    """A drawing is never the only way: every number is in its name and in the table below it."""
    block = {"type": "data_visualization", "title": "Asked and closed", "chart": lines(kind)}
    await web.chat_postMessage(channel="C0GENERAL", text="x", blocks=[block])
    page = await visit()
    drawing = page.get_by_role("img", name="Asked: Week 1 4, Week 2 9, Week 3 -2")
    await expect(drawing).to_be_visible()
    await page.get_by_text("Show as a table").click()
    table = page.get_by_role("table", name="Asked and closed")
    await expect(table.get_by_role("row", name="Week 2 9 3.5")).to_be_visible()


async def test_a_pie_says_its_shares(visit: Open, web: AsyncWebClient) -> None:
    """Each slice has its number and its share beside it."""
    block = {"type": "data_visualization", "title": "What was asked", "chart": PIE}
    await web.chat_postMessage(channel="C0GENERAL", text="x", blocks=[block])
    page = await visit()
    await expect(page.get_by_role("img", name="Export 6 · 75%, Sign-in 2 · 25%")).to_be_visible()
    await expect(page.locator(".legend")).to_contain_text("6 · 75%")


async def test_what_is_pinned_is_one_click_away(visit: Open, slack: Slack, web: AsyncWebClient) -> None:
    """The header counts the pins; the list leads to the message; a person pins and unpins by its menu."""
    posted = await web.chat_postMessage(channel="C0GENERAL", text="*Scheduled exports*: on time")
    await web.pins_add(channel="C0GENERAL", timestamp=posted["ts"])
    page = await visit()
    await page.get_by_role("button", name="1 pinned: show").click()
    await page.get_by_role("dialog", name="Pinned messages").get_by_text("Scheduled exports: on time").click()
    await expect(page.locator(".message.look-here")).to_contain_text("Scheduled exports")

    await page.locator(".message.look-here").hover()
    await page.locator(".message.look-here").get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Unpin from channel").click()
    await expect(page.get_by_role("button", name="pinned")).to_have_count(0)
    assert await slack.channel("#general").pinned() == []
