"""People act, the app is told in Slack's own shapes; the app answers through the real SDK."""

import time

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, actions, button, modal, section


async def test_a_reaction_reaches_the_app_and_the_apps_reaction_the_page(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A person's emoji arrives as reaction_added; the app's own emoji is seen by people."""
    message = await slack.message("#general", "Could the export keep my column order?", as_="ben")
    outcome = await slack.react(message, "bulb", "maya")
    event = receiver.only("reaction_added")["event"]
    await web.reactions_add(channel=message.channel, timestamp=message.ts, name="eyes")

    assert outcome.delivered
    assert event["item"] == {"type": "message", "channel": "C0GENERAL", "ts": message.ts}
    assert (event["user"], event["item_user"], event["reaction"]) == ("U0MAYA", "U0BEN", "bulb")
    assert (await slack.again(message, "maya")).reactions == {"bulb": ["maya"], "eyes": ["throughline"]}


async def test_events_come_in_slacks_envelope(slack: Slack, receiver: Receiver) -> None:
    """The envelope carries id, time, authorisations and the shared flag, as published fixtures do."""
    await slack.dm("maya", "hello & welcome")
    body = receiver.only("message")

    assert body["type"] == "event_callback"
    assert body["event_id"].startswith("Ev")
    assert abs(body["event_time"] - time.time()) < 5
    (installation,) = body["authorizations"]
    assert (installation["team_id"], installation["user_id"]) == ("T0NORTHWIND", "U0THROUGH")
    assert (installation["is_bot"], installation["is_enterprise_install"]) == (True, False)
    assert body["is_ext_shared_channel"] is False
    event = body["event"]
    assert event["channel_type"] == "im"
    assert event["text"] == "hello &amp; welcome"
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hello & welcome"}]
    assert event["client_msg_id"]
    assert event["event_ts"] == event["ts"]


async def test_nothing_is_sent_from_channels_the_app_is_not_in(slack: Slack, receiver: Receiver) -> None:
    """The app hears nothing of #sales before it is invited."""
    message = await slack.message("#sales", "They want SSO", as_="sam")
    await slack.react(message, "bulb", "maya")
    assert receiver.received == []

    await slack.invite("throughline", "#sales", as_="maya")
    joined = receiver.only("member_joined_channel")["event"]
    assert (joined["user"], joined["channel"], joined["inviter"]) == ("U0THROUGH", "C0SALES", "U0MAYA")
    await slack.unreact(message, "bulb", "maya")
    assert receiver.only("reaction_removed")["event"]["reaction"] == "bulb"


async def test_a_mention_arrives_once_as_app_mention(slack: Slack, receiver: Receiver) -> None:
    """@throughline in a channel is an app_mention with the mention as Slack writes it."""
    await slack.message("#general", "@throughline what is new?", as_="maya")
    (request,) = receiver.received
    assert request.event["type"] == "app_mention"
    assert request.event["text"] == "<@U0THROUGH> what is new?"
    assert request.event["channel"] == "C0GENERAL"


async def test_a_command_is_escaped_and_its_answer_shown_to_one_person(
    slack: Slack, receiver: Receiver
) -> None:
    """should_escape turns names into ids; the text of the ack is an ephemeral message."""
    receiver.answer = lambda _: "Saved as *F-1*"
    outcome = await slack.command(
        "/capture", "for @sam in #sales <b> https://a.example/x", as_="maya", channel="#general"
    )
    form = receiver.only("command")

    assert form["text"] == "for <@U0SAM> in <#C0SALES|sales> &lt;b&gt; <https://a.example/x>"
    assert (form["command"], form["user_id"], form["channel_name"]) == ("/capture", "U0MAYA", "general")
    assert form["response_url"].startswith("http://127.0.0.1")
    assert "thread_ts" not in form
    assert outcome.text == "Saved as *F-1*"
    assert [m.text for m in await slack.ephemerals("maya", "#general")] == ["Saved as *F-1*"]
    assert await slack.ephemerals("omar", "#general") == []


async def test_a_modal_opens_fails_is_corrected_and_closes(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A trigger opens a modal; errors keep it open with what was typed; an empty ack closes it."""
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    opened = await web.views_open(trigger_id=trigger, view=modal(private_metadata="7"))

    receiver.answer = lambda request: (
        {"response_action": "errors", "errors": {"words": "Say a little more"}}
        if request.kind == "view_submission"
        else None
    )
    refused = await slack.submit("maya", Words="no")
    assert refused.errors == {"words": "Say a little more"}
    assert (await slack.modal("maya")).inputs == {"Words": "no"}

    receiver.answer = lambda _: None
    saved = await slack.submit("maya", words="SSO with Azure groups")
    assert saved.ok
    assert not await slack.sees_modal("maya")
    view = receiver.of("view_submission")[-1].body["view"]
    assert view["id"] == opened["view"]["id"]
    assert view["state"]["values"] == {
        "words": {"value": {"type": "plain_text_input", "value": "SSO with Azure groups"}}
    }
    assert view["private_metadata"] == "7"


async def test_a_button_tells_everything_about_itself(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """block_actions carries container, channel, message, state, trigger and response URL."""
    await web.chat_postMessage(
        channel="C0GENERAL",
        text="Which one?",
        blocks=[section(), actions(button("This one", "pick", value="7"))],
    )
    message = await slack.channel("#general").last()
    await slack.click(message, "This one", as_="omar")
    body = receiver.only("block_actions")

    assert body["user"] == {"id": "U0OMAR", "username": "omar", "name": "omar", "team_id": "T0NORTHWIND"}
    assert body["container"]["message_ts"] == body["message"]["ts"] == message.ts
    assert body["container"]["is_ephemeral"] is False
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("pick", "row", "7")
    assert action["text"] == {"type": "plain_text", "text": "This one", "emoji": True}
    assert action["action_ts"]
    assert body["response_url"]
    assert body["trigger_id"]


async def test_home_opens_and_is_published(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """app_home_opened leads to a Home tab that only this person has."""
    await slack.open_home("lena")
    event = receiver.only("app_home_opened")["event"]
    assert (event["tab"], event["user"], event["channel"]) == ("home", "U0LENA", "D0LENA")
    assert "view" not in event

    await web.views_publish(user_id="U0LENA", view={"type": "home", "blocks": [section("Your feedback")]})
    home = await slack.home("lena")
    assert home.text == "Your feedback"
    await slack.open_home("lena")
    assert receiver.of("app_home_opened")[-1].event["view"]["id"] == home.id


async def test_shortcuts_arrive_with_what_they_are_about(slack: Slack, receiver: Receiver) -> None:
    """A global shortcut has no channel; a message shortcut has message, channel and response URL."""
    message = await slack.message("#sales", "They want SSO", as_="sam")
    await slack.message_shortcut("Capture this", message, "maya")
    await slack.shortcut("new", "maya")
    on_message, everywhere = receiver.only("message_action"), receiver.only("shortcut")

    assert on_message["message"]["text"] == "They want SSO"
    assert on_message["channel"] == {"id": "C0SALES", "name": "sales"}
    assert on_message["response_url"]
    assert on_message["callback_id"] == "this"
    assert everywhere["callback_id"] == "new"
    assert not {"channel", "message", "response_url"} & everywhere.keys()


async def test_posting_threads_and_history(web: AsyncWebClient) -> None:
    """Replies are in the thread and not in the history; metadata comes back only when asked for."""
    card = {"event_type": "card", "event_payload": {"marker": "m-1"}}
    top = await web.chat_postMessage(channel="C0GENERAL", text="Board", metadata=card)
    await web.chat_postMessage(channel="C0GENERAL", text="Reply", thread_ts=top["ts"])
    history = await web.conversations_history(channel="C0GENERAL", limit=1)
    full = await web.conversations_history(channel="C0GENERAL", limit=1, include_all_metadata=True)
    thread = await web.conversations_replies(channel="C0GENERAL", ts=top["ts"])

    assert [m["text"] for m in history["messages"]] == ["Board"]
    assert history["messages"][0]["reply_count"] == 1
    assert history["messages"][0]["metadata"] == {"event_type": "card"}
    assert full["messages"][0]["metadata"] == card
    assert [m["text"] for m in thread["messages"]] == ["Board", "Reply"]
    assert history["has_more"] is True


async def test_an_update_with_text_alone_removes_the_blocks(slack: Slack, web: AsyncWebClient) -> None:
    """chat.update keeps blocks only when neither text nor blocks are given."""
    posted = await web.chat_postMessage(channel="C0GENERAL", text="Card", blocks=[section("Card")])
    metadata = {"event_type": "x", "event_payload": {}}
    await web.api_call("chat.update", json={"channel": "C0GENERAL", "ts": posted["ts"], "metadata": metadata})
    assert (await slack.channel("#general").last()).blocks
    await web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Card, shorter")
    assert (await slack.channel("#general").last()).blocks == []


async def test_a_person_to_person_direct_message_is_opened_by_posting(
    slack: Slack, web: AsyncWebClient
) -> None:
    """Posting to a person's id lands in their direct message with the app."""
    posted = await web.chat_postMessage(channel="U0AIKO", text="Good morning")
    assert posted["channel"] == "D0AIKO"
    assert [m.text for m in await slack.dms("aiko")] == ["Good morning"]
    assert (await web.conversations_open(users="U0AIKO"))["channel"]["id"] == "D0AIKO"


async def test_auth_test_names_the_app_and_its_scopes(web: AsyncWebClient) -> None:
    """auth.test tells who we are; the scopes come in a header, as doctor wants to read them."""
    answer = await web.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        "T0NORTHWIND",
        "U0THROUGH",
        "B0THROUGH",
    )
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_a_wrong_token_is_refused(place: RunningSandbox) -> None:
    """Anything but the token handed out is invalid_auth."""
    stranger = AsyncWebClient("xoxb-other", base_url=place.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await stranger.auth_test()


async def test_what_people_cannot_do_is_said_in_a_sentence(slack: Slack) -> None:
    """The driver passes on why a person cannot act."""
    with pytest.raises(Impossible, match="not in #sales"):
        await slack.message("C0SALES", "hi", as_="ines")
    with pytest.raises(Impossible, match="not a valid command"):
        await slack.command("/nothing", as_="maya")
    with pytest.raises(Impossible, match="another workspace"):
        await slack.command("/capture", as_="nora", channel="#acme-shared")


async def test_a_sandbox_starts_quickly(config: Configure) -> None:
    """Tests start one each: that has to cost less than a tenth of a second."""
    started = time.perf_counter()
    async with running(config()):
        took = time.perf_counter() - started
    assert took < 0.1
