"""The page without eyes: every control has a name, every picture its words, and news is spoken."""

from typing import Any

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox
from bot.sandbox.driver import Slack
from bot.sandbox.specimens import SPECIMENS
from bot.sandbox.views import open_modal, publish_home
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.samples import button, section

Json = dict[str, Any]
NAMED = frozenset({
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "radiogroup", "spinbutton", "slider",
    "menu", "menuitem", "option", "listbox", "dialog", "alertdialog", "image", "img", "heading", "toolbar",
    "navigation", "complementary", "region", "log", "article", "Date", "DateTime", "InputTime", "columnheader",
})  # fmt: skip
OF = {
    surface: [one for one in SPECIMENS if one["surface"] == surface]
    for surface in ("message", "modal", "home")
}


async def nameless(page: Page) -> list[str]:
    """What the browser itself would tell a screen reader to be something without a name."""
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    nodes = [node for node in tree["nodes"] if not node["ignored"]]
    assert len(nodes) > 20
    return [
        f"{node['role']['value']} {node.get('properties')}"
        for node in nodes
        if node["role"]["value"] in NAMED and not node.get("name", {}).get("value", "").strip()
    ]


async def twice(page: Page) -> list[str]:
    """Ids that are there more than once, or are pointed to and not there at all."""
    return list(
        await page.evaluate("""() => {
        const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
        const wanted = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant'].flatMap(
            (name) => [...document.querySelectorAll(`[${name}]:not(dialog:not([open]))`)].flatMap((one) =>
                one.getAttribute(name).split(/\\s+/).filter(Boolean).map((id) => [name, id])));
        return [
            ...ids.filter((id, at) => ids.indexOf(id) !== at),
            ...wanted.filter(([, id]) => !ids.includes(id)).map((pair) => pair.join(' ')),
        ];
    }""")
    )


async def sound(page: Page) -> None:
    assert await nameless(page) == []
    assert await twice(page) == []


async def test_a_channel_with_one_of_everything(visit: Open, web: AsyncWebClient) -> None:
    """In messages, in every menu and list that opens from them, and in the strip on top, nothing is without a name."""
    for one in OF["message"]:
        await web.chat_postMessage(channel="C0GENERAL", **one["payload"])
    page = await visit()
    await expect(page.locator(".message .chart")).to_have_count(4)
    await sound(page)
    opened = page.locator(".popover")
    for name in ("Switch person", "Shortcuts", "Emoji", "More of the sandbox", "Channel actions"):
        await page.get_by_role("button", name=name).first.click()
        await expect(opened).to_have_count(1)
        await sound(page)
        await page.keyboard.press("Escape")
    for kind in ("Idea", "Maya Lindqvist", "More options"):
        await page.locator(".message").get_by_role("button", name=kind).first.click()
        await expect(opened).to_have_count(1)
        await sound(page)
        await page.keyboard.press("Escape")
    await page.locator("#main .composer-text").fill("/")
    await expect(page.get_by_role("option").first).to_be_visible()
    await sound(page)
    await page.get_by_role("button", name="Inspector").click()
    await expect(page.locator(".calls summary").first).to_be_visible()
    await sound(page)


@pytest.mark.parametrize("one", OF["modal"], ids=[one["name"] for one in OF["modal"]])
async def test_every_field_of_a_form_is_called_by_its_label(
    place: RunningSandbox, visit: Open, one: Json
) -> None:
    """Each input has the name its label says, and points to its hint."""
    open_modal(place.sandbox, "U0MAYA", one["payload"])
    page = await visit()
    form = page.get_by_role("dialog")
    await sound(page)
    for block in one["payload"]["blocks"]:
        if block["type"] == "input":
            label = block["label"]["text"]
            await expect(form.get_by_label(label).first).to_be_visible()


async def test_home_and_a_thread(place: RunningSandbox, visit: Open, slack: Slack) -> None:
    """Home tabs, threads and the gallery, too."""
    message = await slack.message("#general", "A thread begins", as_="sam")
    await slack.message("#general", "And goes on", as_="ben", thread=message)
    publish_home(place.sandbox, "U0MAYA", OF["home"][0]["payload"])
    for where in ("app=home", f"channel=C0GENERAL&thread={message.ts}"):
        await sound(await visit(where))
    page = await visit()
    await page.goto(f"{place.url}/#specimens")
    await expect(page.locator(".frame")).to_have_count(len(SPECIMENS))
    await expect(page.get_by_role("heading", name="Blocks")).to_be_focused()
    await sound(page)


async def test_a_new_message_is_spoken_by_its_text(visit: Open, slack: Slack, web: AsyncWebClient) -> None:
    """As in Slack, ears get the top-level text, not the blocks; one's own words are not read back."""
    page = await visit()
    spoken = page.locator("#announce")
    await expect(spoken).to_have_attribute("aria-live", "polite")
    blocks = [section("Only for eyes", accessory=button())]
    await web.chat_postMessage(channel="C0GENERAL", text="*F-12* is saved, <@U0BEN>", blocks=blocks)
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="You follow it.")
    await expect(spoken).to_have_text(
        "Throughline: F-12 is saved, @Ben AdeyemiThroughline only to you: You follow it."
    )
    await slack.message("#general", "My own words", as_="maya")
    await expect(page.locator("#main .message").last).to_contain_text("My own words")
    await expect(spoken).not_to_contain_text("My own words")
    await expect(spoken).not_to_contain_text("Only for eyes")
    told = page.get_by_role("article", name="F-12 is saved, @Ben Adeyemi")
    await expect(told).to_contain_text("Only for eyes")


async def test_a_message_without_text_is_spoken_by_its_blocks(visit: Open, web: AsyncWebClient) -> None:
    """Where an app leaves the text out, Slack reads the blocks."""
    page = await visit()
    blocks = [section("*Nine* of eleven are ready")]
    await web.api_call("chat.postMessage", json={"channel": "C0GENERAL", "blocks": blocks})
    await expect(page.locator("#announce")).to_have_text("Throughline: Nine of eleven are ready")


async def test_nothing_moves_for_those_who_asked_for_that(visit: Open, web: AsyncWebClient) -> None:
    """With reduced motion no animation or transition takes time."""
    page = await visit(reduced_motion="reduce")
    await web.chat_postMessage(channel="U0MAYA", text="Two things need you")
    await expect(page.locator(".push").first).to_be_visible()
    slow = """[...document.querySelectorAll('*')].filter((one) => {
        const style = getComputedStyle(one);
        return parseFloat(style.animationDuration) > 0.001 || parseFloat(style.transitionDuration) > 0;
    }).map((one) => one.className)"""
    assert await page.evaluate(slow) == []
