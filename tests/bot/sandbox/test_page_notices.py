"""Notifications: who gets one, what a phone and a desktop make of it, and what makes none."""

import asyncio
from typing import Any

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox
from bot.sandbox.driver import Slack
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.samples import actions, button, section
from tests.bot.sandbox.waiting import follow, until

Json = dict[str, Any]


async def test_a_phone_and_a_desktop_read_different_words(visit: Open, web: AsyncWebClient) -> None:
    """A phone gets the top-level text, a desktop the blocks without their buttons; the page tells when they part."""
    blocks = [section("*L-4* needs you", accessory=button("Vote")), actions(button("Not now", "later"))]
    await web.chat_postMessage(channel="C0GENERAL", text="<@U0BEN> *L-4* needs you", blocks=blocks)
    page = await visit()
    await page.locator("#main .message").last.hover()
    await page.locator("#main .message").last.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="How it is notified").click()
    shown = page.get_by_role("dialog", name="How it is notified")
    await expect(shown).to_contain_text("It notifies Ben Adeyemi.")
    await expect(shown.locator(".phone .push-words")).to_have_text(
        "Throughline in #general@Ben Adeyemi L-4 needs you"
    )
    await expect(shown.locator(".desktop .push-words")).to_have_text("Throughline in #generalL-4 needs you")
    await expect(shown).to_contain_text("The two begin with different words.")
    await expect(shown.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(shown).to_have_count(0)
    assert await page.evaluate("document.activeElement.dataset.focus") == "tool-more"


async def test_an_update_notifies_nobody_and_marks_nothing_unread(
    place: RunningSandbox, slack: Slack, web: AsyncWebClient
) -> None:
    """What was read stays read when the app changes it, even when it now names somebody; a new message is news."""
    notices: list[Json] = []
    following = asyncio.create_task(follow(place.url, notices))
    await until(lambda: notices)
    posted = await web.chat_postMessage(channel="C0GENERAL", text="Nine of eleven are ready")
    await slack._wire.act("read", {"as": "maya", "channel": "C0GENERAL"})
    await web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="<@U0MAYA> all are ready")
    general = next(c for c in (await slack.state("maya"))["channels"] if c["id"] == "C0GENERAL")
    assert (general["unread"], general["mentions"]) == (0, 0)

    await web.chat_postMessage(channel="C0GENERAL", text="<@U0MAYA> vote, please", blocks=[section("Vote")])
    await until(lambda: any(one["kind"] == "push" for one in notices))
    following.cancel()
    (push,) = (one for one in notices if one["kind"] == "push")
    assert (push["text"], push["desktop"]) == ("<@U0MAYA> vote, please", "Vote")
    general = next(c for c in (await slack.state("maya"))["channels"] if c["id"] == "C0GENERAL")
    assert (general["unread"], general["mentions"]) == (1, 1)


async def test_only_your_own_reload_takes_ephemerals_away(visit: Open, web: AsyncWebClient) -> None:
    """What only you see is there until you reload the page, and then it is gone for good."""
    page = await visit()
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="F-12 is saved.")
    await expect(page.locator("#main .message").last).to_contain_text("Only visible to you")
    await page.get_by_role("link", name="launches").click()
    await page.get_by_role("link", name="general").click()
    await expect(page.locator("#main .message").last).to_contain_text("F-12 is saved.")
    await asyncio.sleep(2.1)  # the sandbox keeps what was shown a moment ago, for a page that reconnects
    await page.reload()
    await expect(page.locator("body")).to_have_attribute("data-ready", "U0MAYA")
    await expect(page.get_by_text("F-12 is saved.")).to_have_count(0)
