"""Links to messages open the message in the page; commands complete; Slack is made awkward with a tick."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Slack
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import button, field, modal, section
from tests.bot.sandbox.waiting import until


async def test_a_permalink_opens_its_message(visit: Open, slack: Slack, web: AsyncWebClient) -> None:
    """In its channel, from wherever it was shown; a permalink of another company's is a link like any other."""
    said = await slack.message("#sales", "They want SSO", as_="sam")
    for number in range(30):
        await slack.message("#sales", f"Later {number}", as_="dana")
    await web.conversations_join(channel="C0SALES")
    link = (await web.chat_getPermalink(channel=said.channel, message_ts=said.ts))["permalink"]
    away = link.replace("northwind-labs", "acme")
    await web.chat_postMessage(channel="C0GENERAL", text=f"<{link}|where it was said> or <{away}|elsewhere>")

    page = await visit()
    assert await page.get_by_role("link", name="elsewhere").get_attribute("href") == away
    await page.get_by_role("link", name="where it was said").click()
    await expect(page.locator("#main .message.look-here")).to_contain_text("They want SSO")
    await expect(page.locator("#main .message.look-here")).to_be_in_viewport()
    await expect(page.get_by_role("heading", name="sales", exact=True)).to_be_visible()


async def test_a_bare_address_is_a_link_unless_its_text_is_verbatim(visit: Open, web: AsyncWebClient) -> None:
    """As Slack draws it: in a text that is verbatim only what is written as a link is one."""
    said = "*Bold:* https://bare.example and <https://meant.example|meant>"
    for verbatim in (False, True):
        block = {"type": "section", "text": {"type": "mrkdwn", "text": said, "verbatim": verbatim}}
        await web.chat_postMessage(channel="C0GENERAL", text="addresses", blocks=[block])

    page = await visit()
    shown = page.locator("#main .message", has_text="https://bare.example")
    await expect(shown).to_have_count(2)
    for message, links in ((shown.first, 2), (shown.last, 1)):
        await expect(message.locator(".text a")).to_have_count(links)
        await expect(message.get_by_role("link", name="meant")).to_be_visible()
        await expect(message.locator(".text strong")).to_have_text("Bold:")


async def test_a_permalink_to_a_reply_opens_its_thread(
    visit: Open, slack: Slack, web: AsyncWebClient
) -> None:
    """Beside the channel, with the reply pointed at; the address alone brings it back after a reload."""
    top = await slack.message("#general", "Which one?", as_="ben")
    await slack.message("#general", "The first", as_="maya", thread=top)
    reply = await slack.message("#general", "The second", as_="omar", thread=top)
    link = (await web.chat_getPermalink(channel="C0GENERAL", message_ts=reply.ts))["permalink"]
    await web.chat_postMessage(channel="C0LAUNCH", text=f"<{link}|the answer>")
    page = await visit("channel=C0LAUNCH")
    await page.get_by_role("link", name="the answer").click()
    await expect(page.locator("#thread .message.look-here")).to_contain_text("The second")
    await page.reload()
    await expect(page.locator("#thread .message.look-here")).to_contain_text("The second")


async def test_a_copied_link_opens_the_message(visit: Open, slack: Slack) -> None:
    """Copied from a message's menu, opened anew: that message is pointed at, and no thread in the way."""
    await slack.message("#general", "Look at this", as_="ben")
    page = await visit(permissions=["clipboard-read", "clipboard-write"])
    message = page.locator("#main .message").last
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Copy link").click()
    await expect(page.get_by_text("Link copied.")).to_be_visible()
    link = await page.evaluate("navigator.clipboard.readText()")
    await page.goto("about:blank")
    await page.goto(link)
    await expect(page.locator("#main .message.look-here")).to_contain_text("Look at this")
    await expect(page.locator("#thread")).to_be_hidden()


async def test_a_command_completes_and_says_what_may_follow(visit: Open) -> None:
    """Typing / offers each command with its usage hint and description; Tab takes it. Groups complete, too."""
    page = await visit()
    composer = page.locator("#main .composer-text")
    await composer.press_sequentially("/cap")
    option = page.get_by_role("option", name="/capture")
    await expect(option).to_contain_text("words")
    await expect(option).to_contain_text("Keep what somebody said")
    await composer.press("Tab")
    await expect(composer).to_have_value("/capture ")
    await composer.press_sequentially("for @on-c")
    await page.get_by_role("option", name="@on-call").click()
    await expect(composer).to_have_value("/capture for @on-call ")


async def test_slack_is_made_awkward_in_the_page(visit: Open, slack: Slack) -> None:
    """Each mode is a box to tick in the bar's menu; what is ticked stays so for everybody."""
    page = await visit()
    await page.get_by_role("button", name="More of the sandbox").click()
    await page.get_by_role("menuitem", name="Awkward Slack").click()
    box = page.get_by_role("checkbox", name="Short history")
    async with page.expect_response("**/sandbox/modes"):
        await box.check()
    assert (await slack.modes())["slow_history"] is True
    await slack.modes(replies_refused=True)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="More of the sandbox").click()
    await page.get_by_role("menuitem", name="Awkward Slack").click()
    await expect(page.get_by_role("checkbox", name="No replies for bots")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="Count calls")).not_to_be_checked()


async def test_a_field_that_tells_on_enter_tells_on_enter(
    visit: Open, slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Before that the app hears nothing of it but with a button, in the state that goes along."""
    loud = {**field("Loud", "loud"), "dispatch_action": True}
    page = await visit()
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    await web.views_open(trigger_id=trigger, view=modal(section(accessory=button("Look")), loud))
    await page.get_by_label("Loud").fill("half a wo")
    await page.get_by_role("button", name="Look").click()
    await until(lambda: receiver.of("block_actions"))
    body = receiver.only("block_actions")
    assert body["actions"][0]["action_id"] == "press"
    assert body["view"]["state"]["values"]["loud"]["value"]["value"] == "half a wo"
    await page.get_by_label("Loud").fill("half a word")
    await page.get_by_label("Loud").press("Enter")
    await until(lambda: len(receiver.of("block_actions")) == 2)
    (action,) = receiver.of("block_actions")[-1].body["actions"]
    assert (action["block_id"], action["value"]) == ("loud", "half a word")
