"""The sandbox's page in a real browser, driven as people use it: by mouse, by keyboard, on a phone."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

import bot.sandbox
from bot.sandbox import running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.receiver import Answer, Received, Receiver
from tests.bot.sandbox.samples import Configure, actions, button, field, modal, section, text

Json = dict[str, Any]
STATIC = Path(bot.sandbox.__file__).parent / "static"
PHONE = {"width": 390, "height": 844}


def composer(page: Page) -> Locator:
    return page.locator("#main .composer-text")


def last(page: Page) -> Locator:
    return page.locator("#main .message").last


async def say(page: Page, words: str) -> None:
    await composer(page).fill(words)
    await composer(page).press("Enter")


def opens(web: AsyncWebClient, view: Json) -> Callable[[Received], Awaitable[Answer]]:
    async def answer(request: Received) -> Answer:
        if request.kind == "command":
            await web.views_open(trigger_id=request.body["trigger_id"], view=view)
        return None

    return answer


async def test_a_reaction_by_mouse(visit: Open, slack: Slack, receiver: Receiver) -> None:
    """One click on a message's 💡 sets it, one on the pill takes it away; the app hears of both."""
    await slack.message("#general", "Could the export keep my column order?", as_="ben")
    page = await visit()
    await last(page).hover()
    await last(page).get_by_role("button", name="React with bulb").click()
    pill = last(page).get_by_role("button", name="bulb, 1, by you")
    await expect(pill).to_have_attribute("aria-pressed", "true")
    await pill.click()
    await expect(pill).to_have_count(0)

    assert [len(receiver.of(kind)) for kind in ("reaction_added", "reaction_removed")] == [1, 1]


async def test_a_reaction_by_keyboard_alone(visit: Open, slack: Slack, receiver: Receiver) -> None:
    """From the composer: back to the last message, into its tools, search the picker, Enter."""
    await slack.message("#general", "The filter forgets the year", as_="ben")
    page = await visit()
    await composer(page).focus()
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.matches('#main .message')"):
            break
    for key in ("Enter", "Tab", "Tab", "Tab", "Enter"):
        await page.keyboard.press(key)
    await page.keyboard.type("ladyb")
    await page.keyboard.press("Enter")
    await expect(last(page).get_by_role("button", name="ladybug, 1, by you")).to_be_visible()

    assert receiver.only("reaction_added")["event"]["reaction"] == "ladybug"
    assert await page.evaluate("document.activeElement.dataset.focus") == "tool-react"


async def test_what_was_typed_outlives_errors(visit: Open, receiver: Receiver, web: AsyncWebClient) -> None:
    """An empty field, the app's field error, an app that fails: the words stay; the corrected form goes."""
    view = modal(field("What was said"), field("Account", "account") | {"optional": True})
    receiver.answer = opens(web, view)
    page = await visit()
    await say(page, "/capture")
    form = page.get_by_role("dialog")
    await form.get_by_label("Account").fill("Fjord Energy")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()

    replies: list[Answer] = [
        {"response_action": "errors", "errors": {"words": "Say a little more"}},
        "not what Slack understands",
        {"response_action": "clear"},
    ]
    receiver.answer = lambda _: replies.pop(0)
    words = form.get_by_label("What was said")
    await words.fill("Azure")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Say a little more")).to_be_visible()
    await expect(words).to_have_attribute("aria-invalid", "true")
    await expect(words).to_be_focused()
    await words.fill("Azure!")
    await expect(form.get_by_text("Say a little more")).to_be_hidden()
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("trouble connecting")).to_be_visible()
    await expect(words).to_have_value("Azure!")
    await expect(form.get_by_label("Account")).to_have_value("Fjord Energy")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)

    state = receiver.of("view_submission")[-1].body["view"]["state"]["values"]
    assert state["account"]["value"]["value"] == "Fjord Energy"


async def test_an_update_keeps_what_was_typed(visit: Open, receiver: Receiver, web: AsyncWebClient) -> None:
    """A button changes the open view: fields with the same ids keep their words, and the app is told them."""
    row = actions(button("More", "more"))

    async def answer(request: Received) -> Answer:
        if request.kind == "command":
            await web.views_open(trigger_id=request.body["trigger_id"], view=modal(field(), row))
        elif request.kind == "block_actions":
            fuller = modal(section("Now with more"), field(), field("Why", "why"), row)
            await web.views_update(view_id=request.body["view"]["id"], view=fuller)
        return None

    receiver.answer = answer
    page = await visit()
    await say(page, "/capture")
    form = page.get_by_role("dialog")
    await form.get_by_label("Words").fill("Half a sentence")
    await form.get_by_role("button", name="More").click()
    await expect(form.get_by_text("Now with more")).to_be_visible()
    await expect(form.get_by_label("Words")).to_have_value("Half a sentence")

    told = receiver.only("block_actions")["view"]["state"]["values"]
    assert told["words"]["value"]["value"] == "Half a sentence"


async def test_escape_closes_and_tells(visit: Open, receiver: Receiver, web: AsyncWebClient) -> None:
    """Escape closes the form at once, the app hears it, and the focus is where it was."""
    receiver.answer = opens(web, modal(notify_on_close=True))
    page = await visit()
    await say(page, "/capture")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(composer(page)).to_be_focused()

    assert receiver.only("view_closed")["is_cleared"] is True


async def test_peoples_words_never_become_html(visit: Open, web: AsyncWebClient) -> None:
    """Tags and <!channel> from people stay words, in messages, attachments and an app's name alike."""
    nasty = "<img src=x onerror=alert(1)> <b>b</b> <!channel> &amp; <script>alert(2)</script>"
    page = await visit()
    await say(page, nasty)
    await expect(last(page).locator(".body")).to_have_text(nasty)
    await expect(last(page).locator("img, b, script, .mention")).to_have_count(0)

    escaped = "&lt;img src=x&gt; &lt;!channel&gt; &amp;amp;"
    link = {"text": "<javascript:alert(1)|press>", "fallback": "f", "title": "<b>t</b>"}
    await web.chat_postMessage(channel="C0GENERAL", text=escaped, attachments=[link])
    await expect(last(page).locator(".body")).to_contain_text("<img src=x> <!channel> &amp;")
    await expect(last(page).locator(".attachment")).to_contain_text("<b>t</b>")
    await expect(last(page).locator("a, img, b, .mention")).to_have_count(0)


def test_no_code_hands_text_to_a_parser_or_to_the_internet() -> None:
    """No innerHTML and its kin, nothing loaded from elsewhere, every file says why it exists."""
    for path in STATIC.rglob("*.js"):
        code = path.read_text("utf-8")
        assert not re.search(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", code), (
            path
        )
        assert not re.search(r"(?:from|import\(?|fetch\(?)\s*[\"'`]https?:", code), path
        assert code.startswith("// "), path
        assert len(code.splitlines()) <= 300, path
    for path in STATIC.rglob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text("utf-8")), path


async def test_a_draft_is_never_lost(visit: Open, slack: Slack) -> None:
    """News, another channel and back, a reload: the half-written message is still there."""
    page = await visit()
    await composer(page).fill("I was going to")
    await slack.message("#general", "Something came between", as_="sam")
    await expect(last(page)).to_contain_text("Something came between")
    await expect(composer(page)).to_have_value("I was going to")
    await page.get_by_role("link", name="launches").click()
    await expect(composer(page)).to_have_value("")
    await page.get_by_role("link", name="general").click()
    await expect(composer(page)).to_have_value("I was going to")
    await page.reload()
    await expect(composer(page)).to_have_value("I was going to")


async def test_slash_commands_are_refused_in_threads(visit: Open, slack: Slack, receiver: Receiver) -> None:
    """The page explains what Slack explains, sends nothing and keeps the words."""
    message = await slack.message("#general", "A thread begins", as_="sam")
    page = await visit(f"channel=C0GENERAL&thread={message.ts}")
    area = page.locator("#thread .composer-text")
    await area.fill("/capture this")
    await area.press("Enter")
    await expect(page.locator("#thread")).to_contain_text("/capture is not supported in threads")
    await expect(area).to_have_value("/capture this")

    assert receiver.of("command") == []


WIDE = [
    section("A" * 400),
    {"type": "table", "rows": [[{"type": "raw_text", "text": f"Column {n} " * 3} for n in range(12)]] * 3},
    section("Fields", fields=[{"type": "mrkdwn", "text": "https://a.example/" + "x" * 90}] * 4),
    actions(*(button(f"A rather long button {n}", f"b{n}") for n in range(6))),
]


async def test_nothing_scrolls_sideways_on_a_phone(
    visit: Open, slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """At 390 px a channel with wide blocks, a thread, Home, a form and the people fit the screen."""
    receiver.answer = opens(web, modal(section("B" * 300), field("A label that is rather long " * 4)))
    posted = await web.chat_postMessage(channel="C0GENERAL", text="Wide", blocks=WIDE)
    await slack.message("#general", "w" * 300, as_="sam")
    await web.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [section("C" * 300)]})
    for where in (
        "channel=C0GENERAL",
        f"channel=C0GENERAL&thread={posted['ts']}",
        "app=home",
        "app=messages",
    ):
        page = await visit(where, viewport=PHONE, has_touch=True)
        await _fits(page)
    page = await visit(viewport=PHONE, has_touch=True)
    await page.get_by_role("button", name="Switch person").click()
    await expect(page.get_by_role("option", name="Kenji Mori")).to_be_visible()
    await _fits(page)
    await page.keyboard.press("Escape")
    await say(page, "/capture")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await _fits(page)


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    beyond = "[...document.querySelectorAll('#bar *, .message, .block, dialog[open]')]"
    inside = ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('[hidden]'))"
    assert await page.evaluate(f"{beyond}{inside}.map(e => e.className)") == []


async def test_acting_as_somebody_else_and_moving_the_clock(visit: Open) -> None:
    """Another person has their own channels and zone; next morning is nine o'clock for them."""
    page = await visit("channel=G0PRICING")
    await expect(page.get_by_role("heading", name="pricing-private")).to_be_visible()
    await page.get_by_role("button", name="Switch person").click()
    await page.get_by_role("option", name="Kenji Mori").click()
    await expect(page.locator("body")).to_have_attribute("data-ready", "U0KENJI")
    await expect(page.get_by_role("link", name="pricing-private")).to_have_count(0)
    await page.get_by_role("button", name="Next morning", exact=True).click()
    await expect(page.locator(".clock-now")).to_contain_text("09:00")
    await expect(page.locator(".clock-city")).to_contain_text("Tokyo")

    assert "as=U0KENJI" in page.url


async def test_the_gallery_shows_everything_and_hides_no_mistake(
    browser: Browser, config: Configure, receiver: Receiver
) -> None:
    """Each example is drawn; a block nobody knows is a visible box, and what Slack refuses is listed."""
    good = {"feature": "feedback", "name": "card", "size": "usual", "surface": "message"}
    odd = good | {
        "name": "odd",
        "payload": {"text": "x", "blocks": [{"type": "hologram", "title": text("x")}]},
    }
    examples = [good | {"payload": {"text": "x", "blocks": [section("F-12")]}}, odd]
    async with running(config(bot_url=receiver.url, gallery=examples)) as place:
        page = await browser.new_page()
        await page.goto(f"{place.url}/#gallery")
        await expect(page.locator(".frame")).to_have_count(2)
        await expect(page.locator(".frame").first).to_contain_text("F-12")
        await expect(page.locator(".frame .not-drawn")).to_contain_text("hologram")
        await expect(page.locator(".frame-problems")).to_have_count(1)
        await page.close()
