"""What people do besides writing: editing, deleting, inviting, overflow menus, and what they may not do."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, actions, button, manifest, modal, options, section, text

Json = dict[str, Any]


async def test_people_edit_and_delete_their_own_messages(slack: Slack, receiver: Receiver) -> None:
    """In the app's messages that is message_changed and message_deleted; others' words stay theirs."""
    message = await slack.dm("maya", "helo")
    edited = await slack.edit(message, "hello", as_="maya")
    await slack.delete(edited, as_="maya")
    subtypes = [request.event.get("subtype") for request in receiver.of("message")]
    assert subtypes == [None, "message_changed", "message_deleted"]
    assert (edited.text, edited.edited) == ("hello", True)
    assert await slack.dms("maya") == []

    other = await slack.message("#general", "mine", as_="ben")
    with pytest.raises(Impossible, match="own messages"):
        await slack.edit(other, "yours", as_="omar")
    with pytest.raises(Impossible, match="admins"):
        await slack.delete(other, as_="omar")
    await slack.delete(other, as_="maya")


async def test_an_admin_can_delete_what_the_app_posted(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """The event names our message in previous_message, and nobody of ours did it."""
    posted = await web.chat_postMessage(channel="U0MAYA", text="Card")
    (message,) = await slack.dms("maya")
    await slack.delete(message, as_="maya")
    deleted = receiver.of("message")[-1].event
    assert deleted["previous_message"]["bot_id"] == "B0THROUGH"
    assert deleted["deleted_ts"] == posted["ts"]
    assert "bot_id" not in deleted


async def test_slacks_own_commands_move_people(slack: Slack, receiver: Receiver) -> None:
    """What the app tells people to type works: /invite @throughline, /remove, /join, /leave."""
    await slack.command("/invite", "@throughline", as_="maya", channel="#sales")
    await slack.command("/remove", "@throughline", as_="maya", channel="#sales")
    await slack.command("/join", "#product", as_="sam", channel="#sales")
    await slack.command("/leave", as_="sam", channel="#product")
    assert [request.kind for request in receiver.received] == ["member_joined_channel", "member_left_channel"]


async def test_people_come_back_to_an_archived_channel_only_when_it_is_reopened(slack: Slack) -> None:
    """Nothing happens in an archived channel."""
    await slack.archive("#product", as_="maya")
    for impossible in (
        slack.message("#product", "x", as_="maya"),
        slack.command("/capture", as_="maya", channel="#product"),
        slack.join("#product", as_="sam"),
    ):
        with pytest.raises(Impossible, match="archived"):
            await impossible
    await slack.unarchive("#product", as_="maya")
    await slack.join("#product", as_="sam")
    assert (await slack.message("#product", "back", as_="sam")).text == "back"


@pytest.mark.parametrize(
    ("who", "channel", "sentence"),
    [
        ("ben", "G0PRICING", "no such channel"),
        ("gil", "C0SALES", "no such channel"),
        ("nora", "C0GENERAL", "no such channel"),
        ("ben", "C0SALES", "Join it first"),
        ("ben", "D0MAYA", "no such channel"),
        ("pete", "C0GENERAL", "cannot do anything"),
        ("nobody", "C0GENERAL", "nobody called"),
    ],
)
async def test_people_write_only_where_they_are(slack: Slack, who: str, channel: str, sentence: str) -> None:
    """Private channels, other people's direct messages and other workspaces stay closed."""
    with pytest.raises(Impossible, match=sentence):
        await slack._wire.act("message", {"as": who, "channel": channel, "text": "hello"})


async def test_guests_do_not_invite_and_strangers_have_no_direct_message(slack: Slack) -> None:
    """What Slack keeps from guests and from people of another workspace."""
    with pytest.raises(Impossible, match="Guests"):
        await slack.invite("sam", "#launches", as_="gil")
    with pytest.raises(Impossible, match="another workspace"):
        await slack.invite("nora", "#general", as_="maya")
    with pytest.raises(Impossible, match="another workspace"):
        await slack._wire.act("open_dm", {"as": "nora", "user": "throughline"})
    opened = await slack._wire.act("open_dm", {"as": "maya", "user": "throughline"})
    assert opened["channel"] == "D0MAYA"


async def test_who_sees_an_older_message_presses_what_it_showed(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """The second half of a double click arrives; a fresh look finds no such button; a deleted message none."""
    posted = await web.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button())])
    (held,) = await slack.dms("maya")
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    await web.chat_update(**place, text="Done", blocks=[section("Done")])

    await slack.click_late(held, "Press", as_="maya")
    body = receiver.only("block_actions")
    assert (body["actions"][0]["action_id"], body["message"]["text"]) == ("press", "Done")
    with pytest.raises(Impossible, match="nothing to press"):
        await slack.click(held, "Press", as_="maya")
    await web.chat_delete(**place)
    with pytest.raises(Impossible, match="gone"):
        await slack.click_late(held, "Press", as_="maya")


async def test_strangers_press_buttons_in_shared_channels(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Outsiders see our posts and can press them; the payload tells their team."""
    await slack.invite("throughline", "#acme-shared", as_="maya")
    await web.chat_postMessage(channel="C0ACME", text="x", blocks=[actions(button())])
    await slack.click(await slack.channel("#acme-shared").last(), "Press", as_="nora")
    body = receiver.only("block_actions")
    assert (body["user"]["team_id"], body["team"]["id"]) == ("T0ACME", "T0NORTHWIND")


async def test_overflow_feedback_and_icon_buttons(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Each arrives in its own shape."""
    overflow = {"type": "overflow", "action_id": "more", "options": options("Edit", "Delete")}
    good, bad = {"text": text("Good"), "value": "up"}, {"text": text("Bad"), "value": "down"}
    feedback = {
        "type": "feedback_buttons",
        "action_id": "rate",
        "positive_button": good,
        "negative_button": bad,
    }
    icon = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": text("Remove"), "value": "7"}
    blocks = [section(accessory=overflow), {"type": "context_actions", "elements": [feedback, icon]}]
    await web.chat_postMessage(channel="U0MAYA", text="x", blocks=blocks)
    (message,) = await slack.dms("maya")
    await slack.click(message, "more", as_="maya", choose="Delete")
    await slack.click(message, "rate", as_="maya", choose="Bad")
    await slack.click(message, "Remove", as_="maya")
    chosen, rated, removed = (request.body["actions"][0] for request in receiver.of("block_actions"))
    assert chosen["selected_option"]["value"] == "delete"
    assert (rated["type"], rated["value"], rated["text"]["text"]) == ("feedback_buttons", "down", "Bad")
    assert (removed["type"], removed["value"]) == ("icon_button", "7")


async def test_an_option_that_is_not_offered_cannot_be_chosen(slack: Slack, web: AsyncWebClient) -> None:
    """Neither by its words nor by a made-up value."""
    menu = {"type": "static_select", "action_id": "kind", "options": options("Idea")}
    await web.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(menu)])
    (message,) = await slack.dms("maya")
    with pytest.raises(Impossible, match="no option “Churn”; there is “Idea”"):
        await slack.click(message, "kind", as_="maya", choose="Churn")
    source = {"message": {"channel": message.channel, "ts": message.ts}}
    made_up = {"selected_option": {"text": text("x"), "value": "x"}}
    with pytest.raises(Impossible, match="not in the menu"):
        await slack._wire.act(
            "click",
            {"as": "maya", "source": source, "block_id": "row", "action_id": "kind", "input": made_up},
        )


async def test_a_channel_chosen_in_a_modal_can_give_a_response_url(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """The one way to post after a submission without a Web API call."""
    select = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    await slack.shortcut("new", as_="maya")
    view = modal({"type": "input", "block_id": "to", "label": text("To"), "element": select})
    await web.views_open(trigger_id=receiver.only("shortcut")["trigger_id"], view=view)
    await slack.submit("maya", To="#general")
    (right,) = receiver.only("view_submission")["response_urls"]
    assert (right["channel_id"], right["block_id"], right["action_id"]) == ("C0GENERAL", "to", "where")


async def test_going_back_can_close_everything(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """clear_on_close takes the views below along and says so."""
    await slack.shortcut("new", as_="maya")
    await web.views_open(trigger_id=receiver.only("shortcut")["trigger_id"], view=modal())
    receiver.answer = lambda got: (
        {"response_action": "push", "view": modal(notify_on_close=True, clear_on_close=True)}
        if got.kind == "view_submission"
        else None
    )
    await slack.submit("maya", Words="x")
    await slack.back("maya")
    assert receiver.only("view_closed")["is_cleared"] is True
    assert not await slack.sees_modal("maya")


async def test_opening_the_messages_tab_is_told_too(slack: Slack, receiver: Receiver) -> None:
    """app_home_opened fires for both tabs; an app has to look which."""
    await slack.open_messages("maya")
    assert receiver.only("app_home_opened")["event"]["tab"] == "messages"


async def test_a_read_only_messages_tab_takes_no_words(config: Configure, receiver: Receiver) -> None:
    """As the manifest says; so is a missing Home tab."""
    plan = manifest()
    plan["features"]["app_home"] |= {"messages_tab_read_only_enabled": True, "home_tab_enabled": False}
    async with running(config(manifest=plan, bot_url=receiver.url)) as place, Slack(place.url) as slack:
        with pytest.raises(Impossible, match="turned off"):
            await slack.dm("maya", "hello")
        web = AsyncWebClient(place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[])
        answer = await web.api_call("api.test")
        assert answer["ok"]
        with pytest.raises(Exception, match="not_enabled"):
            await web.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [section()]})


async def test_a_command_may_answer_everybody_and_bad_answers_are_said(
    slack: Slack, receiver: Receiver
) -> None:
    """in_channel posts for all; blocks Slack refuses are an error for the person."""
    receiver.answer = lambda _: {"response_type": "in_channel", "text": "Everybody sees this"}
    await slack.command("/capture", as_="maya")
    assert (await slack.channel("#general", as_="ben").last()).text == "Everybody sees this"
    receiver.answer = lambda _: {"text": "x", "blocks": [{"type": "no"}]}
    assert (await slack.command("/capture", as_="maya")).error == "invalid_blocks"


async def test_the_badge_says_whether_the_app_is_there(config: Configure, receiver: Receiver) -> None:
    """The page knocks before anything was said, so that a newcomer is not told a falsehood."""
    async with running(config(bot_url=receiver.url)) as place, Slack(place.url) as slack:
        assert (await slack.state("maya"))["bot"]["connected"] is True
    async with running(config(bot_url="http://127.0.0.1:9/slack/events")) as place, Slack(place.url) as slack:
        assert (await slack.state("maya"))["bot"]["connected"] is False


async def test_the_driver_says_what_is_there_when_it_finds_nothing(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Errors name what a test could have meant."""
    await web.chat_postMessage(
        channel="U0MAYA", text="x", blocks=[actions(button("Keep"), button("Drop", "d"))]
    )
    (message,) = await slack.dms("maya")
    with pytest.raises(Impossible, match="“Kep” here; there is “Keep”, “Drop”"):
        await slack.click(message, "Kep", as_="maya")
    with pytest.raises(Impossible, match="No global shortcut"):
        await slack.shortcut("nothing", as_="maya")
    with pytest.raises(Impossible, match="no channel #nowhere"):
        await slack.channel("#nowhere").messages()
    with pytest.raises(Impossible, match="Nobody says"):
        await slack.channel("#general").saying("xyzzy")
    assert message.buttons == ["Keep", "Drop"]
    assert place.url.startswith("http://127.0.0.1")


async def test_buttons_inside_frames_reach_the_app(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A card in a carousel and a row in a container have ids of their own, and the app is told which was pressed."""
    cards = [
        {"type": "card", "title": text(name), "actions": [button(f"Open {name}")]} for name in ("L-4", "L-5")
    ]
    inside = {"type": "container", "title": text("Folded"), "child_blocks": [actions(button("Remind"))]}
    await web.chat_postMessage(
        channel="C0GENERAL", text="Launches", blocks=[{"type": "carousel", "elements": cards}, inside]
    )
    message = await slack.channel("#general").last()
    await slack.click(message, "Open L-5", as_="maya")
    await slack.click(message, "Remind", as_="maya")
    first, second = (request.body["actions"][0] for request in receiver.of("block_actions"))
    assert first["block_id"] == message.blocks[0]["elements"][1]["block_id"]
    assert (first["text"]["text"], second["block_id"]) == ("Open L-5", "row")
