"""What fields and pickers hand to the app, in modals and in Home, and what nobody can put into them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Impossible, Slack
from bot.sandbox.elements import STATE
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import actions, button, modal, options, section, text

Json = dict[str, Any]
WORDS = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]}
RICH = {"type": "rich_text", "elements": [WORDS]}


def put(label: str, **element: Any) -> Json:
    body = {"action_id": "a", **element}
    return {"type": "input", "block_id": label, "label": text(label), "element": body, "optional": True}


async def opened(slack: Slack, receiver: Receiver, web: AsyncWebClient, *blocks: Json, **more: Any) -> Json:
    await slack.command("/capture", as_="maya")
    trigger = receiver.of("command")[-1].body["trigger_id"]
    return dict((await web.views_open(trigger_id=trigger, view=modal(*blocks, **more)))["view"])


@pytest.mark.parametrize(
    ("element", "choice", "state"),
    [
        ({"type": "datepicker"}, "2026-12-10", {"selected_date": "2026-12-10"}),
        ({"type": "timepicker"}, "23:59", {"selected_time": "23:59"}),
        ({"type": "timepicker", "timezone": "Asia/Tokyo"}, "09:00",
         {"selected_time": "09:00", "timezone": "Asia/Tokyo"}),
        ({"type": "datetimepicker"}, 1_796_000_000, {"selected_date_time": 1_796_000_000}),
        ({"type": "number_input", "is_decimal_allowed": True}, "4.5", {"value": "4.5"}),
        ({"type": "email_text_input"}, "a@b.example", {"value": "a@b.example"}),
        ({"type": "url_text_input"}, "https://a.example", {"value": "https://a.example"}),
        ({"type": "rich_text_input"}, RICH, {"rich_text_value": RICH}),
        ({"type": "radio_buttons", "options": options("A", "B")}, "B",
         {"selected_option": {"text": text("B"), "value": "b"}}),
        ({"type": "multi_users_select"}, ["@omar", "@gil"], {"selected_users": ["U0OMAR", "U0GIL"]}),
        ({"type": "channels_select"}, "#sales", {"selected_channel": "C0SALES"}),
        ({"type": "conversations_select"}, "#pricing-private", {"selected_conversation": "G0PRICING"}),
    ],
)  # fmt: skip
async def test_an_input_comes_in_its_own_shape(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, element: Json, choice: Any, state: Json
) -> None:
    """In state.values by block and action id; one that nobody touched is there too, empty."""
    await opened(slack, receiver, web, put("field", **element), put("other", **element))
    assert (await slack.submit("maya", field=choice)).ok
    values = receiver.only("view_submission")["view"]["state"]["values"]
    kind = {"type": element["type"]}
    chosen = values["field"]["a"]
    if "selected_option" in chosen:
        chosen["selected_option"]["text"].pop("emoji")
    assert chosen == kind | state
    empty: Any = [] if element["type"].startswith("multi_") else None
    key = next(iter(state))
    assert values["other"]["a"] == kind | state | {key: empty}


@pytest.mark.parametrize(
    ("element", "impossible"),
    [
        ({"type": "datepicker"}, "2026-02-30"),
        ({"type": "datepicker"}, "tomorrow"),
        ({"type": "timepicker"}, "24:00"),
        ({"type": "datetimepicker"}, 1),
        ({"type": "plain_text_input"}, 7),
        ({"type": "users_select"}, "U0NOBODY"),
        ({"type": "channels_select"}, "G0PRICING"),
        ({"type": "conversations_select", "filter": {"include": ["private"]}}, "C0SALES"),
        ({"type": "conversations_select", "filter": {"include": ["public"]}}, "U0OMAR"),
        ({"type": "conversations_select", "filter": {"exclude_external_shared_channels": True}}, "C0ACME"),
        ({"type": "conversations_select", "filter": {"exclude_bot_users": True}}, "U0THROUGH"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U0OMAR", "U0MAYA"]),
    ],
)
async def test_nobody_can_choose_what_is_not_there(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, element: Json, impossible: Any
) -> None:
    """Neither a day that is in no calendar nor a channel the picker leaves out."""
    view = await opened(slack, receiver, web, put("field", **element))
    name = STATE[element["type"]].key
    ids = {"view": view["id"], "block_id": "field", "action_id": "a", "input": {name: impossible}}
    with pytest.raises(Impossible, match=r"Nobody can put|takes 1 at most"):
        await slack._wire.act("input", {"as": "maya", **ids})


async def test_a_picker_offers_who_an_app_cannot_use(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Guests, strangers, bots and who left: Slack leaves none of them out, so the app has to look."""
    await opened(slack, receiver, web, put("field", type="multi_users_select"))
    await slack.submit("maya", field=["@gil", "@nora", "@helpline", "@pete"])
    chosen = receiver.only("view_submission")["view"]["state"]["values"]["field"]["a"]["selected_users"]
    assert chosen == ["U0GIL", "U0NORA", "U0HELPLINE", "U0PETE"]


async def test_home_acts_like_a_view_and_opens_a_modal(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A choice and a press in Home carry the view and its state, no channel and no response URL."""
    menu = {"type": "static_select", "action_id": "kind", "options": options("Idea", "Problem")}
    home = {"type": "home", "blocks": [actions(menu, button("Add"))]}
    published = (await web.views_publish(user_id="U0MAYA", view=home))["view"]
    await slack.click(await slack.home("maya"), "kind", as_="maya", choose="Problem")
    await slack.click(await slack.home("maya"), "Add", as_="maya")
    chosen, pressed = (request.body for request in receiver.of("block_actions"))
    assert chosen["actions"][0]["selected_option"]["value"] == "problem"
    assert pressed["container"] == {"type": "view", "view_id": published["id"]}
    assert pressed["view"]["type"] == "home"
    state = pressed["view"]["state"]["values"]["row"]["kind"]
    assert state["selected_option"]["value"] == "problem"
    assert not {"channel", "message", "response_url"} & pressed.keys()

    await web.views_open(trigger_id=pressed["trigger_id"], view=modal(title=text("New")))
    assert (await slack.modal("maya")).title == "New"


async def test_the_way_back_is_told_without_clearing(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """view_closed names the view that went and is_cleared is false, unless the view clears all on closing."""
    for clears in (False, True):
        more = section(accessory=button("More"))
        await opened(slack, receiver, web, more, title=text("Below"))
        await slack.click(await slack.modal("maya"), "More", as_="maya")
        trigger = receiver.of("block_actions")[-1].body["trigger_id"]
        top = modal(title=text("Top"), notify_on_close=True, clear_on_close=clears)
        pushed = (await web.views_push(trigger_id=trigger, view=top))["view"]
        await slack.back("maya")
        closed = receiver.of("view_closed")[-1].body
        assert (closed["view"]["id"], closed["is_cleared"]) == (pushed["id"], clears)
        assert await slack.sees_modal("maya") is not clears
