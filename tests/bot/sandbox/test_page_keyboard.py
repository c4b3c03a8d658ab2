"""The page by keyboard alone, with Throughline behind it: no mouse, and always a focus that can be seen."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox import RunningSandbox
from bot.sandbox.driver import Slack
from bot.sandbox.views import open_modal
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.samples import field, modal, options, text
from tests.conftest import BEGINS
from tests.front import FrontDoor, front_door

WORDS = "Acme would sign if a report could go out by itself every Sunday"
SEEN = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const ring = one.matches('.composer-text') ? getComputedStyle(one.closest('.composer-box')) : style;
    const marked = ring.outlineStyle !== 'none' || ring.boxShadow !== 'none';
    const inside = box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return { marked, inside, what: one.outerHTML.slice(0, 120) };
}"""


@pytest.fixture
async def door(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[FrontDoor]:
    shutil.copy(sqlite_template, tmp_path / "throughline.db")
    async with front_door(f"sqlite:///{tmp_path / 'throughline.db'}", begins=BEGINS) as door:
        yield door


class Keys:
    """Somebody's hands on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, words: str) -> None:
        await self.page.keyboard.type(words)

    async def walk(self, to: str, key: str = "Tab") -> None:
        """Press a key until the focus is where it is wanted; on the way it can always be seen."""
        for _ in range(60):
            if await self.page.evaluate("(to) => document.activeElement.matches(to)", to):
                return
            await self.press(key)
            seen = await self.page.evaluate(SEEN)
            assert (seen["marked"], seen["inside"]) == (True, True), seen["what"]
        raise AssertionError(f"nobody gets to {to} by {key}")


async def test_a_wish_is_captured_completed_and_found_without_a_mouse(
    browser: Browser, door: FrontDoor
) -> None:
    """Write, capture by the message's menu, fill the form in, look at the card, change it, be somebody else."""
    page = await browser.new_page()
    await page.goto(f"{door.sandbox.url}/#as=U0SAM&channel=C0SALES")
    await expect(page.locator("body")).to_have_attribute("data-ready", "U0SAM")
    keys = Keys(page)
    await keys.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await keys.press("Enter")
    await expect(page.locator("#main .composer-text")).to_be_focused()
    await keys.type(WORDS)
    await keys.press("Enter")
    last = page.locator("#main .message").last
    await expect(last).to_contain_text(WORDS)

    await keys.walk(".message", "Shift+Tab")
    await keys.press("Enter", "End", "Enter")
    await expect(page.get_by_role("menu", name="More actions")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Capture feedback")).to_be_focused()
    await keys.press("Enter")
    form = page.get_by_role("dialog", name="Capture feedback")
    await expect(form).to_be_visible()
    await keys.walk("dialog .block:last-child .select-button")
    await keys.press("Enter")
    await keys.type("Acme")
    await expect(page.get_by_role("option", name="Acme").first).to_be_visible()
    await keys.press("Enter")
    await expect(form.get_by_role("button", name="For which account")).to_be_focused()
    await expect(form.get_by_role("button", name="For which account")).to_contain_text("Acme")
    await keys.walk("dialog [type=submit]")
    await keys.press("Enter")
    saved = page.get_by_role("dialog", name="Saved")
    await expect(saved).to_contain_text(WORDS)
    await keys.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(last.get_by_role("button", name="More actions")).to_be_focused()

    await keys.walk("#sidebar a[href*='app=']", "Shift+Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("button", name="Show F-1")).to_be_visible()
    await keys.walk("[aria-label='Show F-1']")
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text(WORDS)
    await keys.press("Escape")
    await expect(page.get_by_role("button", name="Show F-1")).to_be_focused()

    await keys.walk(".who-button", "Shift+Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("option", name="Sam Okafor")).to_be_focused()
    await keys.press("Home", "Enter")
    await expect(page.locator("body")).to_have_attribute("data-ready", "U0MAYA")
    await keys.walk("#sidebar a[href*='C0SALES']")
    await keys.press("Enter")
    await expect(page.get_by_role("article", name=WORDS)).to_be_visible()
    await keys.walk("#main .message")
    await expect(page.get_by_role("article", name=WORDS)).to_be_focused()
    await keys.press("Enter", "ArrowRight", "ArrowRight", "Enter")
    await expect(page.get_by_role("button", name="eyes, 1, by you")).to_be_visible()

    await keys.walk(".composer-text")
    await keys.type("/cap")
    await expect(page.get_by_role("option", name="/capture")).to_have_attribute("aria-selected", "true")
    await keys.press("Enter")
    await expect(page.locator("#main .composer-text")).to_have_value("/capture ")
    await keys.type("Globex asks for the same")
    await keys.press("Enter")
    form = page.get_by_role("dialog", name="Capture feedback")
    await expect(form.get_by_label("What was said")).to_have_value("Globex asks for the same")
    await keys.press("Escape")
    await expect(page.locator("#main .composer-text")).to_be_focused()
    await page.close()


async def focus(page: Page) -> str:
    """What has the focus: the name it is found by again, or its tag."""
    here = "document.activeElement.dataset.focus ?? document.activeElement.getAttribute('aria-label')"
    return str(await page.evaluate(f"{here} ?? document.activeElement.tagName"))


async def test_what_opens_keeps_the_focus_and_gives_it_back(
    place: RunningSandbox, visit: Open, slack: Slack
) -> None:
    """Lists go around, menus let go, forms hold on; Escape leads back to where one was."""
    message = await slack.message("#general", "A thread begins", as_="sam")
    page = await visit()
    keys = Keys(page)
    await page.locator(".who-button").focus()
    await keys.press("Enter", "Home", "Shift+Tab")
    await expect(page.locator(".person:not([aria-disabled])").last).to_be_focused()
    await keys.press("Tab")
    await expect(page.locator(".person").first).to_be_focused()
    await keys.press("Escape")
    assert await focus(page) == "who"

    await page.get_by_role("button", name="Channel actions").focus()
    await keys.press("Enter", "ArrowUp")
    await expect(page.get_by_role("menuitem").last).to_be_focused()
    await keys.press("Shift+Tab")
    await expect(page.get_by_role("menu")).to_have_count(0)

    await page.locator("#main .message").last.focus()
    await keys.press("Enter")
    await keys.walk("[data-focus='tool-reply']", "ArrowRight")
    await keys.press("Enter")
    await expect(page.locator("#thread .composer-text")).to_be_focused()
    await keys.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    assert await focus(page) == f"m-{message.ts}"

    open_modal(place.sandbox, "U0MAYA", modal(field(), field("More", "more")))
    await expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(12):
        await keys.press("Tab")
        assert await page.evaluate("document.activeElement.closest('dialog, body').id") in {"modal", ""}
        assert not await page.evaluate("document.activeElement.matches('#shell *, #bar *')")


async def test_a_list_of_choices_by_keyboard(place: RunningSandbox, visit: Open) -> None:
    """Typing narrows it, arrows move in it, Enter takes one, Tab goes on to the next field."""
    choose = {
        "type": "static_select",
        "action_id": "it",
        "options": options("Idea", "Problem", "Product", "Praise"),
    }
    view = modal({"type": "input", "block_id": "kind", "label": text("It is"), "element": choose}, field())
    open_modal(place.sandbox, "U0MAYA", view)
    page = await visit()
    keys = Keys(page)
    await expect(page.locator(".select-button")).to_be_focused()
    await keys.press("Enter")
    await keys.type("pro")
    await expect(page.get_by_role("option")).to_have_text(["Problem", "Product"])
    await keys.press("ArrowDown", "Enter")
    await expect(page.get_by_role("button", name="It is Product")).to_be_focused()
    await keys.press("Enter", "Tab")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(page.get_by_label("Words")).to_be_focused()


async def test_the_drawer_of_a_phone_by_keyboard(visit: Open) -> None:
    """It says whether it is open, takes the focus, and Escape closes it."""
    page = await visit(viewport={"width": 390, "height": 844})
    button = page.get_by_role("button", name="Channels")
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(button).to_have_attribute("aria-expanded", "true")
    await expect(page.locator("#sidebar a").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")
