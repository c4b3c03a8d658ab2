"""The movable clock, what survives a restart, and what everybody can look at."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, Sandbox, running
from bot.sandbox.clock import step_to
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import Configure, button, manifest, section, text
from tests.bot.sandbox.waiting import follow, until

Json = dict[str, Any]


async def fetch(url: str) -> Json:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return dict(await answer.json())


@pytest.mark.parametrize(
    ("now", "zone", "step", "then"),
    [
        ("2026-03-04T07:30:00Z", "Europe/London", "next morning", "2026-03-04T09:00:00Z"),
        ("2026-03-04T08:30:00Z", "Europe/London", "next morning", "2026-03-05T09:00:00Z"),
        ("2026-03-06T12:00:00Z", "Europe/Stockholm", "next morning", "2026-03-09T08:00:00Z"),
        ("2026-03-06T23:30:00Z", "Asia/Tokyo", "next morning", "2026-03-09T00:00:00Z"),
        ("2026-03-27T12:00:00Z", "Europe/London", "next morning", "2026-03-30T08:00:00Z"),
        ("2026-03-04T12:00:00Z", "America/New_York", "next monday", "2026-03-09T13:00:00Z"),
        ("2026-03-04T12:00:00Z", "Europe/London", "3 hours", "2026-03-04T15:00:00Z"),
        ("2026-03-04T12:00:00Z", "Europe/London", "1 day", "2026-03-05T12:00:00Z"),
    ],
)
def test_a_step_of_time_is_where_the_person_is(now: str, zone: str, step: str, then: str) -> None:
    """The next working morning is nine o'clock in their zone, at least an hour away."""
    at = datetime.fromisoformat(now)
    assert at + step_to(step, at, zone) == datetime.fromisoformat(then)


async def test_moving_the_clock_moves_civil_time_and_not_the_stamps(
    slack: Slack, web: AsyncWebClient
) -> None:
    """Messages show the moved time and keep real, increasing timestamps."""
    first = await web.chat_postMessage(channel="C0GENERAL", text="today")
    await slack.advance("1 day")
    second = await web.chat_postMessage(channel="C0GENERAL", text="tomorrow")
    one, other = (await slack.channel("#general").messages())[-2:]
    assert float(second["ts"]) - float(first["ts"]) < 10
    assert float(second["ts"]) > float(first["ts"])
    moved = datetime.fromisoformat(other.raw["at"]) - datetime.fromisoformat(one.raw["at"])
    assert timedelta(hours=24) <= moved < timedelta(hours=24, minutes=1)


async def test_requests_stay_signed_with_real_time(slack: Slack, receiver: Receiver) -> None:
    """A clock moved by weeks must not make every signature too old."""
    await slack.advance(30 * 86400.0)
    await slack.dm("maya", "hello")
    stamp = int(receiver.received[0].headers["x-slack-request-timestamp"])
    assert abs(stamp - time.time()) < 5


async def test_the_app_can_wait_for_the_clock(slack: Slack, place: RunningSandbox) -> None:
    """The long poll returns as soon as somebody moves it, with a new version."""
    before = await fetch(f"{place.url}/sandbox/clock")
    waiting = asyncio.create_task(fetch(f"{place.url}/sandbox/clock?after={before['version']}&wait=5"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await slack.advance("next morning", as_="kenji")
    after = await asyncio.wait_for(waiting, 1)
    assert after["version"] == before["version"] + 1
    local = datetime.fromisoformat(after["now"]).astimezone(ZoneInfo("Asia/Tokyo"))
    assert (local.hour, local.minute) == (9, 0)
    none = await fetch(f"{place.url}/sandbox/clock?after={after['version']}&wait=0.05")
    assert none["version"] == after["version"]


async def test_the_clock_can_be_set_and_says_what_it_does_not_understand(slack: Slack) -> None:
    """A time with its zone works; other words are refused in a sentence."""
    await slack._wire.act("clock", {"as": "maya", "set": "2027-01-04T09:00:00+01:00"})
    assert (await slack.state("maya"))["clock"]["now"].startswith("2027-01-04T08:00")
    with pytest.raises(Impossible, match="no step of time"):
        await slack.advance("a while")
    with pytest.raises(Impossible, match="zone"):
        await slack._wire.act("clock", {"as": "maya", "set": "2027-01-04T09:00:00"})


async def test_the_world_survives_a_restart(config: Configure, tmp_path: Path) -> None:
    """Messages, reactions, metadata, members, Home and the clock come back; ephemerals and modals do not."""
    settings = config(state_file=tmp_path / "slack.json")
    metadata = {"event_type": "card", "event_payload": {"marker": "m-1"}}
    async with running(settings) as place, Slack(place.url) as slack:
        web = AsyncWebClient(settings.bot_token, base_url=place.api_url, retry_handlers=[])
        posted = await web.chat_postMessage(
            channel="C0GENERAL", text="Card", blocks=[section()], metadata=metadata
        )
        await web.reactions_add(channel="C0GENERAL", timestamp=posted["ts"], name="eyes")
        await web.conversations_join(channel="C0SALES")
        await web.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [section("Home")]})
        await web.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="only now")
        await slack.advance("1 day")

    async with running(settings) as place, Slack(place.url) as slack:
        web = AsyncWebClient(settings.bot_token, base_url=place.api_url, retry_handlers=[])
        found = await web.conversations_history(channel="C0GENERAL", limit=1, include_all_metadata=True)
        again = await web.chat_postMessage(channel="C0SALES", text="still in")
        assert found["messages"][0]["metadata"] == metadata
        assert found["messages"][0]["reactions"][0]["users"] == ["U0THROUGH"]
        assert (await slack.home("maya")).text == "Home"
        assert await slack.ephemerals("maya", "#general") == []
        assert (await slack.state("maya"))["clock"]["offset_seconds"] == 86400
        assert float(again["ts"]) > float(posted["ts"])


async def test_the_world_is_saved_while_it_runs(config: Configure, tmp_path: Path) -> None:
    """Half a second after a change it is on disk: a kill loses no more."""
    path = tmp_path / "deep" / "slack.json"
    async with running(config(state_file=path)) as place, Slack(place.url) as slack:
        await slack.message("#general", "remember me", as_="maya")
        await until(path.exists)
        assert "remember me" in path.read_text()
    assert not path.with_name("slack.json.new").exists()


async def test_a_restart_takes_the_apps_new_name_and_never_an_old_stamp(
    config: Configure, tmp_path: Path
) -> None:
    """Timestamps grow even when the machine's clock was set back in between."""
    path = tmp_path / "slack.json"
    async with running(config(state_file=path)) as place, Slack(place.url) as slack:
        old = await slack.message("#general", "x", as_="maya")
    future = f"{int(time.time()) + 9000}.000001"
    path.write_text(path.read_text().replace(old.ts, future))
    plan = manifest()
    plan["display_information"]["name"] = "Throughline 2"
    async with running(config(state_file=path, manifest=plan)) as place, Slack(place.url) as slack:
        new = await slack.message("#general", "y", as_="maya")
        people = (await slack.state("maya"))["people"]
    assert new.ts > future
    assert "Throughline 2" in {person["real_name"] for person in people}


def test_a_damaged_state_file_is_named(config: Configure, tmp_path: Path) -> None:
    """The error says which file and what to do."""
    path = tmp_path / "slack.json"
    path.write_text("{}")
    with pytest.raises(ValueError, match="delete it to start afresh"):
        Sandbox(config(state_file=path))


async def test_the_inspector_shows_both_directions(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """Requests, answers, times and problems, without the token."""
    receiver.answer = lambda _: "Saved"
    await slack.command("/capture", "x", as_="maya")
    await web.api_call(
        "chat.postMessage",
        params={"token": place.sandbox.config.bot_token},
        json={"channel": "C0GENERAL", "text": "x"},
    )
    await slack.faults([{"fault": "internal_error"}])
    with pytest.raises(SlackApiError):
        await web.auth_test()
    command, post, failed = await slack.inspector()
    assert (command["direction"], command["what"], command["response"]) == ("to_bot", "/capture", "Saved")
    assert (post["direction"], post["what"], post["status"]) == ("from_bot", "chat.postMessage", 200)
    assert failed["problem"] == "fault plan: before internal_error"
    assert place.sandbox.config.bot_token not in json.dumps([command, post, failed])
    assert [entry["n"] for entry in await slack.inspector(after=command["n"])] == [2, 3]


async def test_the_gallery_is_validated(config: Configure) -> None:
    """Each example is shown; those Slack would refuse are named with what is wrong."""
    base = {"feature": "feedback", "surface": "message"}
    gallery = [
        {**base, "name": "card", "size": "usual", "payload": {"text": "x", "blocks": [section()]}},
        {
            **base,
            "name": "card",
            "size": "largest",
            "payload": {"text": "x", "blocks": [section("x" * 3001)]},
        },
    ]
    async with running(config(gallery=gallery)) as place, Slack(place.url) as slack:
        shown = await fetch(f"{place.url}/sandbox/gallery")
        assert (await slack.state("maya"))["gallery"] is True
    assert len(shown["examples"]) == 2
    assert shown["problems"] == {"feedback/card/largest": ["blocks[0].text: 3001 characters, 3000 allowed"]}


async def test_pages_hear_of_changes_and_phones_of_direct_messages(
    place: RunningSandbox, web: AsyncWebClient
) -> None:
    """The stream tells which channel to fetch; a lock screen gets the top-level text only."""
    notices: list[Json] = []

    following = asyncio.create_task(follow(place.url, notices))
    await until(lambda: notices)
    await web.chat_postMessage(channel="U0OMAR", text="Not for Maya")
    await web.chat_postMessage(channel="U0MAYA", text="Two things need you", blocks=[section("Details")])
    await until(lambda: any(notice["kind"] == "push" for notice in notices))
    following.cancel()
    push = next(notice for notice in notices if notice["kind"] == "push")
    assert (push["title"], push["text"]) == ("Throughline", "Two things need you")
    assert {"kind": "messages", "channel": "D0MAYA"}.items() <= next(
        n for n in notices if n["kind"] == "messages"
    ).items()
    assert not any("Not for Maya" in json.dumps(notice) for notice in notices)


async def test_state_and_messages_are_as_agreed_with_the_page(slack: Slack, web: AsyncWebClient) -> None:
    """The keys the page relies on, unread counts, and who sees which channel."""
    await web.chat_postMessage(channel="C0GENERAL", text="Ping <@U0MAYA>")
    await web.chat_postMessage(channel="C0GENERAL", text="No ping")
    state = await slack.state("maya")
    general = next(c for c in state["channels"] if c["id"] == "C0GENERAL")
    assert (general["unread"], general["mentions"], general["member"]) == (2, 1, True)
    assert {c["id"] for c in state["channels"]} >= {"G0PRICING", "D0MAYA", "C0PRODUCT"}
    assert "G0PRICING" not in {c["id"] for c in (await slack.state("ben"))["channels"]}
    assert {c["id"] for c in (await slack.state("gil"))["channels"]} == {"C0LAUNCH", "D0GIL"}
    assert len([p for p in state["people"] if p["kind"] == "member"]) == 12
    assert state["me"]["initials"] == "ML"
    assert state["commands"] == [
        {"command": "/capture", "description": "Keep what somebody said", "usage_hint": "words"}
    ]
    assert (await slack.state("nora"))["commands"] == []
    await slack._wire.act("read", {"as": "maya", "channel": "C0GENERAL"})
    general = next(c for c in (await slack.state("maya"))["channels"] if c["id"] == "C0GENERAL")
    assert (general["unread"], general["mentions"]) == (0, 0)
    message = (await slack.channel("#general").last()).raw
    assert set(message) >= {
        "ts", "at", "user", "bot", "username", "text", "blocks", "attachments", "edited", "reactions",
        "thread_ts", "reply_count", "reply_users", "files", "ephemeral", "app_id", "pinned",
    }  # fmt: skip


async def test_the_company_has_something_to_say(slack: Slack) -> None:
    """Wishes in #sales and #support, words only in blocks, only in attachments, and a forwarded one."""
    counts = {
        name: len(await slack.channel(name).messages())
        for name in ("#general", "#sales", "#product", "#support", "#launches")
    }
    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 28
    ticket = await slack.channel("#support").saying("Exports time out")
    survey = await slack.channel("#support").saying("every new colleague needs a day")
    forwarded = await slack.channel("#sales").saying("weekly report go out on Sundays")
    assert (ticket.text, ticket.attachments) == ("", [])
    assert (survey.text, survey.blocks) == ("", [])
    assert forwarded.attachments[0]["is_msg_unfurl"] is True
    sam = await slack.channel("#sales").saying("Azure groups. Today")
    assert sam.reply_count == 2
    assert datetime.fromisoformat(sam.raw["at"]) < datetime.now(UTC) - timedelta(days=6)


async def test_buttons_of_messages_keep_their_choices_until_pressed(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A menu beside a button: the press carries what was chosen in state.values."""
    menu = {
        "type": "static_select",
        "action_id": "kind",
        "options": [{"text": text("Idea"), "value": "idea"}],
    }
    row = {"type": "actions", "block_id": "row", "elements": [menu, button("Save", "save")]}
    await web.chat_postMessage(channel="U0MAYA", text="x", blocks=[row])
    (message,) = await slack.dms("maya")
    await slack.click(message, "kind", as_="maya", choose="Idea")
    await slack.click(message, "Save", as_="maya")
    chosen, saved = receiver.of("block_actions")
    assert chosen.body["actions"][0]["selected_option"]["value"] == "idea"
    assert saved.body["state"]["values"]["row"]["kind"]["selected_option"]["value"] == "idea"
