"""The sandbox shows one of everything Slack knows, and whatever the app can show."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox import running
from bot.sandbox.blocks import problems_of
from bot.sandbox.blocks.elements import ELEMENTS, element_in
from bot.sandbox.blocks.kinds import BLOCKS, block
from bot.sandbox.blocks.rich_text import PARTS
from bot.sandbox.blocks.rules import Check, Surface
from bot.sandbox.specimens import SPECIMENS
from handlers.gallery import EXAMPLES
from tests.bot.sandbox.samples import Configure

Json = dict[str, Any]
WIDTHS = {"desk": 1280, "phone": 390}
BEYOND = """[...document.querySelectorAll('.gallery-head *, .frame, .frame .block')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.carousel, .table-wrap'))
    .map((e) => e.className)"""


def kinds(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from kinds(item)
    elif isinstance(value, dict):
        yield str(value.get("type"))
        for item in value.values():
            yield from kinds(item)


def test_slack_would_take_every_specimen() -> None:
    """What the sandbox itself shows breaks no rule of Slack's."""
    found = {one["name"]: problems_of(one["surface"], one["payload"]) for one in SPECIMENS}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_nothing_slack_knows_lacks_a_specimen() -> None:
    """Every block that can be sent, every element and every part of rich text is among them."""
    shown = set(kinds([one["payload"] for one in SPECIMENS]))
    wanted = {kind for kind, known in BLOCKS.items() if known.surfaces} | set(ELEMENTS) | set(PARTS)
    assert wanted - shown == set()


STANDS: dict[str, str] = {
    **dict.fromkeys(("actions", "context", "divider", "header", "image", "input"), "MVH"),
    **dict.fromkeys(("rich_text", "section", "video"), "MVH"),
    **dict.fromkeys(("card", "carousel"), "MH"),
    **dict.fromkeys(("container", "context_actions", "data_table", "data_visualization", "markdown"), "M"),
    **dict.fromkeys(("plan", "table", "task_card"), "M"),
    "alert": "V",
    "file": "",
}
GOES: dict[str, str] = {
    **dict.fromkeys(("button", "overflow", "image", "checkboxes", "radio_buttons"), "MVH"),
    **dict.fromkeys(("datepicker", "timepicker", "plain_text_input"), "MVH"),
    **dict.fromkeys((kind for kind in ELEMENTS if kind.endswith("_select")), "MVH"),
    **dict.fromkeys(("workflow_button", "feedback_buttons", "icon_button"), "M"),
    **dict.fromkeys(("email_text_input", "url_text_input", "number_input", "file_input"), "V"),
    "datetimepicker": "MV",
    "rich_text_input": "VH",
}


@pytest.mark.parametrize(("letter", "surface"), [("M", "message"), ("V", "modal"), ("H", "home")])
def test_each_kind_stands_where_slack_lets_it(letter: str, surface: Surface) -> None:
    """Where Slack's pages and its server disagree, the stricter: no table in Home, no card in a modal."""
    check = Check(surface)
    for kind in BLOCKS:
        block({"type": kind}, kind, check)
    for kind, element in ELEMENTS.items():
        element_in(min(element.hosts))({"type": kind}, f"<{kind}>", check)
    refused = {
        line.split(":")[0] for line in check.problems if "cannot stand in" in line or "only comes" in line
    }
    wanted = {kind for kind, where in STANDS.items() if letter not in where}
    assert refused == wanted | {f"<{kind}>" for kind, where in GOES.items() if letter not in where}
    assert (set(STANDS), set(GOES)) == (set(BLOCKS), set(ELEMENTS))


async def _gallery(browser: Browser, url: str, where: str, width: int) -> Page:
    page = await browser.new_page(viewport={"width": width, "height": 900})
    await page.goto(f"{url}/#{where}")
    await expect(page.locator(".frame").first).to_be_visible(timeout=20_000)
    return page


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
async def test_the_page_draws_every_specimen(browser: Browser, config: Configure, width: int) -> None:
    """Each block is drawn and fits, at a desk and on a phone; none is a box that says it is not known."""
    async with running(config()) as place:
        page = await _gallery(browser, place.url, "specimens", width)
        await expect(page.locator(".frame")).to_have_count(len(SPECIMENS))
        await expect(page.locator(".not-drawn, .frame-problems")).to_have_count(0)
        drawn = await page.evaluate(
            "[...document.querySelectorAll('.block')].map((e) => e.className.slice(12))"
        )
        inside = {"task_card", "card"}  # drawn inside a plan and a carousel, not as blocks of their own
        wanted = {kind for kind, known in BLOCKS.items() if known.surfaces}
        assert wanted - inside <= set(drawn)
        assert await page.evaluate(BEYOND) == []
        await page.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
async def test_the_gallery_draws_every_example_of_ours(
    browser: Browser, config: Configure, width: int
) -> None:
    """All views of all features are there, drawn and fitting, and Slack would refuse none."""
    examples = [one.as_json() for one in EXAMPLES]
    async with running(config(gallery=examples)) as place:
        page = await _gallery(browser, place.url, "gallery", width)
        await expect(page.locator(".frame")).to_have_count(len(EXAMPLES), timeout=20_000)
        await expect(page.locator(".not-drawn, .frame-problems")).to_have_count(0)
        assert await page.evaluate(BEYOND) == []
        await page.close()
