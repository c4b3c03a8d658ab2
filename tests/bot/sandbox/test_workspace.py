"""The workspace changes under the app's feet: channels are renamed, shared and moved, people come and go."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import RunningSandbox, Workspace, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, actions, button, with_events

Json = dict[str, Any]
EVENTS = (
    "channel_rename", "group_rename", "channel_archive", "group_archive", "channel_unarchive", "group_unarchive",
    "channel_id_changed", "channel_shared", "channel_unshared", "team_join", "user_change", "message.groups",
)  # fmt: skip


@pytest.fixture
async def place(config: Configure, receiver: Receiver) -> AsyncIterator[RunningSandbox]:
    async with running(config(bot_url=receiver.url, manifest=with_events(*EVENTS))) as sandbox:
        yield sandbox


def told(receiver: Receiver, kind: str) -> Json:
    """The one event of this kind."""
    return dict(receiver.only(kind)["event"])


async def test_a_channel_is_renamed(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """The same id under a new name; a private one is a group to who listens."""
    await slack.rename("#launches", "ship-it", as_="maya")
    renamed = told(receiver, "channel_rename")["channel"]
    assert (renamed["id"], renamed["name"]) == ("C0LAUNCH", "ship-it")
    assert (await web.conversations_info(channel="C0LAUNCH"))["channel"]["name"] == "ship-it"
    assert (await slack.message("#ship-it", "hello", as_="gil")).channel == "C0LAUNCH"

    await slack.invite("throughline", "#pricing-private", as_="maya")
    await slack.rename("#pricing-private", "prices", as_="sam")
    assert told(receiver, "group_rename")["channel"]["id"] == "G0PRICING"
    for name, why in (("general", "already"), ("Big Words", "no channel’s name")):
        with pytest.raises(Impossible, match=why):
            await slack.rename("#prices", name, as_="sam")


async def test_a_channel_is_archived_and_comes_back(slack: Slack, receiver: Receiver) -> None:
    """Both are told, with who did it; of a private channel as group_archive and group_unarchive."""
    await slack.invite("throughline", "#pricing-private", as_="maya")
    for channel, kind in (("#launches", "channel"), ("#pricing-private", "group")):
        await slack.archive(channel, as_="maya")
        assert told(receiver, f"{kind}_archive")["user"] == "U0MAYA"
        await slack.unarchive(channel, as_="maya")
        assert told(receiver, f"{kind}_unarchive")["channel"] == told(receiver, f"{kind}_archive")["channel"]


async def test_a_private_channel_that_is_shared_gets_another_id_for_good(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """channel_id_changed names both; the old id is nobody's, what is in the channel and its rights go along."""
    await slack.invite("throughline", "#pricing-private", as_="maya")
    said = await slack.message("#pricing-private", "Our prices", as_="sam")
    await web.chat_postMessage(channel="G0PRICING", text="Keep it?", blocks=[actions(button())])
    await slack.click(await slack.channel("#pricing-private", "sam").last(), "Press", as_="sam")

    assert await slack.connect("#pricing-private", as_="maya") == "C0PRICING"
    moved = told(receiver, "channel_id_changed")
    assert (moved["old_channel_id"], moved["new_channel_id"]) == ("G0PRICING", "C0PRICING")
    assert told(receiver, "channel_shared")["channel"] == "C0PRICING"
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await web.chat_postMessage(channel="G0PRICING", text="x")
    history = await web.conversations_history(channel="C0PRICING", oldest=said.ts, inclusive=True)
    assert [one["text"] for one in history["messages"]] == ["Keep it?", "Our prices"]
    shown = (await web.conversations_info(channel="C0PRICING"))["channel"]
    assert (shown["is_private"], shown["is_ext_shared"]) == (True, True)

    hook = AsyncWebhookClient(receiver.only("block_actions")["response_url"], retry_handlers=[])
    assert (
        await hook.send(text="Kept", response_type="in_channel", replace_original=False)
    ).status_code == 200
    assert (await slack.channel("#pricing-private", "sam").last()).text == "Kept"


async def test_strangers_write_in_a_channel_while_it_is_shared(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Each event says that outsiders read along and whose they are; taken back, they are gone from it."""
    await slack.invite("throughline", "#pricing-private", as_="maya")
    with pytest.raises(Impossible, match="another workspace"):
        await slack.invite("nora", "#pricing-private", as_="maya")
    ident = await slack.connect("#pricing-private", as_="maya")
    await slack.invite("nora", "#pricing-private", as_="maya")
    await slack.message(ident, "Hello from Acme", as_="nora")
    body = receiver.of("message")[-1].body
    assert (body["is_ext_shared_channel"], body["team_id"]) == (True, "T0NORTHWIND")
    assert (body["event"]["user_team"], body["event"]["source_team"]) == ("T0ACME", "T0ACME")
    stranger = (await web.users_info(user="U0NORA"))["user"]
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0ACME")

    await slack.disconnect("#pricing-private", as_="maya")
    gone = told(receiver, "channel_unshared")
    assert (gone["previously_connected_team_id"], gone["is_ext_shared"]) == ("T0ACME", False)
    members = (await web.conversations_members(channel=ident))["members"]
    assert "U0NORA" not in members
    assert "U0MAYA" in members
    await slack.message(ident, "Alone again", as_="sam")
    assert receiver.of("message")[-1].body["is_ext_shared_channel"] is False


async def test_a_public_channel_keeps_its_id_when_it_is_shared(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Only what it says of itself changes."""
    assert await slack.connect("#launches", as_="maya") == "C0LAUNCH"
    assert receiver.of("channel_id_changed") == []
    shown = (await web.conversations_info(channel="C0LAUNCH"))["channel"]
    assert (shown["is_private"], shown["is_ext_shared"]) == (False, True)
    with pytest.raises(Impossible, match="shared already"):
        await slack.connect("#launches", as_="maya")
    with pytest.raises(Impossible, match="Guests"):
        await slack.disconnect("#launches", as_="gil")


@pytest.mark.parametrize(
    ("kind", "restricted", "ultra"),
    [("member", False, False), ("guest", True, False), ("single_channel_guest", True, True)],
)
async def test_somebody_new_begins_as_what_they_are(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, kind: str, restricted: bool, ultra: bool
) -> None:
    """team_join carries the whole person; a guest of one channel gets into no second."""
    await slack.hire("zoe", "Zoë Blum", kind, title="Agency", tz="Asia/Tokyo")
    user = told(receiver, "team_join")["user"]
    assert (user["id"], user["tz"], user["profile"]["title"]) == ("U0ZOE", "Asia/Tokyo", "Agency")
    assert (user["is_restricted"], user["is_ultra_restricted"]) == (restricted, ultra)
    assert (await web.users_info(user="U0ZOE"))["user"]["is_restricted"] is restricted

    await slack.invite("zoe", "#general", as_="maya")
    assert (await slack.message("#general", "Hello", as_="zoe")).user == "zoe"
    if ultra:
        with pytest.raises(Impossible, match="guest of one channel"):
            await slack.invite("zoe", "#launches", as_="maya")
    else:
        await slack.invite("zoe", "#launches", as_="maya")


async def test_who_leaves_is_out_of_everything_and_hears_nothing(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """user_change says deleted; no channel has them; a direct message to them succeeds all the same."""
    await slack.deactivate("ben")
    user = told(receiver, "user_change")["user"]
    assert (user["id"], user["deleted"]) == ("U0BEN", True)
    assert receiver.of("member_left_channel") == []
    assert "U0BEN" not in (await web.conversations_members(channel="C0GENERAL"))["members"]
    assert (await web.chat_postMessage(channel="U0BEN", text="Good morning"))["ok"]
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await web.chat_postEphemeral(channel="C0GENERAL", user="U0BEN", text="x")
    with pytest.raises(Impossible, match="cannot do anything"):
        await slack.message("#general", "still here", as_="ben")
    with pytest.raises(Impossible, match="Only admins"):
        await slack.deactivate("sam", as_="omar")


async def test_somebody_moves_to_another_zone(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """user_change carries it, and users.info says the same."""
    await slack.profile("sam", tz="Asia/Tokyo", title="Marketing")
    user = told(receiver, "user_change")["user"]
    assert (user["id"], user["tz"], user["profile"]["title"]) == ("U0SAM", "Asia/Tokyo", "Marketing")
    assert (await web.users_info(user="U0SAM"))["user"]["tz"] == "Asia/Tokyo"
    with pytest.raises(Impossible, match="no time zone"):
        await slack.profile("sam", tz="Mars/Olympus")


async def test_two_workspaces_are_two_sandboxes(config: Configure, receiver: Receiver) -> None:
    """The same ids in both, each with its own team in everything it sends, and its own token."""
    south = Workspace("T0SOUTHWIND", "Southwind Labs", "southwind-labs")
    one = config(bot_url=receiver.url)
    other = config(bot_url=receiver.url, workspace=south, bot_token="xoxb-south")
    async with running(one) as north_place, running(other) as south_place:
        async with Slack(north_place.url) as north, Slack(south_place.url) as southern:
            await north.dm("maya", "from the north")
            await southern.dm("maya", "from the south")
            await southern.command("/capture", as_="maya")
        web = AsyncWebClient("xoxb-south", base_url=south_place.api_url, retry_handlers=[])
        assert (await web.auth_test())["team_id"] == "T0SOUTHWIND"
        assert (await web.users_info(user="U0MAYA"))["user"]["team_id"] == "T0SOUTHWIND"
        web.base_url = north_place.api_url
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await web.auth_test()
    told = [
        (request.body["team_id"], request.event["user"], request.event["text"])
        for request in receiver.of("message")
    ]
    assert told == [("T0NORTHWIND", "U0MAYA", "from the north"), ("T0SOUTHWIND", "U0MAYA", "from the south")]
    assert receiver.only("command")["team_id"] == "T0SOUTHWIND"
