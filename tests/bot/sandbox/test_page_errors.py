"""What is wrong in a long form can be read where it stands, also on a phone."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.receiver import Answer, Received, Receiver
from tests.bot.sandbox.samples import field, modal


async def test_the_error_itself_comes_into_sight(
    visit: Open, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Of a field one looks at, at the foot of the form: its words are above the buttons, not behind them."""
    fields = [field(f"Question {number}", f"q{number}", multiline=True) for number in range(6)]

    async def answer(request: Received) -> Answer:
        if request.kind == "command":
            await web.views_open(trigger_id=request.body["trigger_id"], view=modal(*fields))
            return None
        return {"response_action": "errors", "errors": {"q5": "Choose who it waits on"}}

    receiver.answer = answer
    page = await visit(viewport={"width": 390, "height": 844}, has_touch=True)
    await page.locator("#main .composer-text").fill("/capture")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    for number in range(6):
        await form.get_by_label(f"Question {number}").fill("Words")
    await form.locator(".modal-body").evaluate("body => { body.scrollTop = body.scrollHeight; }")
    await form.get_by_role("button", name="Save").click()

    wrong = form.get_by_text("Choose who it waits on")
    await expect(wrong).to_be_visible()
    foot = await form.locator(".modal-foot").bounding_box()
    shown = await wrong.bounding_box()
    assert foot is not None
    assert shown is not None
    assert shown["y"] + shown["height"] <= foot["y"] + 1
